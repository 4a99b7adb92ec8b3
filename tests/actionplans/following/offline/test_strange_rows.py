"""Rows that were moved, changed or mixed up: answers go to their own activity or nowhere."""

import datetime

import pytest

from planning.enums import Role
from tests.factories import make_user

from .steps import apply, download, drafts, preview, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda book: book.fill(0, id="x" + book.cell(0, "id").value), "fue cambiado"),
        (lambda book: book.fill(0, id=None), "no dice de qué actividad"),
        (lambda book: book.copy_row(0, 3), "está repetida"),
        (lambda book: book.sheet.delete_rows(6), "Falta la primera fila"),
    ],
)
def test_rows_that_say_nothing_sure_of_themselves_are_not_taken(first, leader, change, words):
    book = download(leader, first)
    for row in range(4):
        if not book.cell(row, "narrative").protection.locked:
            book.fill(row, narrative="Hecho")
    change(book)
    seen = preview(leader, first, book)
    assert any(words in stray.message for stray in seen.context["found"].strays)
    apply(leader, seen)
    assert len(drafts(first)) == 2


def cross(book, one, two):
    mine, theirs = book.cell(one, "id").value, book.cell(two, "id").value
    book.fill(one, id=theirs, narrative=f"De la fila {one}").fill(two, id=mine, narrative=f"De la fila {two}")


@pytest.mark.parametrize(
    "change",
    [
        lambda book: cross(book, 0, 3),
        lambda book: cross(book, 1, 2),  # two indicators of one activity: the figures would change places
        lambda book: book.fill(0, id=book.cell(1, "id").value, narrative="De la fila 0"),
        lambda book: book.fill(0, activity="Otra cosa", narrative="De la fila 0"),
        lambda book: book.fill(0, number="9", narrative="De la fila 0"),
        lambda book: book.fill(0, activity=None, narrative="De la fila 0"),
    ],
)
def test_answers_are_never_taken_for_another_activity(first, leader, change):
    """The words of a row and its identity have to agree: whose answers they are is not guessed."""
    book = download(leader, first)
    change(book)
    seen = preview(leader, first, book)
    assert "pero su identificador es de la actividad" in seen.content.decode()
    assert seen.context["found"].to_apply == []
    apply(leader, seen)
    assert drafts(first) == {}


def test_crossed_rows_are_told_by_their_numbers_and_the_right_ones_are_taken(first, leader):
    book = download(leader, first).fill(1, narrative="De los talleres", id="")
    book.fill(1, id=book.cell(0, "id").value).fill(3, narrative="Divulgado")
    seen = preview(leader, first, book)
    told = {stray.cell: stray.message for stray in seen.context["found"].strays}
    assert "Dice «2. Atender y adoptar. Cobertura»" in told["fila 6"]
    assert "es de la actividad 1, «Talleres»: no se toma" in told["fila 6"]
    assert titles(seen.context["changes"]) == ["=Divulgar"]


def test_rows_that_were_moved_whole_are_taken(first, leader):
    book = download(leader, first).fill(0, narrative="Talleres").fill(3, narrative="Divulgado")
    book.copy_row(0, 5).copy_row(3, 0).copy_row(5, 3)
    for column in range(1, book.sheet.max_column + 1):
        book.sheet.cell(10, column).value = None
    apply(leader, preview(leader, first, book))
    assert {key: draft.answers["narrative"] for key, draft in drafts(first).items()} == {
        1: "Talleres", 3: "Divulgado",
    }  # fmt: skip


def test_a_row_of_another_office_is_not_taken(first, leader, house, other, client):
    someone = make_user("otra@cartago.example", house.entity, Role.LEADER, offices=[other])
    someone.memberships.update(valid_from=datetime.date(2020, 1, 1))
    client.force_login(someone)
    book = download(client, first).fill(0, narrative="De otra")
    client.force_login(house.leader)
    seen = preview(client, first, book)
    assert "no reporta esta dependencia" in seen.context["found"].strays[0].message
    assert seen.context["found"].entries == []


def test_columns_are_known_wherever_they_were_moved(first, leader):
    book = download(leader, first)
    book.sheet.insert_cols(3)
    book.columns = {key: column + (column >= 3) for key, column in book.columns.items()}
    book.fill(0, narrative="Movida")
    apply(leader, preview(leader, first, book))
    assert drafts(first)[1].answers == {"narrative": "Movida"}
