"""All the plans of a selection in one file: a workbook, or a PDF with a table of contents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify

from actionplans.enums import IssuedKind

from ..issued.issuing import Issue, issued_copy
from ..plan.files import FORMATS
from . import book, pdf
from .selection import NoPlans, PlanSummary, Selection

Progress = Callable[[int, int, str], None]
WRITERS = {"xlsx": book.write, "pdf": pdf.write}
MOST_AT_ONCE = {"xlsx": 500, "pdf": 20}
"""Activities of a file that is drawn while the person waits: one or two seconds."""


def write_consolidated(selection: Selection, suffix: str, target: Path, progress: Progress) -> None:
    """Write the file; `progress` is told the plans done, how many there are and the step, in Spanish.

    Raises NoPlans where there is none, and PdfUnavailable where the server draws no PDF.
    """
    summaries = selection.summaries()
    if not summaries:
        raise NoPlans
    issue = Issue(
        entity=selection.entity,
        kind=IssuedKind.CONSOLIDATED,
        suffix=suffix,
        title=selection.title,
        name=file_name(selection, suffix),
        by=selection.reader,
    )
    issued_copy(issue, lambda mark, path: WRITERS[suffix](selection, summaries, path, progress, mark), target)


def is_small(summaries: list[PlanSummary], suffix: str) -> bool:
    """Whether the file is done before anybody tires of waiting."""
    return sum(plan.activities + plan.cancelled for plan in summaries) <= MOST_AT_ONCE[suffix]


def file_name(selection: Selection, suffix: str) -> str:
    """«cartago-planes-2025-hacienda-2025-11-21.xlsx»: the day, because tomorrow's plans may be others."""
    about = [part.slug for part in (selection.office,) if part] + (
        [slugify(selection.policy.name)[:40]] if selection.policy else []
    )
    day = timezone.localdate().isoformat()
    return "-".join([selection.entity.slug, "planes", str(selection.year), *about, day]) + f".{suffix}"


def media_type(suffix: str) -> str:
    return FORMATS[suffix].media_type
