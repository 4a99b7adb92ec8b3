"""CSV and JSON say the same as the other files, and no spreadsheet runs what a text looks like."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.reports.plan import tables
from actionplans.reports.plan.builders import plan_sheet


@pytest.mark.django_db
def test_the_csv_has_a_row_for_each_activity_that_reads_back(full_plan):
    sheet = plan_sheet(full_plan)
    content = tables.csv_bytes(sheet)
    assert content.startswith(b"\xef\xbb\xbfentidad,vigencia,")
    assert b"\r\n" in content
    rows = list(tables.rows_of(content))
    assert [row["actividad"] for row in rows] == [activity.description for activity in sheet.activities]
    first = rows[0]
    assert (first["febrero"], first["abril"], first["ponderacion"], first["presupuesto"]) == (
        "X", "", "60.25", "1250000.5",
    )  # fmt: skip
    assert (first["meta"], first["empieza"]) == ("4\n80", "2025-02-03")
    assert [first[f"meta_periodo_{n}"] for n in range(1, 5)] == ["1\n", "0\n", "\n75.125", "2.5\n"]
    assert [row["meta_periodo_1"] for row in rows[1:]] == ["", ""]
    assert [row["reporta"] for row in rows] == ["Secretaría de Hacienda", "", ""]


@pytest.mark.django_db
def test_no_cell_of_the_csv_begins_as_a_formula(full_plan):
    text = tables.csv_bytes(plan_sheet(full_plan)).decode()
    assert "'=SUMA(A1:A9) no es una fórmula" in text
    assert ",'-2+3," in text
    assert ",'@informe,'+1 encuesta," in text


@given(st.text() | st.from_regex(r"'*[=+\-@\t\r\n].*"))
def test_what_is_escaped_comes_back(text):
    safe = tables.escaped(text)
    assert not safe.startswith(tables.RISKY)
    assert tables.unescaped(safe) == text


@pytest.mark.django_db
def test_the_json_has_every_value_by_its_name(full_plan):
    told = json.loads(tables.json_bytes(plan_sheet(full_plan)))
    assert told["letterhead"]["code"] == "MESG-AS-F17"
    first = told["activities"][0]
    assert (first["months"], first["weight"], first["starts"]) == ([2, 3, 11], 60.25, "2025-02-03")
    assert first["indicators"][0]["target"] == 4
    assert [first["indicators"][0][f"target_{n}"] for n in range(1, 5)] == [1, 0, None, 2.5]
    assert first["responsibles"][1] == {
        "text": "Sec. de Hacienda", "role": "Apoya", "office": "Secretaría de Hacienda",
        "office_slug": "hacienda", "reports": True,
    }  # fmt: skip


def test_json_refuses_what_it_does_not_know():
    with pytest.raises(TypeError, match="No es un valor"):
        tables._plain(object())
