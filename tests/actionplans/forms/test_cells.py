"""An activity as a row of texts, and back."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, ResponsibleContent
from actionplans.enums import ResponsibilityRole
from actionplans.forms.cells import CellFlaws, cell_texts, content_with
from actionplans.forms.office_cells import OfficeReader
from actionplans.months import MonthSet
from tests.factories import make_office


class Nobody:
    """No office is known: every line is kept as printed."""

    def read(self, text, known=()):
        return tuple(ResponsibleContent(text=line) for line in text.split("\n") if line.strip())


FULL = ActivityContent(
    description="Publicar el informe",
    detail="Cada año",
    component="Transparencia",
    printed_number="1.1",
    tasks=("Escribir", "revisar con calma"),
    months=MonthSet([2, 3]),
    schedule_text="Primer trimestre",
    starts=datetime.date(2025, 2, 1),
    ends=datetime.date(2025, 3, 31),
    deliverable="Informe",
    weight=Decimal("12.50"),
    budget=Decimal("1500000.50"),
    note="Nota",
    indicators=(
        IndicatorContent(
            name="Informes",
            formula="N / D",
            printed_result="Hecho",
            target=Decimal("1250.5"),
            baseline=Decimal(0),
            unit="informes",
            kind="ratio",
            accumulation="flow",
            direction="increasing",
            numerator="N",
            denominator="D",
            target_1=Decimal("0.25"),
        ),
        IndicatorContent(name="Lectores"),
    ),
    responsibles=(ResponsibleContent(text="Todas"),),
)


def test_every_fact_of_a_row_is_shown_as_people_write_it():
    texts = cell_texts(FULL)
    assert texts["month_2"] == "X"
    assert texts["month_1"] == ""
    assert (texts["budget"], texts["weight"], texts["target"]) == ("1.500.000,5", "12,5", "1.250,5")
    assert (texts["starts"], texts["kind"], texts["direction"]) == ("01/02/2025", "Razón o porcentaje", "Subir")
    assert texts["tasks"] == "Escribir\nrevisar con calma"
    assert texts["baseline"] == "0"


def test_typing_what_is_shown_changes_nothing():
    typed = content_with(FULL, cell_texts(FULL), Nobody())
    assert cell_texts(typed) == cell_texts(FULL)
    assert typed.indicators == FULL.indicators
    assert typed == replace(FULL, responsibles=typed.responsibles)


@given(
    st.decimals(min_value=0, max_value=10**15, places=4),
    st.decimals(min_value=0, max_value=100, places=2),
    st.sets(st.integers(1, 12)),
)
def test_figures_and_months_come_back_as_they_went(target, weight, months):
    content = ActivityContent(
        description="A",
        weight=weight,
        months=MonthSet(months),
        indicators=(IndicatorContent(name="I", target=target),),
    )
    back = content_with(content, cell_texts(content), Nobody())
    assert (back.weight, back.months, back.indicators[0].target) == (weight, content.months, target)


@pytest.mark.parametrize(
    ("column", "typed", "shown"),
    [
        ("month_5", "x", "X"),
        ("month_5", "1", "X"),
        ("month_5", "0", ""),
        ("weight", "12,5 %", "12,5"),
        ("budget", "$ 2 millones", "2.000.000"),
        ("target", "1.500", "1.500"),
        ("starts", "2025-02-28", "28/02/2025"),
        ("ends", "31 de diciembre de 2025", "31/12/2025"),
        ("kind", "CONTEO", "Conteo"),
        ("kind", "yes_no", "Sí o no"),
        ("direction", "subir", "Subir"),
        ("tasks", "• Una\n• Dos", "Una\nDos"),
        ("tasks", "Una\n\ndos", "Una\ndos"),
        ("component", " Un  grupo ", "Un grupo"),
        ("deliverable", "=1+1", "=1+1"),
        ("note", "a\x00b\r\nc", "ab\nc"),
        ("weight", "", ""),
    ],
)
def test_what_people_type_is_understood(column, typed, shown):
    assert cell_texts(content_with(FULL, {column: typed}, Nobody()))[column] == shown


@pytest.mark.parametrize(
    ("column", "typed", "said"),
    [
        ("month_5", "quizás", "Escriba X"),
        ("weight", "120", "va de 0 a 100"),
        ("weight", "mucho", "no es una cifra"),
        ("budget", "-5", "negativo"),
        ("starts", "31/02/2025", "no es una fecha"),
        ("ends", "01/01/2025", "Termina antes"),
        ("kind", "otro", "Conteo, Nivel"),
        ("description", " ", "Escriba la actividad"),
        ("printed_number", "1" * 21, "20"),
        ("unit", "u" * 81, "80"),
        ("target", "9" * 18, "no es una cifra"),
    ],
)
def test_what_cannot_be_saved_is_refused_at_its_column(column, typed, said):
    with pytest.raises(CellFlaws) as refusal:
        content_with(FULL, {column: typed}, Nobody())
    assert list(refusal.value.by_column) == [column]
    assert said in refusal.value.by_column[column]


def test_all_flaws_are_told_at_once():
    with pytest.raises(CellFlaws) as refusal:
        content_with(FULL, {"weight": "x", "starts": "y"}, Nobody())
    assert refusal.value.by_column.keys() == {"weight", "starts"}


def test_an_indicator_left_without_a_word_is_taken_away():
    typed = {"description": "A", "indicator": "Informes", "target": "4"}
    content = content_with(ActivityContent(description=""), typed, Nobody())
    assert content.indicators == (IndicatorContent(name="Informes", target=Decimal(4)),)
    assert content_with(content, {"indicator": "", "target": ""}, Nobody()).indicators == ()


# --- Responsibles ---------------------------------------------------------------------------------


@pytest.fixture
def offices(db, house):
    make_office(house.entity, "Oficina Jurídica", slug="juridica", abbreviation="OJ")
    return OfficeReader(house.entity)


def said(responsibles):
    return [(item.office.slug if item.office else item.text, item.role, item.reports) for item in responsibles]


def test_an_office_is_named_supports_and_reports(offices, house):
    found = offices.read(f"{house.office.name}\nOficina juridica (apoya) (reporta)\nTodas")
    assert said(found) == [
        (house.office.slug, ResponsibilityRole.LEADS, False),
        ("juridica", ResponsibilityRole.SUPPORTS, True),
        ("Todas", ResponsibilityRole.LEADS, False),
    ]


def test_what_the_cell_already_had_keeps_its_printed_words(offices, house):
    known = (ResponsibleContent(text="Sec. de Planeasión", office=house.office, reports=True),)
    (kept, new) = offices.read(f"{house.office.name}\nOJ", known)
    assert (kept.text, kept.office, new.office.slug) == ("Sec. de Planeasión", house.office, "juridica")


def test_reading_what_is_shown_changes_nothing(offices, house):
    juridica = offices.offices["juridica"]
    content = ActivityContent(
        description="A",
        responsibles=(
            ResponsibleContent(text="", office=house.office, reports=False),
            ResponsibleContent(text="OJ", office=juridica, role=ResponsibilityRole.SUPPORTS, reports=True),
        ),
    )
    shown = cell_texts(content)["responsibles"]
    assert shown == f"{house.office.name}\nOficina Jurídica (apoya) (reporta)"
    assert content_with(content, {"responsibles": shown}, offices) == content
