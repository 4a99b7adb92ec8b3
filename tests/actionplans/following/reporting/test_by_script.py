"""What the script of the form sends and is told: drafts that save themselves, files, conflicts."""

import pytest

from actionplans.models import Contribution, Evidence
from tests.evidence_files import upload
from tests.report_steps import COUNTED, SHARED

from .writing import colleague, draft_of, keep, link_typed

pytestmark = pytest.mark.django_db


# --- A report ------------------------------------------------------------------------------------------------


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


# --- A contribution ------------------------------------------------------------------------------------------


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
