"""The arithmetic of follow-up, and the only one: facts in, figures with their explanation out. Pure."""

from .activity import measure_activity
from .ahead import at_later_cut
from .data import as_data, from_data
from .facts import ActivityFacts, Cut, IndicatorFacts, ProgressState, Reading, ReportFacts
from .groups import roll_up, roll_up_plan
from .lights import Band, light_of
from .numbers import number, percent, rounded
from .reading import bands_words, light_words
from .results import FIGURES, SIMPLE, WEIGHTED, ActivityProgress, Figures, GroupProgress, IndicatorProgress, Step

__all__ = [
    "FIGURES",
    "SIMPLE",
    "WEIGHTED",
    "ActivityFacts",
    "ActivityProgress",
    "Band",
    "Cut",
    "Figures",
    "GroupProgress",
    "IndicatorFacts",
    "IndicatorProgress",
    "ProgressState",
    "Reading",
    "ReportFacts",
    "Step",
    "as_data",
    "at_later_cut",
    "bands_words",
    "from_data",
    "light_of",
    "light_words",
    "measure_activity",
    "number",
    "percent",
    "roll_up",
    "roll_up_plan",
    "rounded",
]
