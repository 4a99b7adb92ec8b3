"""Cell colours as RRGGBB, resolved from theme, tint and palette as spreadsheets do."""

import colorsys
import re
from collections.abc import Sequence

THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
"""The order in which a cell counts theme colours, which is not the order of the theme's own XML."""

DEFAULT_THEME = (
    "FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47",
    "0563C1", "954F72",
)  # fmt: skip
WHITE_FROM = 250
"""A colour with all three channels from here up is white to the eye."""

_SYSTEM_COLOURS = {64: "000000", 65: "FFFFFF"}


def theme_colours(theme_xml: bytes | str | None) -> tuple[str, ...]:
    """The twelve colours of a workbook's theme; Office's own where the workbook does not say."""
    text = theme_xml.decode("utf-8", "replace") if isinstance(theme_xml, bytes) else theme_xml or ""
    return tuple(
        _theme_colour(text, name) or default for name, default in zip(THEME_ORDER, DEFAULT_THEME, strict=True)
    )


def _theme_colour(theme_xml: str, name: str) -> str | None:
    found = re.search(
        rf"<(?:\w+:)?{name}>\s*<(?:\w+:)?(?:srgbClr\s[^>]*?val|sysClr\s[^>]*?lastClr)=[\"']([0-9A-Fa-f]{{6}})[\"']",
        theme_xml,
    )
    return found.group(1).upper() if found else None


def resolve(colour, theme: Sequence[str], palette: Sequence[str]) -> str | None:
    """RRGGBB of a colour given by `rgb`, `theme` and `tint`, or `indexed`; None when unset or white."""
    if colour is None:
        return None
    found = None
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        found = colour.rgb[-6:].upper()
    elif colour.type == "theme" and isinstance(colour.theme, int) and 0 <= colour.theme < len(theme):
        found = theme[colour.theme]
    elif colour.type == "indexed":
        found = _SYSTEM_COLOURS.get(colour.indexed) or _from_palette(colour.indexed, palette)
    if not found or not re.fullmatch(r"[0-9A-F]{6}", found):
        return None
    found = tinted(found, colour.tint or 0.0)
    return None if is_white(found) else found


def _from_palette(index: int, palette: Sequence[str]) -> str | None:
    return palette[index][-6:].upper() if 0 <= index < len(palette) else None


def tinted(rgb: str, tint: float) -> str:
    """Lighter towards white for a tint above zero, darker towards black below it (ECMA-376, 18.8.19)."""
    if not tint:
        return rgb
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    channels = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
    return "".join(f"{round(channel * 255):02X}" for channel in channels)


def is_white(rgb: str) -> bool:
    return all(int(rgb[at : at + 2], 16) >= WHITE_FROM for at in (0, 2, 4))
