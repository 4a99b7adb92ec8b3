"""Tables of what the plans in force promise: activities, their tasks, who answers, what they contribute to."""

from __future__ import annotations

from collections.abc import Iterator

from actionplans.enums import ResponsibilityRole
from actionplans.models import ActivityVersion, Responsibility, Task
from actionplans.months import MONTH_NAMES
from planning.models import Entity

from .codes import choices, code, said
from .columns import (
    ACTIVITY_KEY,
    ADDRESS,
    OF_ACTIVITY,
    TO_ACTIVITY,
    TO_PLAN,
    WEIGHT,
    address,
    published,
    text,
    to,
    to_office,
)
from .reading import EVERYTHING, Reading
from .table import Field, Row, Table

COMPONENT = Field("componente", "integer", "Componente", "Orden del componente al que pertenece, si hay.", "1")
ORDER = Field("orden", "integer", "Orden", "En qué orden está impreso.", "1", is_required=True)
ACTIVITY_FIELDS = (
    *OF_ACTIVITY,
    Field("orden", "integer", "Orden", "En qué orden está en el plan.", "1", is_required=True),
    Field("numero", "string", "Número", "El número que lleva impreso, o su orden.", "1.1", is_required=True),
    COMPONENT,
    Field("descripcion", "string", "Descripción", "Qué se va a hacer.", is_required=True),
    Field("explicacion", "string", "Explicación", "Lo que el plan explica de ella."),
    Field("producto", "string", "Producto", "El producto o entregable."),
    WEIGHT,
    *(
        Field(month, "boolean", month.capitalize(), f"Si está programada en {month}.", "true", is_required=True)
        for month in MONTH_NAMES
    ),
    Field("plazo", "string", "Plazo", "El plazo como está impreso.", "Primer semestre"),
    Field("empieza", "date", "Empieza", "Primer día.", "2024-02-01"),
    Field("termina", "date", "Termina", "Último día.", "2024-06-30"),
    Field("presupuesto", "number", "Presupuesto (COP)", "En pesos colombianos.", "25000000"),
    Field("nota", "string", "Nota", "Lo que el lector debe saber de ella."),
    Field("cancelada", "boolean", "Cancelada", "Si una modificación la canceló.", "false", is_required=True),
    Field("motivo_cancelacion", "string", "Motivo de la cancelación", "Por qué se canceló."),
    ADDRESS,
)


ACTIVITY_SAID = (
    "activity__key",
    "position",
    "printed_number",
    "component__position",
    "description",
    "detail",
    "deliverable",
    "weight",
    "months",
    "schedule_text",
    "starts",
    "ends",
    "budget",
    "note",
    "is_cancelled",
    "cancel_reason",
)


def activity_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    rows = (
        ActivityVersion.objects.filter(version__in=published(entity, year))
        .order_by("version__plan__slug", "position")
        .values_list("version__plan__slug", *ACTIVITY_SAID, named=True)
    )
    for row in read(rows, "version__plan__slug"):
        yield (
            entity.slug,
            year,
            row.version__plan__slug,
            *said_of_activity(row),
            address("activity", entity.slug, year, row.version__plan__slug, row.activity__key),
        )


def said_of_activity(row) -> Row:
    """From its number on, of a row of `ACTIVITY_SAID`."""
    return (
        row.activity__key,
        row.position,
        row.printed_number or str(row.position),
        row.component__position,
        row.description,
        text(row.detail),
        text(row.deliverable),
        row.weight,
        *(month in row.months for month in range(1, len(MONTH_NAMES) + 1)),
        text(row.schedule_text),
        row.starts,
        row.ends,
        row.budget,
        text(row.note),
        row.is_cancelled,
        text(row.cancel_reason),
    )


def task_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    rows = (
        Task.objects.filter(activity_version__version__in=published(entity, year))
        .order_by("activity_version__version__plan__slug", "activity_version__position", "position")
        .values_list(
            "activity_version__version__plan__slug", "activity_version__activity__key", "position", "text"
        )
    )
    for row in read(rows, "activity_version__version__plan__slug"):
        yield entity.slug, year, *row


def responsible_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    rows = (
        Responsibility.objects.filter(activity_version__version__in=published(entity, year))
        .order_by("activity_version__version__plan__slug", "activity_version__position", "position")
        .values_list(
            "activity_version__version__plan__slug",
            "activity_version__activity__key",
            "position",
            "office__slug",
            "office__name",
            "text",
            "role",
            "reports",
        )
    )
    for plan, activity, position, office, name, printed, role, reports in read(
        rows, "activity_version__version__plan__slug"
    ):
        duty = code(ResponsibilityRole, role)
        yield entity.slug, year, plan, activity, position, office, name or printed, text(printed), duty, reports


def contribution_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    """Objectives of published frameworks alone: a draft of one is nobody's business."""
    links = ActivityVersion.objects.filter(
        version__in=published(entity, year),
        objectives__axis__framework__is_published=True,
        objectives__axis__framework__entity=entity,
    )
    rows = links.order_by(
        "version__plan__slug",
        "position",
        "objectives__axis__framework__slug",
        "objectives__axis__key",
        "objectives__key",
    ).values_list(
        "version__plan__slug",
        "activity__key",
        "objectives__axis__framework__slug",
        "objectives__axis__key",
        "objectives__key",
        "objectives__name",
    )
    for plan, activity, framework, axis, objective, name in read(rows, "version__plan__slug"):
        yield entity.slug, year, plan, activity, framework, axis, "objetivo", f"{axis}.{objective}", name


TABLES = (
    Table(
        "actividades",
        "Actividades",
        "Lo que cada plan vigente promete hacer, con los meses en que está programado.",
        ACTIVITY_FIELDS,
        ACTIVITY_KEY,
        activity_rows,
        (TO_PLAN,),
    ),
    Table(
        "tareas",
        "Tareas",
        "Los pasos de cada actividad.",
        (
            *OF_ACTIVITY,
            Field("tarea", "integer", "Tarea", "Su orden dentro de la actividad.", "1", is_required=True),
            Field("texto", "string", "Texto", "Lo que dice.", is_required=True),
        ),
        (*ACTIVITY_KEY, "tarea"),
        task_rows,
        (TO_ACTIVITY,),
    ),
    Table(
        "responsables",
        "Responsables",
        "Las dependencias que responden por cada actividad o la apoyan.",
        (
            *OF_ACTIVITY,
            ORDER,
            Field(
                "dependencia",
                "string",
                "Dependencia",
                "Su identificador, si se reconoció en el texto.",
                "hacienda",
            ),
            Field("nombre", "string", "Nombre", "Nombre de la dependencia, o el texto impreso.", is_required=True),
            Field("texto_impreso", "string", "Texto impreso", "Como lo dice el plan."),
            Field(
                "papel",
                "string",
                "Papel",
                f"Qué le toca. {said(ResponsibilityRole)}.",
                "responde",
                choices(ResponsibilityRole),
                is_required=True,
            ),
            Field("reporta", "boolean", "Reporta", "Si es la que reporta el avance.", "true", is_required=True),
        ),
        (*ACTIVITY_KEY, "orden"),
        responsible_rows,
        (TO_ACTIVITY, to_office()),
    ),
    Table(
        "objetivos-de-actividades",
        "Objetivos de las actividades",
        "A qué objetivos estratégicos aporta cada actividad.",
        (
            *OF_ACTIVITY,
            Field("marco", "string", "Marco", "Identificador del marco estratégico.", is_required=True),
            Field("eje", "integer", "Eje", "Número permanente del eje en el marco.", "2", is_required=True),
            Field(
                "nivel",
                "string",
                "Nivel",
                "Siempre «objetivo»: con el marco y el número nombra una fila de la tabla «marco».",
                "objetivo",
                ("objetivo",),
                is_required=True,
            ),
            Field(
                "numero",
                "string",
                "Objetivo",
                "Números permanentes del eje y del objetivo.",
                "2.1",
                is_required=True,
            ),
            Field("objetivo", "string", "Nombre", "Lo que dice el objetivo.", is_required=True),
        ),
        (*ACTIVITY_KEY, "marco", "numero"),
        contribution_rows,
        (TO_ACTIVITY, to("marco", "marco", "nivel", "numero")),
    ),
)
