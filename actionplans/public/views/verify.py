"""Verifying a file that left the portal: by its code, and its copy by its SHA-256."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control

from actionplans.models import IssuedFile
from actionplans.reports.issued.answers import issued_answer
from actionplans.reports.issued.verification import read_code

from ..serving.caching import kept_page, what_all_share
from ..serving.handing_out import refusal_of
from ..serving.reading_only import public_read
from ..verifying import is_told, verdict_of

LONGEST = 300  # characters of what somebody typed that are shown again


@kept_page(what_all_share)
def verify(request):
    """Where a code is typed; `?codigo=` leads on to what it stands for."""
    typed = request.GET.get("codigo", "").strip()[:LONGEST]
    if typed and (code := read_code(typed)):
        return redirect("verify_file", code=code)
    if typed:
        return _unknown(request, typed)
    return render(request, "public/verify.html", {"crumbs": _crumbs()})


@public_read
def verify_file(request, code):
    """What the file is and whether it still holds. Never kept: it asks more than the numbers of one entity."""
    known = read_code(code)
    if known and known != code:
        return redirect("verify_file", code=known)
    issued = _rows().filter(code=known).first() if known else None
    if issued is None:
        return _unknown(request, code)
    return _page(request, issued, refusal_of(issued) if issued.is_public else None)


@public_read
def download(request, code):
    """The very bytes, where anybody may have them; else the page that says why not."""
    issued = get_object_or_404(_rows(), code=read_code(code), is_public=True)
    if refusal := refusal_of(issued):
        return _page(request, issued, refusal, status=410)
    return issued_answer(request, issued)


def _page(request, issued, refusal, *, status=200):
    """`refusal` says why the public may not have the bytes, where it might have had them."""
    told = is_told(issued)
    context = {
        "crumbs": _crumbs(issued.code),
        "refusal": refusal,
        "issued": issued,
        "is_told": told,
        "shown_name": issued.name if told else f"documento.{issued.suffix}",
        "verdict": verdict_of(issued),
        "format": {"pdf": "PDF", "xlsx": "Libro de Excel"}.get(issued.suffix, issued.suffix.upper()),
    }
    answer = render(request, "public/verify_file.html", context, status=status)
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _rows():
    rows = IssuedFile.objects.select_related("entity", "version__plan__entity", "closing__period", "replaced_by")
    return rows.defer("closing__snapshot")


def _unknown(request, typed):
    context = {"crumbs": _crumbs(typed), "unknown": typed}
    answer = render(request, "public/verify.html", context, status=404)
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _crumbs(code=""):
    trail = [("Verificar un documento", "/verificar/")]
    return [*trail, (code, "")] if code else []
