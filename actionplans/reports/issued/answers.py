"""A plan's file as an answer to a browser."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from actionplans.models import IssuedFile, PlanVersion
from planning.models import User

from ..plan import pdf
from ..plan.builders import plan_sheet
from ..plan.files import FORMATS, Format, file_name
from .issuing import BeingDrawn, NotWhole, seen, whole_bytes, whole_file
from .plans import draw_plan, found_by_number, is_small, plan_copy, plan_issue, remember, stamp_of_version

Ask = Callable[[PlanVersion, str], None]
TRY_AGAIN = 10  # seconds


def public_file(request, version: PlanVersion, suffix: str, *, ask: Ask) -> HttpResponse:
    """The file of a published version, as anybody keeps it; 404 for a format that there is not.

    A workbook or a PDF is drawn once and then given as it is: two queries. What takes long to draw is left to
    `ask`, and so is what another process is drawing: 503 with the moment to come back. 503 also where the server
    draws no PDF. The version comes with its plan and entity.
    """
    format_ = _format(suffix)
    content = seen(stamp_of_version(version))
    if not format_.is_issued:
        return _text(request, version, format_, content)
    if issued := found_by_number(version, suffix, content):
        with suppress(NotWhole):
            return issued_answer(request, issued)
    try:
        issued = _issued_now(version, suffix, content, ask)
    except pdf.PdfUnavailable as reason:
        return unavailable(request, reason)
    except BeingDrawn:
        return being_drawn(request)
    remember(version, suffix, content, issued)
    return issued_answer(request, issued)


def staff_file(request, version: PlanVersion, suffix: str, *, reader: User) -> HttpResponse:
    """The same with what only `reader` may know of the follow-up, and of drafts: noted, and kept by nobody."""
    format_ = _format(suffix)
    try:
        name, drawn = plan_copy(version, format_, reader=reader)
    except pdf.PdfUnavailable as reason:
        return unavailable(request, reason)
    answer = _attachment(drawn, format_, name)
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def issued_answer(request, issued: IssuedFile) -> HttpResponse:
    """The stored bytes, to be kept by anybody who asks each time whether they are still the same.

    Raises NotWhole where the storage has lost them or has others.
    """
    etag = quote_etag(issued.sha256)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = _attachment(whole_bytes(issued), FORMATS[issued.suffix], issued.name)
    return _shared(answer, etag)


def being_drawn(request) -> HttpResponse:
    """The page of who comes before the file is there."""
    answer = render(request, "reports/being_drawn.html", {"again": request.get_full_path()}, status=503)
    answer["Retry-After"] = str(TRY_AGAIN)
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def unavailable(request, reason: pdf.PdfUnavailable) -> HttpResponse:
    return render(request, "reports/unavailable.html", {"reason": str(reason)}, status=503)


def _format(suffix: str) -> Format:
    if suffix not in FORMATS:
        raise Http404("No hay un archivo en ese formato.")
    return FORMATS[suffix]


def _issued_now(version, suffix, content, ask: Ask) -> IssuedFile:
    sheet = plan_sheet(version)
    issue = plan_issue(version, sheet, suffix, content)
    if is_small(sheet, suffix):
        return draw_plan(issue, version, sheet)
    if whole := whole_file(issue):
        return whole
    if suffix == "pdf" and not pdf.is_available():
        raise pdf.PdfUnavailable
    ask(version, suffix)
    raise BeingDrawn


def _text(request, version, format_: Format, content: str) -> HttpResponse:
    """Rows as text: drawn at once, and not even that where the browser has them."""
    etag = quote_etag(f"{format_.suffix}-{version.number}-{content.replace(' ', '-')}")
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        sheet = plan_sheet(version)
        answer = _attachment(format_.draw(sheet, None, None), format_, file_name(sheet, format_.suffix))
    return _shared(answer, etag)


def _attachment(content: bytes, format_: Format, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=format_.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _shared(answer: HttpResponse, etag: str) -> HttpResponse:
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, no_cache=True)
    return answer
