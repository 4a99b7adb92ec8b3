"""Two people at one report: nobody passes over what another wrote, and both texts are seen."""

import pytest

from actionplans.domain.following.reporting.drafts import StaleDraft, answers_of
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.domain.following.reporting.sending import submit_report
from actionplans.enums import ReportStatus
from actionplans.models import ReportDraft
from tests.evidence_files import PDF, upload
from tests.following import content, promised, report, validate
from tests.report_steps import COUNTED

from .writing import WHOLE, colleague, draft_of, keep, link_typed, the_report

pytestmark = pytest.mark.django_db


# --- Both texts are seen -------------------------------------------------------------------------------------


def test_two_people_see_both_texts_and_nothing_is_lost(post, desk):
    keep(desk, COUNTED, {"narrative": "Lo del colega"}, by=colleague(desk))
    page = post(COUNTED, {"narrative": "Lo mío"})
    assert page.status_code == 409
    assert "Lo del colega" in page.html
    assert page.context["sheet"].form["narrative"].value() == "Lo mío"
    assert draft_of(desk, COUNTED).answers == {"narrative": "Lo del colega"}
    post(COUNTED, {"narrative": "Lo mío", "revision": page.context["sheet"].revision})
    assert draft_of(desk, COUNTED).answers == {"narrative": "Lo mío"}


def test_a_report_that_somebody_sent_meanwhile_is_shown_and_the_text_stays(post, desk):
    draft = keep(desk, COUNTED, {"narrative": "Borrador"})
    report(
        desk.house, desk.activities[COUNTED], desk.quarter, 22, by=colleague(desk), narrative="Enviado por el otro"
    )
    page = post(COUNTED, {"narrative": "Lo mío", "revision": draft.revision}, do="send")
    assert page.status_code == 409
    assert "Enviado por el otro" in page.html
    assert page.context["sheet"].form["narrative"].value() == "Lo mío"
    assert the_report(desk, COUNTED).current.number == 1


# --- A page that is older than what was sent -----------------------------------------------------------------


@pytest.mark.parametrize("to", ["", "borrador/", "adjuntar/"])
def test_a_stale_page_never_passes_over_what_a_colleague_sent(post, desk, to):
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22, by=colleague(desk), narrative="Lo del colega")
    link = link_typed("publica") if to == "adjuntar/" else {}
    answer = post(COUNTED, {**WHOLE, "narrative": "Lo mío", "seen": 0, **link}, do="send", to=to)
    assert answer.status_code == 409
    assert "Lo del colega" in answer.html
    assert "Lo m" in answer.html
    assert not ReportDraft.objects.exists()
    assert the_report(desk, COUNTED).revisions.count() == 1
    if not to:
        sheet = answer.context["sheet"]
        assert (sheet.seen, sheet.form["narrative"].value()) == (1, "Lo mío")
        assert post(COUNTED, {**WHOLE, "narrative": "Lo mío", "seen": 1}, do="send").status_code == 302
        assert the_report(desk, COUNTED).current.narrative == "Lo mío"


def test_sending_from_a_stale_page_is_refused_by_the_verb_itself(desk):
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22, by=colleague(desk))
    promise = promised(desk.activities[COUNTED], desk.quarter)
    with pytest.raises(StaleDraft) as stale:
        submit_report(promise, desk.quarter, content(23), by=desk.house.leader, seen=0)
    assert stale.value.answers["value_1"] == "22"
    submit_report(promise, desk.quarter, content(23), by=desk.house.leader, seen=1)
    assert the_report(desk, COUNTED).current.number == 2


def test_the_same_report_pressed_three_times_is_one_version(post, desk):
    proof = {"evidence_file": PDF, **link_typed("publica")}
    for _ in range(3):
        data = {**WHOLE, **proof, "evidence_file": upload(), "seen": 0}
        assert post(COUNTED, data, do="send").status_code == 302
    assert the_report(desk, COUNTED).revisions.count() == 1
    assert not ReportDraft.objects.exists()
    assert the_report(desk, COUNTED).current.evidence.count() == 2


def test_unchanged_text_sent_again_is_no_version_and_changed_evidence_is(post, desk):
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22, narrative="Dos talleres.", executed_months=[8])
    again = {**WHOLE, "value_1": "22,0", "seen": 1}
    assert post(COUNTED, again, do="send").status_code == 302
    assert the_report(desk, COUNTED).revisions.count() == 1
    assert not ReportDraft.objects.exists()
    assert post(COUNTED, {**again, **link_typed("publica")}, do="send").status_code == 302
    assert the_report(desk, COUNTED).revisions.count() == 2


def test_a_returned_report_in_the_same_words_is_sent_anew(desk):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    return_report(sent, by=desk.house.planning, number=1, comment="Falta el acta.")
    assert report(desk.house, desk.activities[COUNTED], desk.quarter, 22).current.number == 2


def test_fields_that_only_one_changed_go_together_also_without_script(post, desk, client):
    was = page_marks(client, desk)
    keep(desk, COUNTED, {"difficulties": "Llovió"}, by=colleague(desk))
    response = post(COUNTED, {"narrative": "Dos talleres", "was": was}, do="send")
    assert response.status_code == 302  # to be read before it is sent
    assert draft_of(desk, COUNTED).answers == {"narrative": "Dos talleres", "difficulties": "Llovió"}
    assert the_report(desk, COUNTED).status == ReportStatus.PENDING


def page_marks(client, desk):
    client.force_login(desk.house.leader)
    return client.get(desk.address(COUNTED)).context["sheet"].was_json


def test_only_what_both_changed_is_a_conflict(post, desk, client):
    was = page_marks(client, desk)
    keep(desk, COUNTED, {"narrative": "Lo suyo", "difficulties": "Llovió"}, by=colleague(desk))
    told = post(COUNTED, {"narrative": "Lo mío", "value_1": "3", "was": was}, to="borrador/").json()
    assert [field["label"] for field in told["fields"]] == ["¿Qué se hizo?"]
    assert told["both"] == {"narrative": "Lo mío", "value_1": "3", "difficulties": "Llovió"}


def test_the_own_other_tab_is_called_that(post, desk):
    keep(desk, COUNTED, {"narrative": "En la otra"})
    assert "Usted lo cambió en otra pestaña" in post(COUNTED, {"narrative": "En esta"}).html


# --- A correction while planning validates -------------------------------------------------------------------


def test_a_correction_that_is_being_written_is_told_to_planning(desk, client):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    keep(desk, COUNTED, {**WHOLE, "narrative": "Corregido"})
    client.force_login(desk.house.planning)
    address = f"/gestion/cartago/revision/{sent.pk}/"
    page = client.get(address).content.decode()
    assert "La dependencia está escribiendo una corrección (borrador del " in page
    answer = {"number": 1, "action": "validar"}
    refused = client.post(address, answer)
    assert "marque la casilla para validar" in refused.content.decode()
    assert the_report(desk, COUNTED).status == ReportStatus.SUBMITTED
    client.post("/gestion/cartago/revision/validar/", {"report": f"{sent.pk}-1"})
    assert the_report(desk, COUNTED).status == ReportStatus.SUBMITTED
    client.post(address, {**answer, "over_draft": "on"})
    assert the_report(desk, COUNTED).status == ReportStatus.VALIDATED
    client.force_login(desk.house.leader)
    page = client.get(desk.address(COUNTED)).content.decode()
    assert "Su corrección quedó sin enviar" in page
    assert "Corregido" in page
    assert "Pida a planeación que vuelva a revisar" in page


def test_a_draft_that_says_what_was_sent_keeps_nobody_waiting(desk):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    keep(desk, COUNTED, answers_of(sent.current))
    assert validate(desk.house, sent).status == ReportStatus.VALIDATED
