"""The codes of closed lists as open data write them: in Spanish, whatever the portal calls them inside."""

from __future__ import annotations

from actionplans.enums import Accumulation, Direction, IndicatorKind, ResponsibilityRole
from mipg.enums import LeadershipRole

CODES = {
    ResponsibilityRole: {"leads": "responde", "supports": "apoya"},
    LeadershipRole: {"leads": "lidera", "supports": "apoya"},
    IndicatorKind: {
        "count": "conteo",
        "level": "nivel",
        "capacity": "capacidad",
        "ratio": "razon",
        "yes_no": "si-o-no",
    },
    Accumulation: {"flow": "se-suma", "running_total": "ya-acumulado", "last": "el-ultimo"},
    Direction: {"increasing": "subir", "decreasing": "bajar", "maintain": "mantener"},
}
"""Of lists whose own values are in English; the values of the others are their codes."""


def code(enum, value: str) -> str | None:
    """The code of a value; None where nothing is said."""
    return CODES.get(enum, {}).get(value, value) or None


def choices(enum) -> tuple[str, ...]:
    return tuple(code(enum, value) for value in enum.values)


def said(enum) -> str:
    """What each code of a closed list means: «responde: Responde; apoya: Apoya»."""
    return "; ".join(f"{code(enum, value)}: {label}" for value, label in enum.choices)
