"""The states by which people ask for activities: a tone of the light, why there is none, or what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTextTransform

from actionplans.badges import NO_LIGHT
from actionplans.models import ActivityVersion, Closing
from actionplans.progress import ProgressState
from planning.models import LightTone
from planning.words import capitalised

from .activity_lists import newest_said

MEASURED = (ProgressState.MEASURED, ProgressState.DECLARED)
WITHOUT_LIGHT = "sin-semaforo"
WITHOUT_REPORT = "sin-reporte-validado"
WITHOUT_FIGURE = "sin-cifra"
CANCELLED = str(ProgressState.CANCELLED)
UNLIT = tuple(state for state in ProgressState if state not in (*MEASURED, ProgressState.CANCELLED))

GROUPS = (
    ("Por su semáforo", tuple((str(tone), tone.label) for tone in LightTone)),
    (
        "Sin semáforo",
        (*((str(state), capitalised(state.label)) for state in UNLIT), (WITHOUT_LIGHT, NO_LIGHT)),
    ),
    (
        "Otras",
        (
            (WITHOUT_REPORT, "Sin reporte validado"),
            (WITHOUT_FIGURE, "Sin cifra todavía"),
            (CANCELLED, "Cancelada"),
        ),
    ),
)
"""What may be asked, in groups: (value in the address, words)."""


def asked_by(state: str) -> str:
    """What asks for the activities that a closing left in that state and without a light."""
    return WITHOUT_LIGHT if state in MEASURED else str(state)


def is_of_closing(asked: str) -> bool:
    """Whether it is a state in which a closing left activities."""
    return bool(asked) and asked not in (WITHOUT_REPORT, WITHOUT_FIGURE, CANCELLED)


def standing(
    rows: QuerySet[ActivityVersion], asked: str, closings: Sequence[Closing]
) -> QuerySet[ActivityVersion]:
    """Those of `rows` that the newest of `closings` left as `asked` says, or that none has measured."""
    if not closings:
        return rows if asked == WITHOUT_FIGURE else rows.none()
    if asked == WITHOUT_FIGURE:
        return rows.alias(measured=newest_said(F("pk"), closings)).filter(measured=None)
    rows = rows.alias(tone=newest_said(KeyTextTransform("2", "light"), closings))
    if asked in LightTone.values:
        return rows.filter(tone=asked)
    states = MEASURED if asked == WITHOUT_LIGHT else (asked,)
    return rows.alias(state=newest_said(F("state"), closings)).filter(tone=None, state__in=states)
