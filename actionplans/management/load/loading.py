"""The load itself: entities one after another, each whole or not at all, those of a pattern together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils import timezone

from actionplans.domain.finding.frameworks import index_frameworks
from actionplans.domain.finding.policies import index_policies
from actionplans.domain.following.calendar.periods import default_dates
from actionplans.enums import PeriodScheme
from actionplans.management.shared import CATALOGUE, load_shared
from actionplans.models import ReportingPeriod
from mipg.models import ModelVersion
from planning.audit import DeletedRow, Fact, record_all
from planning.documents import LOADED, read
from planning.models import Entity, User

from . import closings, finding, plans, reports
from .entities import Catalogue, Town, make_town, names
from .pattern import PatternPlan, draw_year
from .table import much_to_write
from .telling import draw_reports

PATTERNS = 4  # different years of plans; further entities follow one of them with rows of their own
COMMENT = "Datos de ejemplo generados"
ACCOUNT = "carga@portal.example"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How much to generate: `plans` of `activities` each for every entity and year; `closed` periods of each.

    `unchecked` leaves out what the database checks of each row: twice as fast, for an administrator of PostgreSQL.
    """

    entities: int
    years: tuple[int, ...]
    seed: int
    plans: int
    activities: int
    closed: int
    unchecked: bool = False

    @property
    def total(self) -> int:
        return self.entities * len(self.years) * self.plans * self.activities


@dataclass
class YearPattern:
    """A year that several entities follow, with what the first of them has shown of it."""

    plans: Sequence[PatternPlan]
    told: Sequence[Sequence]
    dates: Sequence
    measured: dict[int, closings.Measured] = field(default_factory=dict)
    plan_entries: list | None = None
    evidence_entries: dict[int, list] = field(default_factory=dict)


def load(asked: Asked, tell: Callable[[int, Town], None]) -> list[str]:
    """Write the entities; `tell` hears of each, with its place among them. Gives their addresses."""
    with much_to_write(unchecked=asked.unchecked):
        return _load(asked, tell)


def _load(asked, tell) -> list[str]:
    catalogue, by = _catalogue(), _account()
    taken = set(Entity.objects.values_list("slug", flat=True))
    towns = list(islice(names(asked.seed, taken), asked.entities))
    written = 0
    for number in range(min(PATTERNS, asked.entities)):
        patterns = {year: _pattern(asked, number, year, catalogue) for year in asked.years}
        for slug, name in towns[number::PATTERNS]:
            with transaction.atomic():
                town = make_town(slug, name, asked.seed, asked.years, catalogue)
                _write(town, patterns, catalogue, by)
            written += 1
            tell(written, town)
    return [slug for slug, _ in towns]


def _catalogue() -> Catalogue:
    load_shared()
    return Catalogue.loaded(ModelVersion.objects.get(key=read(CATALOGUE)["key"]))


def _account() -> User:
    """Who did everything: an account that nobody can sign in with."""
    known = User.objects.filter(email=ACCOUNT).first()
    return known or User.objects.create_user(ACCOUNT, None, post="Carga de prueba", is_active=False)


def _pattern(asked: Asked, number: int, year: int, catalogue: Catalogue) -> YearPattern:
    today, seed = timezone.localdate(), f"{asked.seed}/{number}"
    drawn = draw_year(seed, year, asked.plans, asked.activities, catalogue.subjects, today)
    dates = default_dates(year, PeriodScheme.QUARTER)
    over = [row for row in dates if row.closes < today][: asked.closed]
    return YearPattern(drawn, draw_reports(seed, year, drawn, [row.ends for row in over]), dates)


def _write(town: Town, patterns: dict[int, YearPattern], catalogue: Catalogue, by) -> None:
    said = {"name": town.entity.name, "years": sorted(patterns)}
    record_all(town.entity, [Fact(obj=town.entity, event=LOADED, by=by, new=said, comment=COMMENT)])
    for year, pattern in sorted(patterns.items()):
        _write_year(town, year, pattern, catalogue, by)
    index_frameworks(town.entity)
    index_policies(town.entity)


def _write_year(town: Town, year: int, pattern: YearPattern, catalogue: Catalogue, by) -> None:
    written = plans.write_plans(town, year, pattern.plans, catalogue, by)
    record_all(town.entity, plans.events_of(written, year, by))
    periods = _open_year(town, year, pattern, by)
    told = [
        reports.write_reports(town, period, written, said, by)
        for period, said in zip(periods, pattern.told, strict=False)
    ]
    for period, said in zip(periods, told, strict=False):
        if period.ordinal not in pattern.measured:
            pattern.measured[period.ordinal] = closings.measure(period, written)
        closings.close(town, period, written, said, pattern.measured[period.ordinal], by)
        _find_evidence(town, written, pattern, period, said)
    if pattern.plan_entries is None:
        pattern.plan_entries = finding.entries_of_plans(town, written)
    else:
        finding.copy_of_plans(town, written, pattern.plan_entries)


def _find_evidence(town, written, pattern, period, told) -> None:
    pieces = [piece for piece, _report in reports.published_evidence(told)]
    known = pattern.evidence_entries.get(period.ordinal)
    if known is None:
        pattern.evidence_entries[period.ordinal] = finding.entries_of_evidence(town, written, pieces)
    else:
        finding.copy_of_evidence(town, written, pieces, known)


def _open_year(town: Town, year: int, pattern: YearPattern, by) -> list[ReportingPeriod]:
    periods = ReportingPeriod.objects.bulk_create(
        ReportingPeriod(
            entity=town.entity,
            year=year,
            scheme=PeriodScheme.QUARTER,
            ordinal=row.ordinal,
            starts=row.starts,
            ends=row.ends,
            opens=row.opens,
            closes=row.closes,
            announced=row.closes,
        )
        for row in pattern.dates
    )
    record_all(
        town.entity,
        [
            Fact(
                obj=DeletedRow(period.pk, str(period), ReportingPeriod._meta, ()),
                event="open_period",
                by=by,
                new={"opens": period.opens, "closes": period.closes},
            )
            for period in periods
        ],
    )
    return periods
