"""The OpenAPI description and the page that tells it to people."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from actionplans.api.description import description
from actionplans.opendata.tables import TABLES
from tests.factories import make_entity

OPENAPI = "/api/v1/openapi.json"


def operations():
    return {path: methods["get"] for path, methods in description()["paths"].items()}


def resolved(schema):
    """The schema with those that it names, for a validator that knows no others."""
    return {"components": description()["components"], **schema}


@pytest.mark.django_db
def test_it_is_given_as_json_to_any_origin(client, settings):
    answer = client.get(OPENAPI)
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert told["openapi"].startswith("3.1")
    assert told["info"]["title"] == "API de datos abiertos del portal de planeación"
    assert told["info"]["license"]["name"]
    assert told["servers"][0]["url"] == settings.SITE_URL
    again = client.get(OPENAPI, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_every_table_has_its_address_with_its_type():
    paths = operations()
    for name, table in TABLES.items():
        operation = paths[f"/api/v1/entidades/{{entidad}}/{{vigencia}}/{name}/"]
        assert (operation["summary"], operation["description"]) == (table.title, table.description)
        content = operation["responses"]["200"]["content"]["application/json"]
        (row,) = content["example"]["resultados"]
        assert list(row) == [field.name for field in table.fields]


def test_only_reading_is_described():
    assert all(list(methods) == ["get"] for methods in description()["paths"].values())


def test_every_address_says_all_that_it_answers():
    names = set()
    for path, operation in operations().items():
        statuses = {"200", "304", "405", "422"} | ({"404"} if "{" in path else set())
        assert set(operation["responses"]) == statuses, path
        assert "ETag" in operation["responses"]["200"]["headers"]
        names.add(operation["operationId"])
    assert len(names) == len(operations())


def test_every_parameter_and_field_is_explained():
    for path, operation in operations().items():
        assert all(parameter["description"] for parameter in operation["parameters"]), path
    for name, schema in description()["components"]["schemas"].items():
        for field, told in schema["properties"].items():
            assert told.get("description"), f"{name}.{field}"


def test_its_examples_are_what_it_allows():
    checked = 0
    for operation in operations().values():
        for answer in operation["responses"].values():
            for content in answer.get("content", {}).values():
                Draft202012Validator(resolved(content["schema"])).validate(content["example"])
                checked += 1
        for parameter in operation["parameters"]:
            assert "examples" not in parameter  # a list is no map of examples
            if "example" in parameter:
                Draft202012Validator(parameter["schema"]).validate(parameter["example"])
    assert checked > len(TABLES)


def test_its_schemas_are_schemas():
    for schema in description()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.django_db
def test_people_read_the_same_addresses_parameters_and_fields(client):
    page = client.get("/api/docs").content.decode()
    assert page.count("<h1") == 1
    for path, operation in operations().items():
        assert f"GET {path}</code>" in page
        assert operation["summary"] in page
    assert "<code>pagina</code>" in page
    assert "entero, de 1 a 500; si no se dice, 100" in page
    assert "<code>tablas[].filas</code>" in page
    for field in TABLES["cifras"].fields:
        assert f"<code>{field.name}</code>" in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.django_db
@pytest.mark.parametrize("entities", [1, 3])
def test_the_page_asks_the_database_only_whether_it_changed(client, entities, django_assert_num_queries):
    for number in range(entities):
        make_entity(f"entidad-{number}")
    with django_assert_num_queries(1):
        assert client.get("/api/docs").status_code == 200


def test_it_is_plain_json():
    assert json.loads(json.dumps(description())) == description()
