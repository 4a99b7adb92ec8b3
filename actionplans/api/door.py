"""How every address of the API answers: to any origin, only to be read, and not again what did not change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.csrf import csrf_exempt

from actionplans.public.serving.sharing import READ, open_to_all
from config.edition import EDITION
from planning.content import WHOLE, Stamp, stamp_of, stamp_of_all

from .problems import EXAMPLES, problem

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")


def door(view: Callable, *, is_fixed: bool = False) -> Callable:
    """`view` answers GET alone; the entity of the address is `entidad` in its parts.

    What `is_fixed` shows nothing that anybody publishes: it changes with the portal's edition alone.
    """

    @csrf_exempt
    @open_to_all
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            refusal = problem(405, EXAMPLES[405]["detail"])
            refusal["Allow"] = READ
            return refusal
        content = Stamp("") if is_fixed else _stamp(kwargs.get("entidad"))
        etag = quote_etag(_key(request, content))
        if _has(request, etag):
            return _marked(HttpResponseNotModified(), etag)
        method, request.method = request.method, "GET"  # a head is that of the whole answer
        response = view(request, *args, **kwargs)
        request.method = method
        return _marked(response, etag) if response.status_code == 200 else response

    return answer


def _key(request, content: Stamp) -> str:
    parts = [EDITION, request.path, request.META.get("QUERY_STRING", ""), content.text, str(timezone.localdate())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _stamp(slug: str | None) -> Stamp:
    """The number of what the entity of the address publishes; of all, where it names none."""
    if slug is None:
        return stamp_of_all()
    return stamp_of(slug, [WHOLE]) if SLUG.fullmatch(slug) else Stamp("")


def _has(request, etag: str) -> bool:
    """Whether the browser already has this: only answers that were given have a tag."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in {tag.removeprefix("W/") for tag in known}


def _marked(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    return response
