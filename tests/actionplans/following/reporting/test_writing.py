"""Writing and sending a report with the page alone: one form, one POST, nothing typed is lost."""

import pytest

from actionplans.domain.following.evidence.bringing import bring_file
from actionplans.enums import ReportStatus
from actionplans.models import Evidence, Report, ReportDraft
from tests.evidence_files import PDF, upload
from tests.factories import make_user
from tests.following import close, on_day, report, validate
from tests.report_steps import COUNTED, NO_TARGET, end

from .writing import WHOLE, draft_of, the_report

pytestmark = pytest.mark.django_db


def test_the_draft_is_kept_as_typed(post, desk):
    response = post(COUNTED, {"value_1": "veinte", "narrative": "A medias"})
    assert (response.status_code, response.url) == (302, f"{desk.address(COUNTED)}#reporte")
    assert draft_of(desk, COUNTED).answers == {"value_1": "veinte", "narrative": "A medias"}


def test_an_empty_form_begins_no_draft(post, desk):
    post(COUNTED, {})
    assert not ReportDraft.objects.exists()


def test_a_report_goes_with_its_file_in_one_post(post, desk):
    data = {
        **WHOLE,
        "evidence_file": [upload(), upload(PDF + b"2", "lista.pdf")],
        "evidence_classification": "publica",
    }
    response = post(COUNTED, data, do="send")
    assert response.url == f"/seguimiento/cartago/?periodo={desk.quarter.pk}"
    sent = the_report(desk, COUNTED)
    assert sent.status == ReportStatus.SUBMITTED
    assert sent.current.narrative == "Dos talleres."
    assert {piece.name for piece in sent.current.evidence.all()} == {"acta.pdf", "lista.pdf"}
    assert {piece.office for piece in sent.current.evidence.all()} == {desk.house.office}
    assert not ReportDraft.objects.exists()


def test_what_was_right_stays_when_something_else_is_not(post, desk):
    data = {**WHOLE, "value_1": "", "evidence_file": upload(), "evidence_classification": "publica"}
    page = post(COUNTED, data, do="send")
    assert page.status_code == 200
    assert "Dé el resultado del indicador" in page.html
    assert [piece.name for piece in page.context["sheet"].attached] == ["acta.pdf"]
    assert draft_of(desk, COUNTED).answers == {"narrative": "Dos talleres.", "months": ["8"]}
    assert page.context["sheet"].form["narrative"].value() == "Dos talleres."
    again = {**WHOLE, "revision": page.context["sheet"].revision}
    assert post(COUNTED, again, do="send").status_code == 302
    assert the_report(desk, COUNTED).current.evidence.count() == 1


def test_a_file_without_class_is_not_kept_and_the_text_is(post, desk):
    page = post(COUNTED, {**WHOLE, "evidence_file": upload()}, do="send")
    assert "Elija quién la puede ver." in page.html
    assert "elíjalos otra vez" in page.html
    assert not Evidence.objects.exists()
    assert draft_of(desk, COUNTED).answers["narrative"] == "Dos talleres."
    assert the_report(desk, COUNTED).status == ReportStatus.PENDING


def test_a_refused_file_does_not_take_the_right_one_along(post, desk):
    files = [upload(), upload(b"MZ\x90\x00 programa", "virus.exe")]
    page = post(COUNTED, {**WHOLE, "evidence_file": files, "evidence_classification": "publica"}, do="send")
    assert page.status_code == 200
    assert "virus.exe" in page.html
    assert [piece.name for piece in page.context["sheet"].attached] == ["acta.pdf"]
    assert the_report(desk, COUNTED).status == ReportStatus.PENDING


def test_what_is_not_public_says_why(post, desk):
    data = {"evidence_url": "https://ejemplo.gov.co/lista", "evidence_classification": "datos-personales"}
    page = post(COUNTED, data, do="attach")
    assert "Diga por qué no es pública" in page.html
    assert draft_of(desk, COUNTED).answers == data
    post(COUNTED, {**data, "revision": 1, "evidence_ground": "Ley 1581 de 2012: cédulas."}, do="attach")
    piece = draft_of(desk, COUNTED).evidence.get()
    assert (piece.classification, piece.ground) == ("datos-personales", "Ley 1581 de 2012: cédulas.")
    assert draft_of(desk, COUNTED).answers == {}


def test_evidence_is_attached_again_and_taken_off(post, desk):
    report(desk.house, desk.activities[NO_TARGET], desk.quarter, evidence=(bring(desk),))
    piece = Evidence.objects.get()
    post(COUNTED, {"evidence_reuse": [piece.pk]}, do="attach")
    assert list(draft_of(desk, COUNTED).evidence.all()) == [piece]
    post(COUNTED, {"detach": piece.pk, "revision": 1})
    assert not draft_of(desk, COUNTED).evidence.exists()
    assert Evidence.objects.filter(pk=piece.pk).exists()


def bring(desk, office=None, by=None):
    options = {"by": by or desk.house.leader, "office": office or desk.house.office, "classification": "publica"}
    return bring_file(desk.house.entity, upload(), **options)


def test_evidence_of_another_office_cannot_be_attached(post, desk):
    stranger = make_user("otra@cartago.example", desk.house.entity, "leader", offices=[desk.other])
    piece = bring(desk, desk.other, stranger)
    page = post(COUNTED, {"evidence_reuse": [piece.pk]}, do="attach")
    assert page.status_code == 200
    assert not ReportDraft.objects.filter(evidence=piece).exists()


def test_a_closed_quarter_refuses_and_keeps_the_words_on_the_page(post, desk):
    close(desk.house, desk.quarter)
    page = post(COUNTED, WHOLE, do="send")
    assert "está cerrado" in page.html
    assert "No se pudo guardar." in page.html
    assert page.context["sheet"].form["narrative"].value() == "Dos talleres."
    assert not Report.objects.filter(activity=desk.activities[COUNTED]).exists()


def test_a_late_report_is_kept_as_a_draft_and_not_sent(post, desk):
    end(desk)
    page = post(COUNTED, WHOLE, do="send")
    assert "Pida una prórroga" in page.html
    assert "está guardado en el borrador" in page.html
    assert draft_of(desk, COUNTED).answers == WHOLE
    assert the_report(desk, COUNTED).status == ReportStatus.PENDING


def test_a_validated_report_is_not_written_again(post, desk):
    validate(desk.house, report(desk.house, desk.activities[COUNTED], desk.quarter, 22))
    page = post(COUNTED, {**WHOLE, "narrative": "Otra cosa"}, do="send")
    assert "Planeación ya validó este reporte" in page.html
    assert the_report(desk, COUNTED).current.number == 1


def test_what_was_sent_may_be_sent_better_until_it_is_validated(post, desk):
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    assert post(COUNTED, {**WHOLE, "value_1": "23", "seen": 1}, do="send").status_code == 302
    sent = the_report(desk, COUNTED)
    assert sent.current.number == 2
    assert sent.revisions.count() == 2


@pytest.mark.parametrize("revision", ["x", "-1", "9" * 40, "²"])
def test_a_made_up_revision_is_none(post, desk, revision):
    post(COUNTED, {**WHOLE, "revision": revision})
    assert draft_of(desk, COUNTED).answers == WHOLE


def test_what_is_wrong_in_an_attachment_is_called_that(post, desk):
    page = post(COUNTED, {**WHOLE, "evidence_url": "https://ejemplo.gov.co/a"}, do="attach")
    assert "La evidencia no se pudo adjuntar." in page.html
    assert "Falta algo para enviarlo" not in page.html


def test_before_the_quarter_opens_nothing_is_said_to_be_kept(post, desk):
    with on_day(2024, 9, 20):
        page = post(COUNTED, WHOLE, do="attach")
    assert "está guardado en el borrador" not in page.html
    assert not ReportDraft.objects.exists()
