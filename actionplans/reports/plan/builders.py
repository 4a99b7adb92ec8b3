"""From a version's rows to the values of its files, with what has been reported of it."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from actionplans.collector import paused_collector
from actionplans.enums import PUBLIC_STATUSES, PeriodScheme, VersionStatus
from actionplans.models import FormTemplate, PlanVersion, ReportingPeriod
from planning.models import User

from ..follow_up.texts import follow_up_of, provisional
from ..letterhead import letterhead
from .rows import activity_lines, component_lines
from .sheet import Letterhead, OwnForm, PlanSheet


@paused_collector()
def plan_sheet(
    version: PlanVersion, *, reader: User | None = None, cut: ReportingPeriod | None = None
) -> PlanSheet:
    """All that the files of a version say, in a number of queries that does not depend on its size.

    Of the follow-up, what closings made public, and what was sent since if `reader` may see it; with `cut`, as it
    stands at the end of that period, and provisional on its head while the period is open.
    """
    version = PlanVersion.objects.select_related(
        "plan__entity", "plan__policy", "plan__institutional_plan__kind", "formulating_office", "approval_act"
    ).get(pk=version.pk)
    plan = version.plan
    follow_up, standing = follow_up_of(version, reader, cut), _standing(version)
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
        standing=standing,
        period=PeriodScheme(plan.scheme).value,
        letterhead=_letterhead(version, standing, cut),
        process=version.process,
        subprocess=version.subprocess,
        objective=version.objective,
        scope=version.scope,
        formulating_office=version.printed_formulating_office or version.formulating_name,
        plan_date=version.plan_date,
        participants=_participants(version),
        note=version.note,
        source=version.source,
        objectives=tuple(version.objectives.values_list("name", "description")),
        sections=tuple(version.sections.values_list("title", "body")),
        follow_up=follow_up.remarks,
        totals=follow_up.totals,
        components=component_lines(version),
        activities=activity_lines(version, follow_up),
    )


def _letterhead(version: PlanVersion, standing: str, cut: ReportingPeriod | None) -> Letterhead:
    head = letterhead(version.plan.entity, version)
    of_cut = "" if cut is None or cut.is_closed else provisional(cut)
    return replace(head, notice="\n".join(filter(None, [standing, head.notice, of_cut])))


def _standing(version: PlanVersion) -> str:
    """What nobody may overlook: that the version is not approved, or does not rule any more."""
    if not version.is_public:
        return f"BORRADOR: no aprobado (versión {version.number})"
    if version.status != VersionStatus.SUPERSEDED:
        return ""
    later = PlanVersion.objects.filter(plan=version.plan_id, number__gt=version.number, status__in=PUBLIC_STATUSES)
    by = later.order_by("number").values_list("number", flat=True).first()
    return (
        f"Versión {version.number}, sustituida por la versión {by}"
        if by
        else f"Versión {version.number}, sustituida"
    )


def own_form(version: PlanVersion) -> OwnForm | None:
    """The workbook from which the version came, or else the newest one of the plan's earlier versions.

    A plan that began from that of another year goes out in the form of that one.
    """
    template = _template(
        import_runs__version__plan=version.plan_id, import_runs__version__number__lte=version.number
    )
    plan, seen = version.plan, set()
    while template is None and plan.began_from_id and plan.pk not in seen:
        seen.add(plan.pk)
        plan = plan.began_from
        template = _template(import_runs__version__plan=plan)
    return OwnForm(bytes(template.content), template.layout) if template else None


def _template(**condition) -> FormTemplate | None:
    found = FormTemplate.objects.filter(**condition)
    return found.order_by("-import_runs__version__number", "-import_runs__at").first()


def _participants(version) -> tuple[str, ...]:
    if version.printed_participants:
        return tuple(version.printed_participants)
    return tuple(version.participating_offices.values_list("name", flat=True))
