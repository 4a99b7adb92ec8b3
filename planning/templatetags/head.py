"""What the head of a public page tells machines: its one address, and how it looks where it is shared."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from planning.addresses import absolute, canonical, is_for_everybody

register = template.Library()
PICTURE = {"width": 1200, "height": 630}
PICTURE_PATH = f"{settings.STATIC_URL}og.png"  # as it is kept beside the hashed one: others remember the address


@register.simple_block_tag
def one_line(content: str) -> SafeString:
    """What is inside, without line breaks and escaped as it was: to be said twice, keep it with `as`."""
    return mark_safe(" ".join(content.split()))  # noqa: S308 - a template rendered it


@register.inclusion_tag("components/public_head.html", takes_context=True)
def public_head(context, title: str, description: str) -> dict:
    """Canonical address and Open Graph; nothing on staff pages and where there is no request."""
    request, entity = context.get("request"), context.get("entity")
    if request is None or not is_for_everybody(request.path):
        return {}
    return {
        "address": canonical(request),
        "title": title,
        "description": description,
        "site_name": getattr(entity, "label", "") or "Portal de planeación",
        "picture": _picture(entity),
    }


@register.simple_tag(takes_context=True)
def whole_address(context) -> str:
    """Of the page that is shown, with its parameters, by the portal's own name: a kept page is for every host."""
    return absolute(context["request"].get_full_path())


def _picture(entity) -> dict:
    """The entity's logo; without one, the portal's own picture with its size."""
    if getattr(entity, "logo", None):
        return {"address": absolute(reverse("entity_logo", args=[entity.slug])), "alt": f"Logo de {entity.name}"}
    return PICTURE | {
        "address": absolute(PICTURE_PATH),
        "alt": "Lo que las entidades públicas se proponen, a la vista de todas las personas",
    }
