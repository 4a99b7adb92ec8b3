"""From what was read in a file to a draft of the portal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from actionplans.domain.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.plan import PlanExists, create_plan, rewrite_draft, same_plan
from actionplans.enums import Origin, VersionStatus
from actionplans.models import ActivityVersion, Component, ImportRun, Indicator, PlanVersion
from actionplans.months import MonthSet
from planning.folding import fold
from planning.models import Entity

from .offices import OfficeName
from .parsed import ParsedActivity, Problem, Reading
from .values import split_items

# Titles that every form bears and that tell no plan from another.
GENERIC_TITLES = {"", "formato plan de accion", "plan de accion", "plan de accion institucional"}


def office_names(entity: Entity) -> tuple[OfficeName, ...]:
    """The entity's offices in force, as the reader of workbooks compares names."""
    return tuple(
        OfficeName(
            slug=office.slug,
            name=office.name,
            abbreviation=office.abbreviation,
            aliases=tuple(office.alias_list),
        )
        for office in entity.offices.in_force()
    )


def title_for(reading: Reading, file_name: str, policy=None) -> str:
    """A title when the person gives none: the policy's, the printed one, or else the file's own name."""
    if policy:
        return f"Plan de acción de {policy.name}"
    if fold(reading.plan.title) not in GENERIC_TITLES:
        return reading.plan.title
    return f"Plan de acción ({Path(file_name).stem})"


def content_of(reading: Reading, entity: Entity, *, title: str) -> PlanContent:
    """The reading as a plan's content; only certain matches become offices, the text stays as printed."""
    offices = {office.slug: office for office in entity.offices.all()}
    plan, form = reading.plan, reading.form
    formulating = plan.formulating_office
    participants = [offices[p.office] for p in plan.participants if p.office]
    is_matrix = _is_matrix(reading.activities)
    return PlanContent(
        title=title,
        form_code=form.code or "",
        form_version=form.version or "",
        form_approval_date=form.approval_date,
        process=plan.process,
        subprocess=plan.subprocess,
        objective=plan.objective,
        scope=plan.scope,
        formulating_office=offices[formulating.office] if formulating and formulating.office else None,
        printed_formulating_office=formulating.text if formulating else "",
        printed_participants=tuple(participant.text for participant in plan.participants),
        participating_offices=tuple(dict.fromkeys(participants)),
        plan_date=plan.date,
        components=tuple(_components(reading.activities)),
        activities=tuple(_activity(a, offices, is_matrix) for a in reading.activities),
    )


def unstorable(content: PlanContent, reading: Reading) -> list[Problem]:
    """What the database could not hold: texts too long, numbers out of range, dates the wrong way round."""
    problems = [_problem(reading, None, message) for message in _refused_fields(_header_row(content))]
    for parsed, activity in zip(reading.activities, content.activities, strict=True):
        problems += [_problem(reading, parsed.cell, message) for message in _activity_flaws(activity)]
    for component in content.components:
        row = Component(name=component.name, weight=component.weight)
        problems += [_problem(reading, None, message) for message in _refused_fields(row)]
    return problems


def import_reading(
    reading: Reading,
    content: PlanContent,
    entity: Entity,
    *,
    by,
    file_name: str,
    file_digest: str,
    policy=None,
    replace_draft: bool = False,
) -> PlanVersion:
    """Write a reading without errors as a draft and keep what was read, in one transaction.

    A plan of the same entity, year and title raises PlanExists, unless its newest version is a draft and
    `replace_draft` is given: then that draft says what the file says.
    """
    with transaction.atomic():
        known = same_plan(entity, reading.year, content.title)
        draft = known.versions.filter(status=VersionStatus.DRAFT).first() if known else None
        if known and not (draft and replace_draft):
            raise PlanExists(known)
        if draft:
            version = rewrite_draft(draft, content, by=by, origin=Origin.WORKBOOK)
        else:
            version = create_plan(entity, reading.year, content, by=by, policy=policy, origin=Origin.WORKBOOK)
        ImportRun.objects.create(
            entity=entity,
            version=version,
            by=by,
            file_name=file_name,
            file_digest=file_digest,
            reading=reading.as_dict(),
        )
    return version


def _components(activities) -> list[ComponentContent]:
    """Components in order of appearance, with their indicators where the table is a matrix by component."""
    indicators: dict[str, dict[str, None]] = {}
    is_matrix = _is_matrix(activities)
    for activity in activities:
        if activity.component:
            known = indicators.setdefault(activity.component, {})
            if is_matrix:
                known |= dict.fromkeys(split_items(activity.indicator))
    return [
        ComponentContent(name=name, indicators=tuple(IndicatorContent(name=text) for text in texts))
        for name, texts in indicators.items()
    ]


def _is_matrix(activities) -> bool:
    """Where several activities stand in one cell, the indicators beside it are those of the component."""
    return any(activity.shares_row and activity.component for activity in activities)


def _activity(parsed: ParsedActivity, offices, is_matrix: bool) -> ActivityContent:
    on_component = is_matrix and parsed.component
    return ActivityContent(
        description=parsed.description,
        component=parsed.component,
        printed_number=parsed.printed_number or "",
        tasks=parsed.tasks,
        months=MonthSet(parsed.months),
        schedule_text=parsed.schedule_text or "",
        starts=parsed.start,
        ends=parsed.end,
        deliverable=parsed.deliverable,
        weight=_rounded(parsed.weight, 2),
        budget=_rounded(parsed.budget, 2),
        indicators=() if on_component else tuple(_indicators(parsed)),
        responsibles=tuple(
            ResponsibleContent(text=r.text, office=offices[r.office] if r.office else None)
            for r in parsed.responsibles
        ),
    )


def _indicators(parsed: ParsedActivity) -> Iterator[IndicatorContent]:
    measured = parsed.target is not None or parsed.baseline is not None or parsed.result
    if parsed.indicator or measured:
        yield IndicatorContent(
            name=parsed.indicator,
            printed_result=parsed.result or "",
            target=_rounded(parsed.target, 4),
            baseline=_rounded(parsed.baseline, 4),
            unit=parsed.unit or "",
        )


def _rounded(number: Decimal | None, places: int) -> Decimal | None:
    return None if number is None else number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _header_row(content: PlanContent) -> PlanVersion:
    return PlanVersion(
        title=content.title,
        form_code=content.form_code,
        form_version=content.form_version,
        number=1,
    )


def _activity_flaws(content: ActivityContent) -> Iterator[str]:
    row = ActivityVersion(
        position=1,
        description=content.description,
        printed_number=content.printed_number,
        weight=content.weight,
        budget=content.budget,
    )
    yield from _refused_fields(row)
    for indicator in content.indicators:
        yield from _refused_fields(
            Indicator(
                position=1,
                key=1,
                name=indicator.name,
                target=indicator.target,
                baseline=indicator.baseline,
                unit=indicator.unit,
            )
        )
    if content.starts and content.ends and content.ends < content.starts:
        yield "La actividad termina antes de empezar: revise las fechas."


def _refused_fields(row) -> list[str]:
    relations = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=relations | {"name", "position"})
    except ValidationError as refusal:
        return [
            f"{row._meta.get_field(name).verbose_name.capitalize()}: {' '.join(messages)}"
            for name, messages in refusal.message_dict.items()
        ]
    return []


def _problem(reading, cell, message) -> Problem:
    return Problem(severity="error", sheet=reading.sheet, cell=cell, message=message)
