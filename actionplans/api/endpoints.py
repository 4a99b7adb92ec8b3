"""The addresses of the API: entities, their years, and a page of each table."""

import json
from collections.abc import Container, Iterable
from inspect import signature
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router
from ninja.errors import ValidationError

from actionplans.models import ActionPlan
from actionplans.opendata.reading import Page
from actionplans.opendata.table import Row, Table
from actionplans.opendata.tables import TABLES, years_of
from actionplans.opendata.values import as_json
from planning.addresses import absolute
from planning.models import Entity

from .problems import documented
from .schemas import EntityPage, EntityRow, EntitySlug, Paging, PagingOfPlan, Year, Years, page_of

router = Router()
NOT_MODIFIED = {304: {"description": "No ha cambiado desde la respuesta con esa ETag."}}
OF_LIST = {"responses": NOT_MODIFIED | documented(405, 422)}
OF_ENTITY = {"responses": NOT_MODIFIED | documented(404, 405, 422)}


@router.get(
    "/entidades/",
    response=EntityPage,
    tags=["Entidades"],
    url_name="entities",
    operation_id="entidades",
    summary="Las entidades del portal",
    description="Todas las entidades, por orden alfabético de su identificador.",
    openapi_extra=OF_LIST,
)
def entities(request, asked: Query[Paging]):
    _refuse_unknown(request, Paging.model_fields)
    rows = Entity.objects.order_by("slug")
    total = rows.count()
    page = rows[asked.start : asked.start + asked.por_pagina] if asked.start < total else ()
    return _json(_page_head(request, asked, total) | {"resultados": [_entity(row) for row in page]})


@router.get(
    "/entidades/{entidad}/",
    response=EntityRow,
    tags=["Entidades"],
    url_name="entity",
    operation_id="entidad",
    summary="Una entidad",
    description="La identidad de una entidad y la licencia de sus datos.",
    openapi_extra=OF_ENTITY,
)
def entity(request, entidad: EntitySlug):
    _refuse_unknown(request)
    return _json(_entity(_found(entidad)))


@router.get(
    "/entidades/{entidad}/vigencias/",
    response=Years,
    tags=["Entidades"],
    url_name="years",
    operation_id="vigencias",
    summary="Las vigencias de una entidad",
    description="Los años de los que publica datos, con la dirección de cada tabla.",
    openapi_extra=OF_ENTITY,
)
def years(request, entidad: EntitySlug):
    _refuse_unknown(request)
    entity = _found(entidad)
    rows = [{"vigencia": year, "tablas": [_link(entity, year, table) for table in TABLES.values()]}
            for year in years_of(entity)]  # fmt: skip
    return _json({"entidad": entity.slug, "licencia": entity.data_licence, "resultados": rows})


def _add(table: Table) -> None:
    """The address of the rows of a table."""
    has_plan = any(column.name == "plan" for column in table.fields)
    parameters = PagingOfPlan if has_plan else Paging

    def rows(request, entidad: EntitySlug, vigencia: Year, asked: Query[parameters]):
        _refuse_unknown(request, parameters.model_fields)
        return _table_page(request, table, entidad, vigencia, asked)

    router.get(
        f"/entidades/{{entidad}}/{{vigencia}}/{table.name}/",
        response=page_of(table),
        tags=["Tablas"],
        url_name=table.name,
        operation_id=f"tabla-{table.name}",
        summary=table.title,
        description=table.description,
        openapi_extra=OF_ENTITY,
    )(rows)


def _table_page(request, table: Table, slug: str, year: int, asked: Paging) -> HttpResponse:
    entity = _found(slug)
    if year not in years_of(entity):
        raise Http404(f"La entidad no publica datos de la vigencia {year}.")
    plan = getattr(asked, "plan", None) or ""
    if plan and not ActionPlan.objects.published().filter(entity=entity, year=year, slug=plan).exists():
        raise Http404(f"La entidad no tiene publicado un plan «{plan}» en la vigencia {year}.")
    found, total = read_page(table, entity, year, start=asked.start, size=asked.por_pagina, plan=plan)
    head = _page_head(request, asked, total) | {"licencia": entity.data_licence}
    return _answer(_rows_text(head, table, found))


def read_page(table: Table, entity, year: int, *, start: int, size: int, plan: str = "") -> tuple[list[Row], int]:
    """So many rows of a table from a place on, and how many there are in all; of one plan where that is asked.

    The database cuts where the table reads through `Page`; of the others all rows are walked, and few are kept.
    """
    read, found, walked = Page(start=start, size=size, plan=plan), [], 0
    place = table.place("plan") if plan else None
    for row in _rows(table, entity, year, read):
        if read.was_asked:
            found.append(row)
        elif place is None or row[place] == plan:
            if start <= walked < start + size:
                found.append(row)
            walked += 1
    return found, read.total if read.was_asked else walked


def _rows(table, entity, year, read):
    takes_reading = len(signature(table.rows).parameters) > 2
    return table.rows(entity, year, read) if takes_reading else table.rows(entity, year)


def _page_head(request: HttpRequest, asked: Paging, total: int) -> dict:
    last = max(1, -(-total // asked.por_pagina))
    return {
        "total": total,
        "pagina": asked.pagina,
        "por_pagina": asked.por_pagina,
        "siguiente": _page_address(request, asked, asked.pagina + 1) if asked.pagina < last else None,
        "anterior": _page_address(request, asked, min(asked.pagina - 1, last)) if asked.pagina > 1 else None,
    }


def _page_address(request, asked: Paging, number: int) -> str:
    told = asked.model_dump(exclude_none=True) | {"pagina": number}
    return absolute(f"{request.path}?{urlencode(told)}")


def _rows_text(head: dict, table: Table, rows: Iterable[Row]) -> str:
    """Figures with all their digits, as the files of open data have them."""
    names = [json.dumps(column.name) for column in table.fields]
    told = ",".join(
        "{" + ",".join(f"{name}:{as_json(value)}" for name, value in zip(names, row, strict=True)) + "}"
        for row in rows
    )
    return f'{_text(head)[:-1]},"resultados":[{told}]}}'


def _entity(row: Entity) -> dict:
    return {
        "entidad": row.slug,
        "nombre": row.name,
        "nombre_corto": row.short_name or None,
        "tipo": row.kind,
        "nit": row.nit or None,
        "departamento": row.department or None,
        "municipio": row.municipality or None,
        "divipola": row.divipola_code or None,
        "licencia": row.data_licence,
        "datos_de_ejemplo": row.has_example_data,
        "pagina": absolute(reverse("entity", args=[row.slug])),
        "vigencias": absolute(reverse("api:years", args=[row.slug])),
    }


def _link(entity: Entity, year: int, table: Table) -> dict:
    return {
        "tabla": table.name,
        "titulo": table.title,
        "descripcion": table.description,
        "filas": absolute(reverse(f"api:{table.name}", args=[entity.slug, year])),
    }


def _refuse_unknown(request: HttpRequest, known: Container[str] = ()) -> None:
    """A parameter that is not there is told, not ignored: who wrote it expects something of it."""
    if unknown := [name for name in request.GET if name not in known]:
        raise ValidationError([{"type": "extra_forbidden", "loc": (name,)} for name in unknown])


def _found(slug: str) -> Entity:
    entity = Entity.objects.filter(slug=slug).first()
    if entity is None:
        raise Http404(f"No hay una entidad «{slug}».")
    return entity


def _json(told: dict) -> HttpResponse:
    return _answer(_text(told))


def _text(told: dict) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _answer(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json; charset=utf-8")


for _table in TABLES.values():
    _add(_table)
