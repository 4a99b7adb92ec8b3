"""The API: the rows that the files have, a page at a time, read only, and errors in Spanish."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.domain.following.reporting.reviewing import verify_progress
from actionplans.enums import FigureScope
from actionplans.models import ClosedFigure
from actionplans.opendata.reading import Page
from actionplans.opendata.tables import TABLES
from actionplans.opendata.values import plain
from planning import audit
from planning.models import Entity
from tests.factories import make_draft, make_entity, make_published_plan
from tests.following import close, link, make_year, on_day, promised, report, reported
from tests.steps import modify

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/entidades/"
YEAR = f"{ROOT}cartago/2024/"
WITH_PLAN = [name for name, table in TABLES.items() if "plan" in {field.name for field in table.fields}]


@pytest.fixture
def published(house):
    """Two plans, one with a report that counted in a closed period."""
    activity = make_published_plan(house.entity, office=house.office).activities.first()
    make_published_plan(house.entity, title="Otro", office=house.office)
    first, *_ = make_year(house)
    with on_day(2024, 4, 10):
        reported(house, activity.activity, first, declared=Decimal("33.33"))
        close(house, first)


def ask(client, address, status=200, **asked):
    answer = client.get(address, asked)
    assert answer.status_code == status, answer.content
    expected = "application/json; charset=utf-8" if status == 200 else "application/problem+json"
    assert answer["Content-Type"] == expected
    return answer.json()


def test_entities_lead_to_years_and_years_to_rows(client, published, settings):
    """A program needs only the first address."""

    def follow(address):
        assert address.startswith(settings.SITE_URL)
        return ask(client, address.removeprefix(settings.SITE_URL))

    (entity,) = ask(client, ROOT)["resultados"]
    assert entity["nombre"] == "Alcaldía de Cartago"
    (year,) = follow(entity["vigencias"])["resultados"]
    assert year["vigencia"] == 2024
    assert [table["tabla"] for table in year["tablas"]] == list(TABLES)
    rows = {table["tabla"]: follow(table["filas"]) for table in year["tablas"]}
    assert [row["plan"] for row in rows["planes"]["resultados"]] == ["otro", "plan-de-prueba"]
    assert rows["cifras"]["total"] > 0
    assert rows["reportes"]["total"] == 1


def test_rows_are_those_of_the_tables_and_pages_make_the_whole(client, published, house):
    sizes = {}
    for name, table in TABLES.items():
        expected = [
            {field.name: plain(value) for field, value in zip(table.fields, row, strict=True)}
            for row in table.rows(house.entity, 2024)
        ]
        seen, address = [], f"{YEAR}{name}/?por_pagina=2"
        while address:
            page = json.loads(client.get(address).content, parse_float=Decimal)
            assert page["total"] == len(expected)
            seen += page["resultados"]
            address = page["siguiente"]
        assert [{key: plain(value) for key, value in row.items()} for row in seen] == expected, name
        sizes[name] = len(expected)
    assert (sizes["planes"], sizes["actividades"], sizes["reportes"]) == (2, 6, 1)


def test_a_plan_is_asked_for_by_name(client, published):
    found = {}
    for name in WITH_PLAN:
        whole = ask(client, f"{YEAR}{name}/", por_pagina=500)["resultados"]
        mine = ask(client, f"{YEAR}{name}/", plan="otro")
        assert mine["resultados"] == [row for row in whole if row["plan"] == "otro"], name
        assert mine["total"] == len(mine["resultados"])
        found[name] = mine["total"]
    assert (found["planes"], found["actividades"], found["reportes"]) == (1, 3, 0)


def test_links_to_the_pages_around_keep_what_was_asked(client, published, settings):
    page = ask(client, f"{YEAR}actividades/", plan="otro", por_pagina=1, pagina=2)
    where = f"{settings.SITE_URL}{YEAR}actividades/?"
    assert page["siguiente"] == f"{where}pagina=3&por_pagina=1&plan=otro"
    assert page["anterior"] == f"{where}pagina=1&por_pagina=1&plan=otro"
    assert ask(client, f"{YEAR}actividades/", plan="otro", por_pagina=1, pagina=3)["siguiente"] is None


def test_a_page_after_the_last_is_empty_and_leads_back(client, published):
    page = ask(client, f"{YEAR}planes/", pagina=9)
    assert (page["resultados"], page["siguiente"]) == ([], None)
    assert page["anterior"].endswith("pagina=1&por_pagina=100")


def test_figures_keep_all_their_digits(client, published, house):
    stored = ClosedFigure.objects.get(scope=FigureScope.ENTITY).executed
    rows = json.loads(client.get(f"{YEAR}cifras/").content, parse_float=str, parse_int=str)["resultados"]
    (row,) = [row for row in rows if row["alcance"] == FigureScope.ENTITY]
    assert Decimal(row["ejecutado_exacto"]) == stored


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"{ROOT}nadie/", "No hay una entidad «nadie»."),
        (f"{ROOT}cartago/2023/planes/", "La entidad no publica datos de la vigencia 2023."),
        (f"{YEAR}nada/", "Esa dirección no existe en la API."),
        ("/api/v2/entidades/", None),
    ],
)
def test_what_is_not_there_is_said(client, published, address, words):
    answer = client.get(address)
    assert answer.status_code == 404
    if words:
        told = ask(client, address, 404)
        assert told["status"] == 404
        assert told["detail"].startswith(words)


def test_a_plan_that_is_not_there_is_said(client, published, house):
    """«No rows» would read as «it has none»."""
    make_draft(house.entity, title="Sin publicar", office=house.office)
    for name in ("sin-publicar", "otr"):
        for table in ("planes", "reportes", "verificaciones"):
            told = ask(client, f"{YEAR}{table}/", 404, plan=name)
            assert told["detail"] == f"La entidad no tiene publicado un plan «{name}» en la vigencia 2024."
    assert ask(client, f"{YEAR}reportes/", plan="otro")["resultados"] == []


@pytest.mark.parametrize(
    "address",
    [ROOT, f"{ROOT}cartago/", f"{ROOT}cartago/vigencias/", f"{YEAR}planes/", f"{YEAR}planes-institucionales/"],
)
def test_an_address_without_its_last_stroke_answers_too(client, published, address):
    """A redirection would be lost on pages of other origins."""
    answer = client.get(address.removesuffix("/"))
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    whole, bare = client.get(address).json(), answer.json()
    assert ask(client, ROOT)["resultados"][0]["vigencias"].endswith("/cartago/vigencias/")
    assert [bare.get(name) for name in ("entidad", "resultados")] == [
        whole.get(name) for name in ("entidad", "resultados")
    ]


@pytest.mark.parametrize("address", ["/api/v1/nada", "/api/v1/nada/x", f"{ROOT}cartago/2024/nada"])
def test_what_is_not_there_is_said_without_the_last_stroke(client, published, address):
    told = client.get(address)
    assert (told.status_code, told["Access-Control-Allow-Origin"]) == (404, "*")
    assert told["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["/api/v1", "/api/v1/"])
def test_the_root_says_where_to_begin(client, settings, address):
    settings.SITE_URL = "https://planeacion.example"
    said = client.get(address).json()
    assert said["entidades"] == f"https://planeacion.example{ROOT}"
    for name in ("entidades", "descripcion", "documentacion"):
        assert client.get(said[name].removeprefix("https://planeacion.example")).status_code == 200


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        ({"pagina": "uno"}, {"pagina": "Debe ser un número entero."}),
        ({"pagina": "1.0"}, {"pagina": "Debe ser un número entero."}),
        ({"pagina": " 1"}, {"pagina": "Debe ser un número entero."}),
        ({"pagina": "0"}, {"pagina": "Debe ser 1 o más."}),
        ({"por_pagina": "501"}, {"por_pagina": "Debe ser 500 o menos."}),
        ({"plan": "a b"}, {"plan": "Solo lleva letras sin tilde, números, guiones y rayas bajas."}),
        ({"plan": "a" * 121}, {"plan": "Es más largo de lo que puede ser: 120 caracteres."}),
        ({"plan": "a\x00"}, {"plan": "Solo lleva letras sin tilde, números, guiones y rayas bajas."}),
        ({"pajina": "2"}, {"pajina": "No existe: revise cómo se escribe."}),
    ],
)
def test_what_cannot_be_read_is_named(client, published, asked, errors):
    told = ask(client, f"{YEAR}planes/", 422, **asked)
    assert {error["parametro"]: error["mensaje"] for error in told["errores"]} == errors


@pytest.mark.parametrize(
    "address", [f"{ROOT}a%00/", f"{ROOT}cartago/24/planes/", f"{ROOT}cartago/99999999999/planes/", f"{ROOT}á/"]
)
def test_addresses_that_cannot_be_are_refused(client, published, address):
    ask(client, address, 422)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", [ROOT, f"{YEAR}planes/", "/api/v1/openapi.json", "/api/v1/nada/"])
def test_it_is_read_only(client, published, method, address):
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert "use GET" in answer.json()["detail"]


def test_head_is_get_without_its_body(client, published):
    whole, head = client.get(f"{YEAR}planes/"), client.head(f"{YEAR}planes/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]


@pytest.mark.parametrize("address", [ROOT, f"{YEAR}planes/", f"{ROOT}nadie/", f"{YEAR}planes/?pagina=x"])
def test_any_origin_may_read_it_and_no_cookie_changes_it(client, published, house, address):
    answer = client.get(address, headers={"Origin": "https://otro.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "Cookie" not in answer.get("Vary", "")
    client.force_login(house.planning)
    assert client.get(address).content == answer.content


def test_a_browser_may_send_the_tag_that_it_has(client, published):
    answer = client.options(
        f"{YEAR}planes/",
        headers={"Origin": "https://otro.example", "Access-Control-Request-Headers": "if-none-match"},
    )
    assert answer.status_code == 204
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_what_did_not_change_is_not_sent_again(client, published, django_assert_num_queries):
    had = client.get(f"{YEAR}planes/")["ETag"]
    for tag in (had, f"W/{had}", f'"otra", {had}'):
        with django_assert_num_queries(1):
            again = client.get(f"{YEAR}planes/", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == had
    assert client.get(f"{YEAR}planes/?pagina=2", headers={"If-None-Match": had}).status_code == 200
    assert client.get(f"{YEAR}planes/", headers={"If-None-Match": "*"}).status_code == 200


def test_a_change_of_the_entity_is_sent_at_once_and_a_neighbour_changes_nothing(
    client, published, house, neighbour
):
    had = client.get(f"{YEAR}planes/")["ETag"]
    make_published_plan(neighbour.entity)
    assert client.get(f"{YEAR}planes/", headers={"If-None-Match": had}).status_code == 304
    make_published_plan(house.entity, title="Tercero")
    changed = client.get(f"{YEAR}planes/", headers={"If-None-Match": had})
    assert changed.status_code == 200
    assert changed.json()["total"] == 3


def test_a_rename_is_in_the_list_at_once(client, house):
    had = client.get(ROOT)["ETag"]
    Entity.objects.filter(pk=house.entity.pk).update(name="Otro nombre")
    audit.record(house.entity, house.entity, "change", by=house.administrator)
    assert "Otro nombre" in client.get(ROOT, headers={"If-None-Match": had}).content.decode()


def test_drafts_open_reports_and_other_entities_are_nowhere(client, published, house, neighbour):
    make_draft(house.entity, title="OCULTO borrador", office=house.office)
    modify(house.entity.plans.get(slug="otro").versions.get(), house, reason="OCULTO motivo")
    make_published_plan(neighbour.entity, title="OCULTO vecino")
    second = house.entity.periods.get(ordinal=2)
    promise = house.entity.plans.get(slug="otro").versions.get(number=1).activities.first()
    with on_day(2024, 7, 5):
        report(house, promise, second, narrative="OCULTO reporte")
    for name in TABLES:
        text = client.get(f"{YEAR}{name}/?por_pagina=500").content.decode()
        assert "oculto" not in text.lower(), name


# What a table asks of the database: where it is cut there, a count and a reading of the page.
QUERIES = {
    "planes": 2, "versiones": 2, "componentes": 1, "actividades": 2, "tareas": 1, "responsables": 2,
    "objetivos-de-actividades": 1, "indicadores": 2, "periodos": 1, "cierres": 1, "cifras": 4,
    "actividades-medidas": 5, "componentes-medidos": 4, "indicadores-medidos": 5,
    "reportes": 5, "mediciones": 4, "verificaciones": 3, "evidencias": 4, "politicas": 4, "lideres": 3,
    "planes-institucionales": 3, "marco": 1, "dependencias": 2,
}  # fmt: skip


@pytest.mark.parametrize("plans", [1, 3])
def test_queries_do_not_grow_with_the_rows(client, house, plans):
    versions = [make_published_plan(house.entity, title=f"Plan {n}", office=house.office) for n in range(plans)]
    first, *_ = make_year(house)
    with on_day(2024, 4, 10):
        for version in versions:
            promise = version.activities.first()
            reported(house, promise.activity, first, evidence=(link(house),))
            verify_progress(promised(promise, first), first, by=house.auditor, value=None, opinion="Bien.")
        close(house, first)
    asked, totals = {}, {}
    for name in TABLES:
        with CaptureQueriesContext(connection) as queries:
            totals[name] = ask(client, f"{YEAR}{name}/")["total"]
        asked[name] = len(queries) - 3  # the number of what is published, the entity and its years
    assert asked == QUERIES
    assert {totals[name] for name in ("planes", "reportes", "verificaciones", "evidencias")} == {plans}


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list_do_not_grow(client, db, number, django_assert_num_queries):
    for place in range(number):
        make_entity(f"entidad-{place}")
    with django_assert_num_queries(3):
        ask(client, ROOT)


def test_a_page_of_a_long_table_reads_that_page_alone(house, published):
    """The database filters, counts and cuts: nothing else is fetched."""
    page = Page(start=1, size=2, plan="otro")
    rows = list(TABLES["actividades"].rows(house.entity, 2024, page))
    assert (len(rows), page.total) == (2, 3)
    place = TABLES["actividades"].place("actividad")
    assert [row[place] for row in rows] == [2, 3]
