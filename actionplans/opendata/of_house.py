"""Tables of the entity itself: its offices and its strategic framework."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from actionplans.enums import PUBLIC_STATUSES
from actionplans.models import ActivityVersion
from planning.enums import OfficeKind
from planning.models import Axis, Entity, Line, Objective, Office, Pillar, Programme, Purpose, StrategicFramework

from .codes import choices, said
from .columns import HEAD, KEY, text, to_office
from .reading import EVERYTHING, Reading
from .table import Field, Row, Table


def office_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    rows = (
        Office.objects.filter(entity=entity)
        .order_by("slug")
        .values_list(
            "slug", "name", "abbreviation", "kind", "parent__slug", "valid_from", "valid_to", "successor__slug"
        )
    )
    for slug, name, abbreviation, *told in read(rows):
        yield entity.slug, year, slug, name, text(abbreviation), *told


PARTS = (
    ("pilar", Pillar, "", ("position",)),
    ("eje", Axis, "", ("key",)),
    ("objetivo", Objective, "axis__", ("axis__key", "key")),
    ("linea", Line, "axis__", ("axis__key", "position")),
    ("programa", Programme, "line__axis__", ("line__axis__key", "line__position", "position")),
    (
        "proposito",
        Purpose,
        "programme__line__axis__",
        ("programme__line__axis__key", "programme__line__position", "programme__position", "position"),
    ),
)
"""Each level of a framework: its model, the way up to the axis, and what numbers its rows.

Axes and objectives have numbers for good.
"""


def framework_rows(entity: Entity, year: int) -> Iterator[Row]:
    """Of published frameworks whose period holds the year, or that its plans name; a query for each level."""
    for framework in _frameworks(entity, year):
        head = (
            entity.slug, year, framework.slug, framework.title, framework.kind, framework.first_year,
            framework.last_year,
        )  # fmt: skip
        yield *head, "marco", "0", framework.title, text(framework.general_objective), None
        for level, model, up, places in PARTS:
            yield from _part_rows(head, framework, level, model, up, places)


def _frameworks(entity: Entity, year: int):
    """Those that any published version names are there: figures of its closings are about their axes."""
    named = ActivityVersion.objects.filter(
        version__entity=entity, version__plan__year=year, version__status__in=PUBLIC_STATUSES
    ).values("objectives__axis__framework")
    own = StrategicFramework.objects.published().filter(entity=entity)
    return own.filter(Q(pk__in=own.in_force(year)) | Q(pk__in=named)).order_by("slug")


def _part_rows(head, framework, level, model, up, places) -> Iterator[Row]:
    has_name = model is not Purpose
    rows = model.objects.filter(**{f"{up}framework": framework}).order_by(*places)
    for *numbers, name, description in rows.values_list(
        *places, *(("name", "description") if has_name else ("text", "text"))
    ):
        number = ".".join(map(str, numbers))
        above = number.rpartition(".")[0]
        yield *head, level, number, name, text(description) if has_name else None, text(above)


OFFICE_FIELDS = (
    *HEAD,
    Field("dependencia", "string", "Dependencia", "Su identificador.", "hacienda", is_required=True),
    Field("nombre", "string", "Nombre", "Nombre completo.", "Secretaría de Hacienda", is_required=True),
    Field("sigla", "string", "Sigla", "Si la usa.", "SH"),
    Field(
        "tipo",
        "string",
        "Tipo",
        f"Qué clase de dependencia es. {said(OfficeKind)}.",
        "secretaria",
        choices(OfficeKind),
        is_required=True,
    ),
    Field("depende_de", "string", "Depende de", "Identificador de la que está encima.", "despacho"),
    Field("existe_desde", "date", "Existe desde", "Desde cuándo, si se sabe.", "2020-01-01"),
    Field("existio_hasta", "date", "Existió hasta", "Hasta cuándo, si ya no existe.", "2023-12-31"),
    Field("la_reemplaza", "string", "La reemplaza", "Identificador de la que tomó su lugar."),
)
FRAMEWORK_FIELDS = (
    *HEAD,
    Field("marco", "string", "Marco", "Identificador del documento.", "plan-de-desarrollo", is_required=True),
    Field("titulo", "string", "Título", "Título del documento.", is_required=True),
    Field("tipo", "string", "Tipo", "Qué documento es.", "plan-desarrollo", is_required=True),
    Field("desde", "year", "Desde", "Primer año que rige el documento.", "2020", is_required=True),
    Field("hasta", "year", "Hasta", "Último año que rige el documento.", "2023", is_required=True),
    Field(
        "nivel",
        "string",
        "Nivel",
        "Qué parte del documento es; «marco» es el documento mismo.",
        "objetivo",
        ("marco", *(level for level, *_rest in PARTS)),
        is_required=True,
    ),
    Field(
        "numero",
        "string",
        "Número",
        "Número de cada nivel, del eje hacia abajo; el de un eje o de un objetivo no cambia.",
        "2.1",
        is_required=True,
    ),
    Field("nombre", "string", "Nombre", "Lo que dice.", is_required=True),
    Field("descripcion", "string", "Descripción", "Lo que el documento explica de ello."),
    Field("pertenece_a", "string", "Pertenece a", "Número de la parte que está encima.", "2"),
)
TABLES = (
    Table(
        "marco",
        "Plataforma estratégica",
        "Los documentos estratégicos que rigen en la vigencia y los que nombran sus planes, parte por parte: "
        "pilares, ejes, objetivos, líneas, programas y propósitos.",
        FRAMEWORK_FIELDS,
        (*KEY, "marco", "nivel", "numero"),
        framework_rows,
    ),
    Table(
        "dependencias",
        "Dependencias",
        "Las dependencias de la entidad, también las que ya no existen.",
        OFFICE_FIELDS,
        (*KEY, "dependencia"),
        office_rows,
        (to_office("depende_de"), to_office("la_reemplaza")),
    ),
)
