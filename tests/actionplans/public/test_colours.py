"""The contrast of every pair of colours in the stylesheet, recomputed for light and for dark."""

import re
from pathlib import Path

import pytest

from planning.colour import contrast

CSS = (Path(__file__).parents[3] / "static" / "site.css").read_text()
TEXT, CONTROL = 4.5, 3.0

PAIRS = [
    *[("ink", ground, TEXT) for ground in ("ground", "surface", "none-bg")],
    *[("muted", ground, TEXT) for ground in ("ground", "surface", "none-bg")],
    *[("link", ground, TEXT) for ground in ("ground", "surface", "none-bg")],
    ("brand-ink", "brand", TEXT),
    ("brand-ink", "govco", TEXT),
    ("brand-ink", "scheduled-strong", TEXT),
    *[(tone, f"{tone}-bg", TEXT) for tone in ("good", "warn", "bad", "none")],
    ("bad", "surface", TEXT),
    ("bad", "ground", TEXT),
    *[("control", ground, CONTROL) for ground in ("ground", "surface", "none-bg")],
    *[("scheduled", ground, CONTROL) for ground in ("ground", "surface", "none-bg")],
    ("done", "surface", CONTROL),
]


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9A-Fa-f]{6});", css))


def schemes() -> dict[str, dict[str, str]]:
    light = tokens(CSS.split("@media (prefers-color-scheme: dark)")[0])
    dark_block = re.search(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", CSS, re.DOTALL)
    return {"light": light, "dark": light | tokens(dark_block[1])}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_pairs_can_be_told_apart(scheme, front, back, least):
    colours = schemes()[scheme]

    assert contrast(colours[front], colours[back]) >= least


def test_no_text_is_smaller_than_twelve_points():
    screen = CSS.split("@media print")[0]

    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)rem", screen)]

    assert sizes
    assert min(sizes) >= 1
