"""What is found of a plan in force: the plan itself and each of its activities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import Q

from actionplans.enums import SearchKind
from actionplans.models import (
    ActionPlan,
    ActivityVersion,
    Indicator,
    PlanVersion,
    Responsibility,
    SearchEntry,
    Task,
)
from planning.words import with_year

from .entries import Row, entry, said, write

KINDS = (SearchKind.PLAN, SearchKind.ACTIVITY)
VERSIONS_AT_ONCE = 50
Texts = dict[int, list[str]]


def index_plan(plan: ActionPlan) -> int:
    """Write what is found of a plan, in place of what was; the rows written, none where no version is in force."""
    _forget([plan.pk])
    return index_versions(
        PlanVersion.objects.published().filter(plan=plan).values_list("pk", flat=True), fresh=True
    )


def index_versions(versions: Iterable[int], *, fresh: bool = False) -> int:
    """The same for many versions, by primary key; those not in force are passed over. Returns the rows written.

    A few queries for each batch, and no more than a batch in memory. `fresh`: their plans have no entries yet.
    """
    left, written = iter(versions), 0
    while batch := list(islice(left, VERSIONS_AT_ONCE)):
        written += _index(batch, fresh)
    return written


def index_plans_of_office(office) -> int:
    """Write again the plans that name an office."""
    answered = Responsibility.objects.filter(office=office).values("activity_version__version")
    named = Q(pk__in=answered) | Q(formulating_office=office) | Q(participating_offices=office)
    published = PlanVersion.objects.published().filter(entity=office.entity_id)
    return index_versions(list(published.filter(named).values_list("pk", flat=True).distinct()))


def _index(numbers: list[int], fresh: bool) -> int:
    versions = list(
        PlanVersion.objects.published()
        .filter(pk__in=numbers)
        .select_related("entity", "plan__policy", "plan__institutional_plan__kind", "formulating_office")
        .prefetch_related("sections", "objectives", "components__indicators", "participating_offices")
        .order_by("pk")
    )
    if not fresh:
        _forget([version.plan_id for version in versions])
    by_number = {version.pk: version for version in versions}
    return write([*map(_plan_row, versions), *_activity_rows(by_number)])


def _forget(plans: list[int]) -> None:
    SearchEntry.objects.filter(plan__in=plans, kind__in=KINDS).delete()


def _plan_row(version: PlanVersion) -> Row:
    plan = version.plan
    return entry(
        version.entity_id,
        SearchKind.PLAN,
        plan.topic,
        title=version.title,
        path=f"planes/{plan.topic}/",
        plan=plan.pk,
        year=plan.year,
        policy=_policy_of(plan),
        lines=[
            said(f"Vigencia {plan.year}", plan.get_kind_display()),
            said("Política", plan.policy.name if plan.policy else ""),
            said("Plan institucional", plan.institutional_plan.kind.name if plan.institutional_plan else ""),
            said("Objetivo", version.objective),
            said("Alcance", version.scope),
            said("Lo formula", version.formulating_name),
            said("Participan", *version.participant_names),
            said("Proceso", version.process, version.subprocess),
            said("Formato", version.form_code),
            *(said("Objetivo específico", row.name, row.description) for row in version.objectives.all()),
            *(_component_line(row) for row in version.components.all()),
            said("Nota", version.note),
            said("Motivo de la modificación", version.reason),
            said("Fuente", version.source if version.is_official_document else ""),
            *(line for row in version.sections.all() for line in (row.title, *row.body.splitlines())),
        ],
    )


def _component_line(component) -> str:
    return said("Componente", component.name, component.description, *map(str, component.indicators.all()))


def _policy_of(plan: ActionPlan) -> str:
    return plan.policy.key if plan.policy else ""


def _activity_rows(versions: dict[int, PlanVersion]) -> Iterator[Row]:
    """Read as values: a batch may have thousands, and an object for each would be most of the work."""
    tasks = _texts(Task, versions, "text")
    indicators = _texts(Indicator, versions, "name", "formula")
    responsibles = _texts(Responsibility, versions, "office__name", "text")
    rows = ActivityVersion.objects.filter(version__in=versions).order_by("version", "position")
    for (
        pk, version, key, position, printed, description, detail, deliverable, schedule, note, is_cancelled,
        reason, component
    ) in rows.values_list(
        "pk", "version", "activity__key", "position", "printed_number", "description", "detail", "deliverable",
        "schedule_text", "note", "is_cancelled", "cancel_reason", "component__name",
    ):  # fmt: skip
        shown = versions[version]
        plan = shown.plan
        address = f"planes/{plan.topic}/actividades/{key}/"
        yield entry(
            shown.entity_id,
            SearchKind.ACTIVITY,
            f"{plan.topic}/{key}",
            title=description,
            path=address,
            plan=plan.pk,
            year=plan.year,
            policy=_policy_of(plan),
            lines=[
                f"Actividad {printed or position} · {with_year(shown.title, plan.year)}",
                detail,
                said("Tareas", *tasks[pk]),
                said("Entregable", deliverable),
                said("Indicador", *indicators[pk]),
                said("Responde", *dict.fromkeys(responsibles[pk])),
                said("Componente", component or ""),
                said("Plazo", schedule),
                said("Nota", note),
                "Actividad cancelada" if is_cancelled else "",
                said("Por qué se canceló", reason),
            ],
        )


def _texts(model, versions, *names: str) -> Texts:
    """What the parts of activities say, by activity, in their order."""
    found: Texts = defaultdict(list)
    parts = model.objects.filter(activity_version__version__in=versions).order_by("activity_version", "position")
    for activity, *texts in parts.values_list("activity_version", *names):
        found[activity] += [text for text in texts if text]
    return found
