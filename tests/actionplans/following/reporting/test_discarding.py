"""Discarding a draft: what goes and what stays in every state, who may, and nobody's writing lost unseen."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from actionplans.domain.following.evidence.bringing import bring_file
from actionplans.domain.following.reporting.discarding import discard_draft, loss_of
from actionplans.domain.following.reporting.drafts import StaleDraft, attach, save_draft
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportStatus
from actionplans.models import Evidence, Report, ReportDraft
from planning.models import AuditEvent
from tests.evidence_files import PDF, upload
from tests.factories import make_user
from tests.following import close, promised, report, validate
from tests.report_steps import COUNTED, LATER, NO_TARGET, SHARED

from .writing import colleague, draft_of, keep, the_report

pytestmark = pytest.mark.django_db
TYPED = {"narrative": "Lo que sobra"}


def promise_of(desk, number=COUNTED):
    return promised(desk.activities[number], desk.quarter)


def bring(desk, content=PDF, **said):
    told = {"by": desk.house.leader, "office": desk.house.office, "classification": "publica", **said}
    return bring_file(desk.house.entity, upload(content, "acta.pdf"), **told)


def attached(desk, piece, number=COUNTED, by=None):
    by = by or desk.house.leader
    return attach(promise_of(desk, number), desk.quarter, piece, by=by, on_behalf=by == desk.house.planning)


def discard(desk, by=None, mark=None, number=COUNTED):
    """As the person who has just been told what goes."""
    by = by or desk.house.leader
    draft = ReportDraft.objects.filter(report__activity=desk.activities[number]).first()
    mark = (loss_of(draft, by=by).mark if draft else "") if mark is None else mark
    on_behalf = by == desk.house.planning
    return discard_draft(promise_of(desk, number), desk.quarter, by=by, mark=mark, on_behalf=on_behalf)


# --- States --------------------------------------------------------------------------------------------------


def begun(desk):
    keep(desk, COUNTED, TYPED)


def sent_and_changed(desk):
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    keep(desk, COUNTED, TYPED)


def returned(desk):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    return_report(sent, by=desk.house.planning, number=1, comment="Falta el lugar.")
    keep(desk, COUNTED, TYPED)


def validated(desk):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    keep(desk, COUNTED, TYPED)
    validate(desk.house, sent, over_draft=True)


def closed(desk):
    keep(desk, COUNTED, TYPED)
    close(desk.house, desk.quarter)


STAY = {begun: ReportStatus.PENDING, sent_and_changed: ReportStatus.SUBMITTED, returned: ReportStatus.RETURNED}
WRITERS = ("leader", "planning")
OTHERS = ("administrator", "committee", "auditor")


@pytest.mark.parametrize("post", WRITERS)
@pytest.mark.parametrize("state", STAY, ids=lambda state: state.__name__)
def test_the_text_goes_and_what_was_sent_stays(desk, state, post):
    state(desk)
    discard(desk, getattr(desk.house, post))
    assert not ReportDraft.objects.exists()
    row = the_report(desk, COUNTED)
    assert row.status == STAY[state]
    assert (row.current and row.current.narrative) == (None if state is begun else "Se hizo lo previsto.")
    event = AuditEvent.objects.get(event="discard_report_draft")
    assert (event.object_id, event.actor_id) == (str(row.pk), getattr(desk.house, post).pk)
    assert event.old["answers"] == TYPED


@pytest.mark.parametrize("post", WRITERS)
@pytest.mark.parametrize(
    ("state", "words"), [(validated, "ya validó"), (closed, "está cerrado")], ids=["validated", "closed"]
)
def test_what_takes_no_writing_keeps_its_draft(desk, state, words, post):
    state(desk)
    with pytest.raises(TransitionRefused, match=words):
        discard(desk, getattr(desk.house, post))
    assert draft_of(desk, COUNTED).answers == TYPED
    assert not AuditEvent.objects.filter(event="discard_report_draft").exists()


@pytest.mark.parametrize("post", OTHERS)
@pytest.mark.parametrize("state", [*STAY, validated, closed], ids=lambda state: state.__name__)
def test_who_does_not_write_it_does_not_discard_it(desk, client, state, post):
    state(desk)
    person = getattr(desk.house, post)
    with pytest.raises(PermissionDenied):
        discard(desk, person)
    client.force_login(person)
    address = f"{desk.address(COUNTED)}descartar/"
    assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]
    assert draft_of(desk, COUNTED).answers == TYPED


def test_neither_another_office_nor_another_entity_discards_it(desk, client, neighbour):
    begun(desk)
    stranger = make_user("otra@cartago.example", desk.house.entity, "leader", offices=[desk.other])
    answers = []
    for person in (stranger, neighbour.leader, neighbour.planning):
        with pytest.raises(PermissionDenied):
            discard(desk, person)
        client.force_login(person)
        answers.append(client.post(f"{desk.address(COUNTED)}descartar/").status_code)
    assert answers == [403, 404, 404]
    assert draft_of(desk, COUNTED).answers == TYPED


def test_who_only_contributes_does_not_discard_the_report(desk, client):
    chief = make_user("gobierno@cartago.example", desk.house.entity, "leader", offices=[desk.other])
    save_draft(promise_of(desk, SHARED), desk.quarter, TYPED, by=chief, revision=None)
    client.force_login(desk.house.leader)
    assert client.get(f"{desk.address(SHARED)}descartar/").status_code == 403
    with pytest.raises(PermissionDenied):
        discard(desk, number=SHARED)


# --- Evidence ------------------------------------------------------------------------------------------------


def test_evidence_of_the_draft_alone_goes_with_its_file(desk, django_capture_on_commit_callbacks):
    alone, sent, elsewhere = (bring(desk, PDF + mark) for mark in (b"1", b"2", b"3"))
    report(desk.house, desk.activities[NO_TARGET], desk.quarter, evidence=(sent,))
    attached(desk, elsewhere, LATER)
    for piece in (alone, sent, elsewhere):
        attached(desk, piece)
    with django_capture_on_commit_callbacks(execute=True):
        loss = discard(desk)
    assert (loss.evidence, loss.kept) == ((alone,), (sent, elsewhere))
    assert set(Evidence.objects.all()) == {sent, elsewhere}
    assert [default_storage.exists(piece.file.name) for piece in (alone, sent, elsewhere)] == [False, True, True]
    assert AuditEvent.objects.get(event="remove_evidence").object_id == str(alone.pk)
    assert list(draft_of(desk, LATER).evidence.all()) == [elsewhere]


def test_what_another_office_brought_stays(desk):
    piece = bring(desk, by=desk.house.planning, office=desk.other)
    ReportDraft.objects.get(pk=keep(desk, COUNTED, TYPED).pk).evidence.add(piece)
    assert discard(desk).kept == (piece,)
    assert Evidence.objects.filter(pk=piece.pk).exists()


def test_the_evidence_of_what_was_sent_stays_with_it(desk):
    piece = bring(desk)
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22, evidence=(piece,))
    keep(desk, COUNTED, TYPED)
    assert list(draft_of(desk, COUNTED).evidence.all()) == [piece]
    discard(desk)
    assert list(the_report(desk, COUNTED).current.evidence.all()) == [piece]


# --- Others meanwhile ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("meanwhile", ["text", "evidence"])
def test_what_came_after_the_question_is_not_lost(desk, meanwhile):
    begun(desk)
    mark = loss_of(draft_of(desk, COUNTED), by=desk.house.leader).mark
    if meanwhile == "text":
        keep(desk, COUNTED, {"narrative": "Otra cosa"}, by=colleague(desk), revision=1)
    else:
        attached(desk, bring(desk))
    with pytest.raises(StaleDraft):
        discard(desk, mark=mark)
    assert ReportDraft.objects.count() == 1


def test_a_page_that_showed_the_discarded_draft_does_not_write_over_the_next_one(desk):
    begun(desk)
    discard(desk)
    assert keep(desk, COUNTED, {"narrative": "De nuevo"}, by=colleague(desk)).revision == 2
    with pytest.raises(StaleDraft):
        keep(desk, COUNTED, {"narrative": "De la página vieja"}, revision=1)
    assert draft_of(desk, COUNTED).answers == {"narrative": "De nuevo"}


# --- The page ------------------------------------------------------------------------------------------------


@pytest.fixture
def ask(client, desk):
    client.force_login(desk.house.leader)

    def ask_(number=COUNTED, data=None):
        address = f"{desk.address(number)}descartar/"
        response = client.get(address) if data is None else client.post(address, data, follow=True)
        response.html = " ".join(response.content.decode().split())
        return response

    return ask_


def test_the_page_says_what_goes_and_the_next_one_what_went(desk, ask):
    attached(desk, bring(desk))
    keep(desk, COUNTED, {**TYPED, "value_1": "22"}, revision=1)
    page = ask()
    for words in ("Lo que sobra", "22", "Evidencia que se elimina", "acta.pdf", "Sin reporte en el trimestre III"):
        assert words in page.html
    assert "Evidencia que se conserva" not in page.html
    assert ReportDraft.objects.exists()
    done = ask(data={"mark": page.context["loss"].mark})
    assert done.redirect_chain == [(desk.address(COUNTED), 302)]
    said = "El borrador se descartó, con 1 evidencia que solo iba con él. La actividad queda sin reporte."
    assert said in done.html
    assert not ReportDraft.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_much_evidence_goes(desk, ask, django_assert_num_queries, many):
    for number in range(many):
        attached(desk, bring(desk, PDF + bytes([number])))
    ask()
    with django_assert_num_queries(18):
        ask()


def test_a_returned_report_is_again_as_it_was_returned(desk, ask):
    returned(desk)
    page = ask()
    assert "que planeación devolvió: podrá corregirla de nuevo" in page.html
    done = ask(data={"mark": page.context["loss"].mark})
    assert "Queda la versión 1, como se envió." in done.html
    assert done.context["sheet"].form["narrative"].value() == "Se hizo lo previsto."
    assert "Falta el lugar." in done.html


def test_the_page_shows_again_what_changed_meanwhile(desk, ask):
    begun(desk)
    mark = ask().context["loss"].mark
    keep(desk, COUNTED, {"narrative": "De una colega"}, by=colleague(desk), revision=1)
    again = ask(data={"mark": mark})
    assert again.redirect_chain == [(f"{desk.address(COUNTED)}descartar/", 302)]
    assert "revise otra vez lo que se borra" in again.html
    assert "De una colega" in again.html


def test_pressed_twice_it_discards_once(desk, ask):
    begun(desk)
    mark = ask().context["loss"].mark
    ask(data={"mark": mark})
    assert "El borrador ya estaba descartado." in ask(data={"mark": mark}).html
    assert AuditEvent.objects.filter(event="discard_report_draft").count() == 1


def test_nothing_is_offered_where_there_is_no_draft_and_no_writing(desk, ask):
    assert "No hay nada que descartar" in ask().html
    assert not Report.objects.exists()
    closed(desk)
    page = ask()
    assert "No se puede descartar" in page.html
    assert "data-discard" not in page.html


def test_the_report_offers_it_where_there_is_a_draft(desk, client):
    client.force_login(desk.house.leader)
    link = f'href="{desk.address(COUNTED)}descartar/" data-discard'
    assert f"{link} hidden>" in client.get(desk.address(COUNTED)).content.decode()
    begun(desk)
    assert f"{link}>" in client.get(desk.address(COUNTED)).content.decode()
