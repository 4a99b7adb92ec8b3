"""Tables of the plans themselves: those in force, all their published versions, their components."""

from __future__ import annotations

from collections.abc import Iterator

from actionplans.enums import PUBLIC_STATUSES, Origin, PeriodScheme, PlanKind, VersionStatus
from actionplans.models import Component, PlanVersion
from actionplans.models.activity import live_count
from planning.models import Entity

from .codes import choices, said
from .columns import (
    ACT,
    ADDRESS,
    CHANGE,
    DIGEST,
    OF_PLAN,
    PLAN_KEY,
    PUBLISHED,
    TO_PLAN,
    TO_VERSION,
    VERSION,
    WEIGHT,
    address,
    published,
    text,
    to,
    to_office,
)
from .reading import EVERYTHING, Reading
from .table import Field, Row, Table

PLAN_FIELDS = (
    *OF_PLAN,
    Field("titulo", "string", "Título", "Título del plan.", "Plan de participación", is_required=True),
    Field(
        "tipo",
        "string",
        "Tipo",
        f"Qué plan es. {said(PlanKind)}.",
        "politica",
        choices(PlanKind),
        is_required=True,
    ),
    Field("politica", "string", "Política", "Identificador de la política de MIPG del plan.", "participacion"),
    Field("nombre_politica", "string", "Nombre de la política", "La misma política, por su nombre."),
    Field(
        "plan_institucional",
        "string",
        "Plan institucional",
        "Cuál de los planes institucionales del Decreto 612 de 2018 es, si es uno.",
        "plan-anual-de-adquisiciones",
    ),
    VERSION,
    Field(
        "origen",
        "string",
        "Origen",
        f"De dónde salió lo que dice. {said(Origin)}.",
        "portal",
        choices(Origin),
        is_required=True,
    ),
    Field("documento_origen", "string", "Documento de origen", "El documento o libro del que se tomó."),
    Field("objetivo", "string", "Objetivo", "Objetivo del plan."),
    Field("alcance", "string", "Alcance", "Alcance del plan."),
    Field("proceso", "string", "Proceso", "Proceso al que pertenece."),
    Field("subproceso", "string", "Subproceso", "Subproceso al que pertenece."),
    Field("dependencia", "string", "Dependencia", "Identificador de la dependencia que lo formula.", "planeacion"),
    Field("formulado_por", "string", "Formulado por", "Quién lo formula, como está impreso o por su nombre."),
    Field("fecha_plan", "date", "Fecha del plan", "La que trae el plan.", "2024-01-15"),
    *ACT,
    PUBLISHED,
    *CHANGE,
    Field(
        "seguimiento",
        "string",
        "Seguimiento",
        "Cada cuánto se sigue.",
        "trimestre",
        choices(PeriodScheme),
        is_required=True,
    ),
    Field("actividades", "integer", "Actividades", "Cuántas tiene, sin las canceladas.", "12", is_required=True),
    Field("nota", "string", "Nota", "Lo que el lector debe saber de esta versión."),
    DIGEST,
    ADDRESS,
)


def plan_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    rows = (
        published(entity, year)
        .annotate(live=live_count())
        .order_by("plan__slug")
        .values_list(
            "plan__slug",
            "title",
            "plan__kind",
            "plan__policy__key",
            "plan__policy__name",
            "plan__institutional_plan__kind__key",
            "number",
            "origin",
            "source",
            "objective",
            "scope",
            "process",
            "subprocess",
            "formulating_office__slug",
            "formulating_office__name",
            "printed_formulating_office",
            "plan_date",
            "approval_act__name",
            "approval_act__date",
            "published_at",
            "reason",
            "effective_from",
            "plan__scheme",
            "live",
            "note",
            "digest",
            named=True,
        )
    )
    for row in read(rows, "plan__slug"):
        yield (
            entity.slug,
            year,
            row.plan__slug,
            row.title,
            row.plan__kind,
            row.plan__policy__key,
            row.plan__policy__name,
            row.plan__institutional_plan__kind__key,
            row.number,
            row.origin,
            text(row.source),
            text(row.objective),
            text(row.scope),
            text(row.process),
            text(row.subprocess),
            row.formulating_office__slug,
            text(row.printed_formulating_office) or row.formulating_office__name,
            row.plan_date,
            row.approval_act__name,
            row.approval_act__date,
            row.published_at,
            text(row.reason),
            row.effective_from,
            row.plan__scheme,
            row.live,
            text(row.note),
            row.digest,
            address("plan", entity.slug, year, row.plan__slug),
        )


STATES = {VersionStatus.APPROVED: "vigente", VersionStatus.SUPERSEDED: "sustituida"}


def version_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    rows = (
        PlanVersion.objects.filter(entity=entity, plan__year=year, status__in=PUBLIC_STATUSES)
        .order_by("plan__slug", "number")
        .values_list(
            "plan__slug",
            "number",
            "status",
            "title",
            "published_at",
            "approval_act__name",
            "approval_act__date",
            "reason",
            "effective_from",
            "digest",
        )
    )
    for plan, number, status, title, at, act, act_date, reason, since, digest in read(rows, "plan__slug"):
        page = address("plan", entity.slug, year, plan)
        where = page if status == VersionStatus.APPROVED else f"{page}?version={number}"
        yield (
            entity.slug, year, plan, number, STATES[status], title, at, act, act_date, text(reason), since, digest,
            where,
        )  # fmt: skip


def component_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    rows = (
        Component.objects.filter(version__in=published(entity, year))
        .order_by("version__plan__slug", "position")
        .values_list("version__plan__slug", "position", "name", "description", "weight")
    )
    for plan, position, name, description, weight in read(rows, "version__plan__slug"):
        yield entity.slug, year, plan, position, name, text(description), weight


COMPONENT = Field(
    "componente", "integer", "Componente", "Orden del componente dentro del plan.", "1", is_required=True
)

TABLES = (
    Table(
        "planes",
        "Planes de acción",
        "Los planes vigentes: una fila por plan, con lo que dice de sí la versión aprobada.",
        PLAN_FIELDS,
        PLAN_KEY,
        plan_rows,
        (
            to_office(),
            TO_VERSION,
            to("politicas", "politica"),
            to("planes-institucionales", "plan_institucional"),
        ),
    ),
    Table(
        "versiones",
        "Versiones de los planes",
        "Todas las versiones publicadas, también las que otra sustituyó. Las demás tablas hablan de la vigente, "
        "menos las «medidas», que traen cada versión que un cierre midió.",
        (
            *OF_PLAN,
            VERSION,
            Field(
                "estado",
                "string",
                "Estado",
                "Si es la que rige o si otra la sustituyó.",
                "vigente",
                tuple(STATES.values()),
                is_required=True,
            ),
            Field("titulo", "string", "Título", "Título que llevaba el plan.", is_required=True),
            PUBLISHED,
            *ACT,
            *CHANGE,
            DIGEST,
            ADDRESS,
        ),
        (*PLAN_KEY, "version"),
        version_rows,
        (TO_PLAN,),
    ),
    Table(
        "componentes",
        "Componentes",
        "Los grupos en que un plan ordena sus actividades.",
        (
            *OF_PLAN,
            COMPONENT,
            Field("nombre", "string", "Nombre", "Nombre del componente.", is_required=True),
            Field("descripcion", "string", "Descripción", "Lo que el plan explica de él."),
            WEIGHT,
        ),
        (*PLAN_KEY, "componente"),
        component_rows,
        (TO_PLAN,),
    ),
)
