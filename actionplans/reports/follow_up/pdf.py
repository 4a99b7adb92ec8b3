"""The follow-up for paper and for screen readers: tagged, legal landscape, with the lines to sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from django.template.loader import render_to_string

from actionplans.progress.numbers import percent

from ..issued.verification import Mark
from ..plan.pdf import drawing, laid_out
from .sheet import FollowUpRow, FollowUpSheet, TotalLine

STYLE = Path(__file__).with_name("follow_up.css")
SIGNERS = ("Oficina de planeación", "Control interno", "Comité institucional de gestión y desempeño")


@dataclass(frozen=True)
class PlanBlock:
    """The activities of a plan, under its own title."""

    title: str
    rows: tuple[FollowUpRow, ...]


def write(sheet: FollowUpSheet, target: Path, mark: Mark | None = None) -> None:
    """Raises PdfUnavailable where WeasyPrint cannot find its libraries."""
    drawing(laid_out(html_of(sheet, mark), STYLE.read_text(encoding="utf-8"), mark=mark), target)


def html_of(sheet: FollowUpSheet, mark: Mark | None = None) -> str:
    return render_to_string(
        "reports/follow_up.html",
        {
            "sheet": sheet,
            "mark": mark,
            "parts": [
                (part, _with_figures(part.totals), [(past, _with_figures(past.totals)) for past in part.earlier])
                for part in sheet.parts
            ],
            "blocks": [
                (block.title, [(row, _figures(row)) for row in block.rows]) for block in _blocks(sheet.rows)
            ],
            "signers": sheet.letterhead.signatures or [(post, "") for post in SIGNERS],
        },
    )


def _blocks(rows: Iterable[FollowUpRow]) -> Iterable[PlanBlock]:
    for (title, _slug), members in groupby(rows, key=lambda row: (row.plan, row.plan_slug)):
        yield PlanBlock(title, tuple(members))


def _figures(row: FollowUpRow) -> list[str]:
    return _written(row.programmed, row.executed, row.to_date, row.reported, row.validated, row.verified)


def _with_figures(lines: Iterable[TotalLine]) -> list[tuple[TotalLine, list[str]]]:
    return [(line, _written(line.programmed, line.executed, line.to_date)) for line in lines]


def _written(*values: Decimal | None) -> list[str]:
    """«62,5 %»; nothing where nothing is known: why is beside it."""
    return ["" if value is None else percent(value) for value in values]
