"""The address by which the world knows a page, and which pages are for everybody."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

STAFF_PLACES = ("admin", "auditoria", "cuenta", "gestion", "seguimiento")
"""First parts of the addresses that ask who one is: no robot has anything to find there."""

TELLING = ("marco", "pagina", "version", "vigencia")
"""Parameters that make another page; the others only narrow what one shows."""

PLAIN = re.compile(r"[\w-]{1,80}", re.ASCII)


def absolute(path: str) -> str:
    """The address of a path from anywhere, whatever name the request was sent to."""
    return f"{settings.SITE_URL}{path}"


def is_for_everybody(path: str) -> bool:
    return path.split("/", 2)[1] not in STAFF_PLACES


def canonical(request: HttpRequest) -> str:
    """The one address of what a request shows: without filters, nor words that somebody typed."""
    told = {name: request.GET.get(name, "") for name in TELLING}
    query = urlencode({name: value for name, value in told.items() if PLAIN.fullmatch(value)})
    return absolute(f"{request.path}?{query}" if query else request.path)
