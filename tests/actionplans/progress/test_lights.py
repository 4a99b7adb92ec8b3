"""A share is in exactly one band, also between the bands as people print them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.progress import Band, light_of
from planning.bands import BandWords, flaws_of
from planning.models.lights import LightTone
from tests.actionplans.progress.making import AT_RISK, BANDS, LATE, ON_TRACK

PRESETS = json.loads((Path(__file__).parents[3] / "fixtures" / "traffic_lights.json").read_text())["presets"]


def bands_of(preset):
    return [Band(**{**band, "floor": Decimal(band["floor"])}) for band in preset["bands"]]


@pytest.mark.parametrize(
    ("share", "band"),
    [
        ("0", LATE),
        ("59.9999", LATE),
        ("60", AT_RISK),
        ("79.95", AT_RISK),
        ("79.9999", AT_RISK),
        ("80", ON_TRACK),
        ("130", ON_TRACK),
        ("-12", LATE),
    ],
)
def test_bands_reach_up_to_the_next(share, band):
    assert light_of(Decimal(share), BANDS) == band
    assert light_of(Decimal(share), BANDS[::-1]) == band


def test_a_light_agrees_with_the_figure_as_it_is_kept():
    assert light_of(Decimal("79.99994"), BANDS) == AT_RISK  # kept as 79.9999
    assert light_of(Decimal("79.99995"), BANDS) == ON_TRACK  # kept as 80.0000
    thirds = Decimal(80) / 3 * 3
    assert light_of(thirds, BANDS) == ON_TRACK


def test_what_is_not_known_has_no_light():
    assert light_of(None, BANDS) is None
    assert light_of(Decimal(50), []) is None


@pytest.mark.parametrize("preset", PRESETS, ids=[preset["key"] for preset in PRESETS])
@given(share=st.decimals(0, 1000, places=6))
def test_every_share_is_in_exactly_one_band(preset, share):
    bands = bands_of(preset)
    kept = share.quantize(Decimal("0.0001"), rounding="ROUND_HALF_UP")
    tops = [*(band.floor for band in bands[1:]), Decimal("Infinity")]
    holding = [band for band, top in zip(bands, tops, strict=True) if band.floor <= kept < top]
    assert holding == [light_of(share, bands)]


@pytest.mark.parametrize("preset", PRESETS, ids=[preset["key"] for preset in PRESETS])
def test_the_shipped_sets_are_sound(preset):
    assert flaws_of([BandWords(band.floor, band.label, band.shape) for band in bands_of(preset)]) == []
    assert {band["tone"] for band in preset["bands"]} <= set(LightTone.values)
    assert preset["source"].startswith("Práctica")


def test_one_shipped_set_is_the_default():
    assert [preset["name"] for preset in PRESETS] == sorted(preset["name"] for preset in PRESETS)
    (default,) = (preset for preset in PRESETS if preset["is_default"])
    assert [band["floor"] for band in default["bands"]] == [0, 60, 80]
