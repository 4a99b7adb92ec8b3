"""One activity as a row of texts, and back: what a sheet shows, and what people type or paste into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError

from actionplans.domain.contents.content import ActivityContent, IndicatorContent
from actionplans.enums import PeriodScheme
from actionplans.imports.reading.dates import parse_date
from actionplans.imports.reading.values import has_bullets, parse_mark, parse_money, parse_number, split_items
from actionplans.models import ActivityVersion, Indicator
from actionplans.models.indicator import surplus_targets
from actionplans.months import MonthSet
from planning.folding import fold
from planning.words import figure

from .columns import BY_NAME, OF_INDICATOR, Column
from .office_cells import OfficeReader, responsibles_text

NUL = "\x00"
PLACES = {"weight": 2, "budget": 2}
NO_INDICATOR = IndicatorContent(name="")


class CellFlaws(Exception):
    """What cannot be saved as typed: by column, one sentence that says what to do."""

    def __init__(self, by_column: dict[str, str]):
        self.by_column = by_column
        super().__init__(" ".join(by_column.values()))


def cell_texts(content: ActivityContent) -> dict[str, str]:
    """What each column shows of the activity; its first indicator where it has several."""
    first = content.indicators[0] if content.indicators else NO_INDICATOR
    return {
        name: _shown(
            column, getattr(first, OF_INDICATOR[name]) if name in OF_INDICATOR else _fact(content, column)
        )
        for name, column in BY_NAME.items()
    }


def content_with(
    content: ActivityContent,
    typed: Mapping[str, str],
    offices: OfficeReader | None,
    *,
    scheme: str = PeriodScheme.QUARTER,
) -> ActivityContent:
    """The activity after a person typed these texts in these columns. Raises CellFlaws with all that is wrong.

    `scheme` is how the plan is followed: a target of a period that it does not have is refused.
    """
    facts, flaws = {}, _surplus_flaws(typed, scheme)
    for name, text in typed.items():
        try:
            facts[name] = _read(BY_NAME[name], _clean(text), content, offices)
        except ValueError as refusal:
            flaws[name] = str(refusal)
    if not flaws:
        content = _put(content, facts)
        flaws = _flaws_of(content)
    if flaws:
        raise CellFlaws(flaws)
    return content


def _surplus_flaws(typed: Mapping[str, str], scheme: str) -> dict[str, str]:
    said = (
        f"El plan se sigue por {PeriodScheme(scheme).label.lower()}: no tiene un cuarto periodo. Borre esta meta."
    )
    return {name: said for name in surplus_targets(scheme) if _clean(typed.get(name, ""))}


def _fact(content: ActivityContent, column: Column):
    if column.kind == "month":
        return column.month in content.months
    return getattr(content, column.name)


def _shown(column: Column, value) -> str:
    if value is None or value is False or value in ("", ()):
        return ""
    if column.kind in ("figure", "percent", "money"):
        return figure(value)
    if column.kind == "date":
        return f"{value:%d/%m/%Y}"
    if column.kind == "choice":
        return str(dict(column.choices)[value])
    if column.kind == "offices":
        return responsibles_text(value)
    if column.kind == "lines":
        return "\n".join(value)
    return "X" if value is True else value


def _clean(text: str) -> str:
    return str(text).replace(NUL, "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _read(column: Column, text: str, content: ActivityContent, offices: OfficeReader):
    """The value of a text in a column; ValueError, with what to do, where it has none."""
    readers = {
        "month": _mark,
        "figure": lambda said: _number(said.replace("%", ""), parse_number),
        "percent": _percentage,
        "money": lambda said: _number(said, parse_money, PLACES["budget"]),
        "date": _date,
        "choice": lambda said: _choice(column, said),
        "lines": _lines,
        "offices": lambda said: offices.read(said, content.responsibles),
    }
    if column.name == "component":
        return " ".join(text.split()) or None
    return readers[column.kind](text) if column.kind in readers else text


def _lines(text: str) -> tuple[str, ...]:
    """A line each; a list pasted with bullets is read as the list that it is."""
    items = split_items(text) if has_bullets(text) else text.split("\n")
    return tuple(filter(None, (item.strip() for item in items)))


def _mark(text: str) -> bool:
    mark = parse_mark(text)
    if mark is None:
        raise ValueError("Escriba X si la actividad está programada en ese mes, o deje la celda vacía.")
    return mark


def _percentage(text: str) -> Decimal | None:
    number = _number(text.replace("%", ""), parse_number, PLACES["weight"])
    if number is not None and not 0 <= number <= 100:
        raise ValueError(f"{figure(number)} no es un peso: va de 0 a 100.")
    return number


def _number(text: str, parse, places: int = 4) -> Decimal | None:
    if not text:
        return None
    number = parse(text)
    if number is None:
        raise ValueError(f"«{text[:40]}» no es una cifra. Escríbala así: 1.500,5.")
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _date(text: str):
    if not text:
        return None
    day = parse_date(text)
    if day is None:
        raise ValueError(f"«{text[:40]}» no es una fecha. Escríbala así: 31/03/2025.")
    return day


def _choice(column: Column, text: str) -> str:
    if not text:
        return ""
    for value, label in column.choices:
        if fold(text) in (fold(str(label)), fold(value)):
            return value
    options = ", ".join(str(label) for _, label in column.choices)
    raise ValueError(f"«{text[:40]}» no es una opción. Elija una de estas: {options}.")


def _put(content: ActivityContent, facts: Mapping) -> ActivityContent:
    months = {BY_NAME[name].month: value for name, value in facts.items() if BY_NAME[name].kind == "month"}
    measured = {OF_INDICATOR[name]: value for name, value in facts.items() if name in OF_INDICATOR}
    rest = {name: value for name, value in facts.items() if name not in OF_INDICATOR and not BY_NAME[name].month}
    if months:
        kept = [month for month in range(1, 13) if months.get(month, month in content.months)]
        rest["months"] = MonthSet(kept)
    if measured:
        rest["indicators"] = _indicators(content.indicators, measured)
    return replace(content, **rest)


def _indicators(indicators: Sequence[IndicatorContent], measured: Mapping) -> tuple[IndicatorContent, ...]:
    """The first one changed, or begun; one that is left without a word is taken away."""
    first, *others = indicators or (NO_INDICATOR,)
    first = replace(first, **measured)
    is_empty = replace(first, key=None) == NO_INDICATOR
    return tuple(others) if is_empty else (first, *others)


def _flaws_of(content: ActivityContent) -> dict[str, str]:
    """What the columns of the database refuse, in the words of their fields."""
    flaws = {}
    if not content.description:
        flaws["description"] = "Escriba la actividad: qué se va a hacer."
    if content.starts and content.ends and content.ends < content.starts:
        flaws["ends"] = "Termina antes de empezar: revise las fechas."
    row = ActivityVersion(
        description=content.description or "-",
        **{name: getattr(content, name) for name in ("printed_number", "weight", "budget")},
    )
    flaws |= _refused(row, ("printed_number", "weight", "budget"))
    if content.indicators:
        names = {fact: column for column, fact in OF_INDICATOR.items() if fact not in ("name", "printed_result")}
        first = Indicator(**(vars(content.indicators[0]) | {"key": 1}))
        flaws |= {names[fact]: said for fact, said in _refused(first, tuple(names)).items()}
    return flaws


def _refused(row, names: Sequence[str]) -> dict[str, str]:
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(names))
    except ValidationError as refusal:
        return {name: " ".join(said) for name, said in refusal.message_dict.items()}
    return {}


def facts_of_indicator(typed: Mapping[str, str], *, scheme: str, key: int | None = None) -> IndicatorContent:
    """An indicator from the texts of its columns; without a word where they say nothing. Raises CellFlaws."""
    content = content_with(ActivityContent(description="-"), typed, offices=None, scheme=scheme)
    return replace(content.indicators[0], key=key) if content.indicators else NO_INDICATOR
