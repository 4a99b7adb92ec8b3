"""Short ways to write facts for the tests of the arithmetic."""

from decimal import Decimal

from actionplans.months import MonthSet
from actionplans.progress import ActivityFacts, Band, Cut, IndicatorFacts, Reading, ReportFacts, measure_activity
from actionplans.progress import rounded as rounded_exactly

YEAR = MonthSet(range(1, 13))
FOUR_MONTHS = MonthSet([2, 5, 8, 11])  # one in each quarter
LATE, AT_RISK, ON_TRACK = BANDS = [
    Band(Decimal(0), "Atrasada", "atrasada", "■"),
    Band(Decimal(60), "En riesgo", "en-riesgo", "▲"),
    Band(Decimal(80), "Al día", "al-dia", "●"),
]


def dec(value):
    return None if value is None else Decimal(str(value))


def rounded(value):
    """Four decimals, as in data; None stays None."""
    return None if value is None else rounded_exactly(value)


def indicator(kind="count", accumulation="flow", direction="increasing", target=None, baseline=None, **more):
    targets = tuple(dec(one) for one in more.pop("period_targets", ()))
    more = {"key": 1, "name": "Indicador"} | more
    return IndicatorFacts(
        kind=kind,
        accumulation=accumulation,
        direction=direction,
        target=dec(target),
        baseline=dec(baseline),
        period_targets=targets,
        **more,
    )


def report(ordinal, value=None, *, ratio=None, declared=None, key=1, **more):
    above, below = ratio or (None, None)
    reading = Reading(ordinal, dec(above), dec(below), dec(value))
    says = value is not None or ratio is not None
    return ReportFacts(ordinal, declared=dec(declared), readings={key: reading} if says else {}, **more)


def without_progress(ordinal, **more):
    return ReportFacts(ordinal, is_without_progress=True, **more)


def activity(*indicators, reports=(), months=FOUR_MONTHS, **more):
    months, prior = MonthSet(months), MonthSet(more.pop("prior", ()))
    more = {"key": 1, "label": "1. Hacer"} | more
    return ActivityFacts(months=months, prior=prior, indicators=indicators, reports=tuple(reports), **more)


def measured(*indicators, cut=4, periods=4, **more):
    return measure_activity(activity(*indicators, **more), Cut.at(cut, periods))


def shares(progress, *names):
    return tuple(rounded(getattr(progress, name)) for name in names)
