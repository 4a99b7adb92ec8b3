"""No entity shadows an address of the portal: names that the portal uses are reserved."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.urls import URLPattern, get_resolver

from planning.models import Entity
from planning.models.entity import RESERVED_SLUGS


def routes(resolver, before="") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


def first_parts() -> set[str]:
    """The fixed first part of each address, and of the places of static and uploaded files."""
    parts = {route.split("/")[0] for route in [*routes(get_resolver()), settings.STATIC_URL.lstrip("/")]}
    return {part for part in parts if part and not re.search(r"[<\\(]", part)}


def could_be_a_slug(part: str) -> bool:
    try:
        validate_slug(part)
    except ValidationError:
        return False
    return True


def test_what_the_portal_uses_no_entity_is_called():
    fixed = {part for part in first_parts() if could_be_a_slug(part)}
    assert {"admin", "api", "buscar", "cuenta", "gestion", "salud", "seguimiento", "static", "verificar"} <= fixed
    assert fixed - set(RESERVED_SLUGS) == set()


@pytest.mark.django_db
def test_a_form_refuses_each_of_them():
    refused = {slug for slug in RESERVED_SLUGS if _refuses(slug)}
    assert refused == set(RESERVED_SLUGS)
    assert not _refuses("cartago")


def _refuses(slug: str) -> bool:
    try:
        Entity(slug=slug, name="Alcaldía", kind="alcaldia").clean_fields()
    except ValidationError as refusal:
        return "slug" in refusal.message_dict
    return False
