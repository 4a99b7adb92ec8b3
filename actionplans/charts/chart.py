"""Bars side by side and lines through cuts: what was programmed against what was executed. Pure.

Places are texts with a decimal point, so that no locale changes them on the way into the SVG.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from .scale import PERCENT_TOP, lines_of, top_of

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 92, 12, 18, 46
GAP = Decimal("0.28")
"""The part of each label's room that stays empty between its bars and the next ones."""

Value = Decimal | int | None


@dataclass(frozen=True)
class Series:
    """One row of figures, a value for each label; None has no place in the drawing. `css` names its look.

    The last `to_come` of its values are of what has not come yet: a line to them looks otherwise.
    """

    name: str
    css: str
    values: tuple[Value, ...]
    to_come: int = 0


@dataclass(frozen=True)
class Tick:
    y: str
    words: str


@dataclass(frozen=True)
class Mark:
    """A label under the drawing."""

    x: str
    words: str


@dataclass(frozen=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    css: str


@dataclass(frozen=True)
class Point:
    x: str
    y: str


@dataclass(frozen=True)
class Line:
    """The points of a series, and the runs of neighbours that a line joins, as SVG writes their corners.

    `ahead` is the line to what is still to come, on from the last point where that is its neighbour.
    """

    css: str
    points: tuple[Point, ...]
    runs: tuple[str, ...]
    ahead: Line | None = None


@dataclass(frozen=True)
class Row:
    """The same figures as the table beside the drawing shows them; `is_to_come` where any has not come yet."""

    label: str
    values: tuple[Value, ...]
    is_to_come: bool = False


@dataclass(frozen=True)
class Chart:
    """A drawing with its words and its table; `key` tells it from others of the page, `note` is read below it."""

    key: str
    title: str
    description: str
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    is_percent: bool = False
    note: str = ""

    width = WIDTH
    height = HEIGHT
    left = LEFT
    tick_x = LEFT - 10
    right = WIDTH - RIGHT
    floor = HEIGHT - BOTTOM
    label_y = HEIGHT - BOTTOM + 32

    @property
    def is_empty(self) -> bool:
        """There is nothing to draw: no figure at all, or only zeros."""
        return not any(value for series in self.series for value in series.values)


def bar_chart(
    key: str, title: str, description: str, labels: Sequence[tuple[str, str]], series: Sequence[Series]
) -> Chart:
    """Bars of counts. `labels` are (short, for the drawing; whole, for the table)."""
    top = top_of(value for row in series for value in row.values)
    room = Decimal(WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    width = room * (1 - GAP) / max(len(series), 1)
    bars = [
        _bar(LEFT + room * place + room * GAP / 2 + width * order, width, value, top, row.css)
        for order, row in enumerate(series)
        for place, value in enumerate(row.values)
        if value
    ]
    return _chart(key, title, description, labels, series, top, str, bars=tuple(bars))


def line_chart(
    key: str, title: str, description: str, labels: Sequence[tuple[str, str]], series: Sequence[Series]
) -> Chart:
    """Lines of percentages, on a scale that reaches 100 at least; what has no figure leaves a gap."""
    top = max(PERCENT_TOP, top_of(value for row in series for value in row.values))
    room = Decimal(WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    lines = tuple(_line(row, room, top) for row in series)
    return _chart(key, title, description, labels, series, top, "{} %".format, lines=lines, is_percent=True)


def _chart(key, title, description, labels, series, top, words: Callable, **drawn) -> Chart:
    room = Decimal(WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    return Chart(
        key=key,
        title=title,
        description=description,
        series=tuple(series),
        ticks=tuple(Tick(_text(_height_of(number, top)), words(number)) for number in lines_of(top)),
        marks=tuple(Mark(_text(LEFT + room * (i + Decimal("0.5"))), short) for i, (short, _) in enumerate(labels)),
        rows=tuple(_row(whole, i, series) for i, (_, whole) in enumerate(labels)),
        **drawn,
    )


def _row(label: str, place: int, series: Sequence[Series]) -> Row:
    is_to_come = any(place >= len(row.values) - row.to_come for row in series)
    return Row(label, tuple(row.values[place] for row in series), is_to_come)


def _bar(x, width, value, top, css) -> Bar:
    y = _height_of(value, top)
    return Bar(_text(x), _text(y), _text(width), _text(HEIGHT - BOTTOM - y), css)


def _line(series, room, top) -> Line:
    places = [_point(order, value, room, top) for order, value in enumerate(series.values)]
    come = len(places) - series.to_come
    ahead = None
    if any(places[come:]):
        # The first of its corners is the last point of what has come.
        ahead = Line(series.css, _known(places[come:]), _runs(places[max(come - 1, 0) :]))
    return Line(series.css, _known(places[:come]), _runs(places[:come]), ahead)


def _point(order, value, room, top) -> Point | None:
    if value is None:
        return None
    return Point(_text(LEFT + room * (order + Decimal("0.5"))), _text(_height_of(value, top)))


def _known(places: Sequence[Point | None]) -> tuple[Point, ...]:
    return tuple(point for point in places if point)


def _runs(places: Sequence[Point | None]) -> tuple[str, ...]:
    runs = [list(run) for is_known, run in groupby(places, bool) if is_known]
    return tuple(" ".join(f"{point.x},{point.y}" for point in run) for run in runs if len(run) > 1)


def _height_of(value, top) -> Decimal:
    """Where a value is, counted from above; what is less than zero lies on the floor."""
    room = HEIGHT - TOP - BOTTOM
    return HEIGHT - BOTTOM - room * max(Decimal(value), Decimal(0)) / top


def _text(place: Decimal) -> str:
    return f"{place:.1f}"
