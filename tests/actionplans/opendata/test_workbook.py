"""The workbook for people: how to read it, every table, the dictionary, and the code that verifies it."""

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from actionplans.models import IssuedFile
from actionplans.opendata import issued_book, workbook
from actionplans.opendata.tables import TABLES

from .conftest import AWKWARD, FORMULA

ADDRESS = "/cartago/datos/2024/datos.xlsx"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def opened(client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.getvalue()))


def test_there_is_a_sheet_for_each_table_between_the_guide_and_the_dictionary(told_year, client):
    book = opened(client)
    assert book.sheetnames == ["Léame", *TABLES, "Diccionario", "Verificación"]
    guide = "\n".join(str(cell.value) for row in book["Léame"] for cell in row)
    column = [cell.value for cell in book["Léame"]["A"]]
    assert column[column.index("Hoja") + 1 :] == list(TABLES)
    assert {cell.value for cell in book["Diccionario"]["A"][1:]} == set(TABLES)
    for words in ("Creative Commons Atribución 4.0", "Vigencia", "Nunca es un cero", "Alcaldía de Cartago"):
        assert words in guide
    assert book["Diccionario"].max_row == 1 + sum(len(table.fields) for table in TABLES.values())
    code = IssuedFile.objects.get().code
    assert code in "\n".join(str(cell.value) for row in book["Verificación"] for cell in row)


def test_values_are_what_they_are_and_texts_stay_texts(told_year, client, rows_of):
    sheet = opened(client)["actividades"]
    titles = [cell.value for cell in sheet[1]]
    first = dict(zip(titles, sheet[2], strict=True))
    second = dict(zip(titles, sheet[3], strict=True))
    assert (first["Descripción"].value, first["Enero"].value, first["Marzo"].value) == (AWKWARD, "Sí", "No")
    assert (second["Descripción"].value, second["Descripción"].data_type) == (FORMULA, "s")
    figures = opened(client)["cifras"]
    place = [cell.value for cell in figures[1]].index("Corte")
    assert figures.cell(2, place + 1).value == datetime.datetime(2024, 3, 31)


def test_each_column_is_told_by_its_own_title():
    for table in TABLES.values():
        titles = [field.title for field in table.fields]
        assert len(set(titles)) == len(titles), table.name


def test_it_is_drawn_once_for_each_content(told_year, client, monkeypatch):
    first = client.get(ADDRESS)
    monkeypatch.setattr(issued_book, "write_book", None)  # it would fail
    again = client.get(ADDRESS)
    assert again.getvalue() == first.getvalue()
    assert client.get(ADDRESS, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    assert first["Access-Control-Allow-Origin"] == "*"
    assert IssuedFile.objects.count() == 1


def test_a_large_one_is_left_to_the_worker(told_year, client, monkeypatch):
    from actionplans.public.views import open_data

    asked = []
    monkeypatch.setattr(issued_book, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(open_data, "ask_for_book", lambda entity, year: asked.append((entity.slug, year)))
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert asked == [("cartago", 2024)]
    assert not IssuedFile.objects.exists()


def test_the_worker_draws_what_was_asked_for(told_year, client, monkeypatch):
    from actionplans.jobs.open_data import draw_book

    monkeypatch.setattr(issued_book, "MOST_AT_ONCE", 1)
    draw_book.call(told_year.entity.pk, 2024)
    assert client.get(ADDRESS).status_code == 200


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(told_year, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    workbook.write_book(tmp_path / "datos.xlsx", told_year.entity, 2024)
    book = load_workbook(tmp_path / "datos.xlsx")
    names = [name for name in book.sheetnames if name.partition(" ")[0] == "actividades"]
    assert names == ["actividades", "actividades (2)"]
    assert [book[name].max_row for name in names] == [2, 2]
