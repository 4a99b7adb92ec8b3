"""Several activities together: who enters, with which weight, and what is said about it."""

from decimal import Decimal

import pytest

from actionplans.progress import ActivityProgress, roll_up, roll_up_plan
from actionplans.progress import ProgressState as State
from tests.actionplans.progress.making import dec, indicator, measured, report, shares


def done(executed, programmed=100, weight=None, label="Actividad", state=State.MEASURED, period=(None, None)):
    return ActivityProgress(
        state=state,
        executed=dec(executed),
        programmed=dec(programmed),
        period_executed=dec(period[0]),
        period_programmed=dec(period[1]),
        key=1,
        label=label,
        weight=dec(weight),
    )


def without(state, weight=None, programmed=None):
    return done(None, programmed, weight, state.label, state)


def figures(*texts):
    return tuple(None if text is None else Decimal(text) for text in texts)


def test_without_weights_a_simple_mean_that_says_so():
    group = roll_up([done(40, 50), done(80, 100), done(0, 100)], label="Plan")
    # (40 + 80 + 0) ÷ 3, (50 + 100 + 100) ÷ 3, and 40 ÷ 83.3333
    assert shares(group, "executed", "programmed", "to_date") == figures("40", "83.3333", "48")
    assert (group.label, group.method, group.counted, group.total) == ("Plan", "promedio simple", 3, 3)
    assert group.rule == "Promedio simple de 3 de 3 actividades: todas cuentan igual, porque no tienen pesos."


def test_weights_that_add_to_100_count():
    group = roll_up([done(40, 50, weight=75), done(80, 100, weight=25)])
    # 40 × 0.75 + 80 × 0.25 = 50; 50 × 0.75 + 100 × 0.25 = 62.5
    assert shares(group, "executed", "programmed", "to_date") == figures("50", "62.5", "80")
    assert group.method == "ponderado"
    assert group.rule == (
        "Promedio ponderado de 2 de 2 actividades: cada una cuenta según el peso que tiene en el plan."
    )
    assert group.steps_of("executed")[-1].result == "(40 % × 75 + 80 % × 25) ÷ 100 = 50 %"


@pytest.mark.parametrize(
    ("weights", "why"),
    [
        ((75, "24.99"), "los pesos que tienen en su plan no suman 100 entre ellas"),
        ((75, "25.01"), "los pesos que tienen en su plan no suman 100 entre ellas"),
        ((100, None), "no todas tienen peso"),
        ((None, None), "no tienen pesos"),
    ],
)
def test_any_other_weights_make_a_simple_mean(weights, why):
    group = roll_up([done(40, weight=weights[0]), done(80, weight=weights[1])])
    assert (rounded_executed(group), group.method) == (60, "promedio simple")
    assert why in group.rule


def rounded_executed(group):
    return shares(group, "executed")[0]


def test_weights_are_shared_out_among_those_that_count():
    group = roll_up([done(40, weight=30), done(80, weight=10), without(State.NOT_REPORTED, weight=60)])
    # (40 × 30 + 80 × 10) ÷ 40
    assert (rounded_executed(group), group.method, group.counted, group.total) == (50, "ponderado", 2, 3)
    assert group.rule == (
        "Promedio ponderado de 2 de 3 actividades: cada una cuenta según el peso que tiene en el plan, "
        "y el peso de las que no entran se reparte entre las demás; actividades que no entran: sin reporte (1)."
    )


def test_where_those_that_count_weigh_nothing_the_mean_is_simple():
    group = roll_up([done(40, weight=0), done(80, weight=0), without(State.NOT_REPORTED, weight=100)])
    assert (rounded_executed(group), group.method) == (60, "promedio simple")
    assert "las que entran pesan 0" in group.rule


def test_weights_may_be_given_apart():
    assert (
        rounded_executed(roll_up([done(40, weight=50), done(80, weight=50)], weights=[Decimal(25), Decimal(75)]))
        == 70
    )
    with pytest.raises(ValueError, match="zip"):
        roll_up([done(40)], weights=[])


def test_what_goes_over_100_does_not_make_up_for_others():
    group = roll_up([done(180, 120), done(40)])
    assert shares(group, "executed", "programmed") == figures("70", "100")
    assert group.steps_of("executed")[-1].inputs[0][1] == "180 %, cuenta 100 %; programado 120 %"


@pytest.mark.parametrize(
    "state", [State.NO_TARGET, State.NO_SCHEDULE, State.NOT_REPORTED, State.UNDEFINED, State.PRIOR]
)
def test_what_is_not_known_is_left_out_and_counted_by_its_state(state):
    group = roll_up(
        [done(40), without(state, programmed=50 if state != State.NO_SCHEDULE else None), without(state)]
    )
    assert (rounded_executed(group), group.counted, group.total, group.left_out) == (40, 1, 3, ((state, 2),))


def test_executed_without_programme_is_left_out():
    group = roll_up([done(40), done(90, None, state=State.NO_SCHEDULE)])
    assert (rounded_executed(group), group.left_out) == (40, ((State.NO_SCHEDULE, 1),))


def test_cancelled_ones_do_not_count_nor_weigh():
    group = roll_up([done(40, weight=60), done(80, weight=40), without(State.CANCELLED, weight=50)])
    assert (rounded_executed(group), group.method) == (56, "ponderado")  # 24 + 32
    assert (group.counted, group.total, group.left_out, group.cancelled) == (2, 2, (), 1)
    assert group.rule.endswith("canceladas, no cuentan: 1.")


def test_a_cancelled_weight_leaves_the_others_short_of_100():
    group = roll_up([done(40, weight=60), done(80, weight=20), without(State.CANCELLED, weight=20)])
    assert (rounded_executed(group), group.method) == (60, "promedio simple")


def test_where_nothing_was_due_and_nothing_reported_0_of_0_enters():
    group = roll_up([done(40, 50), without(State.NOT_SCHEDULED, programmed=0)])
    assert shares(group, "executed", "programmed", "to_date") == figures("20", "25", "80")
    assert (group.counted, group.left_out) == (2, ())
    assert "todavía sin nada programado, cuentan con 0 % programado: 1" in group.rule
    assert group.steps_of("executed")[-1].inputs[1][1] == "no programada: entra con 0 % de 0 %"


def test_a_group_of_which_nothing_is_due_yet():
    group = roll_up([without(State.NOT_SCHEDULED, programmed=0)] * 2)
    assert (group.state, group.to_date) == (State.NOT_SCHEDULED, None)
    assert shares(group, "executed", "programmed") == figures("0", "0")


@pytest.mark.parametrize(
    ("members", "state", "reason"),
    [
        ([], State.UNDEFINED, "no hay actividades"),
        ([without(State.CANCELLED)], State.CANCELLED, "todas las actividades están canceladas"),
        (
            [without(State.NO_TARGET)] * 2,
            State.NO_TARGET,
            "ninguna actividad se puede calcular (sin meta definida (2))",
        ),
        (
            [without(State.NO_TARGET), without(State.NOT_REPORTED, programmed=50)],
            State.UNDEFINED,
            "ninguna actividad se puede calcular (sin meta definida (1), sin reporte (1))",
        ),
    ],
)
def test_a_group_without_figure_says_why(members, state, reason):
    group = roll_up(members)
    assert (group.state, group.reason) == (state, reason)
    assert shares(group, "executed", "programmed", "to_date", "of_period") == (None,) * 4


def test_only_declared_figures_make_a_declared_group():
    declared = done(40, state=State.DECLARED)
    assert roll_up([declared, declared, without(State.NO_TARGET)]).state == State.DECLARED
    assert roll_up([declared, done(40)]).state == State.MEASURED


class TestPeriod:
    def test_over_those_that_are_known_of_the_period(self):
        members = [done(40, 50, period=(10, 20)), done(80, 100, period=(None, 50)), done(60, 80, period=(30, 20))]
        group = roll_up(members)
        assert shares(group, "period_executed", "period_programmed", "of_period") == figures("20", "20", "100")
        [step] = [step for step in group.steps if step.figure == "period_executed"]
        assert step.words == (
            "Promedio de las actividades con dato del periodo: 2 de las 3 que cuentan en el año."
        )
        assert [amount for _, amount, _ in step.inputs] == ["10 %", "sin dato del periodo: no entra", "30 %"]
        assert group.period_counted == 2

    def test_a_group_of_groups_says_how_many_activities_not_how_many_groups(self):
        plan = roll_up([done(40, 50, period=(10, 20)), done(80, 100, period=(None, 50))])
        entity = roll_up([plan])
        assert (entity.period_counted, entity.counted) == (1, 2)

    def test_without_report_and_nothing_due_0_of_0_enters(self):
        group = roll_up([done(40, 50, period=(10, 20)), done(80, 100, period=(None, 0))])
        assert shares(group, "period_executed", "period_programmed") == figures("5", "10")

    def test_without_any_report_of_the_period_it_is_not_known(self):
        group = roll_up([done(40, 50, period=(None, 20))])
        assert (group.executed, group.period_executed, group.of_period) == (40, None, None)

    def test_four_periods_come_to_the_year(self):
        # 40 of 60, then 80, 120, 160: the year counts 100, so its quarters bring 66.6667, 33.3333, 0 and 0
        reports = [report(ordinal, 40) for ordinal in (1, 2, 3, 4)]
        cuts = [roll_up([measured(indicator(target=60), reports=reports, cut=cut)]) for cut in (1, 2, 3, 4)]
        assert [shares(group, "executed")[0] for group in cuts] == list(figures("66.6667", "100", "100", "100"))
        assert [shares(group, "period_executed")[0] for group in cuts] == list(
            figures("66.6667", "33.3333", "0", "0")
        )


class TestPlan:
    HALF = [done(0, weight=50), done(100, weight=50)]
    NONE = [done(10, weight=25), done(10, weight=75)]

    def test_two_levels_of_weights(self):
        # (0 × 20 + 40 × 80) ÷ 100 inside the second; 50 × 0.25 + 32 × 0.75
        second = [done(0, weight=20), done(40, weight=80)]
        plan = roll_up_plan([("Uno", Decimal(25), self.HALF), ("Dos", Decimal(75), second)], "Plan")
        assert (rounded_executed(plan), plan.method) == (Decimal("36.5"), "ponderado")
        assert [(one.label, rounded_executed(one), one.weight) for one in plan.groups] == [
            ("Uno", 50, 25),
            ("Dos", 32, 75),
        ]
        assert (plan.counted, plan.total, plan.members_counted, plan.members_total) == (4, 4, 2, 2)
        assert plan.rule == (
            "Promedio ponderado de 2 de 2 partes: cada una cuenta según el peso que tiene en el plan."
        )

    def test_weights_inside_components_without_weights(self):
        # 50 and 10 weighted inside, and their simple mean
        plan = roll_up_plan([("Uno", None, self.HALF), ("Dos", None, self.NONE)])
        assert (rounded_executed(plan), plan.method) == (30, "promedio simple")

    def test_without_weights_every_activity_counts_the_same(self):
        plan = roll_up_plan([("Uno", None, [done(0)]), ("Dos", None, [done(60), done(60), done(60)])])
        assert (rounded_executed(plan), plan.members_total) == (45, 4)
        assert [rounded_executed(group) for group in plan.groups] == [0, 60]

    def test_weights_over_the_whole_plan(self):
        plan = roll_up_plan([("Uno", None, [done(0, weight=10)]), ("Dos", None, [done(60, weight=90)])])
        assert (rounded_executed(plan), plan.method) == (54, "ponderado")

    def test_without_components(self):
        plan = roll_up_plan([("", None, self.HALF)], "Plan")
        assert (plan.label, rounded_executed(plan), plan.groups) == ("Plan", 50, ())

    def test_a_cancelled_component_does_not_weigh(self):
        gone = ("Tres", Decimal(40), [without(State.CANCELLED)])
        plan = roll_up_plan([("Uno", Decimal(25), self.HALF), ("Dos", Decimal(75), self.NONE), gone])
        assert (rounded_executed(plan), plan.method, plan.cancelled) == (20, "ponderado", 1)  # 12.5 + 7.5

    def test_a_component_without_figure_leaves_its_weight_to_the_others(self):
        unknown = ("Dos", Decimal(75), [without(State.NOT_REPORTED), without(State.NO_TARGET)])
        plan = roll_up_plan([("Uno", Decimal(25), self.HALF), unknown])
        assert (rounded_executed(plan), plan.counted, plan.total) == (50, 2, 4)
        assert plan.left_out == ((State.NO_TARGET, 1), (State.NOT_REPORTED, 1))
        assert (plan.members_counted, plan.members_total) == (1, 2)


def test_groups_of_groups_are_simple_means_and_count_activities():
    one = roll_up([done(40), done(60), without(State.NOT_REPORTED)], label="Integridad")
    other = roll_up([done(90), without(State.CANCELLED)], label="Talento Humano")
    empty = roll_up([without(State.NO_TARGET)], label="Archivo")
    dimension = roll_up([one, other, empty], label="Dimensión")
    assert rounded_executed(dimension) == 70
    assert (dimension.counted, dimension.total, dimension.cancelled) == (3, 5, 1)
    assert dimension.left_out == ((State.NO_TARGET, 1), (State.NOT_REPORTED, 1))
    assert dimension.rule.startswith(
        "Promedio simple de 2 de 3 partes: todas cuentan igual, porque no tienen pesos; actividades que no entran:"
    )
