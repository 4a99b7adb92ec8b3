"""What a dashboard is about: the whole entity, or one of its plans, policies or offices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.figure import Figure
from actionplans.domain.following.figures.standing import Standing
from actionplans.enums import FigureScope

CHOSEN = (FigureScope.PLAN, FigureScope.POLICY, FigureScope.OFFICE)
GROUP_NAMES = {FigureScope.PLAN: "Planes", FigureScope.POLICY: "Políticas", FigureScope.OFFICE: "Dependencias"}


@dataclass(frozen=True)
class Subject:
    """`code` is how an address says it: «plan:participacion-ciudadana», empty for the entity."""

    scope: str
    key: str
    label: str
    plan_id: int | None = None

    @property
    def code(self) -> str:
        return "" if self.scope == FigureScope.ENTITY else f"{self.scope}:{self.key}"

    @property
    def is_entity(self) -> bool:
        return self.scope == FigureScope.ENTITY

    def holds(self, item: ActivityStanding) -> bool:
        """Whether an activity is part of it."""
        plan = item.promise.version.plan
        if self.scope == FigureScope.PLAN:
            return plan.pk == self.plan_id
        if self.scope == FigureScope.POLICY:
            return plan.policy_id is not None and plan.policy.key == self.key
        if self.scope == FigureScope.OFFICE:
            return (office := item.promise.reporting_office) is not None and office.slug == self.key
        if self.scope == FigureScope.DIMENSION:
            return plan.policy_id is not None and plan.policy.dimension.key == self.key
        if self.scope == FigureScope.AXIS:
            return self.key in {row.axis.code for row in item.promise.objectives.all()}
        return True


def subject_of(figure: Figure) -> Subject:
    return Subject(str(figure.scope), figure.key, figure.label, figure.plan_id)


def chosen_subject(now: Standing, code: str) -> Subject:
    """The subject that `code` names; the entity where there is no such thing at this cut."""
    entity = Subject(str(FigureScope.ENTITY), now.period.entity.slug, now.period.entity.name)
    wanted = (subject_of(figure) for figure in now.figures if figure.scope in CHOSEN)
    return next((subject for subject in wanted if subject.code == code), entity)


def choices(figures: Iterable[Figure]) -> list:
    """The subjects of a cut as grouped options of a list."""
    figures = list(figures)
    groups = [
        (name, [(subject_of(figure).code, figure.label) for figure in figures if figure.scope == scope])
        for scope, name in GROUP_NAMES.items()
    ]
    return [("", "Toda la entidad"), *(group for group in groups if group[1])]
