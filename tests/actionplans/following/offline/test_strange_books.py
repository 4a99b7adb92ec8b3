"""Workbooks of another period, entity or person, and files that are none."""

import datetime
import io

import pytest

from actionplans.models import OfflineUpload
from planning.enums import Role
from tests.factories import make_published_plan, make_user
from tests.following import make_year, on_day

from .steps import address, download, preview, send

pytestmark = pytest.mark.django_db


def test_a_workbook_of_another_period_or_of_nobody_is_refused(first, leader, house):
    second = type(first).objects.get(ordinal=2)
    with on_day(2024, 7, 5):
        leader.force_login(house.leader)  # the session of April is over
        book = download(leader, second)
    leader.force_login(house.leader)
    for content, words in (
        (book.content(), "de otro periodo"),
        (b"%PDF-1.4", "El archivo es un PDF"),
        (_other_workbook(), "no es el que se descarga"),
        (b"", "El libro está vacío"),
    ):
        answer = send(leader, first, content)
        assert words in str(answer.context["form"].errors["file"])
    assert not OfflineUpload.objects.exists()


def test_a_workbook_of_another_entity_is_refused_as_such(first, leader, house, neighbour):
    make_published_plan(neighbour.entity, office=neighbour.office)
    strange = make_year(neighbour)[0]
    leader.force_login(neighbour.leader)
    book = download(leader, strange)
    leader.force_login(house.leader)
    answer = send(leader, first, book.content())
    assert "El libro es de otra entidad" in str(answer.context["form"].errors["file"])


def test_a_workbook_without_the_words_of_its_rows_is_refused(first, leader):
    book = download(leader, first)
    book.sheet.delete_cols(book.columns["activity"])
    answer = send(leader, first, book.content())
    assert "perdió filas o columnas" in str(answer.context["form"].errors["file"])


def _other_workbook():
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def test_nobody_else_sees_what_somebody_uploaded(first, leader, house, other, client):
    sent = send(leader, first, download(leader, first).fill(0, narrative="Mío").content())
    colleague = make_user("dos@cartago.example", house.entity, Role.LEADER, offices=[house.office])
    colleague.memberships.update(valid_from=datetime.date(2020, 1, 1))
    for person, code in ((colleague, 404), (house.planning, 404), (house.committee, 403), (house.auditor, 403)):
        client.force_login(person)
        assert client.get(sent.url).status_code == code
    for person in (house.committee, house.auditor, house.administrator):
        client.force_login(person)
        assert client.get(address("offline_file", first)).status_code == 403


def test_a_further_upload_takes_the_place_of_the_earlier(first, leader):
    book = download(leader, first)
    for words in ("Uno", "Dos"):
        seen = preview(leader, first, book.fill(0, narrative=words))
    assert OfflineUpload.objects.count() == 1
    assert seen.context["changes"][0].mine["narrative"] == "Dos"
