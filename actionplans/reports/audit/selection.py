"""Which events of an audit trail somebody asked for: those about a plan, of a person, between two days."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from actionplans.models import (
    ActionPlan,
    Activity,
    ActivityVersion,
    Contribution,
    Evidence,
    ImportRun,
    PlanVersion,
    Report,
    ReportDraft,
    ReportingPeriod,
    ReportRevision,
    Validation,
    Verification,
)
from planning.models import AuditEvent, Entity, User

_TO_PLAN = (
    (ActionPlan, "pk"),
    (PlanVersion, "plan"),
    (ImportRun, "version__plan"),
    (Activity, "plan"),
    (ActivityVersion, "version__plan"),
    (Report, "activity__plan"),
    (ReportDraft, "report__activity__plan"),
    (ReportRevision, "report__activity__plan"),
    (Contribution, "report__activity__plan"),
    (Validation, "revision__report__activity__plan"),
    (Verification, "activity__plan"),
)
"""The tables whose rows are about one plan, and the way from a row to it."""


@dataclass(frozen=True, kw_only=True)
class AuditChoice:
    """Events of `entity` as `reader` may read them; both days count. `person` is an account's number."""

    entity: Entity
    reader: User
    plan: ActionPlan | None = None
    person: int | None = None
    event: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    def events(self) -> QuerySet[AuditEvent]:
        """In the order in which they happened."""
        found = AuditEvent.objects.visible_to(self.reader).filter(chain__entity=self.entity)
        if self.plan:
            found = found.filter(about_plan(self.plan))
        if self.person is not None:
            found = found.filter(actor_id=self.person or None)
        if self.event:
            found = found.filter(event=self.event)
        if self.since:
            found = found.filter(at__gte=_begin(self.since))
        if self.until:
            found = found.filter(at__lt=_begin(self.until + datetime.timedelta(days=1)))
        return found.order_by("sequence")

    @property
    def is_whole(self) -> bool:
        return self.person is None and not (self.plan or self.event or self.since or self.until)


def about_plan(plan: ActionPlan) -> Q:
    """Events about the plan, what hangs from it, its evidence and the periods in which it is followed."""
    rows = [model.objects.filter(**{way: plan.pk}) for model, way in _TO_PLAN]
    rows += [ReportingPeriod.objects.of_plan(plan), _evidence_of(plan)]
    condition = Q()
    for found in rows:
        keys = found.order_by().annotate(_key=Cast("pk", CharField())).values("_key")
        condition |= Q(object_type=found.model._meta.label_lower, object_id__in=keys)
    return condition


def _evidence_of(plan) -> QuerySet[Evidence]:
    attached = Evidence.revisions.through.objects.filter(reportrevision__report__activity__plan=plan)
    added = Evidence.contributions.through.objects.filter(contribution__report__activity__plan=plan)
    return Evidence.objects.filter(Q(pk__in=attached.values("evidence")) | Q(pk__in=added.values("evidence")))


def _begin(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
