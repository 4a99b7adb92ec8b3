"""How the portal says counts, lists, figures and dates in Spanish."""

import datetime
from decimal import Decimal

import pytest

from planning.words import (
    amount,
    capitalised,
    comma,
    count,
    counted,
    figure,
    initials,
    inside,
    joined,
    long_date,
    megabytes,
    money,
    sentence,
    short_date,
    with_year,
)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a y b"),
        (["a", "b", "iglesia"], "a, b e iglesia"),
        (["a", "hielo"], "a y hielo"),
    ],
)
def test_lists_in_spanish(parts, words):
    assert joined(parts) == words


def test_counts_in_spanish():
    assert counted(1, "eje", "ejes") == "1 eje"
    assert counted(1250, "eje", "ejes") == "1.250 ejes"
    assert counted(0, "eje", "ejes") == ""


def test_a_sentence_ends_once():
    assert sentence("responde la secretaría.") == "Responde la secretaría."


@pytest.mark.parametrize(
    ("value", "words"),
    [("60.0000", "60"), ("1250.5000", "1.250,5"), ("100", "100"), ("0.0625", "0,0625"), ("0", "0")],
)
def test_figures_as_colombians_write_them(value, words):
    assert figure(Decimal(value)) == words


def test_dates_in_words():
    assert long_date(datetime.date(2024, 10, 29)) == "29 de octubre de 2024"
    assert long_date(datetime.datetime(2024, 1, 1, 3, tzinfo=datetime.UTC)) == "31 de diciembre de 2023"


def test_the_year_is_said_once():
    assert with_year("Plan de archivos", 2024) == "Plan de archivos 2024"
    assert with_year("Plan MIPG 2025", 2025) == "Plan MIPG 2025"


@pytest.mark.parametrize(
    ("name", "letters"), [("Alcaldía de Cartago", "AC"), ("Candelaria", "C"), ("una entidad", "U")]
)
def test_initials_for_the_crest(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "ferias", ""),
        (1, "ferias", "1 feria"),
        (1, "mesas realizadas", "1 mesa realizada"),
        (1, "veces", "1 (veces)"),
        (1, "", "1"),
        (1, "%", "1 %"),
        (2, "ferias", "2 ferias"),
    ],
)
def test_a_quantity_agrees_with_its_unit(value, unit, words):
    assert amount(None if value is None else Decimal(value), unit) == words


@pytest.mark.parametrize(
    ("value", "words"), [("1250.5000", "1250,5"), ("100", "100"), ("1E+3", "1000"), ("0.00", "0"), (None, "")]
)
def test_figures_as_people_type_them(value, words):
    assert comma(value and Decimal(value)) == words


def test_money_and_sizes():
    assert money(Decimal("1250000.00")) == "$ 1.250.000"
    assert money(None) == ""
    assert megabytes(10 * 1024 * 1024 + 400_000) == "10,4 MB"


def test_only_the_first_letter_changes():
    assert capitalised("sin meta: MIPG") == "Sin meta: MIPG"
    assert inside("En riesgo de MIPG") == "en riesgo de MIPG"
    assert (capitalised(""), inside(""), sentence(" . ")) == ("", "", "")


def test_a_count_of_none_is_said():
    assert count(0, "eje", "ejes") == "0 ejes"


def test_days_in_figures():
    assert short_date(datetime.date(2024, 1, 9)) == "09/01/2024"
    assert (short_date(None), long_date(None)) == ("", "")
