"""Where the list of a year's activities shows those that a page has counted."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def activities_address(entity, year: int, filters=None, **more) -> str:
    """The address of the list with those filters and `more`; what is empty does not filter."""
    asked = {name: value for name, value in {**(filters or {}), **more}.items() if value}
    return f"{reverse('activities', args=[entity.slug])}?{urlencode({'vigencia': year, **asked})}"
