"""The page of open data, its dictionary, and how its files answer browsers and programs."""

import pytest

from actionplans.opendata import measuring
from actionplans.opendata.tables import TABLES
from actionplans.public.views import open_data
from tests.factories import make_published_plan
from tests.reading import text_of

PAGE = "/cartago/datos/"
FILES = ("2024/planes.csv", "2024/planes.json", "2024/datapackage.json", "catalogo.jsonld")


def test_the_page_offers_every_table_with_its_rows_and_size(told_year, client):
    page = text_of(client, PAGE)
    for name, table in TABLES.items():
        assert table.title in page
        for suffix in ("csv", "json"):
            assert f'href="/cartago/datos/2024/{name}.{suffix}"' in page
    for address in ("2024/datos.xlsx", "2024/datapackage.json", "diccionario/", "catalogo.jsonld"):
        assert f'href="/cartago/datos/{address}"' in page
    size = len(client.get("/cartago/datos/2024/planes.csv").getvalue())
    assert f"({size / 1024:.1f}".replace(".", ",") in page or f"({size}" in page
    assert "Creative Commons Atribución 4.0" in page
    assert "Alcaldía de Cartago. Datos abiertos de planeación, vigencia 2024" in page


def test_each_year_has_its_files(told_year, client):
    make_published_plan(told_year.entity, title="Antiguo", year=2019)
    assert "/cartago/datos/2019/planes.csv" in text_of(client, f"{PAGE}?vigencia=2019")
    assert "/cartago/datos/2024/planes.csv" in text_of(client, f"{PAGE}?vigencia=1")


def test_a_year_that_is_too_large_is_offered_without_counting_it(told_year, client, monkeypatch):
    monkeypatch.setattr(measuring, "AFFORDABLE", 1)
    page = text_of(client, PAGE)
    assert "/cartago/datos/2024/planes.csv" in page
    assert "Filas" not in page


def test_an_entity_without_data_says_so(neighbour, client):
    page = text_of(client, "/candelaria/datos/")
    assert "aún no publica datos" in page
    assert ".csv" not in page


def test_the_dictionary_explains_every_field(told_year, client):
    page = text_of(client, f"{PAGE}diccionario/")
    for name, table in TABLES.items():
        assert f'id="{name}"' in page
        assert f'<a href="#{name}">{table.title}</a>' in page
        assert f"<summary>Sus {len(table.fields)} campos<" in page
        for field in table.fields:
            assert f"<code>{field.name}</code>" in page
            assert f"<strong>{field.title}.</strong>" in page


@pytest.mark.parametrize("path", FILES)
def test_files_may_be_read_from_any_origin_and_are_asked_for_once(told_year, client, path):
    answer = client.get(PAGE + path)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    unchanged = client.get(PAGE + path, headers={"if-none-match": answer["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["Access-Control-Allow-Origin"] == "*"
    before = client.options(PAGE + path)
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert client.post(PAGE + path).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["2023/planes.csv", "2024/nada.csv", "2024/planes.xml", "2023/datos.xlsx", "2023/datapackage.json",
     "99999999999999999999/planes.csv"],
)  # fmt: skip
def test_what_there_is_not_is_not_found(told_year, client, path):
    assert client.get(PAGE + path).status_code == 404


def test_a_short_file_is_kept_and_a_long_one_is_streamed_and_kept_by_nobody(
    told_year, client, pages, monkeypatch, django_assert_num_queries
):
    address = f"{PAGE}2024/actividades.csv"
    whole = client.get(address).getvalue()
    with django_assert_num_queries(1):
        assert client.get(address).getvalue() == whole
    pages.clear()
    monkeypatch.setattr(open_data, "MOST_KEPT", 10)
    answer = client.get(address)
    assert answer.streaming
    assert answer.getvalue() == whole
    assert answer["ETag"]
    assert sum(map(len, pages._cache.values())) < 1000  # that it exists, for who has it already
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get(address).getvalue() == whole


def test_a_change_is_in_the_files_at_once(told_year, client, pages):
    address = f"{PAGE}2024/planes.csv"
    before = client.get(address)
    make_published_plan(told_year.entity, title="Plan nuevo")
    after = client.get(address, HTTP_IF_NONE_MATCH=before["ETag"])
    assert after.status_code == 200
    assert b"plan-nuevo" in after.content
    assert b"plan-nuevo" not in before.content


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_queries_however_many_plans(house, client, django_assert_num_queries, number):
    for position in range(number):
        make_published_plan(house.entity, title=f"Plan {position}", activities=number)
    for address, queries in {PAGE: 41, f"{PAGE}diccionario/": 4, f"{PAGE}2024/planes.csv": 4}.items():
        client.get(address)
        with django_assert_num_queries(queries, info=address):
            assert client.get(address).status_code == 200
