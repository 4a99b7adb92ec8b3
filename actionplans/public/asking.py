"""A question to the entity about a figure: which addresses it may name, and the text that is ready to send."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from django.urls import Resolver404, resolve

LONGEST_ADDRESS = 500
SUBJECT = "Pregunta sobre una cifra publicada en el portal de planeación"


def own_address(asked: str, entity) -> str:
    """`asked` where it is the path of a page of that entity, with its query and anchor; else the entity's page.

    What came from outside is never shown as an address unless the portal itself answers there.
    """
    home = f"/{entity.slug}/"
    if not asked.startswith(home) or len(asked) > LONGEST_ADDRESS or not asked.isprintable():
        return home
    try:
        parts = urlsplit(asked)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return home
    is_own = not parts.scheme and not parts.netloc and found.kwargs.get("entity") == entity.slug
    return asked if is_own else home


def question(entity, address: str) -> str:
    """The letter, with a place for the question; `address` is the full one."""
    return (
        f"A quien corresponda\n{entity.name}\n\n"
        f"En el portal de planeación leí lo que publican en esta dirección:\n{address}\n\n"
        "Mi pregunta es:\n\n\n"
        "Pueden responderme a:\n"
    )


def mail_link(entity, text: str) -> str:
    """Opens the person's own mail with everything written; empty where the entity published no address."""
    if not entity.email:
        return ""
    lines = text.replace("\n", "\r\n")  # as RFC 6068 asks of the body
    return f"mailto:{quote(entity.email, safe='@')}?subject={quote(SUBJECT)}&body={quote(lines)}"
