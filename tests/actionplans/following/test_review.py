"""The queue of reports, one report's page, and what planning answers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from actionplans.domain.contents.content import IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.reporting.reviewing import reconsider_report, return_report
from actionplans.domain.following.reporting.sending import contribute
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportStatus
from actionplans.models import Report, Validation
from actionplans.months import MonthSet
from actionplans.public.figures.follow_up import activity_progress
from planning.enums import Role
from planning.models import AuditEvent
from tests.factories import activity_contents, make_office, make_policy, make_published_plan, make_user
from tests.following import close, link, make_year, on_day, promised, reopen, report, reported

LIST = reverse("review", args=["cartago"])


@pytest.fixture
def health(house):
    """Another office, which answers too."""
    return make_office(house.entity, "Secretaría de Salud")


@pytest.fixture
def plan(house, health):
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    responsibles = (
        ResponsibleContent(text=house.office.name, office=house.office),
        ResponsibleContent(text=health.name, office=health),
    )
    activities = activity_contents(4, indicators=(indicator,), months=MonthSet([2, 5]), responsibles=responsibles)
    return make_published_plan(
        house.entity, content=PlanContent(title="Plan de talleres", activities=activities), policy=make_policy()
    )


@pytest.fixture
def first(house, plan):
    """The first quarter, which takes reports."""
    quarter = make_year(house)[0]
    with on_day(2024, 4, 3):
        yield quarter


@pytest.fixture
def planning(house, client):
    client.force_login(house.planning)
    return client


def activity(plan, position):
    return plan.activities.get(position=position)


def page_of(sent):
    return reverse("review_report", args=["cartago", sent.pk])


def answer(client, sent, action, **fields):
    return client.post(page_of(sent), {"number": sent.current.number, "action": action, **fields}, follow=True)


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


def listed(response):
    return [row.report.pk for _, offices in response.context["groups"] for _, rows in offices for row in rows]


def test_the_queue_has_what_waits_oldest_first(house, plan, first, planning):
    second, early = report(house, activity(plan, 2), first, 2), report(house, activity(plan, 1), first, 1)
    done = reported(house, activity(plan, 3), first, 3)
    back = return_report(
        report(house, activity(plan, 4), first, 4), by=house.planning, number=1, comment="Falta la lista."
    )
    seen = planning.get(LIST)
    assert listed(seen) == [second.pk, early.pk]
    assert "2 reportes esperan" in text_of(seen)
    assert listed(planning.get(LIST, {"estado": "returned"})) == [back.pk]
    assert listed(planning.get(LIST, {"estado": "validated"})) == [done.pk]
    assert len(listed(planning.get(LIST, {"estado": "todos"}))) == 4


def test_the_queue_is_narrowed_by_period_policy_and_office(house, plan, first, planning, health):
    sent = report(house, activity(plan, 1), first, 1)
    other = make_published_plan(house.entity, title="Otro", office=health)
    nurse = make_user("salud@cartago.example", house.entity, Role.LEADER, [health])
    of_health = report(house, other.activities.first(), first, by=nurse)
    assert listed(planning.get(LIST)) == [sent.pk, of_health.pk]  # what has a policy comes first
    assert listed(planning.get(LIST, {"politica": "participacion"})) == [sent.pk]
    assert listed(planning.get(LIST, {"dependencia": health.slug})) == [of_health.pk]
    assert listed(planning.get(LIST, {"periodo": first.pk, "dependencia": house.office.slug})) == [sent.pk]
    strange = planning.get(LIST, {"politica": "inventada"})
    assert "Escoja una de las opciones" in text_of(strange)
    assert len(listed(strange)) == 2


def test_a_report_is_validated_as_it_was_told(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    after = answer(planning, sent, "validar")
    assert "El reporte quedó validado." in text_of(after)
    assert Report.objects.get().status == ReportStatus.VALIDATED
    assert not Validation.objects.get().corrections.exists()


def test_a_value_is_corrected_with_its_reason_and_the_reported_one_stays(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    refused = answer(planning, sent, "validar", value_1="3")
    assert refused.context["form"].errors["comment"] == [
        "Escriba por qué corrige el valor: el reportado se conserva al lado."
    ]
    assert '<a href="#id_comment">Comentario: Escriba por qué corrige' in text_of(refused)
    assert Report.objects.get().status == ReportStatus.SUBMITTED
    after = answer(planning, sent, "validar", value_1="3,5", comment="Uno no tiene lista.")
    page = text_of(after)
    assert "Corregido por planeación: 3,5" in page
    assert '<p class="progress-words">35 % ejecutado de 50 % programado a marzo' in page
    assert "Lo que reportó la dependencia: 40 % ejecutado de 50 % programado a marzo." in page
    assert page.index("Planeación corrigió el valor reportado") < page.index("Lo que reportó la dependencia")
    assert sent.current.measurements.get().value == 4
    assert Validation.objects.get().corrections.get().value == 3.5


def test_a_figure_that_is_none_is_refused_beside_its_field(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    after = answer(planning, sent, "validar", value_1="cuatro", comment="Uno no tiene lista.")
    assert "no es una cifra" in text_of(after)
    assert Report.objects.get().status == ReportStatus.SUBMITTED


@pytest.mark.parametrize(
    ("typed", "refusal"), [("88,123456", "a lo sumo 4 decimales"), ("3,12345", "a lo sumo 4 decimales")]
)
def test_a_figure_with_more_decimals_than_are_kept_is_not_rounded(typed, refusal, house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    after = answer(planning, sent, "validar", value_1=typed, comment="Se contó de nuevo.")
    assert refusal in after.context["form"].errors["value_1"][0]
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_idle_zeros_are_no_decimals(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    answer(planning, sent, "validar", value_1="3,50000", comment="Se contó de nuevo.")
    assert Validation.objects.get().corrections.get().value == 3.5


def test_a_mistaken_validation_is_taken_back_and_answered_anew(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    answer(planning, sent, "validar", value_1="40", comment="Eran cuarenta.")
    back = {"otra-number": 1, "otra-comment": "Se corrigió la actividad que no era.", "action": "volver-a-revisar"}
    without = planning.post(page_of(sent), back | {"otra-comment": " "})
    assert "Escriba por qué retira la validación" in without.context["again"].errors["comment"][0]
    assert Report.objects.get().status == ReportStatus.VALIDATED
    page = text_of(planning.post(page_of(sent), back, follow=True))
    assert Report.objects.get().status == ReportStatus.SUBMITTED
    assert "Se retiró su validación" in page
    assert "Se corrigió la actividad que no era." in page
    assert '<p class="progress-words">40 % ejecutado de 50 % programado a marzo' in page
    assert listed(planning.get(LIST)) == [sent.pk]
    assert AuditEvent.objects.get(event="reconsider_report").comment == "Se corrigió la actividad que no era."
    page = text_of(answer(planning, sent, "validar"))
    assert '<p class="progress-words">40 % ejecutado de 50 % programado a marzo' in page
    assert "Planeación corrigió" not in page
    outcomes = Validation.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["validated", "taken_back", "validated"]


def test_what_was_taken_back_and_not_validated_again_counts_nowhere(house, plan, first):
    sent = reported(house, activity(plan, 1), first, 4)
    reconsider_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    close(house, first)
    told = activity_progress(activity(plan, 1).activity, ())
    assert told.newest.figure.progress.executed is None
    assert told.reports[0].validation is None
    call_command("verify_audit")


@pytest.mark.parametrize("post", ["leader", "committee", "auditor"])
def test_only_planning_takes_a_validation_back(post, house, plan, first, client):
    sent = reported(house, activity(plan, 1), first, 4)
    with pytest.raises(PermissionDenied):
        reconsider_report(sent, by=getattr(house, post), number=1, comment="x")
    client.force_login(getattr(house, post))
    data = {"otra-number": 1, "otra-comment": "x", "action": "volver-a-revisar"}
    assert client.post(page_of(sent), data).status_code == 403
    assert "Volver a revisar" not in text_of(client.get(page_of(sent)))


def test_a_validation_of_a_closed_period_is_not_taken_back(house, plan, first, planning):
    sent = reported(house, activity(plan, 1), first, 4)
    assert "Volver a revisar" in text_of(planning.get(page_of(sent)))
    close(house, first)
    assert "Volver a revisar" not in text_of(planning.get(page_of(sent)))
    with pytest.raises(TransitionRefused, match="está cerrado"):
        reconsider_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    reopen(house, first, [activity(plan, 2)], until=date(2024, 5, 3))
    assert "Volver a revisar" not in text_of(planning.get(page_of(sent)))
    with pytest.raises(TransitionRefused, match="solo para otras actividades"):
        reconsider_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    assert Report.objects.get().status == ReportStatus.VALIDATED


def test_a_report_is_returned_with_a_comment_that_it_must_have(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    refused = answer(planning, sent, "devolver")
    assert '<a href="#id_comment">Comentario: Escriba qué falta para validarlo' in text_of(refused)
    assert not list(refused.context["messages"])
    assert Report.objects.get().status == ReportStatus.SUBMITTED
    after = answer(planning, sent, "devolver", comment="Falta la lista.")
    assert after.redirect_chain[-1][0] == LIST
    assert Report.objects.get().status == ReportStatus.RETURNED
    assert "Falta la lista." in text_of(planning.get(page_of(sent)))


def test_every_version_is_kept_with_its_answer_and_what_it_changes(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4, narrative="Se hicieron cuatro talleres en el centro.")
    return_report(sent, by=house.planning, number=1, comment="Diga en qué barrios.")
    sent = report(
        house, activity(plan, 1), first, 5, narrative="Se hicieron cinco talleres en San Jerónimo.",
        evidence=(link(house),),
    )  # fmt: skip
    seen = planning.get(page_of(sent))
    newest, oldest = seen.context["told"]
    assert [row.label for row in newest.changes] == ["Qué se hizo", "Indicador: Indicador", "Evidencias"]
    assert [(row.comment, row.by) for row in oldest.reviews] == [("Diga en qué barrios.", house.planning)]
    page = text_of(seen)
    assert "<del>" in page
    assert "se agrega: </span>cinco" in page
    assert "Ver la versión 1 completa" in page
    assert "Se hicieron cuatro talleres en el centro." in page


def test_the_page_shows_what_other_offices_added_and_the_periods_before(house, plan, first, health, client):
    reported(house, activity(plan, 1), first, 4, narrative="Cuatro en el primer trimestre.")
    second = first.entity.periods.get(ordinal=2)
    with on_day(2024, 7, 3):
        sent = report(house, activity(plan, 1), second, 2)
        nurse = make_user("salud@cartago.example", house.entity, Role.LEADER, [health])
        contribute(promised(activity(plan, 1), second), second, health, by=nurse, text="Salud puso el salón.")
        client.force_login(house.planning)
        page = text_of(client.get(page_of(sent)))
    assert "Salud puso el salón." in page
    assert "Cuatro en el primer trimestre." in page
    assert "60 % ejecutado de 100 % programado a junio" in page


def test_validar_y_seguir_goes_on_with_the_next_of_the_same_list(house, plan, first, planning, health):
    rows = [report(house, activity(plan, number), first, number) for number in (1, 2, 3)]
    own = report(house, activity(plan, 4), first, 1, by=house.planning, on_behalf=True, source="Correo")
    where = {"dependencia": house.office.slug}
    address = f"{page_of(rows[1])}?dependencia={house.office.slug}"
    after = planning.post(address, {"number": 1, "action": "validar-y-seguir"}, follow=True)
    assert after.redirect_chain[-1][0] == f"{page_of(rows[2])}?dependencia={house.office.slug}"
    after = answer(planning, rows[2], "validar-y-seguir")  # what planning sent itself is passed over
    assert after.redirect_chain[-1][0] == page_of(rows[0])
    after = answer(planning, rows[0], "validar-y-seguir")
    assert "No queda ninguno por validar" in text_of(after)
    assert listed(planning.get(LIST, where)) == [own.pk]


def test_a_version_that_came_meanwhile_is_not_answered_unread(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    report(house, activity(plan, 1), first, 5)
    after = answer(planning, sent, "validar")
    assert "Llegó la versión 2" in text_of(after)
    assert 'name="number" value="1"' not in text_of(after)  # the form that is shown answers version 2
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_several_are_validated_at_once_and_those_that_changed_are_named(house, plan, first, planning):
    rows = [report(house, activity(plan, number), first, number) for number in (1, 2, 3)]
    chosen = [f"{row.pk}-{row.current.number}" for row in rows]
    report(house, activity(plan, 2), first, 9)
    after = planning.post(reverse("review_many", args=["cartago"]), {"report": chosen}, follow=True)
    page = text_of(after)
    assert "2 reportes quedaron validados." in page
    assert "No se validó «Actividad número 2»: Llegó la versión 2" in page
    states = dict(Report.objects.values_list("activity__versions__position", "status"))
    assert states == {1: "validated", 2: "submitted", 3: "validated"}


def test_choosing_nothing_is_said(house, plan, first, planning):
    report(house, activity(plan, 1), first, 1)
    after = planning.post(
        reverse("review_many", args=["cartago"]), {"report": ["x", "9-", "-1", "1"]}, follow=True
    )
    assert "Elija al menos un reporte." in text_of(after)


def test_nobody_is_offered_to_validate_the_own_report(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4, by=house.planning, on_behalf=True, source="Correo del 2")
    assert not planning.get(LIST).context["has_choices"]
    page = text_of(planning.get(page_of(sent)))
    assert "debe validarlo otra persona" in page
    assert "Su respuesta" not in page
    assert "Correo del 2" in page
    assert answer(planning, sent, "validar").status_code == 403
    refused = planning.post(reverse("review_many", args=["cartago"]), {"report": f"{sent.pk}-1"}, follow=True)
    assert "Lo envió usted" in text_of(refused)
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_a_one_person_office_validates_its_own_and_the_pages_say_so(house, plan, first, planning):
    house.entity.allows_self_validation = True
    house.entity.save()
    sent = report(house, activity(plan, 1), first, 4, by=house.planning, on_behalf=True, source="Correo del 2")
    assert planning.get(LIST).context["has_choices"]
    page = text_of(answer(planning, sent, "validar"))
    assert "Lo validó quien lo envió" in page
    assert "Lo validó quien lo envió" in text_of(planning.get(LIST, {"estado": "validated"}))


@pytest.mark.parametrize("post", ["committee", "auditor"])
def test_committee_and_control_interno_read_and_answer_nothing(post, house, plan, first, client):
    sent = report(house, activity(plan, 1), first, 4)
    client.force_login(getattr(house, post))
    assert not client.get(LIST).context["has_choices"]
    assert "Su respuesta" not in text_of(client.get(page_of(sent)))
    assert answer(client, sent, "validar").status_code == 403
    many = client.post(reverse("review_many", args=["cartago"]), {"report": f"{sent.pk}-1"})
    assert many.status_code == 403
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_leaders_and_other_entities_do_not_reach_it(house, neighbour, plan, first, client):
    neighbour.planning.memberships.update(valid_from="2020-01-01")
    sent = report(house, activity(plan, 1), first, 4)
    for person, status in ((house.leader, 403), (neighbour.planning, 404)):
        client.force_login(person)
        assert client.get(LIST).status_code == status
        assert client.get(page_of(sent)).status_code == status
    client.force_login(neighbour.planning)
    assert client.get(reverse("review_report", args=["candelaria", sent.pk])).status_code == 404
    there = client.post(reverse("review_many", args=["candelaria"]), {"report": f"{sent.pk}-1"}, follow=True)
    assert "Elija al menos un reporte." in text_of(there)
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_a_closed_period_takes_no_answer(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    close(house, first)
    page = text_of(planning.get(page_of(sent)))
    assert "Su respuesta" not in page
    assert "está cerrado" in page
    assert "está cerrado" in text_of(answer(planning, sent, "validar"))
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_what_a_closing_left_unanswered_waits_no_more(house, plan, first, planning):
    sent, other = report(house, activity(plan, 1), first, 4), report(house, activity(plan, 2), first, 4)
    close(house, first)
    seen = planning.get(LIST)
    assert listed(seen) == []
    assert "Ningún reporte espera revisión. 2 no se validaron antes del cierre" in text_of(seen)
    unanswered = planning.get(LIST, {"estado": "sin-validar"})
    assert sorted(listed(unanswered)) == [sent.pk, other.pk]
    assert text_of(unanswered).count("No se validó antes del cierre") == 2
    assert not planning.get(LIST, {"estado": "todos"}).context["has_choices"]
    reopen(house, first, [activity(plan, 1)], until=date(2024, 5, 3))
    again = report(house, activity(plan, 1), first, 5)
    seen = planning.get(LIST)
    assert listed(seen) == [again.pk]
    assert "1 reporte espera" in text_of(seen)
    assert listed(planning.get(LIST, {"estado": "sin-validar"})) == [other.pk]


def test_all_of_a_page_are_chosen_at_once(house, plan, first, planning):
    for number in (1, 2):
        report(house, activity(plan, number), first, number)
    own = report(house, activity(plan, 3), first, 1, by=house.planning, on_behalf=True, source="Correo")
    assert " checked" not in text_of(planning.get(LIST))
    seen = planning.get(LIST, {"elegir": "todos"})
    assert text_of(seen).count(" checked") == 2
    assert f'value="{own.pk}-1"' not in text_of(seen)
    assert "elegir" not in seen.context["question"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_the_same_whatever_the_number_of_reports(
    rows, house, plan, first, planning, django_assert_num_queries
):
    for number in range(1, rows + 1):
        report(house, activity(plan, number), first, number)
    planning.get(LIST)
    with django_assert_num_queries(12):
        seen = planning.get(LIST)
    assert len(listed(seen)) == rows


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_versions(
    versions, house, plan, first, planning, django_assert_num_queries
):
    for number in range(1, versions + 1):
        sent = report(house, activity(plan, 1), first, number, evidence=(link(house), link(house)))
    planning.get(page_of(sent))
    with django_assert_num_queries(52):
        seen = planning.get(page_of(sent))
    assert len(seen.context["told"]) == versions
