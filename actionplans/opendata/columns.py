"""Columns that many tables have, and how rows of the database become values of a table."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from actionplans.enums import PeriodScheme
from actionplans.models import PlanVersion

from .table import Field, Reference

ENTITY = Field(
    "entidad",
    "string",
    "Entidad",
    "Identificador de la entidad en el portal: la primera parte de la dirección de sus páginas.",
    "cartago",
    is_required=True,
)
YEAR = Field("vigencia", "year", "Vigencia", "Año del que trata el archivo.", "2024", is_required=True)
PLAN = Field(
    "plan",
    "string",
    "Plan",
    "Identificador del plan dentro de su entidad y vigencia, como está en su dirección.",
    "plan-de-participacion-ciudadana",
    is_required=True,
)
ACTIVITY = Field(
    "actividad",
    "integer",
    "Actividad",
    "Número permanente de la actividad dentro del plan: no cambia de una versión a otra.",
    "1",
    is_required=True,
)
PERIOD = Field(
    "periodo",
    "string",
    "Periodo",
    "Periodo de seguimiento dentro de la vigencia.",
    "trimestre-1",
    is_required=True,
)
VERSION = Field("version", "integer", "Versión", "Número de la versión del plan.", "1", is_required=True)
ADDRESS = Field(
    "direccion",
    "string",
    "Dirección",
    "Página donde se lee lo mismo.",
    "https://portal.example/cartago/planes/2024/plan-de-participacion-ciudadana/",
    is_required=True,
)
DIGEST = Field(
    "huella",
    "string",
    "Huella SHA-256",
    "Huella de lo que dice la versión: si cambiara una letra, sería otra.",
    "9f2c…",
    is_required=True,
)
PUBLISHED = Field(
    "publicado_en", "datetime", "Publicado", "Cuándo se publicó.", "2024-01-31T15:00:00Z", is_required=True
)
ACT = (
    Field("acto", "string", "Acto de aprobación", "Cómo se llama el acto que lo aprobó.", "Acta n.º 1 de 2024"),
    Field("fecha_acto", "date", "Fecha del acto", "De qué fecha es ese acto.", "2024-01-30"),
)
CHANGE = (
    Field("motivo", "string", "Motivo", "Por qué se modificó, si es una modificación."),
    Field("cuenta_desde", "date", "Cuenta desde", "Desde cuándo rige, si es una modificación.", "2024-07-01"),
)
WEIGHT = Field("ponderacion", "number", "Ponderación (%)", "Cuánto pesa, de 0 a 100.", "12.5")

HEAD = (ENTITY, YEAR)
OF_PLAN = (*HEAD, PLAN)
OF_ACTIVITY = (*OF_PLAN, ACTIVITY)
OF_PERIOD = (*HEAD, PERIOD)

KEY = ("entidad", "vigencia")
PLAN_KEY = (*KEY, "plan")
ACTIVITY_KEY = (*PLAN_KEY, "actividad")
PERIOD_KEY = (*KEY, "periodo")


def to(table: str, *columns: str, as_: tuple[str, ...] = ()) -> Reference:
    """The reference of `columns` to a row of `table` of the same package; `as_` are its columns there.

    Either all of the columns are always said, or there is only one: a key that is said in part names nothing.
    """
    return Reference(columns, table, as_ or columns)


TO_PLAN = to("planes", "plan")
TO_ACTIVITY = to("actividades", "plan", "actividad")
TO_PERIOD = to("periodos", "periodo")
TO_VERSION = to("versiones", "plan", "version")


def to_office(column: str = "dependencia") -> Reference:
    return to("dependencias", column, as_=("dependencia",))


def published(entity, year: int):
    """The versions in force of the plans of a year."""
    return PlanVersion.objects.published().filter(entity=entity, plan__year=year)


def text(value: str | None) -> str | None:
    """A text as tables have it: what is empty is not there."""
    return value or None


def period_name(scheme: str, ordinal: int) -> str:
    """«trimestre-2»."""
    return f"{PeriodScheme(scheme).value}-{ordinal}"


def address(name: str, *args) -> str:
    """The whole address of a page of the portal."""
    return urljoin(f"{settings.SITE_URL}/", reverse(name, args=args))
