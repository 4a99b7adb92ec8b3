"""The columns of a table, once their labels are seen together."""

from dataclasses import dataclass, replace

from actionplans.imports.reading.label_time import ROMAN, numeral, span_months
from actionplans.imports.reading.labels import OTHER, UNKNOWN, Meaning
from actionplans.imports.reading.text import normalise

INITIALS = ["e", "f", "m", "a", "m", "j", "j", "a", "s", "o", "n", "d"]
ONE_OF_A_KIND = (
    "number", "activity", "task", "component", "deliverable", "indicator", "formula", "result", "target",
    "baseline", "unit", "weight", "budget", "start", "end", "schedule",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of the table: its labels, top group first, and where they are written."""

    index: int
    labels: tuple[str, ...]
    anchors: tuple[tuple[int, int], ...]
    meaning: Meaning | None

    @property
    def title(self) -> str:
        return " / ".join(" ".join(label.split()) for label in self.labels)

    def as_kind(self, kind: str) -> "Column":
        return replace(self, meaning=Meaning(kind, 0))


def resolve(columns: list[Column]) -> list[Column]:
    """Give every column one meaning, using its neighbours; what remains without one is kept as `other`."""
    columns = _months_by_position(columns)
    columns = _quarters_of_four(columns)
    columns = _single_activity(columns)
    columns = _responsible_columns(columns)
    for kind in ONE_OF_A_KIND:
        columns = _keep_best(columns, kind)
    return [column if column.meaning else replace(column, meaning=UNKNOWN) for column in columns]


def _months_by_position(columns: list[Column]) -> list[Column]:
    """Twelve neighbours that only together can be months: 1…12, E F M A M J J A S O N D, or one wide "MES"."""
    for start in range(len(columns) - 11):
        run = columns[start : start + 12]
        if run[-1].index - run[0].index == 11 and (_counts_to_twelve(run) or _one_wide_label(run)):
            months = [replace(c, meaning=Meaning("months", months=(n,))) for n, c in enumerate(run, start=1)]
            return columns[:start] + months + columns[start + 12 :]
    return columns


def _counts_to_twelve(run: list[Column]) -> bool:
    leaves = [normalise(column.labels[-1]) for column in run]
    unknown = all(column.meaning is None or column.meaning.kind in (OTHER, "schedule") for column in run)
    return leaves == INITIALS or (unknown and [numeral(leaf) for leaf in leaves] == list(range(1, 13)))


def _one_wide_label(run: list[Column]) -> bool:
    same = len({column.anchors[-1] for column in run}) == 1
    return same and all(column.meaning is not None and column.meaning.kind == "schedule" for column in run)


def _quarters_of_four(columns: list[Column]) -> list[Column]:
    """I to IV alone under a schedule group are quarters, not the first four months."""
    groups: dict[tuple, list[Column]] = {}
    for column in columns:
        if normalise(column.labels[-1]) in ROMAN:
            groups.setdefault(column.anchors[:-1], []).append(column)
    for group in groups.values():
        if [ROMAN[normalise(column.labels[-1])] for column in group] == [1, 2, 3, 4]:
            columns = [_as_quarter(column) if column in group else column for column in columns]
    return columns


def _as_quarter(column: Column) -> Column:
    if column.meaning and column.meaning.kind != "months":
        return column
    months = span_months(ROMAN[normalise(column.labels[-1])], 3)[0]
    executed = bool(column.meaning and column.meaning.executed)
    return replace(column, meaning=Meaning("months", months=months, executed=executed))


def _single_activity(columns: list[Column]) -> list[Column]:
    """The best-named activity column; a weaker one before it groups activities, one after it details them."""
    named = _of(columns, "activity")
    best = _best(named)
    if best is None or len(named) == 1:
        return columns
    has_component, has_task = _of(columns, "component"), _of(columns, "task")

    def demote(column: Column) -> Column:
        if column is best or not _is(column, "activity"):
            return column
        if column.index < best.index:
            return column.as_kind(OTHER if has_component else "component")
        return column.as_kind(OTHER if has_task or column.meaning.rank < 3 else "task")

    return [demote(column) for column in columns]


def _responsible_columns(columns: list[Column]) -> list[Column]:
    """Several columns may name who responds; a bare "PROCESO" only when no other does."""
    named = _of(columns, "responsible")
    strongest = max((column.meaning.rank for column in named), default=0)
    weak = min(strongest, 3)
    return [c.as_kind(OTHER) if _is(c, "responsible") and c.meaning.rank < weak else c for c in columns]


def _keep_best(columns: list[Column], kind: str) -> list[Column]:
    best = _best(_of(columns, kind))
    return [c.as_kind(OTHER) if _is(c, kind) and c is not best else c for c in columns]


def _best(columns: list[Column]) -> Column | None:
    return max(columns, key=lambda column: (column.meaning.rank, -column.index), default=None)


def _of(columns: list[Column], kind: str) -> list[Column]:
    return [column for column in columns if _is(column, kind)]


def _is(column: Column, kind: str) -> bool:
    return column.meaning is not None and column.meaning.kind == kind
