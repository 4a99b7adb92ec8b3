"""Files made for one person while the person waits: saved, never shown, kept by no cache."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control


def drawn_file(name: str, media_type: str, draw: Callable[[Path], None]) -> FileResponse:
    """What `draw` writes to a path, gone from the disk when it has been sent."""
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix, delete=False) as file:
        path = Path(file.name)
    try:
        draw(path)
        content = path.open("rb")
    finally:
        path.unlink(missing_ok=True)  # what is open can still be read
    return kept_by_nobody(FileResponse(content, as_attachment=True, filename=name, content_type=media_type))


def made_file(name: str, content: bytes, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return kept_by_nobody(answer)


def streamed_file(name: str, pieces: Iterable[bytes], media_type: str) -> StreamingHttpResponse:
    """What `pieces` give, sent while it is being made."""
    answer = StreamingHttpResponse(pieces, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return kept_by_nobody(answer)


def kept_by_nobody(answer: HttpResponseBase) -> HttpResponseBase:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(answer, private=True, no_store=True)
    return answer
