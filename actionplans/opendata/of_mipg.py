"""Tables of MIPG: the policies that the entity applies, who answers for them, the plans that norms ask for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Q

from actionplans.models import PlanVersion
from mipg.enums import LeadershipRole
from mipg.models import Adoption, InstitutionalPlan, InstitutionalPlanKind, Policy, PolicyLeadership
from planning.models import Entity

from .codes import choices, code, said
from .columns import HEAD, KEY, address, published, text, to, to_office
from .table import Field, Row, Table

OFFICE = Field("dependencia", "string", "Dependencia", "Identificador de la dependencia.", "hacienda")


def policy_rows(entity: Entity, year: int) -> Iterator[Row]:
    """Of the version of the model that the entity applies in the year; then others that its plans name."""
    columns = ("key", "number", "name", "dimension__key", "dimension__number", "dimension__name")
    own = {
        key: told
        for key, *told in Policy.objects.in_force(entity, year)
        .order_by("number")
        .values_list(*columns, "model_version__key")
    }
    for key, told in own.items():
        yield entity.slug, year, key, *told, address("policy", entity.slug, key)
    named = Policy.objects.filter(plans__in=published(entity, year).values("plan")).exclude(key__in=own)
    others = {
        key: told
        for key, *told in named.order_by("model_version", "number").values_list(*columns, "model_version__key")
    }
    for key, told in others.items():
        yield entity.slug, year, key, *told, None


def leader_rows(entity: Entity, year: int) -> Iterator[Row]:
    """Those who answered on some day of the year, for policies that the entity applies in it."""
    version = Adoption.objects.version_for(entity, year)
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    rows = (
        PolicyLeadership.objects.filter(entity=entity, policy__key__in=_keys(version))
        .filter(
            Q(valid_from=None) | Q(valid_from__lte=last),
            Q(valid_to=None) | Q(valid_to__gte=first),
        )
        .order_by("policy__number", "policy__model_version", "source", "position")
        .values_list(
            "policy__key",
            "policy__model_version__key",
            "source",
            "position",
            "role",
            "office__slug",
            "office__name",
            "printed_responsible",
            "task",
            "note",
            "valid_from",
            "valid_to",
        )
    )
    for policy, model, source, position, role, office, name, printed, task, note, since, until in rows:
        yield (
            entity.slug, year, policy, model, source, position, code(LeadershipRole, role), office,
            name or printed, text(printed), text(task), text(note), since, until,
        )  # fmt: skip


def _keys(version):
    return Policy.objects.filter(model_version=version).values("key")


def institutional_rows(entity: Entity, year: int) -> Iterator[Row]:
    """Every plan that the norm of the year asks for, with what the entity says of it."""
    own = {
        plan.kind_id: plan
        for plan in InstitutionalPlan.objects.filter(entity=entity, year=year).select_related("office")
    }
    developed = dict(
        PlanVersion.objects.published()
        .filter(entity=entity, plan__year=year, plan__institutional_plan__isnull=False)
        .order_by("-plan__slug")
        .values_list("plan__institutional_plan__kind", "plan__slug")
    )
    for kind in InstitutionalPlanKind.objects.in_force(year) | InstitutionalPlanKind.objects.filter(
        pk__in={*own, *developed}
    ):
        plan = own.get(kind.pk)
        yield (
            entity.slug,
            year,
            kind.key,
            kind.name,
            kind.norm,
            plan is not None,
            text(plan.printed_name) if plan else None,
            plan.office.slug if plan and plan.office else None,
            text(plan.responsible) if plan else None,
            plan.due if plan else None,
            plan.published_on if plan else None,
            text(plan.url) if plan else None,
            developed.get(kind.pk),
            text(plan.note) if plan else None,
        )


POLICY_FIELDS = (
    *HEAD,
    Field("politica", "string", "Política", "Su identificador.", "participacion", is_required=True),
    Field("numero", "integer", "Número", "El que le da el manual.", "13", is_required=True),
    Field("nombre", "string", "Nombre", "Nombre de la política.", is_required=True),
    Field("dimension", "string", "Dimensión", "Identificador de su dimensión.", "valores", is_required=True),
    Field(
        "numero_dimension", "integer", "Número de la dimensión", "El que le da el manual.", "3", is_required=True
    ),
    Field("nombre_dimension", "string", "Nombre de la dimensión", "Nombre de la dimensión.", is_required=True),
    Field("modelo", "string", "Modelo", "La versión del manual en que está.", "mipg-v5", is_required=True),
    Field("direccion", "string", "Dirección", "Su página en el portal, si la entidad aplica esa versión."),
)
LEADER_FIELDS = (
    *HEAD,
    Field("politica", "string", "Política", "Identificador de la política.", "participacion", is_required=True),
    Field("modelo", "string", "Modelo", "Versión del manual en que está.", "mipg-v5", is_required=True),
    Field("fuente", "string", "Fuente", "El documento que lo dice.", is_required=True),
    Field("orden", "integer", "Orden", "En qué orden lo dice.", "1", is_required=True),
    Field(
        "papel",
        "string",
        "Papel",
        f"Qué le toca. {said(LeadershipRole)}.",
        "lidera",
        choices(LeadershipRole),
        is_required=True,
    ),
    OFFICE,
    Field("nombre", "string", "Nombre", "La dependencia, o el responsable como está impreso.", is_required=True),
    Field("texto_impreso", "string", "Texto impreso", "Como lo dice el documento."),
    Field("para_que", "string", "Para qué", "Qué parte le toca."),
    Field("nota", "string", "Nota", "Lo que el lector debe saber."),
    Field("desde", "date", "Desde", "Desde cuándo, si se sabe.", "2022-01-01"),
    Field("hasta", "date", "Hasta", "Hasta cuándo, si ya terminó.", "2023-12-31"),
)
INSTITUTIONAL_FIELDS = (
    *HEAD,
    Field(
        "plan_institucional",
        "string",
        "Plan",
        "Su identificador.",
        "plan-de-vacantes",
        is_required=True,
    ),
    Field("nombre", "string", "Nombre", "Nombre en la norma.", is_required=True),
    Field("norma", "string", "Norma", "La que lo pide.", "Decreto 612 de 2018", is_required=True),
    Field("lo_registra", "boolean", "Lo registra", "Si la entidad dice algo de él.", "true", is_required=True),
    Field("nombre_impreso", "string", "Nombre impreso", "Como lo llama la entidad."),
    OFFICE,
    Field("responsable", "string", "Responsable", "La dependencia, o como está impreso."),
    Field("plazo", "date", "Plazo", "Para cuándo.", "2024-01-31"),
    Field("publicado_el", "date", "Publicado el", "Cuándo se publicó.", "2024-01-30"),
    Field("documento", "string", "Documento", "Dirección del documento publicado."),
    Field("plan", "string", "Plan de acción", "El plan de este portal que lo desarrolla, si hay."),
    Field("nota", "string", "Nota", "Lo que el lector debe saber."),
)

TABLES = (
    Table(
        "politicas",
        "Políticas de MIPG",
        "Las políticas y dimensiones del modelo que la entidad aplica en la vigencia y las de sus planes.",
        POLICY_FIELDS,
        (*KEY, "politica"),
        policy_rows,
    ),
    Table(
        "lideres",
        "Líderes de política",
        "Quién lidera o apoya cada política, según cada documento. Dos documentos pueden no coincidir.",
        LEADER_FIELDS,
        (*KEY, "politica", "modelo", "fuente", "orden"),
        leader_rows,
        (to("politicas", "politica"), to_office()),
    ),
    Table(
        "planes-institucionales",
        "Planes institucionales",
        "Los planes que la norma pide integrar al plan de acción, y lo que la entidad dice de cada uno.",
        INSTITUTIONAL_FIELDS,
        (*KEY, "plan_institucional"),
        institutional_rows,
        (to_office(), to("planes", "plan")),
    ),
)
