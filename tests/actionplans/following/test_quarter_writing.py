"""Writing and sending reports through the page: with its script and without, alone and while another writes."""

import pytest

from actionplans.domain.following.evidence.bringing import bring_file
from actionplans.domain.following.reporting.drafts import StaleDraft, answers_of, save_draft
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.domain.following.reporting.sending import submit_report
from actionplans.enums import ReportOrigin, ReportStatus
from actionplans.models import Contribution, Evidence, ImportRun, Report, ReportDraft
from actionplans.models.imports import ImportState
from tests.factories import make_user
from tests.following import close, content, on_day, promised, report, validate
from tests.report_steps import COUNTED, NO_TARGET, RATIO, SHARED, YES_NO, end, make_desk

from .evidence_files import PDF, upload

pytestmark = pytest.mark.django_db
WHOLE = {"value_1": "22", "narrative": "Dos talleres.", "months": ["8"]}


@pytest.fixture
def desk(house):
    return make_desk(house)


@pytest.fixture
def post(client, desk):
    """Send the form of an activity as the leader (or as `user`), with the button `do`."""

    def post_(number, data=None, *, do="save", user=None, to="", **options):
        client.force_login(user or desk.house.leader)
        response = client.post(f"{desk.address(number)}{to}", {"do": do, **(data or {})}, **options)
        response.html = response.content.decode()
        return response

    return post_


def the_report(desk, number):
    return Report.objects.get(activity=desk.activities[number], period=desk.quarter)


def draft_of(desk, number):
    return ReportDraft.objects.get(report__activity=desk.activities[number], report__period=desk.quarter)


def keep(desk, number, answers, *, by=None, revision=None):
    promise = promised(desk.activities[number], desk.quarter)
    return save_draft(promise, desk.quarter, answers, by=by or desk.house.leader, revision=revision)


def colleague(desk):
    return make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])


# --- Without the script: one form, one POST ----------------------------------------------------------------


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


# --- With the script ----------------------------------------------------------------------------------------


def test_the_script_saves_and_learns_the_revision(post, desk):
    first = post(COUNTED, {"narrative": "Uno"}, to="borrador/")
    assert first.json()["revision"] == 1
    second = post(COUNTED, {"narrative": "Dos", "revision": 1}, to="borrador/")
    assert second.json()["revision"] == 2
    assert set(second.json()) == {"revision", "was", "at"}
    assert draft_of(desk, COUNTED).answers == {"narrative": "Dos"}


def test_the_script_is_told_both_texts(post, desk):
    keep(desk, COUNTED, {"narrative": "Lo del colega", "months": ["8"]}, by=colleague(desk))
    answer = post(COUNTED, {"narrative": "Lo mío"}, to="borrador/")
    assert answer.status_code == 409
    told = answer.json()
    assert told["revision"] == 1
    assert told["answers"] == {"narrative": "Lo del colega", "months": ["8"]}
    assert [(field["label"], field["mine"], field["theirs"]) for field in told["fields"]] == [
        ("¿En qué meses se hizo?", "", "agosto"),
        ("¿Qué se hizo?", "Lo mío", "Lo del colega"),
    ]


def test_a_saving_whose_answer_was_lost_is_no_conflict(post, desk):
    post(COUNTED, {"narrative": "Uno"}, to="borrador/")
    again = post(COUNTED, {"narrative": "Uno y dos", "again": "1"}, to="borrador/")
    assert (again.status_code, again.json()["revision"]) == (200, 2)
    assert draft_of(desk, COUNTED).answers == {"narrative": "Uno y dos"}


def test_nobody_passes_over_another_s_text_by_saying_again(post, desk):
    keep(desk, COUNTED, {"narrative": "Lo del colega"}, by=colleague(desk))
    assert post(COUNTED, {"narrative": "Lo mío", "again": "1"}, to="borrador/").status_code == 409
    assert draft_of(desk, COUNTED).answers == {"narrative": "Lo del colega"}


def test_the_script_attaches_a_file_and_gets_the_list(post, desk):
    data = {"evidence_file": upload(), "evidence_classification": "publica"}
    answer = post(COUNTED, data, to="adjuntar/").json()
    assert answer["revision"] == 1
    assert "acta.pdf" in answer["html"]
    refused = post(COUNTED, {"evidence_file": upload()}, to="adjuntar/")
    assert refused.status_code == 422
    assert "Elija quién la puede ver." in refused.json()["message"]


def test_the_same_file_sent_twice_is_one(post, desk):
    for _ in range(2):
        post(COUNTED, {"evidence_file": upload(), "evidence_classification": "publica"}, to="adjuntar/")
    assert draft_of(desk, COUNTED).evidence.count() == 1
    assert Evidence.objects.count() == 1


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


# --- Several at once ----------------------------------------------------------------------------------------


def test_all_complete_drafts_go_and_the_rest_say_what_they_lack(post, desk, client):
    keep(desk, COUNTED, WHOLE)
    keep(desk, YES_NO, {"value_1": "1", "narrative": "Se publicó.", **link_typed("publica")})
    keep(desk, RATIO, {"numerator_1": "19"})
    client.force_login(desk.house.leader)
    address = f"/seguimiento/cartago/{desk.quarter.pk}/enviar/"
    page = client.get(address)
    assert [row.work.number for row in page.context["ready"]] == ["1", "3"]
    lacking = {row.work.number: row.lacks for row in page.context["lacking"]}
    assert set(lacking) == {"2", "4"}
    assert "Escriba también esta cifra: hacen falta las dos." in lacking["2"]
    assert lacking["4"] == ("Todavía no se ha escrito nada.",)
    assert Report.objects.filter(status=ReportStatus.SUBMITTED).count() == 0
    client.post(address)
    sent = Report.objects.filter(status=ReportStatus.SUBMITTED)
    assert {row.activity.key for row in sent.select_related("activity")} == {COUNTED, YES_NO}
    assert the_report(desk, YES_NO).current.evidence.get().url == "https://ejemplo.gov.co/a"
    assert draft_of(desk, RATIO).answers == {"numerator_1": "19"}


def link_typed(classification):
    return {"evidence_url": "https://ejemplo.gov.co/a", "evidence_classification": classification}


def test_a_half_typed_link_keeps_a_draft_from_being_ready(desk, client):
    keep(desk, COUNTED, {**WHOLE, **link_typed("")})
    client.force_login(desk.house.leader)
    page = client.get(f"/seguimiento/cartago/{desk.quarter.pk}/enviar/")
    assert page.context["ready"] == []
    assert "Elija quién la puede ver." in {words for row in page.context["lacking"] for words in row.lacks}


def test_what_is_sent_together_is_looked_at_first(desk, client):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    keep(desk, COUNTED, {**WHOLE, "narrative": "Corregido"})
    back = report(desk.house, desk.activities[NO_TARGET], desk.quarter, narrative="Una.")
    return_report(back, by=desk.house.planning, number=1, comment="Falta el acta.")
    keep(desk, NO_TARGET, {"narrative": "Una."})
    keep(
        desk,
        YES_NO,
        {"value_1": "1", "narrative": "Hecho.", **link_typed("publica"), "evidence_url": "http://10.0.0.1/a"},
    )
    client.force_login(desk.house.leader)
    page = client.get(f"/seguimiento/cartago/{desk.quarter.pk}/enviar/")
    ready = {row.work.number: row.remarks for row in page.context["ready"]}
    lacking = {row.work.number: (row.lacks, row.remarks) for row in page.context["lacking"]}
    assert ready == {"1": ("Va sin evidencia.", "Ya se envió: con esto queda la versión 2.")}
    assert lacking["4"] == (
        ("Planeación lo devolvió y todavía no se ha corregido.",),
        ("Se lo devolvieron y pedían: «Falta el acta.».",),
    )
    assert "red interna" in lacking["3"][0][0]
    client.post(f"/seguimiento/cartago/{desk.quarter.pk}/enviar/")
    sent.refresh_from_db()
    assert sent.current.number == 2


# --- Planning on behalf, other offices, the entity's own form -----------------------------------------------


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


def test_the_script_saves_a_contribution(post, desk):
    data = {"office": desk.house.office.pk, "text": "Prestamos"}
    first = post(SHARED, data, to="aporte/").json()
    assert (first["revision"], first["is_own"]) == (1, True)
    again = post(SHARED, data, to="aporte/")  # the answer was lost
    assert (again.status_code, again.json()["revision"]) == (200, 1)
    more = post(SHARED, {**data, "revision": 1, **link_typed("publica")}, to="aporte/").json()
    assert not Contribution.objects.get().evidence.exists()  # a link that is being typed is not attached
    attached = post(
        SHARED, {**data, "revision": more["revision"], **link_typed("publica")}, to="aporte/?adjuntar=1"
    )
    assert "ejemplo.gov.co" in attached.json()["html"]
    stale = post(SHARED, {**data, "text": "Otra cosa", "revision": 1}, to="aporte/")
    assert stale.status_code == 409
    assert stale.json()["who"] == "Usted lo cambió en otra pestaña o en otro equipo"
    empty = post(SHARED, {"office": desk.house.office.pk, "text": " "}, to="aporte/", user=colleague(desk))
    assert empty.status_code in (409, 422)
    assert Contribution.objects.get().text == "Prestamos"


def test_what_is_wrong_in_an_attachment_is_called_that(post, desk):
    page = post(COUNTED, {**WHOLE, "evidence_url": "https://ejemplo.gov.co/a"}, do="attach")
    assert "La evidencia no se pudo adjuntar." in page.html
    assert "Falta algo para enviarlo" not in page.html


def test_before_the_quarter_opens_nothing_is_said_to_be_kept(post, desk):
    with on_day(2024, 9, 20):
        page = post(COUNTED, WHOLE, do="attach")
    assert "está guardado en el borrador" not in page.html
    assert not ReportDraft.objects.exists()
