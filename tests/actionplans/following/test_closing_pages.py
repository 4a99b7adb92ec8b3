"""Closing a period on its page, the files that a closing hands out, and opening it again."""

import datetime
import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.domain.following.calendar.extensions import extend
from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.enums import PeriodStatus, ReportStatus
from actionplans.models import Closing, Reopening, Report
from actionplans.months import MonthSet
from tests.factories import activity_contents, make_published_plan
from tests.following import close, make_year, on_day, promised, reopen, report, reported, shipped_lights
from tests.steps import PDF


@pytest.fixture
def plan(house):
    shipped_lights()
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    content = PlanContent(
        title="Plan de prueba",
        activities=activity_contents(4, house.office, months=MonthSet([1, 6]), indicators=(indicator,)),
    )
    return make_published_plan(house.entity, content=content)


@pytest.fixture
def first(house, plan):
    """The first quarter of the house's year."""
    return make_year(house)[0]


@pytest.fixture
def activities(plan):
    return list(plan.activities.order_by("position"))


@pytest.fixture
def planning(client, house):
    client.force_login(house.planning)
    return client


def page_of(name, period, *more):
    return reverse(name, args=["cartago", period.pk, *more])


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# --- Closing -------------------------------------------------------------------------------------------------


def test_before_its_months_are_over_a_period_says_when_it_can_be_closed(first, planning):
    with on_day(2024, 3, 20):
        answer = planning.get(page_of("period_close", first))
        assert "termina el 31/03/2024: ciérrelo después" in text(answer)
        assert "Cerrar y publicar" not in text(answer)
        planning.post(page_of("period_close", first), {"note": ""})
    assert not Closing.objects.exists()


def test_with_everything_validated_nothing_more_is_asked(house, first, activities, planning):
    with on_day(2024, 4, 3):
        for activity in activities:
            reported(house, activity, first, 5)
        said = text(planning.get(page_of("period_close", first)))
        assert "50 % ejecutado de 50 % programado a marzo" in said
        assert "Nada: todo lo que este periodo pide está reportado y validado." in said
        assert 'name="accept"' not in said
        answer = planning.post(page_of("period_close", first), {"note": "Sin novedades."})
    assert answer.url == page_of("period_page", first)
    [closing] = Closing.objects.all()
    assert (closing.note, closing.by) == ("Sin novedades.", house.planning)
    first.refresh_from_db()
    assert first.status == PeriodStatus.CLOSED


def test_what_stays_out_is_named_by_office_and_must_be_accepted(house, first, activities, planning):
    _silent, sent, returned, drafted = activities
    with on_day(2024, 4, 3):
        report(house, sent, first, 2)
        return_report(report(house, returned, first, 2), by=house.planning, number=1, comment="Falta la lista.")
        save_draft(promised(drafted, first), first, {"narrative": "Vamos"}, by=house.leader, revision=None)
        said = text(planning.get(page_of("period_close", first)))
        assert "1 actividad sin reporte, 1 borrador sin enviar, 1 reporte sin validar y 1 devuelto" in said
        assert f"{house.office.name}: 4 actividades" in said
        for words in ("Sin reporte", "En borrador, sin enviar", "Por validar", "Devuelto, sin reenviar"):
            assert words in said
        refused = planning.post(page_of("period_close", first), {"note": ""})
        assert "accept" in refused.context["form"].errors
        assert not Closing.objects.exists()
        assert "3 actividades, con plazo hasta el 15 de abril de 2024" in said
        refused = planning.post(page_of("period_close", first), {"note": "", "accept": "on"})
        assert list(refused.context["form"].errors) == ["early"]
        assert not Closing.objects.exists()
        planning.post(page_of("period_close", first), {"note": "", "accept": "on", "early": "on"})
    assert Closing.objects.count() == 1


def test_a_second_click_closes_nothing(house, first, planning):
    with on_day(2024, 4, 20):
        for _ in range(2):
            answer = planning.post(page_of("period_close", first), {"note": "", "accept": "on"})
    assert "ya está cerrado" in text(answer)
    assert Closing.objects.count() == 1


def test_only_planning_closes_and_opens_again(house, first, client):
    with on_day(2024, 4, 20):
        for person in (house.committee, house.auditor, house.leader, house.administrator):
            client.force_login(person)
            for name in ("period_close", "period_reopen"):
                assert client.post(page_of(name, first), {"note": "", "accept": "on"}).status_code == 403
    assert not Closing.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_before_closing_costs_the_same_with_one_activity_and_with_three(number, house, planning):
    shipped_lights()
    version = make_published_plan(house.entity, activities=number, office=house.office)
    first = make_year(house)[0]
    with on_day(2024, 4, 3):
        for activity in version.activities.all():
            report(house, activity, first)
        planning.get("/gestion/cartago/periodos/")
        with assertNumQueries(30):
            planning.get(page_of("period_close", first))


# --- The files of a closing ----------------------------------------------------------------------------------


def test_the_snapshot_is_the_very_bytes_of_which_the_digest_is(house, first, activities, planning):
    with on_day(2024, 4, 10):
        reported(house, activities[0], first, 5, narrative="Se hizo en la vereda «El Águila»: 62,5 %.")
    with on_day(2024, 4, 20):
        closing = close(house, first)
    answer = planning.get(page_of("period_snapshot", first, 1))
    assert hashlib.sha256(answer.content).hexdigest() == closing.digest
    assert json.loads(answer.content)["sequence"] == 1
    assert 'filename="corte-cartago-2024-trimestre-i-cierre-1.json"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert closing.digest in text(planning.get(page_of("period_page", first)))


def test_the_snapshot_names_what_is_not_public_so_a_leader_gets_only_the_act(house, first, client):
    with on_day(2024, 4, 20):
        close(house, first)
    client.force_login(house.leader)
    assert client.get(page_of("period_snapshot", first, 1)).status_code == 403
    said = text(client.get(page_of("period_page", first)))
    assert "Acta de cierre (PDF)" in said
    assert "datos.json" not in said


@pytest.mark.parametrize("name", ["period_act", "period_snapshot"])
def test_a_closing_that_was_not_or_of_another_entity_is_not_found(name, house, neighbour, first, planning):
    assert planning.get(page_of(name, first, 1)).status_code == 404
    with on_day(2024, 4, 20):
        close(house, first)
    planning.force_login(neighbour.planning)
    assert planning.get(page_of(name, first, 1)).status_code == 404
    assert planning.get(reverse(name, args=["candelaria", first.pk, 1])).status_code == 404


# --- Opening again -------------------------------------------------------------------------------------------


@pytest.fixture
def closed(house, first, activities):
    with on_day(2024, 4, 10):
        for activity in activities[:2]:
            reported(house, activity, first, 3)
    with on_day(2024, 4, 20):
        close(house, first)
    return first


def asked(chosen, **changes):
    return {
        "activities": [row.activity_id for row in chosen],
        "reason": "La dependencia encontró una lista que faltaba.",
        "name": "Acta n.º 4 del comité",
        "date": "2024-04-24",
        "until": "2024-05-05",
        **changes,
    }


def test_reopening_names_the_activities_the_act_and_until_when(house, closed, activities, planning, mailoutbox):
    with on_day(2024, 4, 25):
        data = asked(activities[:1], scan=SimpleUploadedFile("acta.pdf", PDF))
        answer = planning.post(page_of("period_reopen", closed), data)
        assert answer.url == page_of("period_page", closed)
        said = text(planning.get(answer.url))
    [reopening] = Reopening.objects.all()
    assert [row.pk for row in reopening.activities.all()] == [activities[0].activity_id]
    assert (reopening.act.name, reopening.act.scan_name) == ("Acta n.º 4 del comité", "acta.pdf")
    assert reopening.until == datetime.date(2024, 5, 5)
    assert Report.objects.get(activity=activities[0].activity_id).status == ReportStatus.RETURNED
    assert "Reabierto hasta el 5 de mayo de 2024" in said
    assert "Acta n.º 4 del comité, del 24 de abril de 2024" in said
    assert "Actividad número 1" in said
    assert "Actividad número 3" in said  # pending again, as nobody reported it


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"name": ""}, "name"),
        ({"date": "2030-01-01"}, "date"),
        ({"activities": []}, "activities"),
        ({"until": ""}, "until"),
    ],
)
def test_without_reason_act_activities_or_day_nothing_is_opened(change, field, closed, activities, planning):
    with on_day(2024, 4, 25):
        answer = planning.post(page_of("period_reopen", closed), asked(activities[:1], **change))
    assert field in answer.context["form"].errors
    assert not Reopening.objects.exists()


def test_looking_for_activities_opens_nothing(closed, activities, planning):
    with on_day(2024, 4, 25):
        answer = planning.post(page_of("period_reopen", closed), asked(activities[:1], buscar="1", texto="3"))
    [group] = answer.context["form"].groups
    assert [choice.is_chosen for choice in group.choices] == [True, False]
    assert not Reopening.objects.exists()


def test_a_period_that_is_not_closed_has_nothing_to_open(first, activities, planning):
    with on_day(2024, 4, 25):
        said = text(planning.get(page_of("period_reopen", first)))
        assert "no hay nada que reabrir" in said
        assert "no está cerrado" in text(planning.post(page_of("period_reopen", first), asked(activities[:1])))


def test_after_a_second_closing_both_figures_stand_side_by_side_with_the_reason(house, closed, activities, client):
    with on_day(2024, 4, 25):
        reopen(house, closed, activities[:1], until=datetime.date(2024, 5, 5), reason="Faltaba una lista.")
    with on_day(2024, 4, 28):
        reported(house, activities[0], closed, 5)
    with on_day(2024, 5, 6):
        close(house, closed)
    client.force_login(house.leader)
    said = text(client.get(page_of("period_page", closed)))
    # Two of four activities are known: 30 % and 30 %, then 50 % and 30 %.
    assert "Cierre 1: <strong>30 %</strong>" in said
    assert "Cierre 2: <strong>40 %</strong>, porque se reabrió: «Faltaba una lista.»" in said
    assert "30 % ejecutado de 50 % programado a marzo" in said
    assert "40 % ejecutado de 50 % programado a marzo" in said
    assert "Cerrado el 6 de mayo de 2024" in said
    for words in ("Qué cambió desde el cierre 1", "Actividad reabierta", "30 % de 50 %", "40 % de 50 %"):
        assert words in said
    assert "Se pudo reportar hasta el 5 de mayo de 2024" in said


def test_later_closings_that_do_not_know_of_a_correction_are_named(house, closed, activities, planning):
    second = closed.entity.periods.get(ordinal=2, year=closed.year)
    with on_day(2024, 7, 2):
        close(house, second)
        assert "ni en" not in text(planning.get(page_of("period_reopen", closed)))
        assert "no entra solo en el cierre del trimestre II" in text(
            planning.get(page_of("period_reopen", closed))
        )
        reopen(house, closed, activities[:1], until=datetime.date(2024, 7, 5))
        assert "no recogen esta corrección" not in text(planning.get(page_of("period_page", closed)))
    with on_day(2024, 7, 6):
        close(house, closed)
        said = text(planning.get(page_of("period_page", closed)))
        assert "Hay cierres que no recogen esta corrección" in said
        assert "Trimestre II, cierre 1" in said
        reopen(house, second, activities[:1], until=datetime.date(2024, 7, 8))
    with on_day(2024, 7, 9):
        close(house, second)
        assert "no recogen esta corrección" not in text(planning.get(page_of("period_page", closed)))


def test_until_when_a_reopened_period_takes_reports_is_told_as_it_is_or_was(house, closed, activities, planning):
    with on_day(2024, 4, 25):
        reopen(house, closed, activities[:1], until=datetime.date(2024, 5, 5))
        assert "Se puede reportar hasta el 5 de mayo de 2024" in text(planning.get(page_of("period_page", closed)))
    with on_day(2024, 5, 2):
        close(house, closed)
        assert "Se pudo reportar hasta el 2 de mayo de 2024" in text(planning.get(page_of("period_page", closed)))


@pytest.mark.parametrize("number", [1, 3])
def test_a_second_closing_costs_the_same_with_one_activity_and_with_three(number, house, planning):
    shipped_lights()
    rows = list(make_published_plan(house.entity, activities=number, office=house.office).activities.all())
    first = make_year(house)[0]
    with on_day(2024, 4, 20):
        close(house, first)
        reopen(house, first, rows, until=datetime.date(2024, 5, 5))
        for row in rows:
            reported(house, row, first)
        close(house, first)
        planning.get("/gestion/cartago/periodos/")
        with assertNumQueries(23):
            planning.get(page_of("period_page", first))


def test_a_day_that_passed_and_a_future_act_are_both_told(closed, activities, planning):
    with on_day(2024, 4, 25):
        data = asked(activities[:1], until="2024-04-20", date="2024-05-20")
        errors = planning.post(page_of("period_reopen", closed), data).context["form"].errors
        assert set(errors) == {"until", "date"}
        errors = (
            planning.post(page_of("period_reopen", closed), asked(activities[:1], until="2026-01-01"))
            .context["form"]
            .errors
        )
    assert "no puede pasar del 31 de diciembre de 2025" in errors["until"][0]
    assert not Reopening.objects.exists()


def test_nothing_is_said_of_time_left_where_everything_came(house, first, activities, planning):
    with on_day(2024, 4, 3):
        for activity in activities:
            report(house, activity, first, 5)
        answer = planning.get(page_of("period_close", first))
        assert list(answer.context["form"].fields) == ["note", "accept"]
        assert "Todavía tienen plazo" not in text(answer)


def test_an_extension_is_time_left_after_the_deadline_of_the_others(house, first, activities, planning):
    with on_day(2024, 4, 10):
        chosen = [activities[1].activity]
        extend(first, chosen, by=house.planning, until=datetime.date(2024, 5, 10), reason="Paro.")
    with on_day(2024, 4, 20):
        said = text(planning.get(page_of("period_close", first)))
    assert "1 actividad, con plazo hasta el 10 de mayo de 2024" in said
    assert "15 de abril" not in said.split("Todavía tienen plazo")[1]


def test_what_is_pending_leads_to_where_something_can_be_done(house, first, activities, client):
    with on_day(2024, 4, 3):
        sent = report(house, activities[1], first, 2)
        review = reverse("review_report", args=["cartago", sent.pk])
        on_behalf = reverse("report_page", args=["cartago", first.pk, activities[0].activity_id])
        for person, may_report in ((house.planning, True), (house.auditor, False)):
            client.force_login(person)
            said = text(client.get(page_of("period_page", first)))
            assert f'href="{review}"' in said
            assert (f'href="{on_behalf}"' in said) is may_report
            assert client.get(review).status_code == 200
        client.force_login(house.planning)
        assert client.get(on_behalf).status_code == 200
