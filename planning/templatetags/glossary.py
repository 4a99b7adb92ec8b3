"""Words of the field with their meaning at hand: `{% term "vigencia" %}`, `{% term "mipg" "MIPG" %}`.

Registered as a builtin, so no template loads it. The words come with a small button that opens what they mean, by
the browser's own popover and no script; where a browser has none, a link to the glossary stands there instead
(`static/public/glossary.css`). Only the first use of a term on a page explains it. All terms are read in one query
per page that is rendered, and in none where a page is kept.
"""

from dataclasses import dataclass, field

from django import template
from django.template.loader import render_to_string

from planning.models import GlossaryTerm

register = template.Library()


@dataclass
class PageGlossary:
    """The terms by key, and which of them the page has explained already."""

    terms: dict[str, GlossaryTerm]
    explained: set[str] = field(default_factory=set)


@register.simple_tag(takes_context=True)
def term(context, key: str, words: str = "") -> str:
    """The words, with their meaning behind a button at the first use on the page.

    On paper, and for a key that the glossary does not have, the words alone. Not for use inside links, buttons or
    labels: the button could not be reached there.
    """
    request = getattr(context, "request", None)
    if request is None:
        return words or key.replace("-", " ")
    page = _of_page(request)
    known = page.terms.get(key)
    said = words or (known.name if known else key.replace("-", " "))
    if known is None or key in page.explained:
        return said
    page.explained.add(key)
    return render_to_string("components/term.html", {"term": known, "words": said})


def _of_page(request) -> PageGlossary:
    if not hasattr(request, "page_glossary"):
        request.page_glossary = PageGlossary({row.key: row for row in GlossaryTerm.objects.all()})
    return request.page_glossary
