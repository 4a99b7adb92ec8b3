"""«Mi trimestre»: what the page asks of an office, in which order and in which words."""

import datetime
import gzip
import re
from decimal import Decimal

import pytest

from actionplans.domain.contents.content import ActivityContent, PlanContent
from actionplans.domain.following.calendar.extensions import extend
from actionplans.domain.following.calendar.periods import change_dates, open_year
from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.models import ImportRun
from actionplans.models.imports import ImportState
from actionplans.months import MonthSet
from tests.factories import make_office, make_published_plan, make_user
from tests.following import close, make_year, on_day, promised, reopen, report, reported, validate
from tests.report_steps import COUNTED, FOREVER, LATER, NO_TARGET, RATIO, SHARED, YES_NO, end

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client, desk):
    """The page of a person (the leader) at an address (the third quarter)."""

    def show_(address="", user=None, quarter=None):
        client.force_login(user or desk.house.leader)
        address = address or f"/seguimiento/cartago/?periodo={(quarter or desk.quarter).pk}"
        response = client.get(address)
        response.html = response.content.decode()
        response.text = " ".join(re.sub(r"<[^>]+>", " ", response.html).split())
        return response

    return show_


def names(lists, which):
    return [work.number for work in getattr(lists, which)]


def test_the_page_says_how_many_are_missing_and_until_when(show, desk):
    html = show().html
    assert "<h1>Mi tercer trimestre de 2024</h1>" in html
    assert f"Le faltan 4 de 4 actividades. Abierto hasta el 31 de diciembre de {FOREVER.year}." in html
    for number in (COUNTED, RATIO, YES_NO):
        report(desk.house, desk.activities[number], desk.quarter)
    assert "Le falta 1 de 4 actividades." in show().html
    report(desk.house, desk.activities[NO_TARGET], desk.quarter)
    assert "Ya reportó las actividades de este trimestre." in show().html


def test_late_and_returned_ones_come_first_and_later_ones_stay_folded(show, desk):
    sent = report(desk.house, desk.activities[NO_TARGET], desk.quarter)
    return_report(sent, by=desk.house.planning, number=1, comment="Faltan las actas.")
    report(desk.house, desk.activities[YES_NO], desk.quarter)
    page = show()
    lists = page.context["lists"]
    assert names(lists, "missing") == ["4", "1", "2"]
    assert names(lists, "sent") == ["3"]
    assert names(lists, "later") == ["5"]
    assert names(lists, "contributing") == ["6"]
    assert "Faltan las actas." in page.text
    assert "No programadas todavía (1)" in page.text
    assert f'href="{desk.address(LATER)}"' in page.html


def test_a_finished_activity_is_not_asked_again_but_may_be_reported(show, desk):
    report(desk.house, desk.activities[COUNTED], desk.quarters[1], 60, executed_months=MonthSet([4, 5]))
    page = show()
    assert names(page.context["lists"], "finished") == ["1"]
    assert "Le faltan 3 de 3 actividades." in page.text
    assert page.client.get(desk.address(COUNTED)).context["sheet"].form is not None


def test_each_activity_says_what_it_promised_and_how_far_it_has_come(show, desk):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarters[1], 38, narrative="Tres talleres.")
    validate(desk.house, sent)
    text = show().text
    assert "Entregable: Personal capacitado." in text
    assert "La meta del año es 60 funcionarios. Van 38 funcionarios hasta junio." in text
    assert "Su último reporte: trimestre II" in text


def test_the_last_report_is_never_filled_in_by_itself(show, desk):
    report(desk.house, desk.activities[COUNTED], desk.quarters[1], 38, narrative="Tres talleres.")
    form = show(desk.address(COUNTED)).context["sheet"].form
    assert form["narrative"].value() is None
    copied = show(f"{desk.address(COUNTED)}?copiar=1").context["sheet"].form
    assert copied["narrative"].value() == "Tres talleres."
    assert copied["value_1"].value() is None


def test_every_period_of_the_year_says_its_state(show, desk):
    last = desk.quarters[3]
    change_dates(last, by=desk.house.planning, opens=last.opens, closes=datetime.date(2025, 1, 15))
    choices = show().context["periods"]
    assert [choice.period.ordinal for choice in choices] == [1, 2, 3, 4]
    assert [choice.words for choice in choices][:2] == [f"Abierto hasta el 31 de diciembre de {FOREVER.year}"] * 2
    assert choices[3].words == "El plazo venció el 15 de enero de 2025"


def test_the_page_without_a_period_shows_the_one_that_takes_reports(show, desk):
    assert show("/seguimiento/cartago/").context["period"] == desk.quarters[3]


def test_four_month_periods_are_offered_only_to_who_has_such_a_plan(show, desk):
    open_year(desk.house.entity, 2024, "cuatrimestre", by=desk.house.planning)
    assert {choice.period.scheme for choice in show().context["periods"]} == {"trimestre"}
    assert show("/seguimiento/cartago/").context["period"].scheme == "trimestre"


def test_a_closed_period_is_read_only(show, desk):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    validate(desk.house, sent, comment="Según las listas, 20.", corrections=[reading(20)])
    close(desk.house, desk.quarter)
    page = show()
    assert "Cerrado." in page.text
    assert "<form" not in page.html.split("<main")[1]
    one = show(desk.address(COUNTED))
    assert one.context["sheet"].form is None
    assert "Funcionarios capacitados: corregido a 20" in one.text
    assert "ya no se cambia lo reportado" in one.text


def reading(value):
    return ReadingContent(key=1, name="Funcionarios capacitados", value=Decimal(value))


def test_before_the_period_opens_nothing_is_written(show, desk):
    with on_day(2024, 9, 20):
        page = show()
        assert "Se pedirán 4 actividades. Abre el 1 de octubre de 2024." in page.text
        assert "Le falta" not in page.text
        assert "<form" not in page.html.split("<main")[1]


def test_after_the_deadline_the_draft_stays_and_the_page_says_what_to_do(show, desk):
    late = end(desk)
    page = show(desk.address(COUNTED))
    assert "Pida una prórroga a la oficina de planeación" in page.text
    assert page.context["sheet"].form is not None
    assert 'value="send"' not in page.html
    extend(late, [desk.activities[COUNTED]], by=desk.house.planning, until=FOREVER, reason="Paro.")
    page = show(desk.address(COUNTED))
    assert f"Con plazo hasta el 31 de diciembre de {FOREVER.year}" in page.text
    assert 'value="send"' in page.html


def test_the_activity_of_another_office_is_forbidden_and_of_another_entity_not_found(show, desk, neighbour):
    stranger = make_user("otra@cartago.example", desk.house.entity, "leader", offices=[desk.other])
    assert show(desk.address(COUNTED), stranger).status_code == 403
    assert show(desk.address(SHARED), stranger).context["sheet"].form is not None
    assert show(desk.address(COUNTED), neighbour.leader).status_code == 404
    assert show(desk.address(COUNTED), desk.house.administrator).status_code == 403


def test_committee_and_control_interno_read_what_was_sent_and_no_draft(show, desk):
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22, narrative="Dos talleres.")
    keep(desk, COUNTED, {"narrative": "Todavía lo pienso."})
    for reader in (desk.house.committee, desk.house.auditor):
        page = show(desk.address(COUNTED), reader)
        assert "Dos talleres." in page.text
        assert "Todavía lo pienso." not in page.text
        assert page.context["sheet"].form is None


def keep(desk, number, answers):
    return save_draft(
        promised(desk.activities[number], desk.quarter), desk.quarter, answers, by=desk.house.leader, revision=None
    )


def test_a_draft_goes_on_where_it_was_left(show, desk):
    keep(desk, COUNTED, {"value_1": "veintidós", "months": ["8"]})
    page = show()
    assert "Borrador sin enviar" in page.text
    form = page.context["sheets"][0].form
    assert (form["value_1"].value(), form["months"].value()) == ("veintidós", ["8"])


def test_changes_over_what_was_sent_are_to_be_done(show, desk):
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    for number in (RATIO, YES_NO, NO_TARGET):
        report(desk.house, desk.activities[number], desk.quarter)
    keep(desk, COUNTED, {"value_1": "23", "narrative": "Mejor."})
    page = show()
    assert names(page.context["lists"], "missing") == ["1"]
    assert "Con cambios sin enviar" in page.text
    assert "Tiene 1 reporte con cambios sin enviar." in page.text
    assert "Enviar las que están listas (1)" in page.text
    assert (page.context["lists"].reported, page.context["lists"].asked) == (4, 4)


def test_of_a_reopened_quarter_only_what_was_reopened_is_asked(show, desk):
    close(desk.house, desk.quarter)
    reopen(desk.house, desk.quarter, [desk.activities[COUNTED]], until=FOREVER)
    page = show(quarter=desk.quarter)
    assert "Le falta 1 de 1 actividad." in page.text
    assert names(page.context["lists"], "missing") == ["1"]
    assert names(page.context["lists"], "left_out") == ["2", "3", "4", "5"]
    assert "No se reabrieron (4)" in page.text
    left = show(desk.address(RATIO)).text
    assert "Con plazo hasta" not in left
    assert "se reabrió solo para otras actividades" in left


def test_another_year_is_chosen_on_the_page(show, desk):
    assert show().context["years"] == show().context["years"][:1]
    assert "Años con seguimiento" not in show().text
    earlier = open_year(desk.house.entity, 2023, "trimestre", by=desk.house.planning)
    page = show()
    years = page.context["years"]
    assert [(choice.year, choice.is_this) for choice in years] == [(2023, False), (2024, True)]
    assert years[0].address.endswith(f"?periodo={earlier[2].pk}")
    assert 'aria-label="Años con seguimiento"' in page.html


def test_a_returned_report_is_mended_from_what_was_sent(show, desk):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarter, 22, narrative="Dos talleres.")
    return_report(sent, by=desk.house.planning, number=1, comment="¿Cuándo?")
    form = show(desk.address(COUNTED)).context["sheet"].form
    assert (form["value_1"].value(), form["narrative"].value()) == ("22", "Dos talleres.")


# --- Planning on behalf of an office -----------------------------------------------------------------------


def test_planning_chooses_an_office_and_sees_its_quarter(show, desk):
    planning = desk.house.planning
    chooser = show(user=planning)
    assert [office.slug for office in chooser.context["offices"]] == ["gobierno", desk.house.office.slug]
    page = show(f"/seguimiento/cartago/?periodo={desk.quarter.pk}&dependencia=gobierno", planning)
    assert "Falta 1 de 1 actividad." in page.text
    assert names(page.context["lists"], "missing") == ["6"]
    assert show(f"/seguimiento/cartago/?dependencia=nada&periodo={desk.quarter.pk}", planning).status_code == 404


def test_the_activities_that_no_office_reports_are_planning_s(show, desk):
    make_published_plan(
        desk.house.entity,
        content=PlanContent(title="Plan huérfano", activities=(ActivityContent(description="Sin dueño"),)),
    )
    address = f"/seguimiento/cartago/?periodo={desk.quarter.pk}&dependencia=ninguna"
    page = show(address, desk.house.planning)
    assert [work.promise.description for work in page.context["lists"].missing] == ["Sin dueño"]


def test_a_leader_sees_the_own_offices_whatever_the_address_asks(show, desk):
    page = show(f"/seguimiento/cartago/?periodo={desk.quarter.pk}&dependencia=gobierno")
    assert names(page.context["lists"], "missing") == ["1", "2", "3", "4"]


# --- Follow-up that an import kept -------------------------------------------------------------------------


def test_the_text_of_the_entity_s_form_is_offered_and_not_filled_in(show, desk):
    version = promised(desk.activities[COUNTED], desk.quarter).version
    followups = {
        "3": {"text": "Se dictaron dos talleres.", "progress": "80"},
        "2": {"text": "Otro", "progress": None},
    }
    ImportRun.objects.create(
        entity=desk.house.entity,
        version=version,
        state=ImportState.APPLIED,
        file_name="formato.xlsx",
        reading={"activities": [{"number": 1, "description": "CAPACITAR funcionarios", "followups": followups}]},
    )
    page = show(desk.address(COUNTED))
    assert page.context["sheet"].imported.text == "Se dictaron dos talleres."
    assert "formato.xlsx" in page.text
    assert page.context["sheet"].form["narrative"].value() is None
    assert show(desk.address(RATIO)).context["sheet"].imported is None


# --- Before planning opened the follow-up ------------------------------------------------------------------


def test_without_periods_the_page_lists_what_was_promised(client, house):
    make_published_plan(house.entity, office=house.office)
    client.force_login(house.leader)
    page = client.get("/seguimiento/cartago/")
    assert "Planeación todavía no ha abierto el seguimiento." in page.content.decode()
    assert len(page.context["activities"]) == 3


# --- Cost --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activities", [1, 3])
def test_the_number_of_queries_does_not_grow(client, house, activities, django_assert_num_queries):
    make_published_plan(house.entity, office=house.office, activities=activities)
    with on_day(2024, 4, 10):
        periods = make_year(house)
        for row in house.entity.plans.get().activities.all():
            reported(house, row, periods[0], difficulties="Ninguna.")
    with on_day(2024, 7, 10):
        client.force_login(house.leader)
        client.get(f"/seguimiento/cartago/?periodo={periods[1].pk}")
        with django_assert_num_queries(26):
            page = client.get(f"/seguimiento/cartago/?periodo={periods[1].pk}")
    assert len(page.context["lists"].missing) == activities


@pytest.mark.parametrize("activities", [1, 3])
def test_sending_all_asks_as_often_for_one_draft_as_for_three(
    client, house, activities, django_assert_num_queries
):
    make_published_plan(house.entity, office=house.office, activities=activities)
    with on_day(2024, 4, 10):
        period = make_year(house)[0]
        for row in house.entity.plans.get().activities.all():
            save_draft(promised(row, period), period, {"narrative": "Hecho."}, by=house.leader, revision=None)
        client.force_login(house.leader)
        address = f"/seguimiento/cartago/{period.pk}/enviar/"
        client.get(address)
        with django_assert_num_queries(19):
            page = client.get(address)
    assert len(page.context["ready"]) == activities


def test_a_long_list_opens_its_first_forms_and_links_the_rest(client, house):
    make_published_plan(house.entity, office=house.office, activities=14)
    with on_day(2025, 1, 10):
        last = make_year(house)[3]
        client.force_login(house.leader)
        page = client.get(f"/seguimiento/cartago/?periodo={last.pk}")
    html = page.content.decode()
    assert len(page.context["lists"].missing) == 14
    assert html.count("data-report=") == 12
    assert len(re.findall(rf'href="/seguimiento/cartago/{last.pk}/\d+/"', html)) == 2
    assert len(gzip.compress(page.content)) < 30_000


def test_an_office_without_activities_is_told_why(show, desk):
    idle = make_office(desk.house.entity, "Oficina de Prensa")
    person = make_user("prensa@cartago.example", desk.house.entity, "leader", offices=[idle])
    page = show(user=person)
    assert "Este trimestre no pide reporte de ninguna actividad." in page.text
    assert "Ningún plan publicado de 2024 le encarga actividades" in page.text
