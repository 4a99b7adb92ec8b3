"""What a reading says that the database could not hold: too long, out of range, the wrong way round."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from actionplans.domain.contents.content import (
    INDICATOR_FIELDS,
    ActivityContent,
    ComponentContent,
    PlanContent,
)
from actionplans.imports.opening.grid import address
from actionplans.imports.reading.parsed import ParsedActivity, Problem, Reading
from actionplans.models import ActivityVersion, Component, Indicator, PlanSection, PlanVersion

_HEADER = ("title", "form_code", "form_version", "source")
_ACTIVITY = ("description", "printed_number", "weight", "budget")
_INDICATOR = tuple(name for name in INDICATOR_FIELDS if name not in ("key", "name"))
_COLUMNS = {"printed_number": "number"}
"""Fields whose column has another name than theirs."""

_At = tuple[int, int] | None


def unstorable(content: PlanContent, reading: Reading) -> list[Problem]:
    """The content's flaws as errors, each at the cell that says it, or at that of its activity."""
    problems = [_problem(reading, flaw) for _, flaw in _flaws(PlanVersion, _HEADER, content)]
    columns = {column.code: column.index for column in reading.columns}
    for parsed, activity in zip(reading.activities, content.activities, strict=True):
        for name, flaw in _activity_flaws(activity):
            problems.append(_problem(reading, flaw, *_place(parsed, columns, name)))
    for component in content.components:
        problems += [_problem(reading, flaw) for _, flaw in _component_flaws(component)]
    for title, _ in content.sections:
        section = PlanSection(title=title)
        problems += [_problem(reading, flaw) for _, flaw in _flaws(PlanSection, ("title",), section)]
    return problems


def _component_flaws(content: ComponentContent) -> Iterator[tuple[str, str]]:
    yield from _flaws(Component, ("weight",), content)
    for indicator in content.indicators:
        yield from _flaws(Indicator, _INDICATOR, indicator)


def _activity_flaws(content: ActivityContent) -> Iterator[tuple[str, str]]:
    yield from _flaws(ActivityVersion, _ACTIVITY, content)
    for indicator in content.indicators:
        yield from _flaws(Indicator, _INDICATOR, indicator)
    if content.starts and content.ends and content.ends < content.starts:
        yield "end", "La actividad termina antes de empezar: revise las fechas."


def _flaws(model: type[models.Model], names: tuple[str, ...], content) -> Iterator[tuple[str, str]]:
    """The fields that the model refuses, with its words; those that surely fit are not asked about."""
    for name, fits in _checks(model, names):
        value = getattr(content, name)
        if not fits(value):
            field = model._meta.get_field(name)
            try:
                field.clean(value, None)
            except ValidationError as refusal:
                yield name, f"{field.verbose_name.capitalize()}: {' '.join(refusal.messages)}"


@lru_cache(maxsize=32)
def _checks(model: type[models.Model], names: tuple[str, ...]) -> list[tuple[str, Callable[[object], bool]]]:
    return [(name, _check_of(model._meta.get_field(name))) for name in names]


def _check_of(field: models.Field) -> Callable[[object], bool]:
    """A quick answer whether a value surely fits the field; where it is no, the field itself is asked."""
    if isinstance(field, models.DecimalField):
        return _number_check(field)
    if isinstance(field, models.CharField | models.TextField):
        shortest, longest = 0 if field.blank else 1, field.max_length or float("inf")
        choices = frozenset(value for value, _ in field.flatchoices)
        if choices:
            return lambda value: value in choices or (value == "" and field.blank)
        return lambda value: isinstance(value, str) and shortest <= len(value) <= longest
    return lambda value: False


def _number_check(field: models.DecimalField) -> Callable[[object], bool]:
    below = Decimal(10) ** (field.max_digits - field.decimal_places)
    least = max((v.limit_value for v in field.validators if isinstance(v, MinValueValidator)), default=-below)
    most = min((v.limit_value for v in field.validators if isinstance(v, MaxValueValidator)), default=below)

    def fits(value: object) -> bool:
        if value is None:
            return field.null and field.blank
        small = value.is_finite() and -value.as_tuple().exponent <= field.decimal_places
        return small and -below < value < below and least <= value <= most

    return fits


def _place(
    parsed: ParsedActivity, columns: dict[str, int], name: str
) -> tuple[str | None, tuple[int, int] | None]:
    """The cell of a field in the row of its activity, where the table has a column for it."""
    column = columns.get(_COLUMNS.get(name, name))
    if not (column and parsed.at and parsed.cell):
        return parsed.cell, parsed.at
    at = parsed.at[0], column
    # The places of a document have names of their own, of which only the column changes.
    in_document = parsed.cell.removesuffix(f"columna {parsed.at[1]}")
    return f"{in_document}columna {column}" if in_document != parsed.cell else address(*at), at


def _problem(reading: Reading, message: str, cell: str | None = None, at: _At = None) -> Problem:
    return Problem(severity="error", sheet=reading.sheet, cell=cell, at=at, message=message)
