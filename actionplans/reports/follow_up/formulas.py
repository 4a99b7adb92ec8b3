"""The formulas by which the workbook of the follow-up computes its totals again, simple and weighted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from actionplans.enums import FigureScope
from actionplans.progress import SIMPLE

from .columns import ROW_COLUMNS, TOTAL_COLUMNS
from .members import BY_COMPONENT, BY_OFFICE, BY_PARTS, BY_PLAN, BY_ROWS, COMPONENT, component_of
from .sheet import TotalLine

ENTITY, DIMENSION, POLICY, PLAN = (
    scope.label for scope in (FigureScope.ENTITY, FigureScope.DIMENSION, FigureScope.POLICY, FigureScope.PLAN)
)
ROW_PLACES = {column.key: place for place, column in enumerate(ROW_COLUMNS)}
TOTAL_PLACES = {column.key: place for place, column in enumerate(TOTAL_COLUMNS)}
FIGURES = ("programado", "ejecutado")
NOTHING = '""'


class Formulas:
    """Of the lines of the summary, the first in row `first`; the `lines` activities are in the sheet `source`.

    A mean is over the rows that make the total, never over a range with the total itself in it.
    """

    def __init__(self, totals: Sequence[TotalLine], source: str, lines: int) -> None:
        self.totals, self.source, self.lines = totals, source, lines
        self.first = 0

    def of(self, line: TotalLine, row: int) -> dict[str, str]:
        """By the key of the column; nothing where the total is typed."""
        if not line.members:
            return {}
        formulas = {figure: self._mean(line, row, figure) for figure in FIGURES}
        if line.to_date is not None:
            formulas["cumplimiento"] = f"={_cell(row, 'ejecutado')}/{_cell(row, 'programado')}"
        return formulas

    def _mean(self, line: TotalLine, row: int, figure: str) -> str:
        if line.members in (BY_PLAN, BY_OFFICE, BY_COMPONENT, BY_ROWS):
            values, weights = self._of_rows(f"cuenta_{figure}"), self._of_rows("ponderacion")
            conditions = self._which_rows(line, row)
        else:
            below = self._below(line)
            values, weights = (self._of_totals(line.period, below, key) for key in (figure, "peso"))
            superior = self._of_totals(line.period, below, "superior")
            conditions = {} if line.scope == ENTITY else {superior: _cell(row, "id")}
        if line.method != SIMPLE:
            return _weighted(values, weights, conditions)
        # The name of a component may be what a condition of AVERAGEIFS takes for a pattern.
        return _simple(values, conditions) if line.members == BY_COMPONENT else _averageifs(values, conditions)

    def _which_rows(self, line: TotalLine, row: int) -> dict[str, str]:
        conditions = {self._of_rows("periodo"): _cell(row, "periodo")}
        if line.members == BY_COMPONENT:
            conditions[self._of_rows("plan_id")] = _cell(row, "superior")
            conditions[self._of_rows("componente")] = _cell(row, "nombre") if component_of(line) else NOTHING
        elif key := {BY_PLAN: "plan_id", BY_OFFICE: "dependencia_id"}.get(line.members):
            conditions[self._of_rows(key)] = _cell(row, "id")
        return conditions

    def _below(self, line: TotalLine) -> str:
        if line.members == BY_PARTS:
            return COMPONENT
        return POLICY if line.scope == DIMENSION else PLAN

    def _of_rows(self, key: str) -> str:
        """The cells of a column of the activities."""
        return f"'{self.source}'!{_cells(1, self.lines, ROW_PLACES[key])}"

    def _of_totals(self, period: str, scope: str, key: str) -> str:
        """The cells of a column of the totals of one scope and period, which stand together."""
        block = [at for at, line in enumerate(self.totals) if (line.period, line.scope) == (period, scope)]
        return _cells(self.first + block[0], self.first + block[-1], TOTAL_PLACES[key])


def _cell(row: int, key: str) -> str:
    return xl_rowcol_to_cell(row, TOTAL_PLACES[key], col_abs=True)


def _cells(first: int, last: int, column: int) -> str:
    top = xl_rowcol_to_cell(first, column, row_abs=True, col_abs=True)
    return f"{top}:{xl_rowcol_to_cell(last, column, row_abs=True, col_abs=True)}"


def _averageifs(values: str, conditions: Mapping[str, str]) -> str:
    if not conditions:
        return f"=AVERAGE({values})"
    return f"=AVERAGEIFS({values},{','.join(f'{cells},{wanted}' for cells, wanted in conditions.items())})"


def _simple(values: str, conditions: Mapping[str, str]) -> str:
    return f"=SUMPRODUCT({_chosen(conditions)}*{values})/SUMPRODUCT({_chosen(conditions)}*ISNUMBER({values}))"


def _weighted(values: str, weights: str, conditions: Mapping[str, str]) -> str:
    """What each row says by its weight, over the weights of the rows that say something."""
    which = "*".join(filter(None, [_chosen(conditions), weights]))
    return f"=SUMPRODUCT({which}*{values})/SUMPRODUCT({which}*ISNUMBER({values}))"


def _chosen(conditions: Mapping[str, str]) -> str:
    return "*".join(f"({cells}={wanted})" for cells, wanted in conditions.items())
