"""Which year a plan is for, and where the file says so. Dates of plans and forms never count."""

import re
from collections.abc import Iterable

from actionplans.imports.reading.header import Header
from actionplans.imports.reading.metadata import Metadata
from actionplans.imports.reading.text import normalise

FIRST, LAST = 2000, 2100
_YEARS = re.compile(r"(?<![\d/.-])20\d\d(?![\d/]|[.-]\d)")
_SPAN = re.compile(r"20\d\d\s*(?:-|–|—|/|\ba\b|\bal\b|\by\b)\s*20\d\d")
_NOT_OF_THE_PLAN = frozenset({"baseline", "other", "progress"})


def stated_year(sheet_name: str, header: Header, metadata: Metadata) -> int | None:
    """The single year that VIGENCIA says, or else the title, the sheet's name or the column headings."""
    said = only_year([str(metadata.texts.get("year", ""))])
    if said and _is_bare(metadata.texts["year"]):
        return said
    for texts in (
        [metadata.title],
        [metadata.texts.get("title", "")],
        [sheet_name],
        _titles(header),
        _headings(header),
    ):
        if year := only_year(texts):
            return year
    return None


def only_year(texts: Iterable[str]) -> int | None:
    """The year that the texts name, when they name exactly one and no span of years."""
    joined = " | ".join(texts)
    years = set(_YEARS.findall(joined))
    if len(years) != 1 or _SPAN.search(joined):
        return None
    year = int(years.pop())
    return year if FIRST <= year <= LAST else None


def _is_bare(text: str) -> bool:
    """VIGENCIA holds a year alone: with a day or a month it is the date of a form."""
    return not re.sub(r"20\d\d|ano|vigencia|fiscal|de|del", "", normalise(text)).strip()


def _titles(header: Header) -> list[str]:
    """Short lines above the table that speak of a plan or a vigencia, such as a subtitle."""
    said = []
    for _, _, text in header.sheet.texts(1, header.top - 1):
        words = normalise(text)
        if (
            len(text) <= 160
            and ":" not in text
            and re.search(r"\b(plan(es)?|vigencia|cronograma|programacion)\b", words)
        ):
            said.append(text)
    return said


def _headings(header: Header) -> list[str]:
    return [column.title for column in header.columns if column.meaning.kind not in _NOT_OF_THE_PLAN]
