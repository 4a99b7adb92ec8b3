"""Which plans of an entity go into a consolidated file, and what its summary says of each one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from actionplans.enums import OPEN_STATUSES, VersionStatus
from actionplans.models import ActivityVersion, PlanVersion, Responsibility
from mipg.models import Policy
from planning.models import Entity, Office, User


class NoPlans(Exception):
    """The selection holds no plan that the person may read; the message says so in Spanish."""

    def __init__(self):
        super().__init__("No hay ningún plan que responda a lo elegido.")


@dataclass(frozen=True, kw_only=True)
class PlanSummary:
    """One plan in the summary: `months` is how many activities are scheduled in each one, `weight` the sum of
    theirs, each of the `weighed_parts` (components) adding its own 100.

    Cancelled activities count in `cancelled` only.
    """

    version: PlanVersion
    title: str
    year: int
    policy: str
    state: str
    is_public: bool
    activities: int
    cancelled: int
    weight: Decimal | None
    weighed_parts: int
    months: tuple[int, ...]

    @property
    def busy_months(self) -> tuple[int, ...]:
        return tuple(month for month, many in enumerate(self.months, start=1) if many)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The plans of a year, all or those of an office or a policy, as `reader` may read them.

    Each plan goes in the version in force; `with_drafts`, in the draft or the version in review where it has one.
    """

    entity: Entity
    year: int
    reader: User
    office: Office | None = None
    policy: Policy | None = None
    with_drafts: bool = False

    def versions(self) -> list[PlanVersion]:
        """One version of each plan, those of policies first in the order of their numbers."""
        statuses = [VersionStatus.APPROVED, *(OPEN_STATUSES if self.with_drafts else ())]
        found = (
            PlanVersion.objects.visible_to(self.reader)
            .filter(entity=self.entity, plan__year=self.year, status__in=statuses)
            .select_related("plan__policy")
            .order_by("number")
        )
        if self.policy:
            found = found.filter(plan__policy=self.policy)
        newest = {version.plan_id: version for version in found}
        chosen = newest.values() if self.office is None else self._of_office(newest.values())
        return sorted(chosen, key=_place)

    def _of_office(self, versions) -> list[PlanVersion]:
        """Those in which the office answers for an activity, or which it formulates or helps to formulate."""
        answered = Responsibility.objects.filter(office=self.office).values("activity_version__version")
        takes_part = Q(pk__in=answered) | Q(formulating_office=self.office) | Q(participating_offices=self.office)
        ids = [version.pk for version in versions]
        of_office = set(PlanVersion.objects.filter(takes_part, pk__in=ids).values_list("pk", flat=True))
        return [version for version in versions if version.pk in of_office]

    def summaries(self) -> list[PlanSummary]:
        """In a number of queries that does not depend on how many plans there are."""
        versions = self.versions()
        rows = defaultdict(list)
        activities = ActivityVersion.objects.filter(version__in=versions)
        for version, *said in activities.values_list(
            "version_id", "weight", "months", "is_cancelled", "component_id"
        ):
            rows[version].append(said)
        return [_summary(version, rows[version.pk]) for version in versions]

    @property
    def title(self) -> str:
        about = self.office or self.policy
        return f"Planes de acción {self.year}" + (f" · {about.name}" if about else "")

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the reader of the file must know of how its plans were chosen."""
        chosen = "Todos los planes de la entidad."
        if self.office:
            chosen = (
                f"Planes en los que {self.office.name} responde por alguna actividad, los formula o ayuda a "
                "formularlos. Cada plan va completo, con las actividades de las demás dependencias."
            )
        if self.policy:
            only = f"los de la política {self.policy.name}."
            chosen = f"{chosen} Solo {only}" if self.office else f"Solo {only}"
        state = (
            "Versiones en preparación donde las hay: no son públicas hasta que se aprueben."
            if self.with_drafts
            else "Versiones aprobadas y vigentes."
        )
        return tuple(filter(None, [self.entity.example_notice, chosen, state]))


def _place(version: PlanVersion) -> tuple:
    policy = version.plan.policy
    return (policy is None, policy.number if policy else 0, version.title, version.pk)


def _summary(version: PlanVersion, rows: list) -> PlanSummary:
    counting = [(weight, months, part) for weight, months, is_cancelled, part in rows if not is_cancelled]
    weights = [weight for weight, _, _ in counting if weight is not None]
    return PlanSummary(
        version=version,
        title=version.title,
        year=version.plan.year,
        policy=version.plan.policy.name if version.plan.policy else "",
        state=version.get_status_display(),
        is_public=version.is_public,
        activities=len(counting),
        cancelled=len(rows) - len(counting),
        weight=sum(weights, Decimal()) if weights else None,
        weighed_parts=len({part for weight, _, part in counting if weight is not None}),
        months=tuple(sum(month in months for _, months, _ in counting) for month in range(1, 13)),
    )
