"""Public pages kept under the numbers of what they show, and browsers told when nothing changed.

A page is rendered once for each content, day and address, whichever process rendered it; a change of what it shows
moves its number in the same transaction, so that no process shows what another has changed. Who has signed in gets
pages of their own, never kept: their header names them.

A browser is told that it has the page already only where there is one: it is kept, or the view has just made it.
The date that it is told is the second after the one in which the page was made, never one that is not over: what
it had before a change was made, sent and dated before it, whichever second, transaction or process they were in.
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
from django.utils.http import http_date

from actionplans.models.plan import plan_topic
from config.edition import EDITION
from planning.content import FRAME, WHOLE, Stamp, stamp_of, stamp_of_all, stamp_of_shared

from .reading_only import public_read

KEPT_FOR = 24 * 60 * 60  # seconds; the day is part of the key anyhow
UNPACKED_FOR = 10 * 60
LONGEST_QUERY = 200  # characters: longer ones are made up
SMALLEST_COMPRESSED = 500  # bytes


@dataclass(frozen=True)
class KeptPage:
    """The body as it is sent, compressed where that pays, and all headers that go with it.

    Without a body the page is too long to be kept, but there is one. `modified` is the date told to browsers.
    """

    body: bytes | None
    is_compressed: bool
    headers: tuple[tuple[str, str], ...]
    modified: int


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


def every_frame(**_address) -> Stamp:
    """For pages that name the entities and show nothing of their plans."""
    return stamp_of_all(FRAME)


def what_all_share(**_address) -> Stamp:
    """For pages of the portal that are of no entity."""
    return stamp_of_shared()


def kept_page(stamp: Callable[..., Stamp] = whole_entity, *, asks: Iterable[str] = ()):
    """Keep what the view answers; `stamp` takes the address's parts, `asks` are the parameters that it reads.

    A request with other parameters is answered without being kept, and so is any answer but 200. The view must not
    depend on anything else than its address, those parameters, the day and the published content.
    """
    asked = frozenset(asks)

    def decorator(view):
        @public_read
        @wraps(view)
        def answer(request, *args, **kwargs):
            if not is_kept(request, asked):
                return _private(view(request, *args, **kwargs))
            sought = getattr(request, SOUGHT, None)
            if sought is None:
                sought = seek(request, stamp, kwargs)
                if answered := found(request, sought):
                    return answered
            return _made(request, sought, view(request, *args, **kwargs))

        answer.keeping = Keeping(stamp, asked, answer)
        return answer

    return decorator


SOUGHT = "_sought_page"
"""Where `first.KeptPagesFirst` leaves on the request what it looked for in vain, so that nobody does again."""


@dataclass(frozen=True)
class Sought:
    """A page that may be kept: under which key, by which tag browsers know it, and when it was asked for."""

    key: str
    etag: str
    asked_at: float


def seek(request: HttpRequest, stamp: Callable[..., Stamp], address: dict) -> Sought:
    asked_at = _now()  # before the numbers are read: they hold at that moment at least
    key = _key(request, stamp(**address))
    # Weak: the same page goes out compressed or not, in other bytes.
    return Sought(key, f'W/"{key}"', asked_at)


def found(request: HttpRequest, sought: Sought) -> HttpResponse | None:
    """The answer where the page is kept, a short one to who has it already; else None."""
    kept = caches["pages"].get(sought.key)
    if kept is None:
        return None
    modified = _date_of(kept, sought)
    if unchanged := _unchanged(request, sought, modified):
        return unchanged
    return None if kept.body is None else _sent(request, kept, sought.key, modified)


def _unchanged(request: HttpRequest, sought: Sought, modified: int | None = None) -> HttpResponse | None:
    """The answer to a browser that has the page, by its tag or by its date if it has one."""
    if "HTTP_IF_NONE_MATCH" not in request.META and "HTTP_IF_MODIFIED_SINCE" not in request.META:
        return None
    answer = get_conditional_response(request, sought.etag, modified)
    return answer and _dated(_told(answer, sought), modified)


def _date_of(kept: KeptPage, sought: Sought) -> int | None:
    """None where that second was not over: the page could still change within it."""
    return kept.modified if kept.modified <= sought.asked_at else None


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


def _made(request: HttpRequest, sought: Sought, response: HttpResponse) -> HttpResponse:
    """The view's answer, kept from now on if it is one that may be."""
    _told(response, sought)
    if response.status_code != 200 or response.cookies:
        return response
    kept = _page_of(response)
    caches["pages"].set(sought.key, kept, KEPT_FOR)
    if unchanged := _unchanged(request, sought):
        return unchanged  # the other one is not closed: Django would take that for the end of the request
    return response if kept.body is None else _sent(request, kept, sought.key)


def _told(response: HttpResponse, sought: Sought) -> HttpResponse:
    """With the headers by which browsers keep it."""
    if response.status_code in (200, 304):
        response["ETag"] = sought.etag
        patch_cache_control(response, public=True, no_cache=True)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def _dated(response: HttpResponse, modified: int | None) -> HttpResponse:
    if modified:
        response["Last-Modified"] = http_date(modified)
    return response


def _page_of(response: HttpResponse) -> KeptPage:
    headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
    body = None if response.streaming else response.content
    is_compressed = body is not None and len(body) >= SMALLEST_COMPRESSED
    if is_compressed:
        body = gzip.compress(body, 6, mtime=0)
    return KeptPage(body, is_compressed, headers, modified=int(_now()) + 1)


def _now() -> float:
    return timezone.now().timestamp()


def _sent(request: HttpRequest, kept: KeptPage, key: str, modified: int | None = None) -> HttpResponse:
    takes_gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    body = kept.body if takes_gzip or not kept.is_compressed else _unpacked(kept, key)
    response = HttpResponse(body, headers=dict(kept.headers))
    if kept.is_compressed and takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(body))
    return _dated(response, modified)


def _unpacked(kept: KeptPage, key: str) -> bytes:
    """For the few that take nothing compressed, most of them programs, who tend to ask again."""
    pages, key = caches["pages"], f"{key}.plain"
    body = pages.get(key)
    if body is None:
        body = gzip.decompress(kept.body)
        pages.set(key, body, UNPACKED_FOR)
    return body
