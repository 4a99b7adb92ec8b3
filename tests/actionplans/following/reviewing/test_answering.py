"""One report's page and what planning answers: validated, corrected with a reason, returned."""

import pytest

from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.domain.following.reporting.sending import contribute
from actionplans.enums import ReportStatus
from actionplans.models import Report, Validation
from planning.enums import Role
from tests.factories import make_user
from tests.following import link, on_day, promised, report, reported

from .pages import LIST, activity, answer, page_of, text_of


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


def test_a_version_that_came_meanwhile_is_not_answered_unread(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    report(house, activity(plan, 1), first, 5)
    after = answer(planning, sent, "validar")
    assert "Llegó la versión 2" in text_of(after)
    assert 'name="number" value="1"' not in text_of(after)  # the form that is shown answers version 2
    assert Report.objects.get().status == ReportStatus.SUBMITTED


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
