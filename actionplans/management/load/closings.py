"""Periods closed: the figures that the portal's own arithmetic gives, computed once for each pattern.

Most of a closing are the accounts of its figures: each is kept as JSON with marks for an entity's own numbers.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from actionplans.domain.following.closing.facts import seals
from actionplans.domain.following.closing.snapshot import figure_data, snapshot_of
from actionplans.domain.following.figures.ahead import with_ahead
from actionplans.domain.following.figures.figure import Figure
from actionplans.domain.following.figures.standing import Standing, standing
from actionplans.enums import FigureScope, PeriodStatus
from actionplans.models import ClosedFigure, Closing, ReportingPeriod
from actionplans.progress import Band
from planning.audit import DeletedRow, Fact, record_all
from planning.canonical import canonical_json

from .entities import Town
from .plans import WrittenPlan, WrittenVersion
from .reports import Told, events_of
from .table import put, reserve

COLUMNS = ("executed", "programmed", "to_date", "of_period")
FIGURE = (
    "closing", "entity", "scope", "key", "label", "plan", "activity", "state", *COLUMNS, "light", "data", "ahead",
)  # fmt: skip
CLOSING = (
    "id", "period", "entity", "sequence", "snapshot", "digest", "chain_sequence", "chain_head", "by", "at",
)  # fmt: skip
NUMBER, PLAN, KEY, NAME, DATA, FIGURES = "@numero@", "@plan@", "@clave@", "@nombre@", "@cuenta@", "@cifras@"


@dataclass(frozen=True)
class PatternFigure:
    """A figure with marks; its place is that of its plan in the year and of its activity in the plan, or None.

    `data` is its account, `ahead` what later cuts ask for, `whole` what the snapshot says of it; `columns` are
    those that lists sort by.
    """

    plan: int | None
    activity: int | None
    scope: str
    key: str
    label: str
    columns: tuple
    light: str | None
    data: str
    ahead: str
    whole: str


@dataclass(frozen=True)
class Measured:
    """The figures of a pattern at a cut; `owed` are the places of the activities that had to report."""

    figures: Sequence[PatternFigure]
    owed: Sequence[tuple[int, int]]
    preset: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, eq=False)
class _Item:
    """What `snapshot_of` asks of an activity's standing."""

    promise: _Promise
    report: Told | None
    verification: None = None


@dataclass(frozen=True, eq=False)
class _Promise:
    version: WrittenVersion


def measure(period: ReportingPeriod, plans: Sequence[WrittenPlan]) -> Measured:
    """By `standing`, from the rows of the entity that is the first to follow the pattern."""
    at = with_ahead(standing(period))
    places = {pk: (n, m) for n, plan in enumerate(plans) for m, pk in enumerate(plan.activities)}
    order = {plan.pk: n for n, plan in enumerate(plans)}
    return Measured(
        figures=[_pattern(figure, order, places) for figure in at.figures],
        owed=[places[activity] for activity, item in at.activities.items() if item.duty.is_owed],
        preset=at.preset,
        bands=at.bands,
    )


def close(
    town: Town, period: ReportingPeriod, plans: Sequence[WrittenPlan], told: Sequence[Told], measured: Measured, by
) -> None:
    """The closing with its figures, snapshot and seal; its events with those of the reports before it."""
    chain = record_all(town.entity, events_of(period, told, by))
    figures = [_own(town, plans, figure) for figure in measured.figures]
    text = _snapshot(town, period, plans, told, measured, [whole for _row, whole in figures])
    closing = Closing(
        pk=reserve(Closing, 1)[0],
        period=period,
        entity=town.entity,
        sequence=1,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        chain_sequence=chain.sequence,
        chain_head=chain.head,
        by=by,
        at=_moment(period.closes + datetime.timedelta(days=5)),
    )
    values = (closing.pk, period.pk, town.entity.pk, 1, text, closing.digest, chain.sequence, chain.head, by.pk)
    put(Closing, CLOSING, [(*values, closing.at)])
    put(ClosedFigure, FIGURE, ((closing.pk, *row) for row, _whole in figures))
    period.sequence, period.status = 1, PeriodStatus.CLOSED
    period.save(update_fields=["sequence", "status"])
    said = {"sequence": 1, "digest": closing.digest, **seals(closing)}
    topics = tuple(f"{period.year}/{plan.slug}" for plan in plans)
    row = DeletedRow(closing.pk, str(closing), Closing._meta, topics)
    record_all(town.entity, [Fact(obj=row, event="close_period", by=by, new=said, at=closing.at)])


def _pattern(figure: Figure, order, places) -> PatternFigure:
    said = figure_data(figure)
    data, plan = said["data"], order.get(figure.plan_id)
    activity = places.get(figure.activity_id, (None, None))[1]
    said |= {"data": DATA, "plan": None if plan is None else PLAN}
    if activity is not None:
        data = {**data, "key": NUMBER}
        said |= {"activity": NUMBER, "key": KEY}
    elif figure.scope == FigureScope.ENTITY:
        data = {**data, "label": NAME}
        said |= {"key": KEY, "label": NAME}
    return PatternFigure(
        plan=plan,
        activity=activity,
        scope=said["scope"],
        key=said["key"],
        label=said["label"],
        columns=(data["state"], *(data[name] for name in COLUMNS)),
        light=None if said["light"] is None else json.dumps(said["light"], ensure_ascii=False),
        data=canonical_json(data),
        ahead=canonical_json(said["ahead"]),
        whole=canonical_json(said),
    )


def _own(town, plans, figure: PatternFigure) -> tuple[tuple, str]:
    """The row of a figure but for its closing, and what the snapshot says of it, with the entity's own numbers."""
    plan = None if figure.plan is None else plans[figure.plan].pk
    key, label, data, whole, number = figure.key, figure.label, figure.data, figure.whole, None
    if figure.activity is not None:
        number = plans[figure.plan].activities[figure.activity]
        key = str(number)
        data = data.replace(f'"{NUMBER}"', key)
        whole = whole.replace(f'"{NUMBER}"', key).replace(KEY, key)
    elif figure.scope == FigureScope.ENTITY:
        key, label = town.entity.slug, town.entity.name
        data, whole = data.replace(NAME, label), whole.replace(NAME, label).replace(KEY, key)
    whole = whole.replace(f'"{PLAN}"', str(plan)).replace(f'"{DATA}"', data)
    row = (town.entity.pk, figure.scope, key, label, plan, number, *figure.columns, figure.light, data)
    return (*row, figure.ahead), whole


def _snapshot(town, period, plans, told, measured, figures: Sequence[str]) -> str:
    """The canonical JSON of what `snapshot_of` says, the figures put in as they are written already."""
    reported = {report.activity_id: report for report in told}
    items = {}
    for plan in plans:
        promise = _Promise(plan.version_at(period.ends))
        for activity in plan.activities:
            items[activity] = _Item(promise, reported.get(activity))
    at = Standing(period, None, items, [], measured.bands, measured.preset)
    owed = sorted(plans[plan].activities[activity] for plan, activity in measured.owed)
    said = snapshot_of(at, sequence=1) | {"figures": FIGURES, "owed": owed}
    return canonical_json(said).replace(f'"{FIGURES}"', f"[{','.join(figures)}]")


def _moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(20), datetime.UTC)
