"""Verifying a file that left the portal: by its code, and its copy by its SHA-256."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from actionplans.models import IssuedFile
from actionplans.reports.answers import issued_answer
from actionplans.reports.verification import read_code

from ..caching import kept_page, whole_portal
from ..verifying import is_told, verdict_of

LONGEST = 200  # characters of what somebody typed that are shown again


@kept_page(whole_portal)
def verify(request):
    """Where a code is typed; `?codigo=` leads on to what it stands for."""
    typed = request.GET.get("codigo", "").strip()[:LONGEST]
    if typed and (code := read_code(typed)):
        return redirect("verify_file", code=code)
    if typed:
        return _unknown(request, typed)
    return render(request, "public/verify.html", {"crumbs": _crumbs()})


@require_safe
def verify_file(request, code):
    """What the file is and whether it still holds. Never kept: it asks more than the numbers of one entity."""
    known = read_code(code)
    if known and known != code:
        return redirect("verify_file", code=known)
    issued = _rows().filter(code=known).first() if known else None
    if issued is None:
        return _unknown(request, code)
    told = is_told(issued)
    context = {
        "crumbs": _crumbs(issued.code),
        "issued": issued,
        "is_told": told,
        "shown_name": issued.name if told else f"documento.{issued.suffix}",
        "verdict": verdict_of(issued),
        "format": {"pdf": "PDF", "xlsx": "Libro de Excel"}.get(issued.suffix, issued.suffix.upper()),
    }
    answer = render(request, "public/verify_file.html", context)
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@require_safe
def download(request, code):
    """The very bytes, where anybody may have them."""
    issued = get_object_or_404(IssuedFile, code=read_code(code), is_public=True)
    if not issued.file:
        raise Http404("De este archivo solo se guarda su huella.")
    return issued_answer(request, issued)


def _rows():
    return IssuedFile.objects.select_related("entity", "version__plan__entity", "closing__period").defer(
        "closing__snapshot"
    )


def _unknown(request, typed):
    context = {"crumbs": _crumbs(typed), "unknown": typed}
    answer = render(request, "public/verify.html", context, status=404)
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _crumbs(code=""):
    trail = [("Verificar un documento", "/verificar/")]
    return [*trail, (code, "")] if code else []
