"""The act of a closing as an issued file: a closing never changes, so its act is drawn once."""

from __future__ import annotations

from actionplans.enums import IssuedKind
from actionplans.models import Closing, IssuedFile

from ..closing.act_pdf import render
from ..closing.act_sheet import ClosingAct
from .issuing import Issue, fingerprint_of, in_memory, issued_file


def act_issue(closing: Closing, act: ClosingAct) -> Issue:
    """`closing` comes with its period and entity."""
    return Issue(
        entity=closing.period.entity,
        kind=IssuedKind.CLOSING_ACT,
        suffix="pdf",
        title=act.title,
        name=f"{act.file_name}.pdf",
        source=fingerprint_of(act),
        closing=closing,
    )


def issued_act(closing: Closing, act: ClosingAct) -> IssuedFile:
    """Raises PdfUnavailable where the server draws none, BeingDrawn where another process does."""
    return issued_file(act_issue(closing, act), in_memory(lambda mark: render(act, mark)))
