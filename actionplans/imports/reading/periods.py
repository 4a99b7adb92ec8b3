"""Words of time — "Segundo semestre", "22 al 28 de abril de 2017" — as months and dates."""

import datetime
import re
from dataclasses import dataclass
from typing import NamedTuple

from actionplans.imports.reading.dates import (
    MONTH,
    MONTHS,
    day_of,
    is_month_of_year,
    last_day,
    months_between,
    parse_date,
)
from actionplans.imports.reading.text import normalise

ORDINALS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "i 1 1er 1ro 1o primer primero", "ii 2 2do 2o segundo", "iii 3 3er 3ro 3o tercer tercero",
            "iv 4 4to 4o cuarto", "v 5 quinto", "vi 6 sexto",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
SPANS = {"bimestre": 2, "trimestre": 3, "trim": 3, "cuatrimestre": 4, "semestre": 6, "sem": 6}
_ORDINAL = rf"(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))}|ultimo)"
_SPAN = rf"(?:{'|'.join(sorted(SPANS, key=len, reverse=True))})s?"
_LIST = rf"{_ORDINAL}(?: (?:(?:y|e|al?|hasta) )?(?:el )?{_ORDINAL})*"
_SPAN_AFTER = re.compile(rf"\b({_LIST}) ({_SPAN})\b")
_SPAN_BEFORE = re.compile(rf"\b({_SPAN}) ({_LIST})\b")
_LETTERED = re.compile(r"\b([tqs]) ?([1-4])\b")

EVERY = {"mensual": 1, "mensualmente": 1, "bimestral": 2, "bimensual": 2, "trimestral": 3, "trimestralmente": 3,
         "cuatrimestral": 4, "semestral": 6, "semestralmente": 6, "anual": 12, "anualmente": 12}  # fmt: skip
_ALL_YEAR = re.compile(
    r"\b(?:todo el ano|toda la vigencia|todos los meses|cada mes|permanente(?:mente)?|continu[ao]|continuamente"
    r"|diari[ao]|semanal|quincenal|durante (?:el ano|la vigencia))\b"
)
_DATES_APART = re.compile(r"\s*(?:–|—|\ba\b|\bal\b|\bhasta\b|\s-\s|;|\by\b)\s*", re.IGNORECASE)
_DAYS_OF_MONTH = re.compile(rf"\b(\d{{1,2}}) (al?|y|hasta(?: el)?)? ?(\d{{1,2}}) (?:del? )?({MONTH})\b")
_ATOM = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:ro|o)? (?:del? )?)?(?P<month>{MONTH})\b"
    r"(?: (?:del? )?(?:ano )?(?P<year>20\d\d))?"
)
_WORDS_BETWEEN = frozenset({"de", "del", "el", "mes", "dia", "desde", "y", "e", "a", "al", "hasta", "ano"})

LONGEST = 200
"""Characters of the longest text that is still read as a time: more is a narrative."""


class Period(NamedTuple):
    """The months of the fiscal year, and the days when the words give days or a year."""

    months: tuple[int, ...]
    start: datetime.date | None
    end: datetime.date | None


@dataclass(frozen=True)
class _Atom:
    """One mention of a month, and whether a range runs from the mention before to this one."""

    month: int
    day: int | None
    year: int | None
    joined: bool


def parse_period(text: object, year: int | None = None) -> Period | None:
    """What the words of a schedule cell mean; None when they name no time that can be known.

    A frequency falls due at the end of each of its periods: "Trimestral" is March, June, September, December.
    """
    single = parse_date(text)
    if single:
        whole_month = isinstance(text, str) and is_month_of_year(text)
        return _interval(single, last_day(single.year, single.month) if whole_month else single, year)
    if not isinstance(text, str) or len(text) > LONGEST:
        return None
    return _between_numeric_dates(text, year) or _in_words(text, year)


def _between_numeric_dates(text: str, year: int | None) -> Period | None:
    text = re.sub(r"^\s*(?:desde|del?|entre)\s+(?:el\s+)?", "", text, flags=re.IGNORECASE)
    sides = [re.sub(r"^(?:el|hasta)\s+", "", side.strip()) for side in _DATES_APART.split(text)]
    if len(sides) == 1:
        sides = re.split(r"(?<=\d{4})\s*-\s*(?=\d{1,2}[/.])", text)
    if len(sides) != 2 or not all(re.search(r"\d[/.-]\d", side) for side in sides):
        return None
    start, end = parse_date(sides[0]), parse_date(sides[1])
    return _interval(start, end, year) if start and end else None


def _interval(start: datetime.date, end: datetime.date, year: int | None) -> Period | None:
    return Period(months_between(start, end, year), start, end) if start <= end else None


def _in_words(printed: str, year: int | None) -> Period | None:
    text = normalise(re.sub(r"[–—-]", " a ", printed))
    if _ALL_YEAR.search(text):
        return Period(tuple(range(1, 13)), None, None)
    spans = _spans(text)
    if spans:
        return Period(tuple(sorted(spans)), None, None)
    if named := _named_months(text, year):
        return named
    for word in text.split():
        if word in EVERY:
            return Period(tuple(range(EVERY[word], 13, EVERY[word])), None, None)
    return None


def _spans(text: str) -> set[int]:
    """Months of the quarters, four-month periods and semesters that the words name."""
    found = [(ordinals, span) for ordinals, span in _SPAN_AFTER.findall(text)]
    found = found or [(ordinals, span) for span, ordinals in _SPAN_BEFORE.findall(text)]
    months = {month for ordinals, span in found for month in _months_of(ordinals, SPANS[span.rstrip("s")])}
    for letter, ordinal in _LETTERED.findall(text):
        months |= set(_months_of(ordinal, 6 if letter == "s" else 3))
    return months


def _months_of(ordinals: str, length: int) -> list[int]:
    words = [word for word in ordinals.split() if word not in {"y", "e", "el"}]
    numbers: list[int] = []
    for position, word in enumerate(words):
        if word in {"a", "al", "hasta"}:
            continue
        number = 12 // length if word == "ultimo" else ORDINALS[word]
        joined = position > 0 and words[position - 1] in {"a", "al", "hasta"} and numbers
        numbers.extend(range(numbers[-1] + 1, number + 1) if joined else [number])
    return [month for n in numbers if n * length <= 12 for month in range((n - 1) * length + 1, n * length + 1)]


def _named_months(text: str, year: int | None) -> Period | None:
    text = _DAYS_OF_MONTH.sub(lambda m: f"{m[1]} de {m[4]} {m[2] or 'a'} {m[3]} de {m[4]}", text)
    atoms = _atoms(text)
    if not atoms:
        return None
    stated = next((atom.year for atom in reversed(atoms) if atom.year), None)
    if len(atoms) == 1 or (len(atoms) == 2 and atoms[1].joined):
        return _range(atoms[0], atoms[-1], stated, year)
    return Period(_listed_months(atoms) if stated in (None, year) or year is None else (), None, None)


def _atoms(text: str) -> list[_Atom]:
    atoms: list[_Atom] = []
    end = 0
    for found in _ATOM.finditer(text):
        between = text[end : found.start()].split()
        joined = bool(atoms) and bool({"a", "al", "hasta"} & set(between)) and set(between) <= _WORDS_BETWEEN
        spanned = bool(atoms) and between == ["y"] and bool(re.match(r".*\bentre\b", text[: found.start()]))
        day = int(found["day"]) if found["day"] else None
        year = int(found["year"]) if found["year"] else None
        atoms.append(_Atom(MONTHS[found["month"]], day, year, joined or spanned))
        end = found.end()
    return atoms


def _range(first: _Atom, last: _Atom, stated: int | None, year: int | None) -> Period | None:
    """One month, or from one to another; with dates when a year is known and the words give day or year."""
    months = tuple(range(first.month, last.month + 1))
    last_year = last.year or stated or year
    if not last_year or not (stated or first.day or last.day):
        return Period(months, None, None) if months else None
    start = day_of(first.year or last_year, first.month, first.day or 1)
    end = day_of(last_year, last.month, last.day) if last.day else last_day(last_year, last.month)
    if start and end and start <= end:
        return Period(months_between(start, end, year), start, end)
    return Period(months, None, None) if months else None


def _listed_months(atoms: list[_Atom]) -> tuple[int, ...]:
    months: set[int] = set()
    for previous, atom in zip([None, *atoms], atoms, strict=False):
        first = previous.month + 1 if previous and atom.joined else atom.month
        months |= set(range(first, atom.month + 1)) | {atom.month}
    return tuple(sorted(months))
