"""A stored file as an answer to a browser: nothing in it runs here, and no cache keeps it."""

from __future__ import annotations

from django.http import FileResponse, Http404

from actionplans.domain.following.evidence.kinds import BY_MEDIA_TYPE

SANDBOX = "default-src 'none'; sandbox"
UNKNOWN = "application/octet-stream"


def stored_answer(stored, *, name: str, media_type: str, inline: bool = False) -> FileResponse:
    """The file to be saved; with `inline`, to be looked at where its kind is one that shows and runs nothing.

    Raises Http404 where there is no file any more.
    """
    try:
        content = stored.open("rb") if stored else None
    except FileNotFoundError:
        content = None
    if content is None:
        raise Http404("El archivo ya no está.")
    kind = BY_MEDIA_TYPE.get(media_type)
    shown = bool(inline and kind and kind.opens_in_browser)
    response = FileResponse(
        content, as_attachment=not shown, filename=name, content_type=media_type if kind else UNKNOWN
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
