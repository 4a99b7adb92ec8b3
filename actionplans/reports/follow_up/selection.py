"""What of an entity's follow-up goes into a file: a period or the year, and which activities of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.promises import promises
from actionplans.models import ActionPlan, PlanVersion, ReportingPeriod, Responsibility
from mipg.models import Policy
from planning.models import Entity, Office, User


class NothingToFollow(Exception):
    """Nothing answers to the selection; the message says so in Spanish."""

    words = "Ninguna actividad con seguimiento responde a lo elegido."

    def __init__(self):
        super().__init__(self.words)


class NoEvidence(NothingToFollow):
    words = "No hay evidencias: ningún reporte de lo elegido trae una."


@dataclass(frozen=True, kw_only=True)
class FollowUpSelection:
    """Without `period`, all those of the year that have begun to be reported. `office` is the one that reports."""

    entity: Entity
    reader: User
    year: int
    period: ReportingPeriod | None = None
    plan: ActionPlan | None = None
    policy: Policy | None = None
    office: Office | None = None

    def periods(self, on: datetime.date | None = None) -> list[ReportingPeriod]:
        """In the order of their cuts."""
        if self.period:
            return [self.period]
        begun = ReportingPeriod.objects.begun(on or timezone.localdate())
        found = begun.filter(entity=self.entity, year=self.year).select_related("entity")
        if self.plan:
            found = found.filter(scheme=self.plan.scheme)
        return list(found.order_by("scheme", "ordinal"))

    def holds(self, item: ActivityStanding) -> bool:
        plan = item.promise.version.plan
        return (
            (self.plan is None or plan.pk == self.plan.pk)
            and (self.policy is None or plan.policy_id == self.policy.pk)
            and (self.office is None or item.office_id == self.office.pk)
        )

    def promised(self, period: ReportingPeriod):
        """The promises of the period that are held, as rows."""
        found = promises(period)
        if self.plan:
            found = found.filter(version__plan=self.plan)
        if self.policy:
            found = found.filter(version__plan__policy=self.policy)
        if self.office:
            reporting = Responsibility.objects.filter(office=self.office, reports=True)
            found = found.filter(pk__in=reporting.values("activity_version"))
        return found

    def size(self) -> int:
        """How many rows the file will have: activities, once for each period."""
        return sum(self.promised(period).order_by().count() for period in self.periods())

    @property
    def narrowings(self) -> int:
        """How many things were chosen besides the time."""
        return sum(bool(chosen) for chosen in (self.plan, self.policy, self.office))

    @property
    def when(self) -> str:
        return str(self.period) if self.period else f"Año {self.year}"

    @property
    def title(self) -> str:
        about = [self.plan_title, self.policy and self.policy.name, self.office and self.office.name]
        return " · ".join(["Seguimiento", self.when, *filter(None, about)])

    @property
    def plan_title(self) -> str:
        if self.plan is None:
            return ""
        newest = PlanVersion.objects.published().filter(plan=self.plan).values_list("title", flat=True).first()
        return newest or self.plan.slug

    def file_name(self, what: str, suffix: str) -> str:
        """«cartago-seguimiento-2024-trimestre-i-hacienda-2024-04-20.xlsx»."""
        about = [self.plan and self.plan.slug[:50], self.policy and slugify(self.policy.name)[:40]]
        when = f"{self.year}-{slugify(self.period.name)}" if self.period else str(self.year)
        parts = [self.entity.slug, what, when, *about, self.office and self.office.slug[:40]]
        day = timezone.localdate().isoformat()
        return "-".join(filter(None, [*parts, day])) + f".{suffix}"
