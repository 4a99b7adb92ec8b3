"""What the offices of a pattern reported of a year, and what planning answered: drawn from the seed too."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from actionplans.domain.contents.content import ActivityContent, IndicatorContent
from actionplans.enums import Classification, IndicatorKind
from actionplans.months import MonthSet

from . import words
from .pattern import PatternPlan, PatternVersion

PERIODS = 4
VALIDATED, WITH_EVIDENCE = 0.9, 0.5
CLASSES = (Classification.PUBLIC,) * 8 + (Classification.RESERVED, Classification.PERSONAL)


@dataclass(frozen=True)
class Reading:
    key: int
    name: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class PatternReport:
    """`plan` is the place of the plan in its year; `evidence` is (description, class, ground), or None."""

    plan: int
    key: int
    ordinal: int
    office: int
    months: MonthSet
    narrative: str
    difficulties: str
    declared: Decimal | None
    readings: tuple[Reading, ...]
    evidence: tuple[str, str, str] | None
    is_validated: bool
    sent: datetime.datetime
    validated: datetime.datetime

    @property
    def is_without_progress(self) -> bool:
        return not self.narrative


def version_at(plan: PatternPlan, day: datetime.date) -> PatternVersion:
    return [version for version in plan.versions if version.since <= day][-1]


def draw_reports(seed: str, year: int, plans: Sequence[PatternPlan], cuts: Sequence[datetime.date]) -> list[list]:
    """The reports of each period that ends on one of `cuts`, in the order of the periods."""
    return [
        [
            report
            for number, plan in enumerate(plans)
            for report in _of_plan(seed, year, number, plan, ordinal, cut)
        ]
        for ordinal, cut in enumerate(cuts, start=1)
    ]


def _of_plan(seed, year, number, plan, ordinal, cut) -> Iterator[PatternReport]:
    random = Random(f"{seed}/{year}/{number}/{ordinal}")  # noqa: S311
    for said in version_at(plan, cut).content.activities:
        months = said.months & MonthSet.quarter(ordinal)
        if months and not said.is_cancelled and random.random() < 0.95:
            yield _report(random, number, said, ordinal, months, cut)


def _report(random, plan: int, said: ActivityContent, ordinal: int, months: MonthSet, cut) -> PatternReport:
    goes_on = random.random() > 0.06
    sent = datetime.datetime.combine(cut, datetime.time(14), datetime.UTC) + datetime.timedelta(
        days=random.randint(1, 12), minutes=random.randint(0, 300)
    )
    return PatternReport(
        plan=plan,
        key=said.key,
        ordinal=ordinal,
        office=said.responsibles[0].office.pk,
        months=months if goes_on else MonthSet(),
        narrative=random.choice(words.DONE) if goes_on else "",
        difficulties=random.choice(words.DIFFICULTIES) if goes_on else words.NO_PROGRESS,
        declared=Decimal(min(100, 25 * ordinal - random.choice((0, 0, 5))))
        if goes_on and not said.indicators
        else None,
        readings=tuple(_reading(random, n, row, ordinal) for n, row in enumerate(said.indicators, start=1))
        if goes_on
        else (),
        evidence=_evidence(random) if goes_on and random.random() < WITH_EVIDENCE else None,
        is_validated=random.random() < VALIDATED,
        sent=sent,
        validated=sent + datetime.timedelta(days=random.randint(1, 4)),
    )


def _reading(random, key: int, indicator: IndicatorContent, ordinal: int) -> Reading:
    if indicator.kind == IndicatorKind.RATIO:
        total = random.randint(20, 80)
        return Reading(key, indicator.name, Decimal(total * random.randint(70, 100) // 100), Decimal(total))
    if indicator.kind == IndicatorKind.YES_NO:
        return Reading(key, indicator.name, value=Decimal(random.random() < 0.3 * ordinal))
    promised = int(getattr(indicator, f"target_{ordinal}") or 0)
    return Reading(key, indicator.name, value=Decimal(max(0, promised + random.choice((-1, 0, 0, 0, 1)))))


def _evidence(random) -> tuple[str, str, str]:
    kind = random.choice(CLASSES)
    return random.choice(words.EVIDENCE), kind.value, words.GROUNDS.get(kind.value, "")
