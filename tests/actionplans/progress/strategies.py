"""Any facts that the models can hold, for hypothesis."""

from decimal import Decimal

from hypothesis import strategies as st

from actionplans.enums import Accumulation, Direction, IndicatorKind
from actionplans.months import MonthSet
from actionplans.progress import ActivityFacts, Cut, IndicatorFacts, Reading, ReportFacts

figures = st.one_of(
    st.sampled_from([Decimal(0), Decimal(1), Decimal(-1), Decimal(100)]),
    st.decimals(-1000, 1000, places=2),
    st.decimals(Decimal("-9999999999999999.9999"), Decimal("9999999999999999.9999"), places=4),
)
maybe = st.none() | figures
month_sets = st.sets(st.integers(1, 12)).map(MonthSet)
weights = st.none() | st.decimals(0, 100, places=2)
cuts = st.sampled_from([Cut.at(ordinal, periods) for periods in (4, 3) for ordinal in range(1, periods + 1)])


def indicators(key=1, **fixed):
    parts = {
        "name": st.just(f"Indicador {key}"),
        "kind": st.sampled_from(["", *IndicatorKind.values]),
        "accumulation": st.sampled_from(["", *Accumulation.values]),
        "direction": st.sampled_from(["", *Direction.values]),
        "unit": st.sampled_from(["", "%", "informes"]),
        "baseline": maybe,
        "target": maybe,
        "period_targets": st.lists(maybe, max_size=4).map(tuple),
    }
    return st.builds(IndicatorFacts, st.just(key), **{**parts, **fixed})


def readings(ordinal):
    return st.builds(Reading, st.just(ordinal), maybe, maybe, maybe)


def reports(ordinal):
    return st.builds(
        ReportFacts,
        st.just(ordinal),
        is_without_progress=st.booleans(),
        declared=st.none() | st.decimals(0, 200, places=2),
        readings=st.dictionaries(st.integers(1, 3), readings(ordinal), max_size=3),
    )


def report_lists():
    every = st.tuples(*(st.none() | reports(ordinal) for ordinal in (1, 2, 3, 4)))
    return every.map(lambda some: tuple(one for one in some if one is not None))


@st.composite
def activities(draw, **fixed):
    parts = {
        "months": month_sets,
        "prior": month_sets,
        "is_cancelled": st.sampled_from([False, False, False, True]),
        "weight": weights,
        "indicators": st.integers(0, 3).flatmap(
            lambda n: st.tuples(*(indicators(key) for key in range(1, n + 1)))
        ),
        "reports": report_lists(),
        "has_schedule_text": st.booleans(),
    }
    return draw(st.builds(ActivityFacts, st.just(1), st.just("1. Hacer"), **{**parts, **fixed}))
