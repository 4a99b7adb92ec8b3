"""From what was read in a file to a draft of the portal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from django.db import transaction

from actionplans.collector import paused_collector
from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.plan import PlanExists, create_plan, rewrite_draft, same_plan
from actionplans.enums import (
    Accumulation,
    Direction,
    IndicatorKind,
    Origin,
    ResponsibilityRole,
    VersionStatus,
)
from actionplans.imports.objectives import NamedObjectives
from actionplans.imports.reading.data_merge import GENERIC_TITLES
from actionplans.imports.reading.offices import OfficeName
from actionplans.imports.reading.parsed import ParsedActivity, ParsedIndicator, Reading
from actionplans.imports.reading.values import split_items
from actionplans.models import FormTemplate, ImportRun, PlanVersion
from actionplans.models.indicator import PERIOD_TARGETS
from actionplans.months import MonthSet
from planning.folding import fold
from planning.models import Entity


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


@paused_collector()
def content_of(reading: Reading, entity: Entity, *, title: str) -> PlanContent:
    """The reading as a plan's content; only certain matches become offices, the text stays as printed."""
    offices = {office.slug: office for office in entity.offices.all()}
    plan, form = reading.plan, reading.form
    formulating = plan.formulating_office
    participants = [offices[p.office] for p in plan.participants if p.office]
    is_matrix = _is_matrix(reading.activities)
    named = NamedObjectives(entity, reading.activities)
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
        note=plan.note,
        source=plan.source,
        objectives=plan.objectives,
        sections=plan.sections,
        components=tuple(_components(reading)),
        activities=tuple(_activity(a, offices, is_matrix, named) for a in reading.activities),
    )


@paused_collector()
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
    workbook: bytes | None = None,
) -> PlanVersion:
    """Write a reading without errors as a draft and keep what was read, in one transaction.

    An .xlsx given as `workbook` is kept too: it becomes the form in which the plan goes out again.

    A plan of the same entity, year and title raises PlanExists, unless its newest version is a draft and
    `replace_draft` is given: then that draft says what the file says, and is of `policy` if that is given.
    """
    with transaction.atomic():
        known = same_plan(entity, reading.year, content.title)
        draft = known.versions.filter(status=VersionStatus.DRAFT).first() if known else None
        if known and not (draft and replace_draft):
            raise PlanExists(known)
        if draft:
            version = rewrite_draft(draft, content, by=by, origin=Origin.WORKBOOK, policy=policy)
        else:
            version = create_plan(entity, reading.year, content, by=by, policy=policy, origin=Origin.WORKBOOK)
        run = ImportRun(
            entity=entity,
            version=version,
            by=by,
            file_name=file_name[:250],
            file_digest=file_digest,
            reading=reading.as_dict(),
        )
        run.form_template = kept_form(run, workbook, reading.layout)
        run.save()
    return version


def kept_form(run: ImportRun, workbook: bytes | None, layout: dict | None) -> FormTemplate | None:
    """The workbook as the entity's form, stored once however often it is read; none of one with macros."""
    if not workbook or not layout or not run.file_name.lower().endswith(".xlsx"):
        return None
    template, _ = FormTemplate.objects.get_or_create(
        entity=run.entity,
        digest=run.file_digest,
        sheet=layout["sheet"],
        defaults={"name": run.file_name, "content": workbook, "layout": layout},
    )
    return template


def _components(reading: Reading) -> list[ComponentContent]:
    """Components in order of appearance, with their indicators where the table is a matrix by component.

    What the sheet of data says of one of them is added to it.
    """
    activities = reading.activities
    described = {component.name: component for component in reading.plan.components}
    indicators: dict[str, dict[str, None]] = {name: {} for name in described}
    is_matrix = _is_matrix(activities)
    for activity in activities:
        if activity.component:
            known = indicators.setdefault(activity.component, {})
            if is_matrix:
                known |= dict.fromkeys(split_items(activity.indicator))
    return [
        ComponentContent(
            name=name,
            description=described[name].description,
            weight=_rounded(described[name].weight, 2),
            indicators=tuple(map(_listed_indicator, described[name].indicators)),
        )
        if name in described
        else ComponentContent(name=name, indicators=tuple(IndicatorContent(name=text) for text in texts))
        for name, texts in indicators.items()
    ]


def _is_matrix(activities) -> bool:
    """Where several activities stand in one cell, the indicators beside it are those of the component."""
    return any(activity.shares_row and activity.component for activity in activities)


def _activity(parsed: ParsedActivity, offices, is_matrix: bool, named: NamedObjectives) -> ActivityContent:
    on_component = is_matrix and parsed.component
    return ActivityContent(
        description=parsed.description,
        detail=parsed.detail,
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
        note=parsed.note,
        indicators=() if on_component else tuple(_indicators(parsed)),
        responsibles=tuple(_responsibles(parsed, offices)),
        objectives=named.find(parsed.objectives),
        key=parsed.key,
        is_cancelled=parsed.is_cancelled,
        cancel_reason=parsed.cancel_reason,
    )


def _responsibles(parsed: ParsedActivity, offices) -> Iterator[ResponsibleContent]:
    """Only an office reports: where the one that the file names is not recognised, another is proposed."""
    unknown = any(person.reports and not person.office for person in parsed.responsibles)
    for person in parsed.responsibles:
        yield ResponsibleContent(
            text=person.text,
            office=offices[person.office] if person.office else None,
            role=ResponsibilityRole.SUPPORTS if person.supports else ResponsibilityRole.LEADS,
            reports=None if unknown else person.reports,
        )


def _indicators(parsed: ParsedActivity) -> Iterator[IndicatorContent]:
    if parsed.indicators:
        yield from map(_listed_indicator, parsed.indicators)
        return
    measured = parsed.target_text or parsed.baseline_text or parsed.result
    if parsed.indicator or measured:
        yield IndicatorContent(
            name=parsed.indicator,
            formula=parsed.formula,
            printed_target=parsed.words_of("target"),
            printed_baseline=parsed.words_of("baseline"),
            printed_result=parsed.result or "",
            target=_rounded(parsed.target, 4),
            baseline=_rounded(parsed.baseline, 4),
            unit=parsed.unit or "",
        )


def _listed_indicator(parsed: ParsedIndicator) -> IndicatorContent:
    return IndicatorContent(
        name=parsed.name,
        formula=parsed.formula,
        printed_target=parsed.printed_target,
        printed_baseline=parsed.printed_baseline,
        printed_result=parsed.result,
        target=_rounded(parsed.target, 4),
        baseline=_rounded(parsed.baseline, 4),
        unit=parsed.unit,
        kind=_choice(IndicatorKind, parsed.kind),
        accumulation=_choice(Accumulation, parsed.accumulation),
        direction=_choice(Direction, parsed.direction),
        numerator=parsed.numerator,
        denominator=parsed.denominator,
        **{name: _rounded(getattr(parsed, name), 4) for name in PERIOD_TARGETS},
    )


def _choice(choices, label: str) -> str:
    """The value that bears the label; empty for a label that the list does not have."""
    return next((value for value, name in choices.choices if fold(name) == fold(label)), "")


def _rounded(number: Decimal | None, places: int) -> Decimal | None:
    return None if number is None else number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
