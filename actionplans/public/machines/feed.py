"""The Atom document of what changed in an entity."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from planning.addresses import absolute

from .news import NewsItem, name_of

LABELS = {
    "version": "Versión de un plan",
    "cierre": "Cierre de un periodo",
    "reapertura": "Reapertura de un periodo",
    "verificacion": "Verificación de control interno",
}


class NewsFeed(Atom1Feed):
    """Atom whose own moment is that of its newest entry; `since` is the moment of an empty one."""

    content_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else self.feed["since"]


def atom_of(entity, news: Iterable[NewsItem], *, since: datetime.datetime) -> str:
    feed = NewsFeed(
        title=f"Novedades de {entity.name}",
        link=absolute(reverse("entity", args=[entity.slug])),
        description=(
            "Planes publicados y modificados, cierres y reaperturas de los periodos de seguimiento, y "
            "verificaciones de control interno."
        ),
        language="es-CO",
        author_name=entity.name,
        feed_url=absolute(reverse("feed", args=[entity.slug])),
        feed_guid=name_of("novedades", entity.slug),
        since=since,
    )
    for item in news:
        feed.add_item(
            title=item.title,
            link=absolute(item.path),
            description=escape(item.text) or None,  # read as HTML
            unique_id=item.id,
            pubdate=item.at,
            updateddate=item.at,
            categories=[LABELS[item.kind]],
        )
    return feed.writeString("utf-8")
