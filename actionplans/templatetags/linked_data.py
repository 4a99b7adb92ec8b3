"""The JSON-LD of a public page, by which page it is."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from actionplans.opendata.catalogue import WORKBOOK
from actionplans.opendata.tables import TABLES
from actionplans.public.machines.linked_data import as_text, breadcrumb, dataset, organization, website
from planning.addresses import canonical, is_for_everybody

register = template.Library()


@register.simple_tag(takes_context=True)
def page_data(context) -> SafeString | str:
    """A block of data, which no browser runs; nothing where the page has nothing to say or is not public."""
    request = context.get("request")
    if request is None or not is_for_everybody(request.path):
        return ""
    nodes = _nodes(request, context)
    if not nodes:
        return ""
    return mark_safe(  # noqa: S308 - `as_text` leaves no character that ends the element
        f'<script type="application/ld+json">{as_text(nodes)}</script>'
    )


def _nodes(request, context) -> list[dict]:
    name = request.resolver_match.url_name if request.resolver_match else ""
    entity, nodes = context.get("entity"), []
    if name == "home":
        nodes.append(website("Portal de planeación", reverse("home"), reverse("search_all")))
    if name == "entity":
        path = reverse("entity", args=[entity.slug])
        nodes += [organization(entity, path), website(entity.name, path, reverse("search", args=[entity.slug]))]
    if name == "open_data":
        nodes.append(_dataset(entity, request.path, context))
    if crumbs := context.get("crumbs"):
        nodes.append(breadcrumb(crumbs, canonical(request)))
    return nodes


def _dataset(entity, path, context) -> dict:
    return dataset(
        entity,
        path,
        entity_path=reverse("entity", args=[entity.slug]),
        updated=context.get("updated_at"),
        downloads=_downloads(entity, context["year"]) if context.get("has_data") else (),
    )


def _downloads(entity, year: int) -> list[tuple[str, str, str]]:
    args = [entity.slug, year]
    tables = [
        (reverse("open_data_table", args=[*args, table.name, "csv"]), "text/csv", f"{table.title} {year}")
        for table in TABLES.values()
    ]
    book = (reverse("open_data_book", args=args), WORKBOOK, f"Todas las tablas de {year}")
    package = (reverse("open_data_package", args=args), "application/json", f"Paquete de datos de {year}")
    return [book, package, *tables]
