"""The lists of the page: policies, dimensions, axes and offices, each with its figure and its counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from actionplans.enums import FigureScope
from actionplans.models import ReportingPeriod

from ..figures.published import PublishedFigure
from .cuts import GroupFigure, SchemeCuts
from .tallies import Tallies, Tally

TITLES = (
    (FigureScope.POLICY, "politicas", "Avance por política"),
    (FigureScope.DIMENSION, "dimensiones", "Avance por dimensión de MIPG"),
    (FigureScope.AXIS, "ejes", "Avance por eje estratégico"),
    (FigureScope.OFFICE, "dependencias", "Avance por dependencia"),
)
PAGES = {
    FigureScope.POLICY: "policy",
    FigureScope.DIMENSION: "dimension",
    FigureScope.AXIS: "axis",
    FigureScope.OFFICE: "office",
}
ASKED = (FigureScope.POLICY, FigureScope.OFFICE)
"""Of which the list of activities has a filter; its name is that of the scope."""
HOW = {
    FigureScope.POLICY: "La cifra de una política sale de sus planes de acción.",
    FigureScope.DIMENSION: "La cifra de una dimensión sale de sus políticas.",
    FigureScope.AXIS: "La cifra de un eje sale de las actividades que dicen a qué objetivo suyo sirven.",
    FigureScope.OFFICE: "La cifra de una dependencia sale de las actividades cuyo avance reporta.",
}


@dataclass(frozen=True)
class Addresses:
    """Where the pages of an entity's groups are, in a year. `names` are those of today, by scope and key, of what
    may get another one: offices, and axes of published frameworks; `frameworks` says of which one each axis is.
    """

    entity: str
    year: int
    names: Mapping[tuple[str, str], str]
    frameworks: Mapping[str, str] = field(default_factory=dict)

    def of(self, scope: str, key: str) -> str:
        """Where the figure is explained; empty for an axis of a framework that is not published any more."""
        if scope == FigureScope.AXIS:
            framework, _, axis = key.rpartition("-")
            args = (framework, int(axis)) if (str(scope), key) in self.names else None
        else:
            args = (key,)
        return f"{reverse(PAGES[scope], args=[self.entity, *args])}?vigencia={self.year}#avance" if args else ""

    def name_now(self, figure) -> str:
        """What it is called today, where that is not what it was called at the closing; else empty."""
        name = self.names.get((str(figure.scope), figure.key), figure.label)
        return name if name != figure.label else ""


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """`address` is of its page, empty where it has none; `answers` says who leads a policy, or of which framework
    an axis is; `name_now` what it is called today, where the closing has another name; `asked` are the filters by
    which the list of activities shows those that were counted, None where it has none for this.
    """

    scope: str
    key: str
    shown: PublishedFigure
    rule: str
    tally: Tally
    address: str
    asked: Mapping[str, str] | None
    answers: str = ""
    name_now: str = ""

    @property
    def label(self) -> str:
        return self.shown.figure.label


@dataclass(frozen=True)
class Block:
    """A list with its own place in the page."""

    scope: str
    anchor: str
    title: str
    how: str
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True)
class HeatRow:
    """A policy at every cut of the year: (period, figure or None)."""

    address: str
    label: str
    cells: tuple[tuple[ReportingPeriod, object], ...]


def blocks_of(
    cuts: Sequence[SchemeCuts],
    figures: Mapping[int, Sequence[GroupFigure]],
    tallies: Tallies,
    leaders: Mapping[str, str],
    addresses: Addresses,
) -> list[Block]:
    """What the newest closing of each way of following says; what none says has no list."""
    found = []
    for scope, anchor, title in TITLES:
        rows = tuple(
            _row(cut, row, tallies, leaders, addresses, among_others=len(cuts) > 1)
            for cut in cuts
            for row in figures.get(cut.closing.pk, ())
            if row.figure.scope == scope
        )
        if rows:
            found.append(Block(str(scope), anchor, title, HOW[scope], rows))
    return found


def filters_of(cut: SchemeCuts, *, among_others: bool, **asked: str) -> dict[str, str]:
    """The filters of the list of activities that leave those of a cut; `among_others`: the year has other cuts."""
    return {**asked, "seguimiento": cut.scheme} if among_others else asked


def _row(cut: SchemeCuts, row: GroupFigure, tallies: Tallies, leaders, addresses, *, among_others) -> GroupRow:
    scope, key = row.figure.scope, row.figure.key
    asked = {str(scope): key} if scope in ASKED else None
    return GroupRow(
        scope=str(scope),
        key=key,
        shown=row.shown,
        rule=row.rule or "",
        tally=_tally(cut, scope, key, tallies),
        address=addresses.of(scope, key),
        asked=asked and filters_of(cut, among_others=among_others, **asked),
        answers=_told(scope, key, leaders, addresses),
        name_now=addresses.name_now(row.figure),
    )


def _told(scope, key: str, leaders: Mapping[str, str], addresses: Addresses) -> str:
    """Who leads a policy; of which framework an axis is, which may be another than today's."""
    if scope == FigureScope.AXIS:
        return addresses.frameworks.get(key, "")
    return leaders.get(key, "") if scope == FigureScope.POLICY else ""


def _tally(cut: SchemeCuts, scope, key, tallies: Tallies) -> Tally:
    closing = cut.closing.pk
    if scope == FigureScope.OFFICE:
        return tallies.of_office(closing, key)
    if scope == FigureScope.AXIS:
        return tallies.of_axis(closing, key)
    return tallies.of_plans(closing, [plan.pk for plan, _shown in cut.newest.plans if _is_of(plan, scope, key)])


def _is_of(plan, scope, key) -> bool:
    if plan.policy is None:
        return False
    return key == (plan.policy.key if scope == FigureScope.POLICY else plan.policy.dimension.key)


def heat_rows(
    cut: SchemeCuts, figures: Mapping[int, Iterable[GroupFigure]], addresses: Addresses
) -> list[HeatRow]:
    """The policies of the newest cut, cut by cut."""
    counting = cut.counting
    known = {
        (shown.period.pk, row.figure.key): row.figure
        for shown in counting
        for row in figures.get(shown.closing.pk, ())
        if row.figure.scope == FigureScope.POLICY
    }
    keys = [
        (row.figure.key, row.figure.label)
        for row in figures.get(cut.closing.pk, ())
        if row.figure.scope == FigureScope.POLICY
    ]
    return [
        HeatRow(
            addresses.of(FigureScope.POLICY, key),
            label,
            tuple((shown.period, known.get((shown.period.pk, key))) for shown in counting),
        )
        for key, label in keys
    ]
