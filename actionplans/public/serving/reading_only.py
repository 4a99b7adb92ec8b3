"""Public addresses that only answer: whoever sends them something is told that they take nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def public_read(view: Callable) -> Callable:
    """GET and HEAD; anything else is 405, and not the page about a form that expired: there is no form."""
    return csrf_exempt(require_safe(view))
