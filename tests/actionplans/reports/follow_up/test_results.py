"""How a form says what was reached of a target, whichever way it goes."""

from decimal import Decimal

import pytest

from actionplans.progress import ActivityProgress, ProgressState
from actionplans.progress.results import IndicatorProgress
from actionplans.reports.follow_up.results import result_words


def said(value, target, unit="días", **told):
    indicator = IndicatorProgress(
        key=1, name="Indicador", state=ProgressState.MEASURED, value=Decimal(value), unit=unit,
        target=None if target is None else Decimal(target),
    )  # fmt: skip
    progress = ActivityProgress(key=1, label="1", state=ProgressState.MEASURED, indicators=(indicator,))
    known = {"kind": "level", "accumulation": "last", "direction": "increasing", "baseline": None}
    return result_words(progress, {1: known | told})


@pytest.mark.parametrize(
    ("target", "told", "words"),
    [
        (
            10,
            {"direction": "decreasing", "baseline": Decimal(15)},
            "12 días; la meta es bajar a 10 (línea base 15)",
        ),
        (10, {"direction": "decreasing"}, "12 días; la meta es no pasar de 10"),
        (
            10,
            {"direction": "decreasing", "kind": "count", "accumulation": "flow", "baseline": Decimal(15)},
            "12 días; la meta es no pasar de 10 (línea base 15)",
        ),
        (
            10,
            {"direction": "decreasing", "kind": "count", "accumulation": "running_total", "baseline": Decimal(15)},
            "12 días; la meta es bajar a 10 (línea base 15)",
        ),
        (10, {"direction": "maintain"}, "12 días; la meta es mantener 10"),
        (20, {"direction": "increasing", "baseline": Decimal(5)}, "12 de 20 días"),
        (20, {"direction": ""}, "12 de 20 días"),
        (None, {"direction": "decreasing"}, "12 días"),
        (10, {"kind": "yes_no", "direction": "decreasing"}, "Sí"),
    ],
)
def test_what_goes_down_or_is_held_is_not_read_as_a_share(target, told, words):
    assert said(12, target, **told) == words


def test_an_indicator_that_the_version_does_not_have_is_a_plain_share():
    indicator = IndicatorProgress(
        key=2, name="Otro", state=ProgressState.MEASURED, value=Decimal(3), target=Decimal(4)
    )
    progress = ActivityProgress(key=1, label="1", state=ProgressState.MEASURED, indicators=(indicator,))
    assert result_words(progress, {}) == "3 de 4"
