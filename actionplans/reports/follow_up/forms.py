"""The entity's own form of each plan of a selection, with RESULTADO and I to IV filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify

from actionplans.enums import IssuedKind
from actionplans.models import PlanVersion, ReportingPeriod

from ..issued.issuing import Issue, issued_bytes
from ..plan.builders import own_form, plan_sheet
from ..plan.files import file_name, workbook
from ..zip_stream import Member, zip_pieces
from .selection import FollowUpSelection, NothingToFollow

Filled = tuple[PlanVersion, ReportingPeriod]
"""A version and the cut to which its form is filled."""
MOST_AT_ONCE = 3
"""Forms that are filled while the person waits."""


def versions_of(selection: FollowUpSelection) -> list[Filled]:
    """The versions in force at the last cut of the selection. Raises NothingToFollow without any."""
    last = {period.scheme: period for period in selection.periods()}
    found: list[Filled] = []
    for period in last.values():
        rows = selection.promised(period).order_by().values("version")
        versions = PlanVersion.objects.filter(pk__in=rows).select_related("plan").order_by("title", "pk")
        found += [(version, period) for version in versions]
    if not found:
        raise NothingToFollow
    return found


def filled_form(form: Filled, selection: FollowUpSelection) -> tuple[str, bytes]:
    """Its name and its content, with what the reader of the selection may know at the cut."""
    version, period = form
    sheet = plan_sheet(version, reader=selection.reader, cut=period)
    name = file_name(sheet, "xlsx", when=slugify(period.name))
    issue = Issue(
        entity=selection.entity,
        kind=IssuedKind.FOLLOW_UP,
        suffix="xlsx",
        title=f"{sheet.title} {sheet.year} · {period.name}",
        name=name,
        by=selection.reader,
    )
    return name, issued_bytes(issue, lambda mark: workbook(sheet, own_form(version), mark))


def form_pieces(
    versions: list[Filled], selection: FollowUpSelection, progress: Callable = lambda *said: None
) -> Iterator[bytes]:
    """A ZIP of the forms; none is in memory when the next one is drawn."""
    return zip_pieces(_members(versions, selection, progress))


def write_forms(selection: FollowUpSelection, target: Path, progress: Callable) -> None:
    with target.open("wb") as file:
        file.writelines(form_pieces(versions_of(selection), selection, progress))


def _members(versions, selection, progress) -> Iterator[Member]:
    now = timezone.localtime()
    for number, form in enumerate(versions):
        progress(number, len(versions), form[0].title)
        name, content = filled_form(form, selection)
        yield Member(path=name, at=now, chunks=[content], size=len(content))
