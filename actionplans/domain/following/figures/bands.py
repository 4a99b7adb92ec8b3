"""Which traffic light counts at a cut, and its bands as values."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from actionplans.models import IndicatorLight, ReportingPeriod
from actionplans.progress import Band
from planning.models import TrafficLightPreset


def bands_of(period: ReportingPeriod) -> tuple[str, tuple[Band, ...]]:
    """The name and the bands of the traffic light that counts at the cut; none where nobody loaded any."""
    preset = TrafficLightPreset.objects.in_force(period.entity_id, period.ends)
    return (preset.name, as_bands(preset)) if preset else ("", ())


def own_lights(period: ReportingPeriod) -> dict[int, dict[int, tuple[Band, ...]]]:
    """The bands of the indicators that have a light of their own: by activity and key."""
    rows = IndicatorLight.objects.filter(entity=period.entity_id).select_related("preset")
    lights: dict = defaultdict(dict)
    for row in rows.prefetch_related("preset__bands"):
        lights[row.activity_id][row.key] = as_bands(row.preset)
    return dict(lights)


def as_bands(preset: TrafficLightPreset) -> tuple[Band, ...]:
    rows = sorted(preset.bands.all(), key=lambda row: row.floor)
    return tuple(Band(row.floor, row.label, row.tone, row.shape) for row in rows)


def band_of(data) -> Band | None:
    """A band as it was kept in JSON."""
    return Band(Decimal(data[0]), *data[1:]) if data else None


def bands_from(data) -> tuple[Band, ...]:
    """A set of them."""
    return tuple(band_of(one) for one in data or ())
