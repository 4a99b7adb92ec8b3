"""Kept pages answered before anything that only other requests need is prepared for them."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

from .caching import SOUGHT, Keeping, found, is_kept, seek

ADDRESSES = 5000  # whose views are remembered, a few hundred bytes each


class KeptPagesFirst:
    """Answers for the views of `kept_page` what is kept, or what the browser has; all else goes on.

    It stands before sessions, accounts and messages, of which a kept page has nothing, and behind what every
    answer gets: the policy of contents, the refusal of frames.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return _kept(request) or self.get_response(request)


def _kept(request: HttpRequest):
    if request.method not in ("GET", "HEAD"):
        return None
    match = _match(request.path_info, settings.ROOT_URLCONF)
    keeping = _keeping(match)
    if keeping is None or not is_kept(request, keeping.asks):
        return None
    request.get_host()  # refused as anywhere else, were it not one of ours
    sought = seek(request, keeping.stamp, match.kwargs)
    answer = found(request, sought)
    if answer is None:
        setattr(request, SOUGHT, sought)
    return answer


@lru_cache(maxsize=ADDRESSES)
def _match(path: str, urlconf: str) -> ResolverMatch | None:
    try:
        return resolve(path, urlconf)
    except Resolver404:
        return None


def _keeping(match: ResolverMatch | None) -> Keeping | None:
    """None where another decorator stands around the view: what it adds must not be left out."""
    keeping = getattr(match.func, "keeping", None) if match else None
    return keeping if keeping and keeping.answer is match.func else None
