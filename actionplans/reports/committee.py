"""The committee's page: a dashboard on one sheet, with what it asks of whoever decides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string

from actionplans.domain.following.calendar.periods import words
from actionplans.domain.following.figures.measuring import Counting
from actionplans.models.period import Moment
from actionplans.months import MONTH_NAMES
from actionplans.progress import ProgressState
from planning.models import Entity, LightTone
from planning.words import count, long_date

from .board.board import Board
from .board.lists import LateActivity
from .board.matrix import HeatRow
from .issued.verification import Mark
from .plan.pdf import drawing, laid_out

STYLE = Path(__file__).with_name("committee.css")
NAMED = 3
LACKS = {ProgressState.NO_TARGET: "meta", ProgressState.NO_SCHEDULE: "programación"}
ROWS = ((19, 10), (14, 7), (8, 5))
"""Rows of the heat map and of the late list: the next pair where the one before does not fit the sheet."""
COUNTED = {
    Counting.VALIDATED: "Cuenta lo que validó planeación.",
    Counting.REPORTED: "Cuenta lo que reportaron las dependencias, aunque planeación no lo haya validado.",
}


@dataclass(frozen=True)
class CommitteeSheet:
    """What fits on the sheet; `…_more` are the rows that did not."""

    board: Board
    entity: Entity
    title: str
    source: str
    heat: tuple[HeatRow, ...]
    heat_more: int
    late: tuple[LateActivity, ...]
    late_more: int
    decisions: tuple[str, ...]


def committee_sheet(board: Board, entity: Entity, rows: tuple[int, int] = ROWS[0]) -> CommitteeSheet:
    period = board.period
    heat_rows, late_rows = rows
    return CommitteeSheet(
        board=board,
        entity=entity,
        title=f"Seguimiento a {MONTH_NAMES[period.ends.month - 1]} de {period.year} ({period.name})",
        source=f"{_state(board)}. {COUNTED[board.counting]}",
        heat=board.heat[:heat_rows],
        heat_more=max(0, len(board.heat) - heat_rows),
        late=board.late[:late_rows],
        late_more=max(0, len(board.late) - late_rows),
        decisions=tuple(decisions(board)),
    )


def committee_pdf(board: Board, entity: Entity, mark: Mark | None = None) -> bytes:
    """One page, letter upright. Raises PdfUnavailable where WeasyPrint cannot find its libraries."""
    style = STYLE.read_text(encoding="utf-8")
    for rows in ROWS:
        sheet = committee_sheet(board, entity, rows)
        html = render_to_string("reports/committee.html", {"sheet": sheet, "mark": mark})
        document = laid_out(html, style, mark=mark)
        if len(document.pages) == 1:
            break
    return drawing(document)


def decisions(board: Board) -> list[str]:
    """What waits for somebody to decide, the most urgent first; a sentence each."""
    said = [
        _missing(board),
        _late(board),
        _in_red(board),
        _to_review(board),
        _returned(board),
        _left_out_by_closing(board),
        _to_close(board),
        *_without_figure(board),
    ]
    return [sentence for sentence in said if sentence]


def _state(board: Board) -> str:
    if board.closing:
        number = f"Cierre {board.closing.sequence}" if board.closing.sequence > 1 else "Cierre"
        return f"{number} del {long_date(board.closing.at)}"
    return f"{words(board.period, board.on)}; cifras al {long_date(board.on)}"


def _missing(board) -> str:
    if not board.missing or board.period.moment(board.on) == Moment.TAKING:
        return ""
    reports = count(board.missing, "reporte que se debía y no llegó", "reportes que se debían y no llegaron")
    lack = "Falta" if board.missing == 1 else "Faltan"
    return f"{lack} {reports}, de {count(len(board.silent), 'dependencia', 'dependencias')}."


def _late(board) -> str:
    if not board.late:
        return ""
    has = count(len(board.late), "actividad tiene", "actividades tienen")
    return f"{has} meses programados sin ejecutar: ponerse al día o modificar el plan."


def _in_red(board) -> str:
    """Rows of the heat map whose light at this cut is of the worst tone."""
    cells = [(row, figure) for row in board.heat for period, figure in row.cells if period.pk == board.period.pk]
    red = [
        (row, figure) for row, figure in cells if figure and figure.light and figure.light.tone == LightTone.LATE
    ]
    if not red:
        return ""
    named = "; ".join(f"{row.subject.label} ({figure.light.label.lower()})" for row, figure in red[:NAMED])
    more = f" y {len(red) - NAMED} más" if len(red) > NAMED else ""
    return f"Por debajo de lo programado: {named}{more}."


def _to_review(board) -> str:
    if not board.counts.to_review:
        return ""
    if board.period.is_closed:
        return ""
    waits = count(board.counts.to_review, "reporte espera", "reportes esperan")
    return f"{waits} la validación de planeación: lo que no se valida no cuenta al cerrar."


def _returned(board) -> str:
    if not board.counts.returned or board.period.is_closed:
        return ""
    return (
        f"{count(board.counts.returned, 'reporte devuelto espera', 'reportes devueltos esperan')} su corrección."
    )


def _left_out_by_closing(board) -> str:
    """What was sent and not validated when the period was closed: only an act that reopens it changes that."""
    said = [
        count(board.counts.to_review, "reporte sin validar", "reportes sin validar")
        if board.counts.to_review
        else "",
        count(board.counts.returned, "devuelto sin reenviar", "devueltos sin reenviar")
        if board.counts.returned
        else "",
    ]
    named = " y ".join(filter(None, said))
    if not named or not board.period.is_closed:
        return ""
    return f"El {board.period.noun} se cerró con {named}, que no cuentan: solo se cambia si se reabre por acto."


def _to_close(board) -> str:
    if board.period.moment(board.on) != Moment.LATE:
        return ""
    return f"El plazo venció el {long_date(board.period.closes)} y el {board.period.noun} no se ha cerrado."


def _without_figure(board) -> list[str]:
    """What the plan itself lacks, so that an activity is in no figure: only a modification mends it."""
    left_out = dict(getattr(board.figure.progress, "left_out", ())) if board.figure else {}
    return [
        f"{count(number, f'actividad no tiene {what} ni entra', f'actividades no tienen {what} ni entran')} "
        f"en el avance: definirla en una modificación del plan."
        for state, what in LACKS.items()
        if (number := left_out.get(state, 0))
    ]
