"""A transparency programme with its three cuts, as a planning office would work it out on paper."""

import json
from decimal import Decimal

from actionplans.progress import (
    ActivityProgress,
    Cut,
    as_data,
    from_data,
    light_of,
    measure_activity,
    roll_up_plan,
)
from actionplans.progress import ProgressState as State
from tests.actionplans.progress.making import (
    AT_RISK,
    BANDS,
    LATE,
    ON_TRACK,
    activity,
    indicator,
    measured,
    report,
    shares,
    without_progress,
)

TRAINING = activity(  # 30 people a year in two sessions
    indicator(target=30, name="Personas capacitadas"),
    key=1,
    label="1. Capacitar en integridad",
    months=[3, 9],
    weight=Decimal(40),
    reports=[report(1, 10), without_progress(2), report(3, 20)],
)
REQUESTS = activity(  # 90 % answered in time, always
    indicator("ratio", "flow", "maintain", 90, unit="%", name="Solicitudes a tiempo"),
    key=2,
    label="2. Responder a tiempo",
    months=range(1, 13),
    weight=Decimal(60),
    reports=[report(1, ratio=(36, 50)), report(2, ratio=(50, 50)), report(3, ratio=(49, 50))],
)
MAP = activity(  # published once, in the last period
    indicator("yes_no", "", "", name="Mapa publicado"),
    key=3,
    label="3. Publicar el mapa de riesgos",
    months=[10],
    reports=[report(3, 1)],
)
LISTENING = activity(key=4, label="4. Escuchar a la ciudadanía", months=[6])


def at(ordinal):
    cut = Cut.at(ordinal, 3)
    risks = [measure_activity(TRAINING, cut), measure_activity(REQUESTS, cut)]
    openness = [measure_activity(MAP, cut), measure_activity(LISTENING, cut)]
    return roll_up_plan([("Riesgos", Decimal(70), risks), ("Estado abierto", Decimal(30), openness)], "PTEP")


def figures(*texts):
    return tuple(None if text is None else Decimal(text) for text in texts)


def test_the_first_cut_in_april():
    plan = at(1)
    # Training 10 ÷ 30 = 33.3333 of 50 due; requests 72 ÷ 90 = 80 of 100 due: × 0.4 and × 0.6
    assert shares(plan.groups[0], "executed", "programmed", "to_date") == figures("61.3333", "80", "76.6667")
    # The map is not due, nobody listens to a target: 0 of 0
    assert plan.groups[1].state == State.NOT_SCHEDULED
    # × 0.7 and × 0.3
    assert shares(plan, "executed", "programmed", "to_date") == figures("42.9333", "56", "76.6667")
    assert (plan.counted, plan.total, plan.left_out) == (3, 4, ((State.NO_TARGET, 1),))
    assert light_of(plan.to_date, BANDS) == AT_RISK


def test_the_second_cut_in_august():
    plan = at(2)
    # Training still 33.3333 of 50; requests 86 of 100 is 86 ÷ 90 = 95.5556 of 100
    assert shares(plan.groups[0], "executed", "programmed") == figures("70.6667", "80")
    # In the period: training brought 0 of 0 due, requests 100 of 100
    assert shares(plan.groups[0], "period_executed", "period_programmed") == figures("60", "60")
    assert light_of(plan.to_date, BANDS) == ON_TRACK


def test_the_third_cut_in_december():
    plan = at(3)
    # Training 30 ÷ 30; requests 135 of 150 = 90 %: everything done
    assert shares(plan.groups[0], "executed", "programmed", "to_date") == figures("100", "100", "100")
    assert shares(plan, "executed", "programmed", "to_date") == figures("100", "100", "100")
    assert light_of(plan.to_date, BANDS) == ON_TRACK


def test_a_period_is_named_as_it_is_lived():
    progress = measured(indicator(target=30), cut=2, periods=3, reports=[report(1, 10)])
    assert progress.reason == "sin reporte del cuatrimestre II: vale lo reportado antes"
    assert light_of(progress.to_date, BANDS) == LATE


def test_what_is_kept_of_a_closing():
    data = as_data(at(1))
    assert (data["type"], data["executed"], data["groups"][0]["to_date"]) == ("group", "42.9333", "76.6667")
    assert data["left_out"] == [["sin-meta", 1]]
    back = from_data(json.loads(json.dumps(data)))
    assert (back.executed, back.groups[1].state) == (Decimal("42.9333"), State.NOT_SCHEDULED)
    one = measure_activity(TRAINING, Cut.at(3, 3))
    kept = from_data(as_data(one))
    assert isinstance(kept, ActivityProgress)
    assert (kept.indicators[0].target, kept.indicators[0].value) == (30, 30)
