"""Which rows under the header belong to which activity, and which are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from actionplans.imports.opening.deadline import NEVER, Deadline
from actionplans.imports.opening.grid import Sheet, address
from actionplans.imports.reading.blocks import Block
from actionplans.imports.reading.footers import is_address, is_signature, is_signature_block, is_total
from actionplans.imports.reading.header import LONGEST_LABEL, Header
from actionplans.imports.reading.metadata import is_field
from actionplans.imports.reading.parsed import Problem
from actionplans.imports.reading.roles import is_role, role_column
from actionplans.imports.reading.text import clean, normalise
from actionplans.imports.reading.values import display, excerpt, is_no_data

_COMPONENT = re.compile(
    r"(sub ?)?(componente|eje|linea|pilar|programa|dimension)\b( estrategic[oa])? (n |no )?[\divx]"
)
_WIDE = 0.5

_NO_ACTIVITY = (
    "La fila {row} tiene datos (por ejemplo, {example}) pero no dice la actividad. Escríbala o borre la fila."
)
_AFTER_THE_END = (
    "La fila {row} está debajo de las firmas o notas y no se leyó. Si es una actividad, súbala a la tabla."
)
_TAKEN_AS_HEADING = "«{text}» está solo en su fila y se tomó como título. Si es una actividad, complete su fila."
_UNLABELLED = "La columna no tiene encabezado: lo escrito en ella («{text}») no se lee. Póngale un encabezado."


@dataclass
class Group:
    """The rows of one activity, its first row first, under the component that was announced above it."""

    rows: list[int]
    component: str | None = None


def activity_groups(
    block: Block, component: str | None = None, deadline: Deadline = NEVER
) -> tuple[list[Group], list[Problem], str | None]:
    """The activities of a block in order, the rows that hold something else, and the component it ends with.

    `component` is the one announced before the block.
    """
    reader = _Reader(block.header, component)
    ended = False
    for row in range(block.first, block.last + 1):
        deadline.check()
        if row in block.skipped:
            ended = False
        elif block.header.sheet.written(row):
            ended = ended or reader.is_footer(row)
            (reader.leave if ended else reader.take)(row)
    return reader.groups, reader.problems, reader.component


class _Reader:
    """Takes the rows one after another and remembers the component and the activity they continue."""

    def __init__(self, header: Header, component: str | None) -> None:
        self.sheet: Sheet = header.sheet
        self.header = header
        self.groups: list[Group] = []
        self.problems: list[Problem] = []
        self.component = component_above(header) or component
        self._all_numbered = True
        self._months = header.all("months")
        self._span = header.span
        self._activity = header.one("activity").index
        self._task = column.index if (column := header.one("task")) else None
        self._number = column.index if (column := header.one("number")) else None
        self._role = role_column(header)
        self._describing = [self._activity, *(column.index for column in header.all("responsible"))]
        self._describing += [] if self._task is None else [self._task]
        self._labelled = {column.index for column in header.columns} | {self._role}

    def is_footer(self, row: int) -> bool:
        """Signatures end the table; so do an address or a note that stand alone in their row."""
        written = self.sheet.written(row)
        if self._begins_with_number(row):
            return False
        text = self._text(row, written[0])
        if is_signature(text, alone=not self._described(row)) or is_signature_block(self.sheet, row):
            return True
        return len(written) <= 2 and is_address(text)

    def leave(self, row: int) -> None:
        """A row after the end of the table is not read, but what looks like an activity is told."""
        content = dict(self._content(row))
        numbered = content.get(self._number, "").rstrip(".").isdecimal()
        looks_like_one = self._activity in content and (numbered or len(content) >= 3)
        if looks_like_one and not is_signature_block(self.sheet, row):
            self._warn(row, self._activity, _AFTER_THE_END.format(row=row))

    def take(self, row: int) -> None:
        if self._is_repeated(row) or self._is_total(row):
            return
        content = dict(self._content(row))
        if not content:
            return
        self._warn_unlabelled(row, content)
        if self._continues_merge(row):
            self.groups[-1].rows.append(row)
        elif self._is_separator(row, content):
            self._announce(row, content)
        elif self._activity in content:
            self.groups.append(Group([row], self.component))
            numbered = self._number is not None and self.sheet.shown(row, self._number).value is not None
            self._all_numbered = self._all_numbered and numbered
        elif self._continues(content):
            self.groups[-1].rows.append(row)
        elif set(content) != {self._number}:
            self._complain(row, content)

    def _continues(self, content: dict[int, str]) -> bool:
        """A further task of the activity above, or what was executed of it."""
        if not self.groups or self._number in content:
            return False
        return self._task in content or (self._role in content and is_role(content[self._role]))

    def _announce(self, row: int, content: dict[int, str]) -> None:
        [(column, text)] = content.items()
        self.component = " ".join(text.split())
        if column == self._activity:
            self._warn(row, column, _TAKEN_AS_HEADING.format(text=excerpt(text)))

    def _warn_unlabelled(self, row: int, content: dict[int, str]) -> None:
        """Columns without a heading are not read; each one is told once, with an example."""
        for column in self.sheet.written(row):
            if column not in self._labelled and self._activity in content:
                self._labelled.add(column)
                self._warn(row, column, _UNLABELLED.format(text=excerpt(self.sheet.own(row, column).value)))

    def _content(self, row: int) -> Iterator[tuple[int, str]]:
        """What the row itself says in the table; zeros and errors that formulas leave say nothing."""
        for column in self.sheet.written(row):
            if column in self._span:
                value, number_format, _ = self.sheet.own(row, column)
                text = display(value, number_format)
                if text and (column == self._activity or not (_is_zero(value) or is_no_data(value))):
                    yield column, text

    def _continues_merge(self, row: int) -> bool:
        top, _ = self.sheet.anchor(row, self._activity)
        return bool(self.groups) and top < row and top in self.groups[-1].rows

    def _is_separator(self, row: int, content: dict[int, str]) -> bool:
        """A single text across the table, or beside the activities' column, names what follows."""
        if len(content) != 1:
            return False
        (column, text), merge = next(iter(content.items())), None
        merge = self.sheet.merge(row, column)
        width = merge.right - merge.left + 1 if merge else 1
        if text.replace(".", "").isdecimal():
            return False
        if width >= max(2, _WIDE * len(self.header.span)) or (width > 1 and column < self._activity):
            return True
        if column == self._activity:
            return self._number_is_missed(row)
        return column < self._activity and (self._task is None or column != self._task) and len(text) > 3

    def _number_is_missed(self, row: int) -> bool:
        """In a numbered table, a lone text without number, task, nor marks is a heading or a note."""
        if self._number is None or not self.groups or not self._all_numbered:
            return False
        return not any(self.sheet.own(row, column.index).fill for column in self._months)

    def _is_repeated(self, row: int) -> bool:
        """The header printed again on a further page, or the letterhead with it."""
        written = [column for column in self.sheet.written(row) if column in self._span]
        if written and self._says_labels(row, written):
            return True
        first = self._text(row, written[0]) if 0 < len(written) <= 3 else ""
        letterhead = ":" in first and is_field(first)
        return letterhead and not any(column != written[0] and column == self._activity for column in written)

    def _says_labels(self, row: int, columns: list[int]) -> bool:
        """Whether most of the columns hold their own label again."""
        wanted = max(3, 0.6 * len(columns))
        same = 0
        for left, column in zip(range(len(columns), 0, -1), columns, strict=True):
            if same + left < wanted:
                return False
            same += self._is_label(row, column)
        return same >= wanted

    def _is_label(self, row: int, column: int) -> bool:
        labels = self.header.labels_of.get(column)
        text = self._text(row, column) if labels else ""
        return bool(labels) and len(text) <= LONGEST_LABEL and normalise(text) in labels

    def _begins_with_number(self, row: int) -> bool:
        """As the rows of a numbered table do, and neither totals nor what stands under a table."""
        return type(self.sheet.own(row, self.sheet.written(row)[0]).value) is int

    def _is_total(self, row: int) -> bool:
        if self._begins_with_number(row):
            return False
        first = self.sheet.written(row)[0]
        return is_total(self._text(row, first)) and not self._described(row, but=first)

    def _described(self, row: int, but: int | None = None) -> bool:
        return any(c != but and self.sheet.own(row, c).value is not None for c in self._describing)

    def _text(self, row: int, column: int) -> str:
        return clean(self.sheet.own(row, column).value)

    def _complain(self, row: int, content: dict[int, str]) -> None:
        where = next((column for column in content if column != self._number), self._activity)
        example = f"«{excerpt(content[where])}» en {address(row, where)}"
        self._problem("error", row, self._activity, _NO_ACTIVITY.format(row=row, example=example))

    def _warn(self, row: int, column: int, message: str) -> None:
        self._problem("warning", row, column, message)

    def _problem(self, severity: str, row: int, column: int, message: str) -> None:
        where = address(row, column)
        self.problems.append(Problem(severity=severity, sheet=self.sheet.name, cell=where, message=message))


def _is_zero(value: object) -> bool:
    return isinstance(value, (int, float)) and not value


def component_above(header: Header) -> str | None:
    """The component named alone in a row over the header, where each component has its own table."""
    for row in range(header.top - 1, max(0, header.top - 4), -1):
        written = header.sheet.written(row)
        text = clean(header.sheet.own(row, written[0]).value) if len(written) == 1 else ""
        if _COMPONENT.match(normalise(text)):
            return " ".join(text.split())
    return None
