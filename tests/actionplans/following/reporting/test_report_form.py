"""What the report form reads from what people type, and what it asks them to correct."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent
from actionplans.forms.report import ReportForm
from actionplans.months import MonthSet
from actionplans.views.following.quarter.own_work import works
from tests.factories import make_published_plan
from tests.following import make_year, report, validate
from tests.report_steps import COUNTED, NO_TARGET, RATIO, YES_NO

pytestmark = pytest.mark.django_db


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
    form = form_of(COUNTED, typed(value_1=text, confirm_1=text.strip()))
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
    assert errors(form) == {
        "value_1": [
            "Dé el resultado del indicador, o marque «Sin dato este trimestre» y diga por qué en las "
            "dificultades. Si no hubo avance, márquelo abajo."
        ]
    }
    silent = typed(value_1="", no_data_1="on")
    assert errors(form_of(COUNTED, silent)) == {
        "difficulties": ["Diga por qué no hay dato de «Funcionarios capacitados»."]
    }
    explained = form_of(COUNTED, {**silent, "difficulties": "La lista está en el otro municipio."})
    assert explained.is_valid()
    assert explained.content([]).readings == ()
    assert list(errors(form_of(COUNTED, typed(no_data_1="on")))) == ["no_data_1"]


def test_without_a_target_a_percentage_may_be_declared_or_not(form_of):
    assert "declared" not in form_of(COUNTED).fields
    silent = form_of(NO_TARGET, {"narrative": "Se acompañaron dos."})
    assert silent.is_valid()
    assert silent.content([]).declared is None
    said = form_of(NO_TARGET, {"narrative": "Se acompañaron dos.", "declared": "37,5 %"})
    assert said.is_valid()
    assert said.content([]).declared == Decimal("37.5")
    assert list(errors(form_of(NO_TARGET, {"narrative": "Dos.", "declared": "101"}))) == ["declared"]


TWO = (
    IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=Decimal(4)),
    IndicatorContent(name="Asistentes", kind="count", accumulation="flow", target=Decimal(80)),
)


def test_each_of_several_indicators_is_asked_for(house):
    activity = ActivityContent(description="Dictar talleres", months=MonthSet([7]), indicators=TWO)
    make_published_plan(house.entity, content=PlanContent(title="Plan", activities=(activity,)))
    quarter = make_year(house)[2]
    work = works(quarter, activity=house.entity.plans.get().activities.get().pk)[0]

    def errors_of(**answers):
        said = {"narrative": "Un taller.", "value_1": "1", **answers}
        return list(errors(ReportForm(said, promise=work.promise, period=quarter)))

    assert errors_of() == ["value_2"]
    assert errors_of(value_2="25") == []
    assert errors_of(no_data_2="on") == ["difficulties"]
    assert errors_of(no_data_2="on", difficulties="No se pasó lista.") == []


@pytest.mark.parametrize(
    ("number", "answers", "field"),
    [
        (COUNTED, {"value_1": "80 %"}, "value_1"),
        (COUNTED, {"value_1": "1,234.5"}, "value_1"),
        (RATIO, {"numerator_1": "0", "denominator_1": "0"}, "denominator_1"),
        (RATIO, {"numerator_1": "95 %", "denominator_1": "100"}, "numerator_1"),
    ],
)
def test_figures_that_cannot_be_are_refused(form_of, number, answers, field):
    assert list(errors(form_of(number, {"narrative": "Se hizo.", **answers}))) == [field]


@pytest.mark.parametrize(
    ("number", "answers", "said", "words"),
    [
        (COUNTED, {"value_1": "601"}, "601", "601 es más de 10 veces la meta."),
        (RATIO, {"numerator_1": "25", "denominator_1": "20"}, "25 ÷ 20", "25 de 20 es más del 100 %."),
    ],
)
def test_improbable_figures_are_confirmed_one_by_one(form_of, number, answers, said, words):
    answers = {"narrative": "Se hizo.", **answers}
    form = form_of(number, answers)
    assert list(errors(form)) == ["confirm_1"]
    assert words in errors(form)["confirm_1"][0]
    assert f'value="{said}"' in str(form.asked[0].confirm)
    assert form_of(number, {**answers, "confirm_1": said}).is_valid()
    assert not form_of(number, {**answers, "confirm_1": "otra cifra"}).is_valid()
    assert form_of(number, {}).asked[0].confirm is None


def test_where_a_figure_leads_is_said_without_the_script(form_of, desk):
    report(desk.house, desk.activities[COUNTED], desk.quarters[1], 38)
    counted = form_of(COUNTED, typed()).asked[0]
    assert counted.leads == "Con esto llega a 38 + 22 = 60 de 60 funcionarios"
    quotient = form_of(RATIO, {"numerator_1": "1.900", "denominator_1": "2000"}).asked[0]
    assert quotient.leads == "1.900 ÷ 2.000 × 100 = 95 %; la meta es 98 %"
    assert form_of(COUNTED).asked[0].leads == ""


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
