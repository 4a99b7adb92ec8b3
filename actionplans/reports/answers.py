"""A plan's file as an answer to a browser."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from actionplans.models import PlanVersion
from planning.models import User

from .builders import own_form, plan_sheet
from .files import FORMATS, file_name, fingerprint
from .pdf import PdfUnavailable


def file_answer(request, version: PlanVersion, suffix: str, *, reader: User | None = None) -> HttpResponse:
    """The file to keep; 404 for a format that there is not, 503 for a PDF where the server draws none.

    What is public may be kept by anybody who asks each time whether it is still the same; a draft, and what only
    `reader` may know of the follow-up, by nobody.
    """
    if suffix not in FORMATS:
        raise Http404("No hay un archivo en ese formato.")
    sheet = plan_sheet(version, reader=reader)
    etag = quote_etag(fingerprint(sheet, suffix)) if version.is_public and reader is None else ""
    unchanged = get_conditional_response(request, etag=etag) if etag else None
    return unchanged or _drawn(request, version, sheet, suffix, etag)


def _drawn(request, version, sheet, suffix, etag) -> HttpResponse:
    format_ = FORMATS[suffix]
    try:
        content = format_.draw(sheet, own_form(version))
    except PdfUnavailable as reason:
        return render(request, "reports/unavailable.html", {"reason": str(reason)}, status=503)
    answer = HttpResponse(content, content_type=format_.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(sheet, suffix)}"'
    if etag:
        answer["ETag"] = etag
        patch_cache_control(answer, public=True, no_cache=True)
    else:
        patch_cache_control(answer, private=True, no_store=True)
    return answer
