"""How to ask the entity about a figure: its own channels, with the address of the figure ready to send."""

from django.shortcuts import get_object_or_404, render

from planning.addresses import absolute
from planning.models import Entity

from ..asking import mail_link, own_address, question
from ..serving.caching import kept_page
from .common import entity_address, entity_context


@kept_page()
def ask(request, entity):
    """`?sobre=` is the path of the figure: anybody's words, so pages with it are not kept."""
    entity = get_object_or_404(Entity, slug=entity)
    path = own_address(request.GET.get("sobre", ""), entity)
    address = absolute(path)
    text = question(entity, address)
    return render(
        request,
        "public/ask.html",
        entity_context(
            entity,
            "",
            ("Preguntar a la entidad", ""),
            path=path,
            is_whole=path == entity_address(entity),
            full_address=address,
            text=text,
            mail_link=mail_link(entity, text),
            has_channel=bool(entity.pqrsd_url or entity.email or entity.phone or entity.toll_free),
        ),
    )
