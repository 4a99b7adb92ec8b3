"""CSV and JSON carry the very values of the tables, whatever they hold, and never the whole table in memory."""

import csv
import datetime
import io
import json
import tracemalloc
from decimal import Decimal

import pytest

from actionplans.opendata.files import PIECE, csv_pieces, json_pieces
from actionplans.opendata.table import Field, Table
from actionplans.opendata.values import as_json, number, plain
from actionplans.reports.plan.tables import unescaped

from .conftest import AWKWARD, FORMULA

ZONE = datetime.timezone(datetime.timedelta(hours=-5))


@pytest.mark.parametrize(
    ("value", "text", "in_json"),
    [
        (None, "", "null"),
        ("Año «2»", "Año «2»", '"Año «2»"'),
        (True, "true", "true"),
        (False, "false", "false"),
        (7, "7", "7"),
        (Decimal("63.3300"), "63.33", "63.33"),
        (Decimal("0.0000"), "0", "0"),
        (Decimal("-3"), "-3", "-3"),
        (Decimal("2500000000000000000.25"), "2500000000000000000.25", "2500000000000000000.25"),
        (Decimal("1E+3"), "1000", "1000"),
        (datetime.date(2024, 3, 31), "2024-03-31", '"2024-03-31"'),
        (datetime.datetime(2024, 4, 20, 10, 30, tzinfo=ZONE), "2024-04-20T15:30:00Z", '"2024-04-20T15:30:00Z"'),
    ],
)
def test_a_value_as_text_and_as_json(value, text, in_json):
    assert plain(value) == text
    assert as_json(value) == in_json


def test_a_figure_has_no_minus_before_nothing():
    assert number(Decimal("-0.00")) == "0"


def rows_of_csv(content: bytes):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def body(client, address) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.getvalue()


def test_csv_is_utf8_without_a_mark_with_the_names_first(told_year, client):
    content = body(client, "/cartago/datos/2024/actividades.csv")
    assert content.startswith(b"entidad,vigencia,plan,actividad,orden,")
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    first, second = rows_of_csv(content)
    assert first["descripcion"] == AWKWARD
    assert (first["enero"], first["marzo"], first["presupuesto"]) == ("true", "false", "")
    assert first["direccion"].endswith("/cartago/planes/2024/plan-de-participacion/actividades/1/")
    assert second["descripcion"] == f"'{FORMULA}"
    assert unescaped(second["descripcion"]) == FORMULA


def test_json_says_what_it_is_and_tells_texts_as_they_are(told_year, client, rows_of):
    told = json.loads(body(client, "/cartago/datos/2024/actividades.json"), parse_float=Decimal, parse_int=int)
    assert (told["tabla"], told["vigencia"], told["entidad"]["identificador"]) == ("actividades", 2024, "cartago")
    assert told["licencia"]["nombre"] == "CC-BY-4.0"
    assert told["actualizado"]
    assert [row["descripcion"] for row in told["filas"]] == [AWKWARD, FORMULA]
    assert [field["nombre"] for field in told["campos"]] == list(told["filas"][0])


def test_csv_and_json_of_every_table_have_the_same_values(told_year, client, rows_of):
    from actionplans.opendata.tables import TABLES

    for name in TABLES:
        written = rows_of_csv(body(client, f"/cartago/datos/2024/{name}.csv"))
        told = json.loads(body(client, f"/cartago/datos/2024/{name}.json"), parse_float=Decimal)["filas"]
        rows = rows_of(name, told_year.entity)
        assert [{key: unescaped(text) for key, text in row.items()} for row in written] == [
            {key: plain(value) for key, value in row.items()} for row in rows
        ], name
        assert [{key: plain(value) for key, value in row.items()} for row in told] == [
            {key: plain(value) for key, value in row.items()} for row in rows
        ], name


def test_a_table_without_rows_is_a_head_alone(told_year, client):
    assert body(client, "/cartago/datos/2024/lideres.csv").count(b"\r\n") == 1
    assert json.loads(body(client, "/cartago/datos/2024/lideres.json"))["filas"] == []


LONG = Table("larga", "Larga", "Muchas filas.", (Field("texto", "string", "Texto", "Texto."),), ("texto",), None)


@pytest.mark.parametrize(
    "pieces_of", [csv_pieces, lambda table, rows: json_pieces(table, rows, {"tabla": "larga"})]
)
def test_a_long_table_is_written_in_pieces_of_bounded_memory(pieces_of):
    rows = ((f"fila {number} " + "x" * 90,) for number in range(200_000))
    tracemalloc.start()
    try:
        sizes = [len(piece) for piece in pieces_of(LONG, rows)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sum(sizes) > 20_000_000
    assert max(sizes) < PIECE + 1_000
    assert peak < 20 * PIECE
