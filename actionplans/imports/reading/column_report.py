"""What a person is told of the columns of a table: what each was taken for, and which ones were not found."""

from collections.abc import Iterable, Iterator

from actionplans.imports.opening.grid import Sheet, letters
from actionplans.imports.reading.corrections import unlabelled
from actionplans.imports.reading.header import MAX_COLUMNS, Header
from actionplans.imports.reading.meanings import NOT_READ, code_of, label_of_code
from actionplans.imports.reading.parsed import Problem, ReadColumn
from actionplans.imports.reading.text import normalise
from actionplans.imports.reading.values import display

_EXAMPLES = 3
_LOOKED_AT = 40
_LONGEST_EXAMPLE = 60
_IMPORTANT = {
    "los responsables": {"responsible"},
    "el producto o entregable": {"deliverable"},
    "el indicador": {"indicator", "formula"},
    "los meses o las fechas": {"months", "schedule", "start", "end"},
}
_MISSING = (
    "No se encontró una columna que diga {name}: el plan queda sin ese dato. Si el archivo la tiene, indique "
    "cuál es en la correspondencia de columnas."
)


def read_columns(header: Header) -> tuple[ReadColumn, ...]:
    """The columns of the table from left to right, also those that hold something under no heading."""
    known = {column.index: column for column in header.columns}
    others = {c for row in _rows_below(header) for c in header.sheet.written(row) if c not in known}
    found = [*header.columns, *(unlabelled(header, index) for index in sorted(others)[:MAX_COLUMNS])]
    return tuple(
        ReadColumn(
            index=column.index,
            letter=letters(column.index),
            title=column.title if column.index in known and header.bottom else "",
            code=(code := code_of(column.meaning) if column.index in known else NOT_READ),
            label=label_of_code(code),
            examples=tuple(_examples(header, column.index)),
        )
        for column in sorted(found, key=lambda column: column.index)
    )


def missing_columns(sheet: str, kinds: Iterable[str]) -> tuple[Problem, ...]:
    """A warning for each important column that no heading names; `kinds` are those of the table's columns."""
    known = {*kinds}
    return tuple(
        Problem(severity="warning", sheet=sheet, message=_MISSING.format(name=name))
        for name, enough in _IMPORTANT.items()
        if not known & enough
    )


def _rows_below(header: Header) -> range:
    return range(header.bottom + 1, min(header.sheet.last_row, header.bottom + _LOOKED_AT) + 1)


def _examples(header: Header, index: int) -> Iterator[str]:
    said: set[str] = set()
    for row in _rows_below(header):
        text = _short(header.sheet, row, index)
        if text and text not in said and normalise(text) not in header.labels_of.get(index, ()):
            said.add(text)
            yield text
        if len(said) == _EXAMPLES:
            return


def _short(sheet: Sheet, row: int, index: int) -> str:
    cell = sheet.own(row, index)
    text = " ".join(display(cell.value, cell.number_format).split())
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[: _LONGEST_EXAMPLE - 1]}…"
