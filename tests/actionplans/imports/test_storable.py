"""What the database could not hold is told at its cell, in the words of the field."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from actionplans.domain.contents.content import ActivityContent, ComponentContent, IndicatorContent, PlanContent
from actionplans.imports import read_plan
from actionplans.imports.apply import content_of
from actionplans.imports.reading.corrections import Corrections
from actionplans.imports.reading.parsed import Reading
from actionplans.imports.storable import _checks, unstorable
from actionplans.models import ActivityVersion, Indicator, PlanVersion
from tests.factories import make_entity

from . import hostile

HEADINGS = ["N°", "ACTIVIDAD", "RESPONSABLE", "PLAZO", "PESO", "PRESUPUESTO", "UNIDAD DE MEDIDA", "META"]


@pytest.mark.django_db
def test_each_flaw_is_an_error_at_the_cell_that_says_it():
    workbook = Workbook()
    workbook.active.append(HEADINGS)
    workbook.active.append([1, "Publicar el informe", "Hacienda", "Mayo", 101, 5, "Informe", 3])
    workbook.active.append(["1" * 21, "Divulgar el informe", "Hacienda", "Mayo", 20, 5, "u" * 81, 3])
    reading = read_plan(io.BytesIO(hostile.saved(workbook)), year=2025)
    assert reading.ok
    problems = unstorable(content_of(reading, make_entity(), title="Plan"), reading)
    assert [(problem.cell, problem.at, problem.severity) for problem in problems] == [
        ("E2", (2, 5), "error"),
        ("A3", (3, 1), "error"),
        ("G3", (3, 7), "error"),
    ]
    assert problems[0].message == "Ponderación (%): No puede pasar de 100 %."
    assert "20" in problems[1].message
    assert "80" in problems[2].message


@pytest.mark.django_db
def test_a_flaw_in_a_document_is_told_by_its_table_and_can_be_corrected():
    path = Path(__file__).parents[2] / "data/word/form-over-two-pages.docx"
    before = read_plan(path)
    reading = read_plan(path, corrections=Corrections(cells={(9, 1): "1" * 21}))
    assert unstorable(content_of(before, make_entity(), title="Plan"), before) == []
    [problem] = unstorable(content_of(reading, make_entity("otra"), title="Plan"), reading)
    assert (problem.cell, problem.at) == ("tabla 2, fila 3, columna 1", (9, 1))


def content(**fields):
    return PlanContent(**{"title": "Plan", **fields})


def flaws(plan):
    """The fields that are told of a plan of one activity, or of none."""
    reading = read_plan(io.BytesIO(hostile.plain_book())) if plan.activities else Reading(sheet="Hoja")
    return [problem.message.partition(":")[0] for problem in unstorable(plan, reading)]


def activity(**fields):
    return content(activities=(ActivityContent(**{"description": "Una", **fields}),))


def indicator(**fields):
    return activity(indicators=(IndicatorContent(name="I", **fields),))


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (content(title="x" * 251), ["Título"]),
        (content(form_code="x" * 200), ["Código del formato"]),
        (activity(description=""), ["Actividad"]),
        (activity(weight=Decimal("-1")), ["Ponderación (%)"]),
        (activity(weight=Decimal("0.001")), ["Ponderación (%)"]),
        (activity(budget=Decimal(10) ** 18), ["Presupuesto (cop)"]),
        (activity(budget=Decimal("NaN")), ["Presupuesto (cop)"]),
        (indicator(target=Decimal(10) ** 16), ["Meta"]),
        (indicator(target_3=Decimal(10) ** 16), ["Meta del periodo iii"]),
        (indicator(kind="otro"), ["Tipo"]),
        (content(components=(ComponentContent(name="C", weight=Decimal(101)),)), ["Ponderación (%)"]),
        (content(sections=(("x" * 251, ""),)), ["Título"]),
        (activity(weight=Decimal(100), budget=Decimal("0.01")), []),
        (indicator(target=Decimal("9" * 15), kind="", unit="u" * 80), []),
    ],
)
def test_what_does_not_fit_is_told_by_its_field(plan, told):
    assert flaws(plan) == told


@pytest.mark.parametrize("model", [ActivityVersion, Indicator, PlanVersion])
def test_what_surely_fits_is_what_the_field_accepts(model):
    """The quick answers never let through what the field itself refuses."""
    values = [
        "",
        "x",
        "x" * 20,
        "x" * 21,
        "x" * 81,
        "x" * 251,
        None,
        Decimal(0),
        Decimal("100.00"),
        Decimal("100.01"),
    ]
    values += [Decimal("-0.01"), Decimal(10) ** 15, Decimal(10) ** 18, Decimal("0.00001"), Decimal("Infinity")]
    names = {"description", "printed_number", "weight", "budget", "unit", "kind", "target", "title", "form_code"}
    fields = [field for field in model._meta.concrete_fields if field.name in names]
    for name, fits in _checks(model, tuple(field.name for field in fields)):
        field = model._meta.get_field(name)
        text = field.get_internal_type() in ("TextField", "CharField")
        for value in (
            value for value in values if isinstance(value, str) is text and (value is not None or not text)
        ):
            if fits(value) and not (field.blank and value in field.empty_values):
                field.clean(value, None)
