"""What the columns of a table probably are when no heading tells it, from what is written in them.

A proposal for a person to correct: nothing is saved by it alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from actionplans.imports.opening.grid import Sheet, letters
from actionplans.imports.reading.columns import ONE_OF_A_KIND, Column
from actionplans.imports.reading.dates import parse_date
from actionplans.imports.reading.header import MAX_COLUMNS, SEARCHED_ROWS, Header, label_of
from actionplans.imports.reading.labels import UNKNOWN, Meaning, classify
from actionplans.imports.reading.offices import OFFICE_WORDS, OfficeName, expand, match
from actionplans.imports.reading.periods import parse_period
from actionplans.imports.reading.text import normalise
from actionplans.imports.reading.values import display, parse_mark, parse_money, parse_number

_LOOKED_AT = 60
_MOST = 0.6
_LONG = 15
"""Characters from which a text may describe an activity."""

_LONGEST_OFFICE = 160
_NUMBERING = re.compile(r"\d{1,3}(?:[.-]\d{1,3}){0,4}[.)]?")
_ONE = frozenset({"1", "1.0", "1,0"})


@dataclass(frozen=True)
class _Content:
    """What is written in one column of the table."""

    index: int
    values: list[object]

    def mostly(self, holds: Callable[[object], object]) -> bool:
        return bool(self.values) and sum(bool(holds(value)) for value in self.values) >= _MOST * len(self.values)

    @property
    def length(self) -> float:
        return sum(len(display(value)) for value in self.values) / max(1, len(self.values))


def guess_header(sheets: Sequence[Sheet], offices: Sequence[OfficeName]) -> Header | None:
    """The first row of the fullest sheet that looks like headings, although nobody understands them as a plan's.

    None where the sheet has no three columns of something, one of them of texts.
    """
    sheet = min(sheets, key=lambda sheet: (sheet.hidden, -len(sheet.cells)), default=None)
    header = header_under(sheet, _heading_row(sheet), offices) if sheet else None
    return header if header and len(header.columns) >= 3 and header.one("activity") else None


def header_under(sheet: Sheet, row: int, offices: Sequence[OfficeName]) -> Header:
    """A header whose columns mean what their label in the row says, else what their content suggests.

    Row 0 stands for no row of labels: the columns then bear their letters.
    """
    columns = []
    for index, meaning in sorted(_meanings_by_content(sheet, row + 1, offices).items()):
        label = label_of(sheet, *sheet.anchor(row, index)) if row else None
        said = classify([label]) if label else None
        said = None if said is None or said.kind == UNKNOWN.kind else said
        label = label or f"Columna {letters(index)}"
        columns.append(Column(index, (label,), ((max(1, row), index),), said or meaning))
    return Header(sheet, max(1, row), row, tuple(_without_doubles(columns)), 0)


def _without_doubles(columns: list[Column]) -> list[Column]:
    """What a label says wins over what a content suggests for another column."""
    labelled = {c.meaning.kind for c in columns if classify(c.labels) == c.meaning} & {*ONE_OF_A_KIND}
    return [
        replace(c, meaning=UNKNOWN) if c.meaning.kind in labelled and classify(c.labels) != c.meaning else c
        for c in columns
    ]


def _meanings_by_content(sheet: Sheet, first: int, offices: Sequence[OfficeName]) -> dict[int, Meaning]:
    """What each column with something written from row `first` on seems to hold."""
    rows = range(first, min(sheet.last_row, first + _LOOKED_AT - 1) + 1)
    indexes = sorted({column for row in rows for column in sheet.written(row)})[:MAX_COLUMNS]
    found = _months(sheet, rows, indexes)
    contents = [_Content(i, [v for r in rows if (v := sheet.own(r, i).value) is not None]) for i in indexes]
    left = [content for content in contents if content.index not in found]
    for kind, holds in _TESTS:
        for content in left:
            if content.index not in found and content.mostly(holds):
                found[content.index] = Meaning(kind)
    for content in left:
        if content.index not in found and content.mostly(lambda value: _is_office(value, offices)):
            found[content.index] = Meaning("responsible")
    return _single(found | _texts([c for c in left if c.index not in found], found))


def _heading_row(sheet: Sheet) -> int:
    """The first row of short texts with at least three of them over something."""
    for row in range(1, min(SEARCHED_ROWS, sheet.last_row) + 1):
        written = sheet.written(row)
        labels = [label for column in written if (label := label_of(sheet, row, column))]
        if len(labels) >= 3 and len(labels) == len(written) and len(sheet.written(row + 1)) >= 2:
            return row
    return 0


def headings_of_pasted(sheet: Sheet) -> int:
    """1 when the first row names columns that are known, although not the activities; else 0."""
    labels = [label for column in sheet.written(1) if (label := label_of(sheet, 1, column))]
    return int(sum(classify([label]) is not None for label in labels) >= 2)


def _months(sheet: Sheet, rows: range, indexes: list[int]) -> dict[int, Meaning]:
    """Twelve neighbours that hold nothing but marks are the months, four of them the quarters."""
    if not indexes:
        return {}
    run: list[int] = []
    for index in range(indexes[0], indexes[-1] + 2):
        values = [sheet.own(row, index).value for row in rows]
        if index <= indexes[-1] and all(value is None or _is_mark(value) for value in values):
            run.append(index)
            continue
        marked = any(sheet.own(row, column).value is not None for row in rows for column in run)
        if marked and len(run) >= 12:
            return {column: Meaning("months", months=(n,)) for n, column in enumerate(run[:12], start=1)}
        if marked and len(run) == 4:
            spans = [tuple(range(n, n + 3)) for n in (1, 4, 7, 10)]
            return {column: Meaning("months", months=span) for column, span in zip(run, spans, strict=True)}
        run = []
    return {}


def _is_mark(value: object) -> bool:
    text = str(value).strip()
    return text in _ONE or (not any(letter.isdigit() for letter in text) and parse_mark(value) is True)


def _is_office(value: object, offices: Sequence[OfficeName]) -> bool:
    text = display(value)[:_LONGEST_OFFICE]
    words = expand(text).split()
    return bool(words) and (words[0] in OFFICE_WORDS or match(text, offices).slug is not None)


def _is_time(value: object) -> bool:
    return isinstance(value, str) and parse_number(value) is None and parse_period(value) is not None


def _is_percent(value: object) -> bool:
    return "%" in str(value) and parse_number(str(value).replace("%", "")) is not None


_TESTS: tuple[tuple[str, Callable[[object], object]], ...] = (
    ("date", parse_date),
    ("number", lambda value: _NUMBERING.fullmatch(str(value).strip())),
    ("weight", _is_percent),
    ("budget", parse_money),
    ("schedule", _is_time),
)


def _single(found: dict[int, Meaning]) -> dict[int, Meaning]:
    """Dates and figures by their order: what begins and what ends, one number before the activity."""
    activity = next((index for index, meaning in found.items() if meaning.kind == "activity"), None)
    dates = [index for index, meaning in sorted(found.items()) if meaning.kind == "date"]
    kinds = ("start", "end") if len(dates) > 1 else ("schedule",)
    seen: set[str] = set()
    result = {}
    for index, meaning in sorted(found.items()):
        kind = meaning.kind
        if kind == "date":
            kind = dict(zip(dates, kinds, strict=False)).get(index, UNKNOWN.kind)
        elif kind == "number" and (activity is None or index > activity):
            kind = "target"
        if kind not in ("months", "responsible") and kind in seen:
            kind = UNKNOWN.kind
        seen.add(kind)
        result[index] = UNKNOWN if kind == UNKNOWN.kind else replace(meaning, kind=kind)
    return result


def _texts(left: list[_Content], found: dict[int, Meaning]) -> dict[int, Meaning]:
    """The first long text is the activity; a repeated one before it, the component; then as forms order them."""
    written = [content for content in left if content.values]
    activity = next((c for c in written if c.length >= _LONG and not _repeats(c)), None)
    activity = activity or max(written, key=lambda content: content.length, default=None)
    if activity is None:
        return {}
    months = [index for index, meaning in found.items() if meaning.kind == "months"]
    result = {}
    after = ["deliverable", "indicator"]
    for content in written:
        kind = UNKNOWN.kind
        if content is activity:
            kind = "activity"
        elif content.index < activity.index:
            kind = "component"
        elif months and content.index < months[0]:
            kind = "task"
        elif after:
            kind = after.pop(0)
        result[content.index] = UNKNOWN if kind == UNKNOWN.kind else Meaning(kind)
    return result


def _repeats(content: _Content) -> bool:
    """Whether the same texts come again and again, as the component of several activities does."""
    texts = {normalise(value) for value in content.values}
    return len(content.values) > 2 and len(texts) <= len(content.values) / 2
