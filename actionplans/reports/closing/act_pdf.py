"""The act of a closing on paper: tagged PDF, letter landscape, with its lines to sign."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string

from ..issued.verification import Mark
from ..plan.pdf import drawing, laid_out
from .act_sheet import ClosingAct

STYLE = Path(__file__).with_name("closing_act.css")
SIGNERS = ("Oficina de planeación", "Control interno")


def render(act: ClosingAct, mark: Mark | None = None) -> bytes:
    """The PDF. Raises PdfUnavailable where WeasyPrint cannot find its libraries."""
    html = render_to_string("reports/closing_act.html", {"act": act, "signers": SIGNERS, "mark": mark})
    return drawing(laid_out(html, STYLE.read_text(encoding="utf-8"), mark=mark))
