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
UNPACKED_FOR = 10 * 60
LONGEST_QUERY = 200  # characters: longer ones are made up
SMALLEST_COMPRESSED = 500  # bytes


@dataclass(frozen=True)
class KeptPage:
    """The body as it is sent, compressed where that pays, and all headers that go with it."""

    body: bytes
    is_compressed: bool
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Keeping:
    """How a view's pages are kept: `answer` is the view that `kept_page` made of it."""

    stamp: Callable[..., Stamp]
    asks: frozenset[str]
    answer: Callable


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
            if not is_kept(request, asked):
                return _private(view(request, *args, **kwargs))
            sought = getattr(request, SOUGHT, None) or seek(request, stamp(**kwargs))
            return found(request, sought) or _made(request, sought, view(request, *args, **kwargs))

        answer.keeping = Keeping(stamp, asked, answer)
        return answer

    return decorator


SOUGHT = "_sought_page"
"""Where `first.KeptPagesFirst` leaves on the request what it looked for, so that nobody asks for it again."""


@dataclass(frozen=True)
class Sought:
    """A page that may be kept: under which key, and what browsers are told of it."""

    key: str
    etag: str
    modified: int


def seek(request: HttpRequest, content: Stamp) -> Sought:
    key = _key(request, content)
    return Sought(key, quote_etag(key), int(_last_modified(content).timestamp()))


def found(request: HttpRequest, sought: Sought) -> HttpResponse | None:
    """The answer where the browser has the page already or it is kept; else None."""
    if "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META:
        unchanged = get_conditional_response(request, sought.etag, sought.modified)
        if unchanged is not None:
            return _told(unchanged, sought)
    kept = caches["pages"].get(sought.key)
    return None if kept is None else _sent(request, kept, sought.key)


def is_kept(request: HttpRequest, asked: frozenset[str]) -> bool:
    """Signed-in people and pending messages get their own page; unknown parameters are not worth keeping."""
    if settings.DEBUG or {settings.SESSION_COOKIE_NAME, "messages"} & set(request.COOKIES):
        return False
    query = request.META.get("QUERY_STRING", "")
    return not query or (len(query) <= LONGEST_QUERY and set(request.GET) <= asked)


def _private(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _key(request: HttpRequest, content: Stamp) -> str:
    asked = repr(sorted(request.GET.lists())) if request.META.get("QUERY_STRING") else ""
    parts = "\n".join([EDITION, request.path, asked, content.text, str(timezone.localdate())])
    return hashlib.sha256(parts.encode()).hexdigest()


def _last_modified(content: Stamp):
    """Midnight counts too: pages mark the present month and what is in force."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return max(content.at, midnight) if content.at else midnight


def _made(request: HttpRequest, sought: Sought, response: HttpResponse) -> HttpResponse:
    """The view's answer, kept from now on if it is one that may be."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return _told(response, sought)
    kept = _page_of(_told(response, sought))
    caches["pages"].set(sought.key, kept, KEPT_FOR)
    return _sent(request, kept, sought.key)


def _told(response: HttpResponse, sought: Sought) -> HttpResponse:
    """With the headers by which browsers keep it."""
    if response.status_code in (200, 304):
        response["ETag"] = sought.etag
        response["Last-Modified"] = http_date(sought.modified)
        patch_cache_control(response, public=True, no_cache=True)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def _page_of(response: HttpResponse) -> KeptPage:
    body = response.content
    headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
    if len(body) < SMALLEST_COMPRESSED:
        return KeptPage(body, False, headers)
    return KeptPage(gzip.compress(body, 6, mtime=0), True, headers)


def _sent(request: HttpRequest, kept: KeptPage, key: str) -> HttpResponse:
    takes_gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    body = kept.body if takes_gzip or not kept.is_compressed else _unpacked(kept, key)
    response = HttpResponse(body, headers=dict(kept.headers))
    if kept.is_compressed and takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(body))
    return response


def _unpacked(kept: KeptPage, key: str) -> bytes:
    """For the few that take nothing compressed, most of them programs, who tend to ask again."""
    pages, key = caches["pages"], f"{key}.plain"
    body = pages.get(key)
    if body is None:
        body = gzip.decompress(kept.body)
        pages.set(key, body, UNPACKED_FOR)
    return body
