"""Single dates as people type them: numeric, in words, or a month of a year."""

import datetime
import re
from calendar import monthrange

from actionplans.imports.reading.text import normalise

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "enero ene january jan", "febrero feb febr", "marzo mar mzo", "abril abr", "mayo may", "junio jun",
            "julio jul", "agosto ago agto", "septiembre setiembre sep sept set", "octubre oct", "noviembre nov",
            "diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d.*)?")
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: \d.*)?")
_YEAR = r"(?:del? )?(?:ano )?(\d{4}|\d{2})"
_IN_WORDS = re.compile(rf"(?:[a-z]+ )??(\d{{1,2}})(?:ro|o)? (?:del? )?({MONTH}) {_YEAR}")
_MONTH_FIRST = re.compile(rf"({MONTH}) (\d{{1,2}}) {_YEAR}")
_MONTH_OF_YEAR = re.compile(rf"({MONTH})\.?(?:\s*[-/' ]\s*|\s+del?\s+)(\d{{4}}|(?<=[-/'])\d{{2}})")

LONGEST = 60
"""Characters of the longest text that is still read as one date."""

_SERIAL_EPOCH = datetime.date(1899, 12, 30)
# Days as a spreadsheet counts them, from 2000 to 2099, in a cell that lost its date format.
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73051


def parse_date(value: object) -> datetime.date | None:
    """The day that a cell says; a month of a year ("ene-17") is its first day. None when it says none."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return (
            _SERIAL_EPOCH + datetime.timedelta(days=int(value)) if _FIRST_SERIAL <= value < _LAST_SERIAL else None
        )
    return _typed(value.strip()) if isinstance(value, str) and len(value) <= LONGEST else None


def _typed(text: str) -> datetime.date | None:
    if found := _ISO.fullmatch(text):
        year, _, month, day = found.groups()
        return day_of(year, month, day)
    if found := _NUMERIC.fullmatch(text):
        day, month, year = found.groups()
        return day_of(year, month, day)
    if found := _MONTH_OF_YEAR.fullmatch(text.casefold()):
        month, year = found.groups()
        return day_of(year, MONTHS[month], 1)
    return _in_words(normalise(text))


def is_month_of_year(text: str) -> bool:
    """Whether the text is a month and its year, without a day: "ene-17", "Enero 2021"."""
    return bool(_MONTH_OF_YEAR.fullmatch(text.strip().casefold()))


def _in_words(text: str) -> datetime.date | None:
    if found := _IN_WORDS.fullmatch(text):
        day, month, year = found.groups()
        return day_of(year, MONTHS[month], day)
    if found := _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
        return day_of(year, MONTHS[month], day)
    return None


def day_of(year: object, month: object, day: object) -> datetime.date | None:
    """The date, reading two-digit years as of this century; None when the calendar has no such day."""
    year = int(year)
    try:
        return datetime.date(year + 2000 if year < 100 else year, int(month), int(day))
    except ValueError:
        return None


def last_day(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, monthrange(year, month)[1])


def months_between(start: datetime.date, end: datetime.date, year: int | None) -> tuple[int, ...]:
    """The months of `year` that the interval touches; without a year, those of an interval inside one year."""
    if year is None:
        year = start.year if start.year == end.year else None
    if year is None or start > end or start.year > year or end.year < year:
        return ()
    first = start.month if start.year == year else 1
    last = end.month if end.year == year else 12
    return tuple(range(first, last + 1))
