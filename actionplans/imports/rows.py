"""Which rows under the header belong to which activity, and which are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from actionplans.imports.grid import Sheet, address
from actionplans.imports.header import Header
from actionplans.imports.metadata import is_field
from actionplans.imports.parsed import Problem
from actionplans.imports.text import clean, normalise
from actionplans.imports.values import display, excerpt, is_no_data

_SIGNATURES = re.compile(
    r"(elaboro|elaborado|reviso|revisado|aprobo|aprobado|proyecto|proyectado|firma|vo ?bo|visto bueno)"
    r"( (por|y reviso|y aprobo|nombre|cargo|el|del.*))?"
)
_ADDRESS = re.compile(
    r"(www|https?|codigo postal|direccion|telefonos?|tel|linea gratuita|correo|e ?mail|pagina web"
    r"|notas?|convenciones|fuente|calle \d|carrera \d|cra \d|cll \d|avenida|transversal \d)\b.*"
)
_TOTAL = re.compile(
    r"(sub ?|gran )?total(es)?"
    r"( (general|actividades|ponderacion|presupuesto|plan|componente|avance|eje|cumplimiento)\b.*)?"
)
_COMPONENT = re.compile(
    r"(sub ?)?(componente|eje|linea|pilar|programa|dimension)\b( estrategic[oa])? (n |no )?[\divx]"
)
_WIDE = 0.5


@dataclass
class Group:
    """The rows of one activity, its first row first, under the component that was announced above it."""

    rows: list[int]
    component: str | None = None


def activity_groups(header: Header) -> tuple[list[Group], list[Problem]]:
    """All the activities of the table in order, and the rows that hold something but no activity."""
    reader = _Reader(header)
    for row in range(header.bottom + 1, header.sheet.last_row + 1):
        if header.sheet.written(row):
            if reader.is_footer(row):
                break
            reader.take(row)
    return reader.groups, reader.problems


class _Reader:
    """Takes the rows one after another and remembers the component and the activity they continue."""

    def __init__(self, header: Header) -> None:
        self.sheet: Sheet = header.sheet
        self.header = header
        self.groups: list[Group] = []
        self.problems: list[Problem] = []
        self._component = _component_above(header)
        self._all_numbered = True
        self._months = header.all("months")
        self._activity = header.one("activity").index
        self._task = column.index if (column := header.one("task")) else None
        self._number = column.index if (column := header.one("number")) else None

    def is_footer(self, row: int) -> bool:
        """Signatures end the table; so do an address or a note that stand alone in their row."""
        written = self.sheet.written(row)
        text = self._text(row, written[0])
        label = normalise(text.partition(":")[0])
        if len(label) < 40 and _SIGNATURES.fullmatch(label) and (":" in text or not self._described(row)):
            return True
        return len(written) <= 2 and bool(_ADDRESS.fullmatch(normalise(text)))

    def take(self, row: int) -> None:
        if self._is_repeated(row) or self._is_total(row):
            return
        content = dict(self._content(row))
        if not content:
            return
        if self._continues_merge(row):
            self.groups[-1].rows.append(row)
        elif self._is_separator(row, content):
            self._component = " ".join(next(iter(content.values())).split())
        elif self._activity in content:
            self.groups.append(Group([row], self._component))
            numbered = self._number is not None and self.sheet.shown(row, self._number).value is not None
            self._all_numbered = self._all_numbered and numbered
        elif self._task in content and self.groups and self._number not in content:
            self.groups[-1].rows.append(row)
        elif set(content) != {self._number}:
            self._complain(row, content)

    def _content(self, row: int) -> Iterator[tuple[int, str]]:
        """What the row itself says in the table; zeros and errors that formulas leave say nothing."""
        for column in self.sheet.written(row):
            if column in self.header.span:
                cell = self.sheet.own(row, column)
                text = display(cell.value, cell.number_format)
                nothing = is_no_data(cell.value) or (isinstance(cell.value, (int, float)) and not cell.value)
                if text and not (nothing and column != self._activity):
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
        written = [column for column in self.sheet.written(row) if column in self.header.span]
        same = sum(self._is_label(row, column) for column in written)
        if written and same >= max(3, 0.6 * len(written)):
            return True
        return len(written) <= 3 and any(
            ":" in self._text(row, column) and is_field(self._text(row, column)) for column in written[:1]
        )

    def _is_label(self, row: int, column: int) -> bool:
        labels = self.header.labels_of.get(column, frozenset())
        return normalise(self._text(row, column)) in labels

    def _is_total(self, row: int) -> bool:
        first = self.sheet.written(row)[0]
        return bool(_TOTAL.fullmatch(normalise(self._text(row, first)))) and not self._described(row, but=first)

    def _described(self, row: int, but: int | None = None) -> bool:
        columns = [self._activity, self._task, *(column.index for column in self.header.all("responsible"))]
        return any(c is not None and c != but and self.sheet.own(row, c).value is not None for c in columns)

    def _text(self, row: int, column: int) -> str:
        return clean(self.sheet.own(row, column).value)

    def _complain(self, row: int, content: dict[int, str]) -> None:
        where = next((column for column in content if column != self._number), self._activity)
        self.problems.append(
            Problem(
                severity="error",
                sheet=self.sheet.name,
                cell=address(row, self._activity),
                message=(
                    f"La fila {row} tiene datos (por ejemplo, «{excerpt(content[where])}» en "
                    f"{address(row, where)}) pero no dice la actividad. Escríbala o borre la fila."
                ),
            )
        )


def _component_above(header: Header) -> str | None:
    """The component named alone in the row over the header, where each component has its own table."""
    written = header.sheet.written(header.top - 1)
    text = clean(header.sheet.own(header.top - 1, written[0]).value) if len(written) == 1 else ""
    return " ".join(text.split()) if _COMPONENT.match(normalise(text)) else None
