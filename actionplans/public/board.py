"""The MIPG board of an entity for a year, as values."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

from actionplans.enums import FigureScope
from actionplans.models import PlanVersion
from mipg.enums import LeadershipRole
from mipg.models import Dimension, InstitutionalPlan, InstitutionalPlanKind, Policy, PolicyLeadership
from planning.words import counted

from .figures.published import PublishedFigure


@dataclass(frozen=True, kw_only=True)
class SourceLeaders:
    """What one source says of a policy."""

    source: str
    leaderships: tuple[PolicyLeadership, ...]

    @property
    def leads(self) -> tuple[str, ...]:
        return _named(self.leaderships, LeadershipRole.LEADS)


@dataclass(frozen=True, kw_only=True)
class PolicyRow:
    policy: Policy
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    sources: tuple[SourceLeaders, ...]
    plan_count: int = 0
    shown: PublishedFigure | None = None

    @property
    def sources_disagree(self) -> bool:
        """Two sources name different leaders, or put the policy in different dimensions."""
        leaders = {frozenset(source.leads) for source in self.sources if source.leads}
        return len(leaders) > 1

    @property
    def other_dimensions(self) -> tuple[str, ...]:
        """Dimensions under which a source prints the policy, when none is the catalogue's."""
        official = self.policy.dimension.name.casefold()
        printed = {
            row.printed_dimension
            for source in self.sources
            for row in source.leaderships
            if row.printed_dimension and row.printed_dimension.casefold() != official
        }
        return tuple(sorted(printed))


@dataclass(frozen=True, kw_only=True)
class DimensionBlock:
    dimension: Dimension
    rows: tuple[PolicyRow, ...]
    shown: PublishedFigure | None = None


@dataclass(frozen=True, kw_only=True)
class InstitutionalRow:
    """One of the plans that a norm asks for, with what the entity says of it; None when it says nothing."""

    kind: InstitutionalPlanKind
    plan: InstitutionalPlan | None
    version: PlanVersion | None
    note: str = ""

    @property
    def is_published(self) -> bool:
        return self.version is not None or bool(self.plan and (self.plan.url or self.plan.published_on))


def day_of(year: int, today: datetime.date) -> datetime.date:
    """The day on which a year's leaderships are read: its last one if it is over, its first if it is to come."""
    if year < today.year:
        return datetime.date(year, 12, 31)
    return today if year == today.year else datetime.date(year, 1, 1)


def policy_row(
    policy: Policy,
    leaderships: Iterable[PolicyLeadership],
    plan_count: int = 0,
    shown: PublishedFigure | None = None,
) -> PolicyRow:
    leaderships = list(leaderships)
    by_source = defaultdict(list)
    for leadership in leaderships:
        by_source[leadership.source].append(leadership)
    leads = _named(leaderships, LeadershipRole.LEADS)
    return PolicyRow(
        policy=policy,
        leads=leads,
        supports=tuple(n for n in _named(leaderships, LeadershipRole.SUPPORTS) if n not in leads),
        sources=tuple(SourceLeaders(source=source, leaderships=tuple(rows)) for source, rows in by_source.items()),
        plan_count=plan_count,
        shown=shown,
    )


def dimension_blocks(
    policies: Iterable[Policy],
    leaderships: Iterable[PolicyLeadership],
    plan_counts: dict[str, int],
    figures: Mapping[tuple[str, str], PublishedFigure],
) -> list[DimensionBlock]:
    """The policies under their dimensions. Leaderships and figures go by keys, which no version changes."""
    by_key = defaultdict(list)
    for leadership in leaderships:
        by_key[leadership.policy.key].append(leadership)
    blocks = defaultdict(list)
    for policy in policies:
        shown = figures.get((FigureScope.POLICY, policy.key))
        row = policy_row(policy, by_key[policy.key], plan_counts.get(policy.key, 0), shown)
        blocks[policy.dimension].append(row)
    return [
        DimensionBlock(
            dimension=dimension, rows=tuple(rows), shown=figures.get((FigureScope.DIMENSION, dimension.key))
        )
        for dimension, rows in sorted(blocks.items(), key=lambda item: item[0].number)
    ]


def institutional_rows(kinds, plans, versions) -> list[InstitutionalRow]:
    """A row for each kind of plan; the note of each without what `shared_note` says once for all."""
    by_kind = {plan.kind_id: plan for plan in plans}
    by_plan = {version.plan.institutional_plan_id: version for version in versions}
    shared = shared_note(by_kind.values())
    return [
        InstitutionalRow(
            kind=kind,
            plan=(plan := by_kind.get(kind.pk)),
            version=by_plan.get(plan.pk) if plan else None,
            note=plan.note.removeprefix(shared).strip() if plan else "",
        )
        for kind in kinds
    ]


def shared_note(plans: Iterable[InstitutionalPlan]) -> str:
    """The sentences with which the notes of all the plans begin; empty for a single plan."""
    notes = [re.split(r"(?<=\.)\s", plan.note) for plan in plans]
    same = takewhile(lambda sentences: len(set(sentences)) == 1, zip(*notes, strict=False))
    return " ".join(sentences[0] for sentences in same) if len(notes) > 1 else ""


def board_sentence(blocks: list[DimensionBlock], year: int) -> str:
    rows = [row for block in blocks for row in block.rows]
    if not rows:
        return "El catálogo de dimensiones y políticas aún no está cargado."
    policies = counted(len(rows), "política", "políticas")
    model = f"{policies} en {counted(len(blocks), 'dimensión', 'dimensiones')}"
    without = sum(1 for row in rows if not row.leads and not row.supports)
    if not without:
        return f"En {year} el modelo tiene {model}, y todas tienen responsable."
    if without == len(rows):
        return f"En {year} el modelo tiene {model}; la entidad aún no ha dicho quién responde por ellas."
    lacking = counted(without, "política no tiene", "políticas no tienen")
    return f"En {year} el modelo tiene {model}; {lacking} responsable."


def institutional_sentence(rows: list[InstitutionalRow], year: int) -> str:
    if not rows:
        return ""
    named = sum(1 for row in rows if row.plan and row.plan.responsible)
    published = sum(1 for row in rows if row.is_published)
    asked = counted(len(rows), "plan institucional", "planes institucionales")
    if not named and not published:
        return f"La entidad aún no dice nada de los {asked} que pide la norma ({rows[0].kind.norm}) para {year}."
    return (
        f"De {asked} ({rows[0].kind.norm}), {named or 'ninguno'} "
        f"{'tienen' if named > 1 else 'tiene'} responsable y {published or 'ninguno'} "
        f"{'están publicados' if published > 1 else 'está publicado'} aquí para {year}."
    )


def _named(leaderships, role) -> tuple[str, ...]:
    """Who has `role`, once each, in the order in which they are printed."""
    return tuple(dict.fromkeys(row.responsible for row in leaderships if row.role == role))
