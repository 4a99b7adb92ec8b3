"""One activity at a cut: its states, its reports without progress, what was declared, several indicators."""

from decimal import Decimal

import pytest

from actionplans.progress import ProgressState as State
from tests.actionplans.progress.making import YEAR, indicator, measured, report, shares, without_progress

SIXTY = indicator(target=60)
NO_TARGET = indicator(target=None)
FIGURES = ("executed", "programmed", "to_date", "period_executed", "period_programmed", "of_period")


def dec(*texts):
    return tuple(None if text is None else Decimal(text) for text in texts)


def test_the_three_percentages_that_people_confuse():
    # 10 + 28 of 60; six months of twelve; in the second quarter 28 of 60 where a quarter of the year was due
    progress = measured(SIXTY, months=YEAR, cut=2, reports=[report(1, 10), report(2, 28)])
    assert (progress.state, progress.reason) == (State.MEASURED, "")
    assert shares(progress, *FIGURES) == dec("63.3333", "50", "126.6667", "46.6667", "25", "186.6667")


def test_later_reports_are_not_looked_at():
    reports = [report(1, 10), report(2, 28), report(3, 22)]
    assert measured(SIXTY, cut=2, reports=reports) == measured(SIXTY, cut=2, reports=reports[:2])


def test_what_goes_over_the_target_keeps_its_value():
    assert shares(measured(SIXTY, reports=[report(4, 90)]), "executed", "to_date") == dec("150", "150")


@pytest.mark.parametrize(
    ("facts", "state", "reason"),
    [
        ({"is_cancelled": True}, State.CANCELLED, "cancelada por una modificación del plan"),
        ({"months": [1, 2], "prior": [1, 2]}, State.PRIOR, "todos sus meses eran anteriores a la aprobación"),
        ({"months": [9, 10]}, State.NOT_SCHEDULED, "no hay nada programado hasta este corte"),
        ({"months": [5]}, State.NOT_REPORTED, "no hay reporte con el dato del indicador"),
        ({"months": []}, State.NO_SCHEDULE, "no tiene meses ni metas por periodo"),
        (
            {"months": [], "has_schedule_text": True},
            State.NO_SCHEDULE,
            "el plazo está escrito en palabras, sin meses",
        ),
    ],
)
def test_without_report_a_state_and_never_a_zero(facts, state, reason):
    progress = measured(SIXTY, cut=2, **facts)
    assert (progress.state, progress.reason) == (state, reason)
    assert progress.executed is progress.to_date is progress.of_period is None


def test_a_cancelled_activity_has_no_figures_whatever_was_reported():
    progress = measured(SIXTY, is_cancelled=True, reports=[report(1, 60)])
    assert shares(progress, *FIGURES) == (None,) * 6


def test_what_was_reported_ahead_of_time_is_shown_and_compared_with_nothing():
    progress = measured(SIXTY, months=[11], cut=2, reports=[report(2, 15)])
    assert progress.state == State.NOT_SCHEDULED
    assert shares(progress, *FIGURES) == dec("25", "0", None, "25", "0", None)


def test_what_was_reported_without_schedule_is_shown_and_compared_with_nothing():
    progress = measured(SIXTY, months=[], reports=[report(4, 15)])
    assert progress.state == State.NO_SCHEDULE
    assert shares(progress, "executed", "programmed", "to_date") == dec("25", None, None)


def test_what_was_over_at_the_approval_is_never_late_and_still_shown():
    progress = measured(SIXTY, months=[1], prior=[1], cut=1, reports=[report(1, 15)])
    assert progress.state == State.PRIOR
    assert shares(progress, *FIGURES) == dec("25", None, None, "25", None, None)


def test_months_before_the_approval_do_not_count():
    # Of February, May, August and November the first two were over: one of two is due in September
    progress = measured(SIXTY, prior=[2, 5], cut=3, reports=[report(3, 30)])
    assert shares(progress, "programmed", "to_date") == dec("50", "100")


def test_a_report_without_the_figure_is_no_report_of_it():
    progress = measured(SIXTY, cut=1, reports=[report(1, declared=50)])
    assert (progress.state, progress.executed) == (State.NOT_REPORTED, None)


def test_without_report_of_the_period_what_was_reported_before_stands():
    progress = measured(SIXTY, cut=2, reports=[report(1, 30)])
    assert (progress.state, progress.reason) == (
        State.MEASURED,
        "sin reporte del trimestre II: vale lo reportado antes",
    )
    assert shares(progress, *FIGURES) == dec("50", "50", "100", None, "25", None)


def test_in_a_period_without_anything_due_there_is_no_percentage_of_the_period():
    progress = measured(SIXTY, months=[1, 12], cut=2, reports=[report(1, 30), report(2, 10)])
    assert shares(progress, "period_executed", "period_programmed", "of_period") == dec("16.6667", "0", None)
    assert progress.steps_of("of_period")[-1].words == "Cumplimiento del periodo: no programado en el periodo."


@pytest.mark.parametrize(
    ("facts", "reports", "executed", "period"),
    [
        # What adds up gains nothing
        (indicator(target=60), [report(1, 15), without_progress(2)], "25", "0"),
        (indicator(target=60), [without_progress(1), without_progress(2)], "0", "0"),
        # and a limit is kept by nothing happening
        (indicator(direction="decreasing", target=5), [without_progress(1), without_progress(2)], "100", "100"),
        # Levels and totals stay where they were
        (indicator("level", "last", target=60), [report(1, 15), without_progress(2)], "25", "0"),
        (indicator("level", "last", target=60, baseline=10), [without_progress(2)], "0", "0"),
        (indicator("count", "running_total", target=60), [report(1, 15), without_progress(2)], "25", "0"),
        (indicator("capacity", "", target=60), [report(1, 15), without_progress(2)], "25", "0"),
        (indicator("yes_no"), [report(1, 1), without_progress(2)], "100", "0"),
        (indicator("yes_no"), [without_progress(1), without_progress(2)], "0", "0"),
        # A standing target is judged again by what stands
        (indicator("level", "last", "maintain", 60), [report(1, 15), without_progress(2)], "25", "25"),
        # Ratios: nothing above and nothing below
        (indicator("ratio", target=60, unit="%"), [report(1, ratio=(3, 20)), without_progress(2)], "25", "0"),
        (indicator("ratio", target=60, unit="%"), [without_progress(1), without_progress(2)], "0", "0"),
        (
            indicator("ratio", "last", target=60, unit="%"),
            [report(1, ratio=(3, 20)), without_progress(2)],
            "25",
            "0",
        ),
    ],
)
def test_a_report_without_progress_is_a_report(facts, reports, executed, period):
    progress = measured(facts, reports=reports, cut=2)
    assert progress.state == State.MEASURED
    assert shares(progress, "executed", "period_executed") == dec(executed, period)


def test_only_reports_without_progress_are_said_in_words():
    progress = measured(indicator("level", target=60), reports=[without_progress(1)], cut=1)
    assert [step.result for step in progress.steps_of("executed")][-1] == "Sin avance reportado: 0 %"


@pytest.mark.parametrize("indicators", [(), (NO_TARGET,), (NO_TARGET, indicator(target=None, key=2))])
def test_without_target_the_last_declared_percentage_of_the_year_counts(indicators):
    reports = [report(1, declared=20), report(2, declared=45)]
    progress = measured(*indicators, reports=reports, cut=2)
    assert (progress.state, progress.is_declared) == (State.DECLARED, True)
    assert shares(progress, *FIGURES) == dec("45", "50", "90", "25", "25", "100")


@pytest.mark.parametrize(
    ("indicators", "reason"),
    [
        ((), "la actividad no tiene indicador"),
        ((NO_TARGET,), "el indicador no tiene meta en número"),
        ((NO_TARGET, indicator(target=None, key=2)), "ningún indicador tiene meta en número"),
    ],
)
@pytest.mark.parametrize("reports", [[], [report(1, 7)], [without_progress(1)]])
def test_without_target_and_without_declaration_there_is_no_figure(indicators, reason, reports):
    progress = measured(*indicators, reports=reports, cut=1)
    assert (progress.state, progress.reason, progress.is_declared) == (State.NO_TARGET, reason, False)
    assert shares(progress, "executed", "programmed", "to_date") == dec(None, "25", None)


def test_without_progress_leaves_what_was_declared():
    progress = measured(reports=[report(1, declared=20), without_progress(2)], cut=2)
    assert shares(progress, "executed", "period_executed") == dec("20", "0")


def test_a_declaration_without_schedule_is_still_known_to_be_one():
    progress = measured(reports=[report(1, declared=20)], months=[], cut=1)
    assert (progress.state, progress.is_declared) == (State.NO_SCHEDULE, True)
    assert shares(progress, "executed", "programmed") == dec("20", None)


def test_where_there_is_a_target_nobody_declares():
    progress = measured(SIXTY, reports=[report(1, 15, declared=90)], cut=1)
    assert (progress.is_declared, *shares(progress, "executed")) == (False, Decimal(25))


class TestSeveralIndicators:
    FIRST = indicator(target=60, name="Talleres")
    SECOND = indicator(target=10, key=2, name="Informes")

    def both(self, ordinal, first, second):
        one, other = report(ordinal, first), report(ordinal, second, key=2)
        return type(one)(ordinal, readings={**one.readings, **other.readings})

    def test_the_mean_of_each_up_to_100(self):
        # 30 of 60 is 50 %; 20 of 10 is 200 % and counts 100: (50 + 100) ÷ 2
        progress = measured(self.FIRST, self.SECOND, reports=[self.both(4, 30, 20)])
        assert shares(progress, "executed", "programmed") == dec("75", "100")
        assert [shares(one, "executed")[0] for one in progress.indicators] == [Decimal(50), Decimal(200)]
        step = progress.steps_of("executed")[-1]
        assert step.inputs == (("Talleres", "50 %", ""), ("Informes", "200 %, cuenta 100 %", ""))

    def test_the_period_goes_up_to_100_too(self):
        # Before: 50 and 80, mean 65. Now: 50 and 150 which counts 100, mean 75. The period brought 10
        reports = [self.both(1, 30, 8), self.both(2, 0, 7)]
        progress = measured(self.FIRST, self.SECOND, reports=reports, cut=2)
        assert shares(progress, "executed", "period_executed") == dec("75", "10")

    @pytest.mark.parametrize("other", [indicator(target=None, key=2), indicator(target=0, key=2), SECOND])
    def test_what_cannot_be_computed_is_left_out(self, other):
        progress = measured(self.FIRST, other, reports=[report(4, 30)])
        assert progress.state == State.MEASURED
        assert shares(progress, "executed", "programmed", "to_date") == dec("50", "100", "50")

    @pytest.mark.parametrize(
        ("other", "state", "reason"),
        [
            (SECOND, State.NOT_REPORTED, "«Talleres», no hay reporte con el dato del indicador"),
            (indicator(target=0, key=2, name="Cero"), State.NOT_REPORTED, "«Talleres», no hay reporte"),
        ],
    )
    def test_without_any_figure_what_may_still_come_is_told_first(self, other, state, reason):
        progress = measured(self.FIRST, other)
        assert progress.state == state
        assert progress.reason.startswith(reason)

    def test_undefined_is_told_before_what_has_no_target(self):
        progress = measured(
            indicator(target=None), indicator(target=0, key=2, name="Cero"), reports=[report(4, 1)]
        )
        assert (progress.state, progress.reason) == (State.UNDEFINED, "«Cero», meta cero")

    def test_both_shares_are_of_the_same_indicators(self):
        # Only the first has reported: 20 due by its targets, and not the mean with the 100 of the other
        first = indicator(target=60, period_targets=[12, 16, 16, 16])
        other = indicator("level", "last", "maintain", 5, key=2)
        progress = measured(first, other, reports=[report(1, 6)], cut=1)
        assert shares(progress, "executed", "programmed", "to_date") == dec("10", "20", "50")

    def test_both_shares_of_the_period_are_of_those_that_reported_it(self):
        # In the second quarter only the first did: 12 of 60 where 16 of 60 was due
        first = indicator(target=60, period_targets=[12, 16, 16, 16])
        progress = measured(first, self.SECOND, reports=[self.both(1, 6, 5), report(2, 12)], cut=2)
        assert shares(progress, "period_executed", "period_programmed", "of_period") == dec("20", "26.6667", "75")

    def test_one_that_cannot_be_programmed_leaves_the_activity_without_programme(self):
        first = indicator(target=60, period_targets=[15, 15, 15, 15])
        progress = measured(first, self.SECOND, reports=[self.both(1, 15, 5)], months=[], cut=1)
        assert (progress.state, progress.programmed) == (State.NO_SCHEDULE, None)
        assert shares(progress, "executed") == dec("37.5")
