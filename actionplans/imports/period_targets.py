"""What a person must know of the targets of periods in a file: whose periods they are, and one too many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.enums import PeriodScheme
from actionplans.imports.reading.parsed import Problem, Reading
from actionplans.models import ActionPlan
from actionplans.models.indicator import PERIOD_TARGETS, surplus_targets


def period_problems(content: PlanContent, reading: Reading, plan: ActionPlan | None) -> list[Problem]:
    """Warnings; `plan` is the one that the file would change, None where it begins one, followed by quarters."""
    scheme = PeriodScheme(plan.scheme) if plan else PeriodScheme.QUARTER
    return [*_other_periods(content, reading, scheme), *_surplus(content, reading, scheme)]


def _other_periods(content, reading, scheme) -> Iterator[Problem]:
    of_file = PeriodScheme(reading.period)
    rows = [row for group in (*content.components, *content.activities) for row in group.indicators]
    if of_file != scheme and _says_one(rows, PERIOD_TARGETS):
        yield _warning(
            reading,
            f"El archivo da metas por {of_file.value} y el plan se sigue por {scheme.label.lower()}: revíselas, o "
            "cambie cada cuánto se sigue el plan en «Periodos».",
        )


def _surplus(content, reading, scheme) -> Iterator[Problem]:
    names = surplus_targets(scheme)
    said = (
        f"El plan se sigue por {scheme.label.lower()}: la meta de un cuarto periodo se guarda como viene, pero no "
        "se cuenta."
    )
    if any(_says_one(component.indicators, names) for component in content.components):
        yield _warning(reading, said)
    for parsed, activity in zip(reading.activities, content.activities, strict=True):
        if _says_one(activity.indicators, names):
            yield _warning(reading, said, cell=parsed.cell)


def _says_one(rows: Iterable[IndicatorContent], names: Iterable[str]) -> bool:
    return any(getattr(row, name) is not None for row in rows for name in names)


def _warning(reading: Reading, message: str, cell: str | None = None) -> Problem:
    return Problem(severity="warning", sheet=reading.sheet, cell=cell, message=message)
