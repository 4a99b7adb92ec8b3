"""The differences between a draft and a file, and the plan that a person's choices make of both. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from actionplans.domain.comparing.comparison import Change
from actionplans.domain.comparing.field_words import HEADER_LABELS
from actionplans.domain.contents.content import HEADER_FIELDS, ActivityContent, PlanContent

SAME, NEW, CHANGED, MISSING = "same", "new", "changed", "missing"
TAKE, LEAVE, REMOVE, CANCEL = "take", "leave", "remove", "cancel"
COMPONENTS, ORDER = "components", "order"

# What is chosen together: an office and its printed words are one fact.
TOGETHER = {
    "formulating_office": ("formulating_office", "printed_formulating_office"),
    "participants": ("printed_participants", "participating_offices"),
}
PLAN_FACTS = {
    **{name: (name,) for name in HEADER_FIELDS if name not in TOGETHER["formulating_office"]},
    **TOGETHER,
    "sections": ("sections",),
    "objectives": ("objectives",),
    COMPONENTS: (COMPONENTS,),
}
FACT_LABELS = {
    **HEADER_LABELS,
    "participants": "Quienes participan",
    "sections": "Textos del plan",
    "objectives": "Objetivos específicos",
    COMPONENTS: "Componentes",
    ORDER: "Orden de las actividades",
}


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a person chose: by the token of a row or the name of a fact; what is not said goes by default."""

    rows: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Row:
    """An activity of the file, of the draft, or of both; `content` is what it would say."""

    token: str
    kind: str
    content: ActivityContent
    place: int | None = None
    changes: tuple[Change, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def default(self) -> str:
        return TAKE if self.kind in (NEW, CHANGED) else LEAVE


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact of the plan that the file says otherwise; its title stays unless somebody chooses the other."""

    name: str
    label: str
    changes: tuple[Change, ...]

    @property
    def default(self) -> str:
        return LEAVE if self.name == "title" else TAKE


@dataclass(frozen=True, kw_only=True)
class Merge:
    """`rows` in the order of the file, with what only the draft has after what stands before it there."""

    current: PlanContent
    proposed: PlanContent
    rows: tuple[Row, ...]
    facts: tuple[Fact, ...]

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    @cached_property
    def is_empty(self) -> bool:
        """The file says what the draft says."""
        return not self.facts and all(row.kind == SAME for row in self.rows)

    def chosen(self, row: Row, choices: Choices) -> str:
        choice = choices.rows.get(row.token)
        return choice if choice in row.options else row.default

    def chosen_fact(self, fact: Fact, choices: Choices) -> str:
        choice = choices.facts.get(fact.name)
        return choice if choice in (TAKE, LEAVE) else fact.default

    def obstacles(self, choices: Choices) -> list[str]:
        """What the choices still lack."""
        return [
            f"Escriba por qué se cancela la actividad {row.content.key}."
            for row in self.rows
            if self.chosen(row, choices) == CANCEL and not choices.reasons.get(row.token, "").strip()
        ]

    def counts(self, choices: Choices) -> dict[str, int]:
        """How many activities the choices add, change and take away, and how many facts of the plan change."""
        chosen = [(row.kind, self.chosen(row, choices)) for row in self.rows]
        return {
            "added": chosen.count((NEW, TAKE)),
            "changed": chosen.count((CHANGED, TAKE)),
            "removed": sum(choice == REMOVE for _, choice in chosen),
            "cancelled": sum(choice == CANCEL for _, choice in chosen),
            "facts": sum(self.chosen_fact(fact, choices) == TAKE for fact in self.facts),
        }

    def result(self, choices: Choices) -> PlanContent:
        """The plan that the choices make; what they leave says what the draft says."""
        taken = {fact.name for fact in self.facts if self.chosen_fact(fact, choices) == TAKE}
        said = {name: getattr(self.proposed, name) for fact in taken - {ORDER} for name in PLAN_FACTS[fact]}
        kept = [(row, self._outcome(row, choices)) for row in self.rows]
        activities = [content for _, content in kept if content is not None]
        if ORDER not in taken:
            activities = self._in_old_order(activities)
        plan = replace(self.current, **said, activities=tuple(activities))
        return replace(plan, components=tuple(self._needed(plan)))

    def _outcome(self, row: Row, choices: Choices) -> ActivityContent | None:
        choice = self.chosen(row, choices)
        if row.kind == NEW:
            return row.content if choice == TAKE else None
        if choice == REMOVE:
            return None
        if choice == CANCEL:
            reason = choices.reasons.get(row.token, "").strip()
            return replace(row.content, is_cancelled=True, cancel_reason=reason)
        return row.content if choice == TAKE else self._by_key[row.content.key]

    @cached_property
    def _by_key(self) -> dict[int, ActivityContent]:
        return {activity.key: activity for activity in self.current.activities}

    def _in_old_order(self, activities) -> list[ActivityContent]:
        """As the draft has them; new ones stay behind what stands before them in the file."""
        by_id = {id(activity): activity for activity in activities}
        place = {activity.key: n for n, activity in enumerate(self.current.activities)}
        old = sorted((a for a in activities if a.key is not None), key=lambda a: place[a.key])
        return [by_id[i] for i in woven([id(a) for a in old], [id(a) for a in activities])]

    def _needed(self, plan: PlanContent) -> list:
        """The plan's components, with any that an activity names and they lack; new ones that none names go."""
        named = {activity.component for activity in plan.activities if activity.component}
        own = {component.name for component in self.current.components}
        in_file = {activity.component for activity in self.proposed.activities}
        needed = [c for c in plan.components if c.name in own or c.name in named or c.name not in in_file]
        names = {component.name for component in needed}
        return needed + [c for c in self.proposed.components if c.name in named - names]


def woven(first: Iterable, second: Iterable) -> list:
    """`first` in its order, and what only `second` has behind what stands before it there."""
    first = list(first)
    known, followers, previous = set(first), {}, None
    for item in second:
        if item in known:
            previous = item
        else:
            followers.setdefault(previous, []).append(item)
    return [*followers.get(None, ()), *(x for item in first for x in (item, *followers.get(item, ())))]
