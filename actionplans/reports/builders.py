"""From a version's rows to the values of its files. The only module of reports that asks the database."""

from __future__ import annotations

from django.utils import timezone

from actionplans.enums import ResponsibilityRole
from actionplans.models import FormTemplate, PlanVersion
from planning.enums import EntityKind

from .sheet import (
    ActivityLine,
    ComponentLine,
    IndicatorLine,
    Letterhead,
    OwnForm,
    PlanSheet,
    ResponsibleLine,
)

TERRITORY = {
    EntityKind.MUNICIPALITY: "MUNICIPIO DE",
    EntityKind.DISTRICT: "DISTRITO DE",
    EntityKind.GOVERNORATE: "DEPARTAMENTO DE",
}


def plan_sheet(version: PlanVersion) -> PlanSheet:
    """All that the files of a version say, in a number of queries that does not depend on its size."""
    version = (
        PlanVersion.objects.select_related(
            "plan__entity", "plan__policy", "plan__institutional_plan__kind", "formulating_office", "approval_act"
        )
        .with_activities()
        .get(pk=version.pk)
    )
    plan = version.plan
    return PlanSheet(
        entity=plan.entity.name,
        entity_slug=plan.entity.slug,
        year=plan.year,
        slug=plan.slug,
        title=version.title,
        kind=plan.get_kind_display(),
        policy=plan.policy.name if plan.policy else "",
        version=version.number,
        status=version.get_status_display(),
        origin=version.get_origin_display(),
        digest=version.digest,
        act=version.act,
        act_date=version.act_date,
        published_on=timezone.localdate(version.published_at) if version.published_at else None,
        reason=version.reason,
        effective_from=version.effective_from,
        letterhead=_letterhead(plan.entity, version),
        process=version.process,
        subprocess=version.subprocess,
        objective=version.objective,
        scope=version.scope,
        formulating_office=version.printed_formulating_office or version.formulating_name,
        plan_date=version.plan_date,
        participants=_participants(version),
        note=version.note,
        source=version.source,
        objectives=tuple((objective.name, objective.description) for objective in version.objectives.all()),
        sections=tuple((section.title, section.body) for section in version.sections.all()),
        components=tuple(_component(component) for component in version.components.all()),
        activities=tuple(_activity(activity) for activity in version.activities.all()),
    )


def own_form(version: PlanVersion) -> OwnForm | None:
    """The workbook from which the version came, or else the newest one of the plan's earlier versions."""
    template = (
        FormTemplate.objects.filter(
            import_runs__version__plan=version.plan_id, import_runs__version__number__lte=version.number
        )
        .order_by("-import_runs__version__number", "-import_runs__at")
        .first()
    )
    return OwnForm(bytes(template.content), template.layout) if template else None


def _letterhead(entity, version) -> Letterhead:
    own = bool(version.form_code or version.form_version or version.form_approval_date)
    identity = version if own else entity
    return Letterhead(
        crest=_crest(entity.label.upper()),
        lines=_lines(entity.letterhead) or _own_letterhead(entity),
        code=identity.form_code,
        version=identity.form_version,
        approval_date=identity.form_approval_date,
        footer=_lines(entity.form_footer) or _own_footer(entity),
        signatures=tuple(
            (label, name)
            for label, name in (
                ("Elaboró", entity.prepared_by),
                ("Revisó", entity.reviewed_by),
                ("Aprobó", entity.approved_by),
            )
            if name
        ),
    )


def _crest(name: str) -> tuple[str, ...]:
    """A name in two lines, the first one before its first «DE»: «ALCALDÍA», «DE CARTAGO»."""
    first, of, rest = name.partition(" DE ")
    return (first, f"DE {rest}") if of else (name,)


def _own_letterhead(entity) -> tuple[str, ...]:
    territory = TERRITORY.get(entity.kind)
    place = entity.department if entity.kind == EntityKind.GOVERNORATE else entity.municipality
    name = f"{territory} {place.upper()}" if territory and place else entity.name.upper()
    return tuple(filter(None, [name, entity.department.upper(), f"Nit: {entity.nit}" if entity.nit else ""]))


def _own_footer(entity) -> tuple[str, ...]:
    website = entity.website.partition("://")[2].strip("/")
    postal_code = f"Código Postal: {entity.postal_code}" if entity.postal_code else ""
    return tuple(filter(None, [website, *entity.address.split(", ", 1), postal_code]))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _participants(version) -> tuple[str, ...]:
    return tuple(version.printed_participants) or tuple(o.name for o in version.participating_offices.all())


def _component(component) -> ComponentLine:
    return ComponentLine(
        name=component.name,
        description=component.description,
        weight=component.weight,
        indicators=tuple(_indicator(indicator) for indicator in component.indicators.all()),
    )


def _activity(activity) -> ActivityLine:
    return ActivityLine(
        key=activity.activity.key,
        number=activity.printed_number or str(activity.position),
        printed_number=activity.printed_number,
        description=activity.description,
        detail=activity.detail,
        component=activity.component.name if activity.component_id else None,
        tasks=tuple(task.text for task in activity.tasks.all()),
        months=tuple(activity.months),
        schedule_text=activity.schedule_text,
        starts=activity.starts,
        ends=activity.ends,
        deliverable=activity.deliverable,
        indicators=tuple(_indicator(indicator) for indicator in activity.indicators.all()),
        responsibles=tuple(_responsible(item) for item in activity.responsibilities.all()),
        weight=activity.weight,
        budget=activity.budget,
        objectives=tuple(o.name for o in activity.objectives.all() if o.axis.framework.is_published),
        note=activity.note,
        is_cancelled=activity.is_cancelled,
        cancel_reason=activity.cancel_reason,
    )


def _indicator(indicator) -> IndicatorLine:
    return IndicatorLine(
        name=indicator.name,
        result=indicator.printed_result,
        formula=indicator.formula,
        printed_target=indicator.printed_target,
        printed_baseline=indicator.printed_baseline,
        target=indicator.target,
        baseline=indicator.baseline,
        unit=indicator.unit,
        kind=indicator.get_kind_display() if indicator.kind else "",
        accumulation=indicator.get_accumulation_display() if indicator.accumulation else "",
        direction=indicator.get_direction_display() if indicator.direction else "",
        numerator=indicator.numerator,
        denominator=indicator.denominator,
    )


def _responsible(item) -> ResponsibleLine:
    return ResponsibleLine(
        text=item.text or item.name,
        role=ResponsibilityRole(item.role).label,
        office=item.office.name if item.office_id else "",
        office_slug=item.office.slug if item.office_id else "",
        reports=item.reports,
    )
