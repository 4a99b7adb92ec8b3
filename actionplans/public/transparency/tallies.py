"""How many activities of a cut are in each band, and how many have no figure and why: states, never zeros."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from actionplans.badges import NO_LIGHT, TONES, state_shape
from actionplans.enums import FigureScope
from actionplans.models import ClosedFigure, Closing, PlanVersion
from actionplans.progress import ProgressState
from actionplans.reports.closing.closed import measured_versions
from planning.models import LightTone
from planning.words import capitalised

from ..activity_states import MEASURED, asked_by

Key = tuple[str, tuple | None]
"""A state, and the band as a closing keeps it: (floor, word, tone, shape)."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many activities with one word; `css` and `shape` are those of its badge.

    `asked` is the state by which the list of activities shows them, among others where bands share a tone.
    """

    label: str
    css: str
    shape: str
    number: int
    asked: str
    is_late: bool = False


@dataclass(frozen=True)
class Tally:
    """The activities of something at a cut: bands from the best to the worst, then states; cancelled apart."""

    shares: tuple[Share, ...] = ()
    cancelled: int = 0

    @property
    def total(self) -> int:
        return sum(share.number for share in self.shares)

    @property
    def late(self) -> int:
        return sum(share.number for share in self.shares if share.is_late)

    @property
    def late_labels(self) -> tuple[str, ...]:
        return tuple(share.label for share in self.shares if share.is_late)

    @property
    def has_bands(self) -> bool:
        return any(share.css != "none" for share in self.shares)

    @property
    def words(self) -> str:
        """«Al día: 5 · Atrasada: 1»."""
        said = (f"{share.label}: {share.number}" for share in self.shares)
        return "\N{NO-BREAK SPACE}· ".join(said)  # a line may end with the dot, not begin with it


def tally_of(counts: Mapping[Key, int]) -> Tally:
    bands, states, cancelled = Counter(), Counter(), 0
    for (state, band), number in counts.items():
        if state == ProgressState.CANCELLED:
            cancelled += number
        elif band:
            bands[band] += number
        else:
            states[*_without_band(state), asked_by(state)] += number
    best_first = sorted(bands, key=lambda band: (-Decimal(band[0]), band[1]))
    # Two sets of bands may share a word: each keeps the shape that its closing gave it.
    shares = [_of_band(band, bands[band]) for band in best_first]
    shares += [
        Share(label=label, css="none", shape=shape, number=number, asked=asked)
        for (label, shape, asked), number in states.items()
    ]
    return Tally(tuple(shares), cancelled)


def _of_band(band, number) -> Share:
    _floor, label, tone, shape = band
    css, is_late = TONES.get(tone, "none"), tone == LightTone.LATE
    return Share(label=label, css=css, shape=shape, number=number, asked=str(tone), is_late=is_late)


def _without_band(state) -> tuple[str, str]:
    state = ProgressState(state)
    if state in MEASURED:
        return NO_LIGHT, "○"
    return capitalised(state.label), state_shape(state)


@dataclass(frozen=True)
class Tallies:
    """The counts of closings: by closing and plan, office or axis (by its key in a closing)."""

    plans: Mapping[tuple, Counter]
    offices: Mapping[tuple, Counter]
    axes: Mapping[tuple, Counter]

    def of_plans(self, closing: int, plans: Iterable[int]) -> Tally:
        return tally_of(sum((self.plans.get((closing, plan), Counter()) for plan in plans), Counter()))

    def of_office(self, closing: int, key: str) -> Tally:
        return tally_of(self.offices.get((closing, key), Counter()))

    def of_axis(self, closing: int, key: str) -> Tally:
        return tally_of(self.axes.get((closing, key), Counter()))


def tallies_of(closings: Iterable[Closing]) -> Tallies:
    """Counted by the database, by the versions that each closing measured. Five queries."""
    closings = list(closings)
    rows = ClosedFigure.objects.filter(closing__in=closings, scope=FigureScope.ACTIVITY).order_by()
    versions = _versions(closings)
    # Each condition on the version's rows in one call: they are about the same version of the activity.
    reported = rows.filter(
        activity__versions__version__in=versions, activity__versions__responsibilities__reports=True
    )
    aimed = rows.filter(activity__versions__version__in=versions, activity__versions__objectives__isnull=False)
    axis = "activity__versions__objectives__axis"
    return Tallies(
        plans=_grouped(rows, "plan"),
        offices=_grouped(reported, "activity__versions__responsibilities__office__slug"),
        axes=_grouped(aimed, f"{axis}__framework__slug", f"{axis}__key"),
    )


def _versions(closings) -> list[int]:
    """The rows of the versions that the closings measured. Two queries."""
    measured = {pair for plans in measured_versions(closings).values() for pair in plans.items()}
    known = PlanVersion.objects.filter(plan__in={plan for plan, _number in measured}).order_by()
    return [pk for pk, plan, number in known.values_list("pk", "plan", "number") if (plan, number) in measured]


def _grouped(rows, *columns: str) -> dict:
    """The counts by closing and by what `columns` say; two columns are one key, «framework-1», as in a closing."""
    groups: dict = defaultdict(Counter)
    counted = rows.values_list("closing", *columns, "state", "light")
    for closing, *parts, state, light, number in counted.annotate(number=Count("activity", distinct=True)):
        key = parts[0] if len(parts) == 1 else "-".join(map(str, parts))
        groups[closing, key][state, tuple(light) if light else None] += number
    return dict(groups)
