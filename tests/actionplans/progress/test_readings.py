"""How an indicator and its figures are read: blanks, units, ratios that cannot be divided."""

from decimal import Decimal

import pytest

from actionplans.progress import Cut, IndicatorFacts, Reading, ReportFacts, measure_activity
from actionplans.progress import ProgressState as State
from actionplans.progress.numbers import number, operand, percent
from tests.actionplans.progress.making import activity, dec, indicator, measured, report, rounded, without_progress

RATIO = indicator("ratio", target=50, unit="%")


def remarks(progress):
    return [step.words for step in progress.steps if step.figure == "rule"]


def test_an_indicator_of_which_only_the_target_is_said_is_a_count_that_adds_up():
    progress = measure_activity(
        activity(IndicatorFacts(1, target=Decimal(60)), reports=[report(1, 10), report(2, 20)]), Cut.at(2)
    )
    assert rounded(progress.executed) == 50
    assert remarks(progress) == [
        "El plan no dice el tipo del indicador: se leyó como conteo.",
        "El plan no dice cómo se acumula: se leyó como «se suma».",
        "El plan no dice hacia dónde debe ir: se leyó como «subir».",
    ]


@pytest.mark.parametrize("facts", [indicator(target=60), indicator("yes_no", "", "")])
def test_what_is_said_needs_no_remark(facts):
    assert remarks(measured(facts, reports=[report(1, 1)])) == []


def test_a_level_is_never_added_up():
    progress = measured(indicator("level", "flow", target=50), reports=[report(1, 10), report(2, 20)])
    assert rounded(progress.executed) == 40
    assert remarks(progress) == ["Un nivel no se suma: se leyó como «vale el último»."]


@pytest.mark.parametrize(
    ("unit", "target", "baseline", "executed", "remark"),
    [
        ("%", 50, None, "100", None),
        ("Porcentaje", 50, None, "100", None),
        ("por ciento", "0.5", None, "10000", None),
        ("", 50, None, "100", "El plan no dice la unidad y la meta pasa de 1: se leyó como porcentaje."),
        ("", "0.5", None, "100", None),
        ("", 1, None, "50", None),
        ("", "0.5", 2, "10000", "El plan no dice la unidad y la meta pasa de 1: se leyó como porcentaje."),
        ("casos por sede", 2, None, "25", "La unidad es «casos por sede»: la razón no se multiplicó por 100."),
    ],
)
def test_a_ratio_meets_its_target_in_its_unit(unit, target, baseline, executed, remark):
    # 20 of 40 is one half, or 50 %
    facts = indicator("ratio", target=target, baseline=baseline, unit=unit)
    progress = measured(facts, reports=[report(1, ratio=(20, 40))])
    assert rounded(progress.executed) == Decimal(executed)
    assert remarks(progress) == ([remark] if remark else [])


@pytest.mark.parametrize(
    ("accumulation", "reports", "reason"),
    [
        ("flow", [report(1, ratio=(0, 0))], "denominador cero"),
        ("last", [report(1, ratio=(5, 10)), report(2, ratio=(0, 0))], "denominador cero"),
        ("flow", [report(1, ratio=(5, 10)), report(2, ratio=(5, -10))], "denominador cero"),
        ("flow", [report(1, ratio=(5, None))], "falta un numerador o un denominador"),
        ("flow", [report(1, ratio=(None, 5))], "falta un numerador o un denominador"),
        ("flow", [report(1, ratio=(5, 10)), report(2, 50)], "falta un numerador o un denominador"),
    ],
)
def test_a_ratio_that_cannot_be_divided_is_undefined(accumulation, reports, reason):
    progress = measured(indicator("ratio", accumulation, target=50, unit="%"), reports=reports)
    assert (progress.state, progress.reason, progress.executed) == (State.UNDEFINED, reason, None)


def test_a_quarter_without_requests_does_not_spoil_the_year():
    reports = [report(1, ratio=(20, 40)), report(2, ratio=(0, 0))]
    progress = measured(RATIO, reports=reports, cut=2)
    assert rounded(progress.executed) == 100
    assert progress.period_executed is None
    assert (
        progress.steps_of("period_executed")[-1].words == "El avance del periodo no se conoce: denominador cero."
    )


def test_a_ratio_of_the_last_whose_first_could_not_be_divided_has_no_period():
    facts = indicator("ratio", "last", target=50, unit="%")
    progress = measured(facts, reports=[report(1, ratio=(0, 0)), report(2, ratio=(10, 40))], cut=2)
    assert (rounded(progress.executed), progress.period_executed) == (50, None)
    words = "El avance del periodo no se conoce: al corte anterior no se podía calcular: denominador cero."
    assert progress.steps_of("period_executed")[-1].words == words


def test_a_ratio_may_come_as_one_value():
    assert rounded(measured(RATIO, reports=[report(1, 25)]).executed) == 50
    last = indicator("ratio", "last", target=50, unit="%")
    assert rounded(measured(last, reports=[report(1, ratio=(1, 10)), report(2, 25)]).executed) == 50


def test_numerator_and_denominator_come_before_a_value():
    both = ReportFacts(1, readings={1: Reading(1, dec(10), dec(40), dec(99))})
    assert rounded(measured(RATIO, reports=[both]).executed) == 50


@pytest.mark.parametrize("empty", [Reading(1), Reading(1, numerator=Decimal(5), denominator=Decimal(5))])
def test_an_empty_reading_is_no_report(empty):
    progress = measured(indicator(target=60), reports=[ReportFacts(1, readings={1: empty})])
    assert (progress.state, progress.executed) == (State.NOT_REPORTED, None)


def test_readings_of_a_report_without_progress_are_not_looked_at():
    stray = ReportFacts(2, is_without_progress=True, readings={1: Reading(2, value=Decimal(40))})
    assert rounded(measured(indicator(target=60), reports=[report(1, 15), stray]).executed) == 25


def test_a_figure_explains_itself():
    source = "Reporte validado el 08/04/2024"
    reports = [report(1, 10, source=source), without_progress(2), report(3, 28)]
    progress = measured(indicator(target=60), reports=reports, cut=3)
    (step,) = progress.steps_of("executed")
    assert step.formula == "Avance del año = suma de lo reportado ÷ meta del año × 100"
    assert step.inputs == (
        ("Trimestre I", "10", source),
        ("Trimestre II", "sin avance", ""),
        ("Trimestre III", "28", ""),
        ("Meta del año", "60", "Plan"),
    )
    assert step.result == "38 ÷ 60 × 100 = 63,33 %"
    (step,) = progress.steps_of("programmed")
    assert step.inputs == (
        ("Meses programados del año", "4 (febrero, mayo, agosto y noviembre)", "Cronograma del plan"),
        ("Hasta septiembre", "3 (febrero, mayo y agosto)", "Cronograma del plan"),
    )
    assert step.result == "3 ÷ 4 × 100 = 75 %"
    (step,) = progress.steps_of("to_date")
    assert step.result == "63,33 % ÷ 75 % × 100 = 84,44 % (se calcula con todos los decimales)"
    (step,) = progress.steps_of("period_executed")
    assert step.result == "63,33 % − 16,67 % = 46,67 % (se calcula con todos los decimales)"


def test_a_ratio_explains_itself_in_two_steps():
    reports = [report(1, ratio=(20, 30)), report(2, ratio=(20, 20))]
    steps = measured(RATIO, reports=reports, cut=2).steps_of("executed")
    assert [step.result for step in steps] == ["40 ÷ 50 × 100 = 80 %", "80 ÷ 50 × 100 = 160 %"]
    assert steps[0].inputs[0] == ("Trimestre I", "20 ÷ 30", "")


@pytest.mark.parametrize(
    ("facts", "value", "result"),
    [
        (indicator("level", "last", "increasing", 10, -10), -5, "((−5) − (−10)) ÷ (10 − (−10)) × 100 = 25 %"),
        (indicator("level", "last", "decreasing", 10, 40), 25, "(40 − 25) ÷ (40 − 10) × 100 = 50 %"),
        (indicator("level", "last", "decreasing", 3), 4, "4 pasa de 3: 3 ÷ 4 × 100 = 75 %"),
        (indicator("level", "last", "decreasing", 3), 2, "2 no pasa de 3: 100 %"),
        (indicator("level", "last", "maintain", 4), 3, "3 no llega a 4: 3 ÷ 4 × 100 = 75 %"),
        (indicator("level", "last", "maintain", 4), 4, "4 llega a 4: 100 %"),
        (indicator("yes_no"), 1, "sí: 100 %"),
        (indicator("yes_no"), 0, "no: 0 %"),
    ],
)
def test_every_formula_is_written_with_its_numbers(facts, value, result):
    assert measured(facts, reports=[report(1, value)]).steps_of("executed")[-1].result == result


def test_numbers_are_written_as_people_read_them():
    assert [number(Decimal(text)) for text in ("1250", "62.50", "-3", "0.00001", "-0.00001", "1234567.5")] == [
        "1.250",
        "62,5",
        "−3",
        "0",
        "0",
        "1.234.567,5",
    ]
    assert (operand(Decimal("-3")), percent(None), percent(Decimal("63.335"))) == ("(−3)", "—", "63,34 %")
