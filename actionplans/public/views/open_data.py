"""The open data of an entity: the page that offers it, its dictionary, its files, and what describes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from django.core.cache import caches
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from actionplans.jobs.open_data import ask_for_book
from actionplans.opendata.about import citation
from actionplans.opendata.catalogue import entity_catalogue, portal_catalogue
from actionplans.opendata.dictionary import KINDS, WRITTEN, meaning
from actionplans.opendata.files import FORMATS, file_name
from actionplans.opendata.issued_book import is_small, issued_book, known_book
from actionplans.opendata.licences import licence_of
from actionplans.opendata.measuring import Size, sizes_of
from actionplans.opendata.package import data_package
from actionplans.opendata.tables import TABLES, years_of
from actionplans.reports.issued.answers import being_drawn, issued_answer
from actionplans.reports.issued.issuing import BeingDrawn, NotWhole
from config.edition import EDITION
from planning.content import WHOLE, changed_at, stamp_of
from planning.models import Entity

from ..serving.caching import KEPT_FOR, kept_page, whole_portal
from ..serving.reading_only import public_read
from ..serving.sharing import open_to_all
from .common import entity_address, entity_context
from .years import newest_first, year_context

MOST_KEPT = 256 * 1024
"""Bytes of a file that the page cache takes; a longer one goes out as it is made and is kept by nobody."""
JSON_LD = "application/ld+json"
TITLE = "Datos abiertos"


@kept_page(asks=["vigencia"])
def page(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    published = years_of(entity)
    context = year_context(request, newest_first(published, today), today)
    year, moment = context["year"], changed_at(entity)
    sizes = _sizes(entity, year) if year in published else {}
    return render(
        request,
        "public/open_data.html",
        entity_context(
            entity,
            "",
            (TITLE, ""),
            has_data=bool(published),
            tables=[(table, sizes.get(name)) for name, table in TABLES.items()],
            rows=sum(size.rows for size in sizes.values()),
            licence=licence_of(entity),
            citation=citation(entity, year, moment),
            **context,
        )
        | {"updated_at": moment},
    )


@kept_page()
def dictionary(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    return render(
        request,
        "public/open_data_dictionary.html",
        entity_context(
            entity,
            "",
            (TITLE, f"{entity_address(entity)}datos/"),
            ("Diccionario", ""),
            tables=[
                (table, [(field, KINDS[field.kind], meaning(field)) for field in table.fields])
                for table in TABLES.values()
            ],
            fields=sum(len(table.fields) for table in TABLES.values()),
            written=[(KINDS[kind], words) for kind, words in WRITTEN.items()],
        )
        | {"updated_at": changed_at(entity)},
    )


@open_to_all
@kept_page()
def table(request, entity, year, table, suffix):
    entity = _publishing(entity, year)
    if table not in TABLES or suffix not in FORMATS:
        raise Http404("No hay una tabla con ese nombre o en ese formato.")
    format_ = FORMATS[suffix]
    return _data_answer(
        format_.pieces(TABLES[table], entity, year), format_.media_type, file_name(entity, year, table, suffix)
    )


@open_to_all
@kept_page()
def package(request, entity, year):
    entity = _publishing(entity, year)
    return _json_answer(data_package(entity, year, _sizes(entity, year)), "application/json")


@open_to_all
@kept_page()
def catalogue(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    sizes = {year: _sizes(entity, year) for year in years_of(entity)}
    return _json_answer(entity_catalogue(entity, sizes), JSON_LD)


@open_to_all
@kept_page(whole_portal)
def portal_wide(request):
    return _json_answer(portal_catalogue(Entity.objects.order_by("slug")), JSON_LD)


@open_to_all
@public_read
def book(request, entity, year):
    """Drawn once for each content and kept as an issued file; a large one is left to the worker."""
    entity = _publishing(entity, year)
    if issued := known_book(entity, year):
        with suppress(NotWhole):
            return issued_answer(request, issued)
    try:
        if not is_small(entity, year):
            ask_for_book(entity, year)
            raise BeingDrawn
        issued = issued_book(entity, year)
    except BeingDrawn:
        return being_drawn(request)
    return issued_answer(request, issued)


def _publishing(slug: str, year: int) -> Entity:
    """The entity; 404 for a year of which it publishes nothing."""
    entity = get_object_or_404(Entity, slug=slug)
    if year not in years_of(entity):
        raise Http404("La entidad no publica datos de esa vigencia.")
    return entity


def _sizes(entity: Entity, year: int) -> dict[str, Size]:
    """Measured once for each content: page, package and catalogue tell the same."""
    key = f"open-data:{EDITION}:{entity.pk}:{year}:{stamp_of(entity.slug, [WHOLE]).text}"
    pages = caches["pages"]
    sizes = pages.get(key)
    if sizes is None:
        sizes = sizes_of(entity, year)
        pages.set(key, sizes, KEPT_FOR)
    return sizes


def _data_answer(pieces: Iterator[bytes], media_type: str, name: str) -> HttpResponse | StreamingHttpResponse:
    """Whole where it is short enough to be kept, else streamed: never more than that in memory."""
    first, size = [], 0
    for piece in pieces:
        first.append(piece)
        size += len(piece)
        if size > MOST_KEPT:
            return _named(StreamingHttpResponse(chain(first, pieces), content_type=media_type), name)
    return _named(HttpResponse(b"".join(first), content_type=media_type), name)


def _named(response, name: str):
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _json_answer(value: dict, media_type: str) -> HttpResponse:
    return HttpResponse(json.dumps(value, ensure_ascii=False, indent=1).encode(), content_type=media_type)
