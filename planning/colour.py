"""Contrast of two colours as WCAG 2.1 defines it. Pure."""

DEFAULT_BRAND = "#0B4C8C"
TEXT_CONTRAST = 4.5  # WCAG 2.1 success criterion 1.4.3, level AA


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (1 to 21) of two colours written #RRGGBB."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def carries_white_text(colour: str) -> bool:
    """Whether white text can be read on `colour`; False too for what is no colour."""
    try:
        return contrast(colour, "#FFFFFF") >= TEXT_CONTRAST
    except ValueError:
        return False
