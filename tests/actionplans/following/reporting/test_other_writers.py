"""Planning on behalf of an office, offices that contribute, and the text of the entity's own form."""

import pytest

from actionplans.enums import ReportOrigin
from actionplans.models import Contribution, ImportRun, ReportDraft
from actionplans.models.imports import ImportState
from tests.evidence_files import upload
from tests.factories import make_user
from tests.following import promised
from tests.report_steps import COUNTED, NO_TARGET, SHARED

from .writing import WHOLE, draft_of, the_report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("to", ["", "borrador/", "adjuntar/"])
def test_only_who_reports_writes(post, desk, neighbour, to):
    stranger = make_user("otra@cartago.example", desk.house.entity, "leader", offices=[desk.other])
    answers = {
        user: post(COUNTED, WHOLE, to=to, user=user).status_code
        for user in (
            stranger,
            desk.house.committee,
            desk.house.auditor,
            desk.house.administrator,
            neighbour.leader,
        )
    }
    assert list(answers.values()) == [403, 403, 403, 403, 404]
    assert not ReportDraft.objects.exists()


def test_planning_reports_for_an_office_with_source_and_proof(post, desk):
    planning = desk.house.planning
    data = {**WHOLE, "source": "Correo del 3 de octubre."}
    page = post(COUNTED, data, do="send", user=planning)
    assert "Adjunte como evidencia el mensaje o la carta" in page.html
    proof = {
        "evidence_file": upload(),
        "evidence_classification": "reservada",
        "evidence_ground": "Correo interno.",
    }
    response = post(COUNTED, {**data, **proof, "revision": 1}, do="send", user=planning)
    assert response.url.endswith(f"&dependencia={desk.house.office.slug}")
    sent = the_report(desk, COUNTED).current
    assert (sent.is_on_behalf, sent.source, sent.by) == (True, "Correo del 3 de octubre.", planning)
    page = post(COUNTED, {}, user=desk.house.leader)
    read = page.client.get(desk.address(COUNTED)).content.decode()
    assert "Registrado por planeación" in read
    assert "Correo del 3 de octubre." in read


def test_another_office_adds_what_it_did(post, desk):
    data = {"office": desk.house.office.pk, "text": "Prestamos el auditorio."}
    assert post(SHARED, data, do="contribute").status_code == 302
    row = Contribution.objects.get()
    assert (row.office, row.text) == (desk.house.office, "Prestamos el auditorio.")
    more = {"evidence_url": "https://ejemplo.gov.co/foto", "evidence_classification": "publica", "revision": 1}
    post(SHARED, {**data, **more}, do="contribute")
    assert Contribution.objects.get().evidence.count() == 1
    stale = post(SHARED, {**data, "text": "Otra cosa", "revision": 1}, do="contribute")
    assert "Prestamos el auditorio." in stale.html
    assert Contribution.objects.get().text == "Prestamos el auditorio."
    piece = Contribution.objects.get().evidence.get()
    post(SHARED, {**data, "revision": 2, "detach": piece.pk}, do="contribute")
    assert not Contribution.objects.get().evidence.exists()


def test_who_only_contributes_sends_no_report_and_for_no_other_office(post, desk):
    assert post(SHARED, WHOLE, do="send").status_code == 403
    assert post(SHARED, {"office": desk.other.pk, "text": "x"}, do="contribute").status_code == 403
    assert post(COUNTED, {"office": desk.house.office.pk, "text": "x"}, do="contribute").status_code == 403
    assert not Contribution.objects.exists()


def test_the_form_s_text_becomes_a_draft_behind_what_was_typed(post, desk):
    ImportRun.objects.create(
        entity=desk.house.entity,
        version=promised(desk.activities[NO_TARGET], desk.quarter).version,
        state=ImportState.APPLIED,
        file_name="formato.xlsx",
        reading={
            "activities": [
                {
                    "number": 4,
                    "description": "Acompañar las veedurías",
                    "followups": {"3": {"text": "Se acompañaron dos.", "progress": 62.5}},
                }
            ]
        },
    )
    post(NO_TARGET, {"narrative": "Además:"}, do="use_text")
    draft = draft_of(desk, NO_TARGET)
    assert draft.answers == {"narrative": "Además:\nSe acompañaron dos.", "declared": "62,5"}
    assert draft.origin == ReportOrigin.IMPORT
    post(NO_TARGET, {**draft.answers, "revision": draft.revision}, do="send")
    assert the_report(desk, NO_TARGET).current.origin == ReportOrigin.IMPORT
    assert post(COUNTED, {}, do="use_text").status_code == 404


def test_the_own_contribution_is_shown_once(post, desk, client):
    data = {"office": desk.house.office.pk, "text": "Prestamos el auditorio."}
    post(SHARED, data, do="contribute")
    client.force_login(desk.house.leader)
    page = client.get(desk.address(SHARED)).content.decode()
    assert page.count(f"Aporte de {desk.house.office.name}") == 1
    stranger = make_user("otra@cartago.example", desk.house.entity, "leader", offices=[desk.other])
    client.force_login(stranger)
    assert "Prestamos el auditorio." in client.get(desk.address(SHARED)).content.decode()
