"""What the report form reads from what people type, and what it asks them to correct."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from actionplans.forms.report import ReportForm
from actionplans.months import MonthSet
from actionplans.views.following.own_work import works
from tests.following import report, validate
from tests.report_steps import COUNTED, NO_TARGET, RATIO, YES_NO, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(house):
    return make_desk(house)


@pytest.fixture
def form_of(desk):
    """The form of an activity in the third quarter, with these answers."""

    def form_of_(number, answers=None, **options):
        work = works(desk.quarter, activity=desk.activities[number].pk)[0]
        return ReportForm(
            answers,
            promise=work.promise,
            period=desk.quarter,
            before=work.before,
            executed=work.executed,
            **options,
        )

    return form_of_


def typed(**answers):
    """What a complete report of the counted activity says, but for `answers`."""
    return {"value_1": "22", "narrative": "Dos talleres.", "months": ["8"], **answers}


def errors(form):
    return {name: list(said) for name, said in form.errors.items()}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("22", "22"),
        ("22,5", "22.5"),
        ("1.500", "1500"),
        ("1.500,75", "1500.75"),
        (" 1 500 ", "1500"),
        ("0,33333", "0.3333"),
    ],
)
def test_figures_are_read_as_people_here_write_them(form_of, text, number):
    form = form_of(COUNTED, typed(value_1=text))
    assert errors(form) == {}
    assert form.content([]).readings[0].value == Decimal(number)


@pytest.mark.parametrize("text", ["veinte", "1,2,3", "-4", "9" * 30])
def test_what_is_no_figure_is_told_at_its_field(form_of, text):
    form = form_of(COUNTED, typed(value_1=text))
    assert list(errors(form)) == ["value_1"]


def test_a_complete_report_becomes_its_content(form_of):
    form = form_of(COUNTED, typed(difficulties="Faltó sala."))
    assert form.is_valid()
    content = form.content(["acta"])
    assert (content.narrative, content.difficulties) == ("Dos talleres.", "Faltó sala.")
    assert content.executed_months == MonthSet([8])
    assert [(reading.key, reading.name) for reading in content.readings] == [(1, "Funcionarios capacitados")]
    assert content.evidence == ("acta",)
    assert not content.is_without_progress


def test_a_ratio_needs_both_figures(form_of):
    form = form_of(RATIO, {"numerator_1": "19", "narrative": "Se respondió."})
    assert errors(form) == {"denominator_1": ["Escriba también esta cifra: hacen falta las dos."]}
    whole = form_of(RATIO, {"numerator_1": "19", "denominator_1": "20", "narrative": "Se respondió."})
    assert whole.is_valid()
    reading = whole.content([]).readings[0]
    assert (reading.numerator, reading.denominator, reading.value) == (Decimal(19), Decimal(20), None)


@pytest.mark.parametrize(("answer", "value"), [("1", Decimal(1)), ("0", Decimal(0))])
def test_yes_and_no_are_one_and_zero(form_of, answer, value):
    form = form_of(YES_NO, {"value_1": answer, "narrative": "Se publicó."})
    assert form.is_valid()
    assert form.content([]).readings[0].value == value


def test_the_result_of_a_measured_activity_is_asked_for(form_of):
    form = form_of(COUNTED, typed(value_1=""))
    assert errors(form) == {"value_1": ["Dé el resultado del indicador; si no hubo avance, márquelo abajo."]}


def test_without_a_target_a_percentage_may_be_declared_or_not(form_of):
    assert "declared" not in form_of(COUNTED).fields
    silent = form_of(NO_TARGET, {"narrative": "Se acompañaron dos."})
    assert silent.is_valid()
    assert silent.content([]).declared is None
    said = form_of(NO_TARGET, {"narrative": "Se acompañaron dos.", "declared": "37,5 %"})
    assert said.is_valid()
    assert said.content([]).declared == Decimal("37.5")
    assert list(errors(form_of(NO_TARGET, {"narrative": "Dos.", "declared": "101"}))) == ["declared"]


def test_nothing_said_is_not_a_report(form_of):
    assert list(errors(form_of(NO_TARGET, {}))) == ["narrative"]


def test_no_progress_is_a_report_when_it_says_why(form_of):
    assert errors(form_of(COUNTED, {"without_progress": "on"})) == {
        "difficulties": ["Diga por qué no hubo avance."]
    }
    form = form_of(COUNTED, {"without_progress": "on", "difficulties": "No hubo contrato."})
    assert form.is_valid()
    content = form.content([])
    assert content.is_without_progress
    assert content.readings == ()


@pytest.mark.parametrize("told", [{"value_1": "3"}, {"months": ["8"]}])
def test_no_progress_and_a_result_contradict_each_other(form_of, told):
    form = form_of(COUNTED, {"without_progress": "on", "difficulties": "No hubo contrato.", **told})
    assert list(errors(form)) == ["without_progress"]


def test_planning_names_its_source(form_of):
    assert "source" not in form_of(COUNTED).fields
    assert list(errors(form_of(COUNTED, typed(), on_behalf=True))) == ["source"]
    form = form_of(COUNTED, typed(source="Correo del 3 de octubre."), on_behalf=True)
    assert form.is_valid()
    assert form.content([]).source == "Correo del 3 de octubre."


def test_the_months_offered_are_those_of_the_period_and_late_ones(form_of, desk):
    def offered(form):
        return [month for month, _ in form.fields["months"].choices]

    assert offered(form_of(COUNTED)) == [4, 5, 7, 8, 9]
    report(desk.house, desk.activities[COUNTED], desk.quarters[1], 38, executed_months=MonthSet([4, 5]))
    assert offered(form_of(COUNTED)) == [7, 8, 9]
    assert "months" in errors(form_of(COUNTED, typed(months=["11"])))


def test_the_form_says_how_far_the_year_has_come(form_of, desk):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarters[1], 38)
    validate(desk.house, sent)
    question = form_of(COUNTED).questions[0]
    assert question.so_far_words == "Van 38 funcionarios hasta junio."
    assert question.target_words == "La meta del año es 60 funcionarios."
    assert question.which_words == "Escriba solo lo de julio a septiembre."


def test_a_draft_keeps_what_was_typed_as_it_was_typed(form_of):
    post = QueryDict(mutable=True)
    post.update({"value_1": "veinte", "narrative": "Uno\r\ndos\x00 ", "evidence_url": "a medias", "otro": "no"})
    post.setlist("months", ["8", "7", "99"])
    assert form_of(COUNTED, post).typed == {
        "value_1": "veinte",
        "narrative": "Uno\ndos",
        "months": ["7", "8"],
        "evidence_url": "a medias",
    }
