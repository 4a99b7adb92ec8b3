"""Public pages kept under the numbers of what they show, and browsers told when nothing changed.

A page is rendered once for each content, day and address, whichever process rendered it; a change of what it shows
moves its number in the same transaction, so that no process shows what another has changed. Who has signed in gets
pages of their own, never kept: their header names them.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from actionplans.models.plan import plan_topic
from config.edition import EDITION
from planning.content import FRAME, WHOLE, Stamp, stamp_of, stamp_of_all

KEPT_FOR = 24 * 60 * 60  # seconds; the day is part of the key anyhow
LONGEST_QUERY = 200  # characters: longer ones are made up
SMALLEST_COMPRESSED = 500  # bytes


@dataclass(frozen=True)
class KeptPage:
    """The body as it is sent, compressed where that pays, and the headers that belong to it."""

    body: bytes
    is_compressed: bool
    headers: tuple[tuple[str, str], ...]


def whole_entity(entity: str, **_address) -> Stamp:
    """For pages that may show anything of an entity."""
    return stamp_of(entity, [WHOLE])


def one_plan(entity: str, year: int, plan: str, **_address) -> Stamp:
    """For pages of one plan: other plans may change without them."""
    return stamp_of(entity, [FRAME, plan_topic(year, plan)])


def whole_portal(**_address) -> Stamp:
    """For pages about all entities."""
    return stamp_of_all()


def kept_page(stamp: Callable[..., Stamp] = whole_entity, *, asks: Iterable[str] = ()):
    """Keep what the view answers; `stamp` takes the address's parts, `asks` are the parameters that it reads.

    A request with other parameters is answered without being kept, and so is any answer but 200. The view must not
    depend on anything else than its address, those parameters, the day and the published content.
    """
    asked = frozenset(asks)

    def decorator(view):
        @require_safe
        @wraps(view)
        def answer(request, *args, **kwargs):
            if not _is_kept(request, asked):
                return _private(view(request, *args, **kwargs))
            content = stamp(**kwargs)
            key = _key(request, content)
            etag = quote_etag(key)
            modified = _last_modified(content)
            unchanged = get_conditional_response(request, etag, int(modified.timestamp()))
            response = unchanged or _kept_or_made(request, key, lambda: view(request, *args, **kwargs))
            if response.status_code in (200, 304):
                response["ETag"] = etag
                response["Last-Modified"] = http_date(modified.timestamp())
                patch_cache_control(response, public=True, no_cache=True)
            patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
            return response

        return answer

    return decorator


def _is_kept(request: HttpRequest, asked: frozenset[str]) -> bool:
    """Signed-in people and pending messages get their own page; unknown parameters are not worth keeping."""
    if settings.DEBUG or {settings.SESSION_COOKIE_NAME, "messages"} & set(request.COOKIES):
        return False
    return set(request.GET) <= asked and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY


def _private(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _key(request: HttpRequest, content: Stamp) -> str:
    asked = repr(sorted(request.GET.lists()))
    parts = "\n".join([EDITION, request.path, asked, content.text, str(timezone.localdate())])
    return hashlib.sha256(parts.encode()).hexdigest()


def _last_modified(content: Stamp):
    """Midnight counts too: pages mark the present month and what is in force."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return max(content.at, midnight) if content.at else midnight


def _kept_or_made(request, key: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    pages = caches["pages"]
    kept = pages.get(key)
    if kept is None:
        response = make()
        if response.status_code != 200 or response.streaming or response.cookies:
            return response
        kept = _page_of(response)
        pages.set(key, kept, KEPT_FOR)
    return _sent(request, kept)


def _page_of(response: HttpResponse) -> KeptPage:
    body = response.content
    headers = tuple((name, value) for name, value in response.items() if name not in ("Vary", "Content-Length"))
    if len(body) < SMALLEST_COMPRESSED:
        return KeptPage(body, False, headers)
    return KeptPage(gzip.compress(body, 6, mtime=0), True, headers)


def _sent(request, kept: KeptPage) -> HttpResponse:
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    body = gzip.decompress(kept.body) if kept.is_compressed and not takes_gzip else kept.body
    response = HttpResponse(body, headers=dict(kept.headers))
    if kept.is_compressed and takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(body))
    return response
