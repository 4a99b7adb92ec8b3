"""What a draft would say if it took a file's words, without losing what a file cannot say. Pure.

A field about which no row of the file says anything (its form has no column for it) stays as the draft has
it; where the file speaks of a field, its empty cells count as empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from actionplans.domain.contents.content import (
    ACTIVITY_FIELDS,
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    reporting,
)
from actionplans.enums import ResponsibilityRole
from planning.folding import fold

PLAIN_FIELDS = (*ACTIVITY_FIELDS, "component", "tasks", "objectives")
FIGURES = {
    "target": ("target", "printed_target"),
    "baseline": ("baseline", "printed_baseline"),
    **{
        name: (name,)
        for name in (
            "formula", "printed_result", "unit", "kind", "accumulation", "direction", "numerator", "denominator",
            "target_1", "target_2", "target_3", "target_4",
        )
    },
}  # fmt: skip
"""Fields of an indicator that are one matter: what is printed and its figure go together."""


class Speech:
    """Of what a file speaks at all."""

    def __init__(self, content: PlanContent):
        activities = content.activities
        self.fields = {name for name in PLAIN_FIELDS if any(getattr(a, name) for a in activities)}
        self.indicators = any(activity.indicators for activity in activities)
        self.responsibles = any(activity.responsibles for activity in activities)
        self.roles = any(
            person.role != ResponsibilityRole.LEADS for activity in activities for person in activity.responsibles
        )
        spoken = [indicator for owner in (*activities, *content.components) for indicator in owner.indicators]
        self.figures = {
            matter
            for matter, names in FIGURES.items()
            if any(getattr(indicator, name) not in (None, "") for indicator in spoken for name in names)
        }


def filled(current: ActivityContent, incoming: ActivityContent, speech: Speech) -> ActivityContent:
    """The current activity with what the file says of it; its identity and its cancellation stay."""
    said = {name: getattr(incoming, name) for name in PLAIN_FIELDS if name in speech.fields}
    if speech.responsibles:
        said["responsibles"] = _responsibles(current.responsibles, incoming.responsibles, speech)
    if speech.indicators:
        said["indicators"] = indicators(current.indicators, incoming.indicators, speech)
    return replace(current, **said)


def indicators(current, incoming, speech: Speech) -> tuple[IndicatorContent, ...]:
    """Those of the file, each with what the draft has of it beyond the file: by its name, else by its place."""
    left = list(current)
    partners = {}
    for place, indicator in enumerate(incoming):
        partner = next((known for known in left if fold(known.name) == fold(indicator.name)), None)
        if partner:
            left.remove(partner)
            partners[place] = partner
    for place in range(len(incoming)):
        if place not in partners and left:
            partners[place] = left.pop(0)
    return tuple(
        _indicator(partners[place], indicator, speech) if place in partners else indicator
        for place, indicator in enumerate(incoming)
    )


def _indicator(current: IndicatorContent, incoming: IndicatorContent, speech: Speech) -> IndicatorContent:
    spoken = [name for matter in speech.figures for name in FIGURES[matter]]
    return replace(current, name=incoming.name, **{name: getattr(incoming, name) for name in spoken})


def _responsibles(current, incoming, speech: Speech):
    """The file's names, with the office, role and report that the draft gave to the same printed text."""
    known = {fold(person.text): (person, reports) for person, reports in _with_reports(current)}
    said = []
    for person in incoming:
        mine, _ = known.get(fold(person.text), (None, False))
        office = person.office or (mine.office if mine else None)
        keeps_role = mine is not None and not speech.roles
        said.append(replace(person, office=office, role=mine.role if keeps_role else person.role))
    if any(person.reports is not None for person in said):
        return tuple(said)
    reporters = {fold(person.text) for person, reports in _with_reports(current) if reports}
    if not any(person.office and fold(person.text) in reporters for person in said):
        reports = reporting(said)
    else:
        reports = [bool(person.office) and fold(person.text) in reporters for person in said]
    return tuple(replace(person, reports=told) for person, told in zip(said, _one(reports), strict=True))


def _with_reports(responsibles):
    return zip(responsibles, reporting(responsibles), strict=True)


def _one(reports: Iterable[bool]) -> list[bool]:
    """At most one office reports: the first."""
    seen, one = False, []
    for told in reports:
        one.append(told and not seen)
        seen = seen or told
    return one


def components(current: PlanContent, incoming: PlanContent, speech: Speech) -> tuple[ComponentContent, ...]:
    """The file's components, each with what the draft has of it beyond the file, then the draft's others."""
    if not incoming.components:
        return current.components
    known = {component.name: component for component in current.components}
    said = [
        _component(known[component.name], component, speech) if component.name in known else component
        for component in incoming.components
    ]
    names = {component.name for component in said}
    return (*said, *(component for component in current.components if component.name not in names))


def _component(current: ComponentContent, incoming: ComponentContent, speech: Speech) -> ComponentContent:
    return replace(
        current,
        description=incoming.description or current.description,
        weight=current.weight if incoming.weight is None else incoming.weight,
        indicators=indicators(current.indicators, incoming.indicators, speech)
        if incoming.indicators
        else current.indicators,
    )
