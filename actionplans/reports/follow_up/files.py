"""The files in which the follow-up goes out: what each one is, when it is small, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from actionplans.enums import IssuedKind
from planning.words import count

from .. import evidence_zip
from ..issued.issuing import Issue, issued_copy
from ..plan.files import FORMATS
from ..zip_stream import MEDIA_TYPE as ZIP
from . import book, forms, pdf
from .builder import follow_up_sheet
from .selection import FollowUpSelection, NothingToFollow

Progress = Callable[[int, int, str], None]
WORKBOOK, PDF, FORM, EVIDENCE = "libro", "pdf", "formato", "evidencias"
MOST_ROWS_AT_ONCE = {WORKBOOK: 600, PDF: 120}
"""Activities, once for each period, of a file that is drawn while the person waits: a second or two."""


@dataclass(frozen=True)
class Kind:
    """`what` begins the name of the file, after the entity's."""

    what: str
    suffix: str


KINDS = {
    WORKBOOK: Kind("seguimiento", "xlsx"),
    PDF: Kind("seguimiento", "pdf"),
    FORM: Kind("formatos", "zip"),
    EVIDENCE: Kind("evidencias", "zip"),
}


def file_name(selection: FollowUpSelection, kind: str) -> str:
    return selection.file_name(KINDS[kind].what, KINDS[kind].suffix)


def media_type(kind: str) -> str:
    suffix = KINDS[kind].suffix
    return ZIP if suffix == "zip" else FORMATS[suffix].media_type


def content_words(selection: FollowUpSelection, kind: str) -> str:
    """How much goes into the file: «3 evidencias van en la carpeta». Raises NothingToFollow where nothing does."""
    if kind == EVIDENCE:
        pieces = {use.evidence.pk for use in evidence_zip.evidence_archive(selection).uses}
        return f"{count(len(pieces), 'evidencia va', 'evidencias van')} en la carpeta"
    if kind == FORM:
        filled = len(forms.versions_of(selection))
        return f"{count(filled, 'formato va lleno', 'formatos van llenos')} al corte"
    rows = selection.size()
    if not rows:
        raise NothingToFollow
    if len(selection.periods()) > 1:
        return f"{count(rows, 'renglón va', 'renglones van')} en el archivo, uno por actividad y periodo"
    return f"{count(rows, 'actividad va', 'actividades van')} en el archivo"


def is_small(selection: FollowUpSelection, kind: str) -> bool:
    """Whether the file is done before anybody tires of waiting."""
    if kind == EVIDENCE:
        return evidence_zip.evidence_archive(selection).is_small
    if kind == FORM:
        return len(forms.versions_of(selection)) <= forms.MOST_AT_ONCE
    return selection.size() <= MOST_ROWS_AT_ONCE[kind]


def write(selection: FollowUpSelection, kind: str, target: Path, progress: Progress = lambda *said: None) -> None:
    """Raises NothingToFollow, and PdfUnavailable where the server draws no PDF."""
    if kind == EVIDENCE:
        evidence_zip.write_archive(evidence_zip.evidence_archive(selection), target, progress)
    elif kind == FORM:
        forms.write_forms(selection, target, progress)
    else:
        render = pdf.write if kind == PDF else book.write
        issue = Issue(
            entity=selection.entity,
            kind=IssuedKind.FOLLOW_UP,
            suffix=KINDS[kind].suffix,
            title=selection.title,
            name=file_name(selection, kind),
            by=selection.reader,
        )
        issued_copy(issue, lambda mark, path: render(follow_up_sheet(selection, progress), path, mark), target)


__all__ = ["EVIDENCE", "FORM", "KINDS", "PDF", "WORKBOOK", "NothingToFollow", "file_name", "is_small", "write"]
