import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.imports.reading.dates import parse_date
from actionplans.imports.reading.periods import parse_period
from actionplans.imports.reading.values import (
    display,
    is_no_data,
    parse_mark,
    parse_money,
    parse_number,
    parse_percent,
    parse_quantity,
    split_items,
)
from actionplans.months import MONTH_NAMES

ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.datetimes(), st.dates(), st.decimals(),
    st.text(alphabet="0123456789.,'$% -()°ªºIVXxⅣ²٣"),
)  # fmt: skip


@given(ANYTHING)
def test_no_cell_is_too_strange_to_be_read(value):
    for parse in (
        is_no_data,
        parse_number,
        parse_money,
        parse_percent,
        parse_quantity,
        parse_mark,
        parse_date,
        display,
    ):
        parse(value)
    parse_period(value, 2025)
    split_items(value)


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["$ {}", "{}", "${} ", "{} COP", "$ {} pesos"]))
def test_money_typed_with_thousands_points_is_read_back(amount, form):
    assert parse_money(form.format(f"{amount:,}".replace(",", "."))) == amount


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_money_typed_with_a_decimal_comma_is_read_back(amount):
    assert parse_money(f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))) == amount


@given(st.decimals(min_value=Decimal("0.01"), max_value=1, places=2))
def test_a_percentage_is_the_same_however_it_is_typed(share):
    wanted = share * 100
    assert parse_percent(float(share), "0%") == wanted
    assert parse_percent(str(share).replace(".", ",")) == wanted
    assert parse_percent(f"{wanted} %".replace(".", ",")) == wanted


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("$ 1.707.857.234", 1707857234), ("1.500,50", "1500.50"), ("1.500", 1500), ("1,500", 1500),
        ("$1,707,857.20", "1707857.20"), ("1'500.000", 1500000), ("2,5 millones", 2500000), ("1 millón", 1000000),
        ("2 mil millones de pesos", 2000000000), ("(1.000)", -1000), (1500.5, "1500.5"), ("12.34.5", None),
        ("entre 1 y 2 millones", None), ("N/A", None), ("#DIV/0!", None), ("-", None), ("", None), (True, None),
    ],
)  # fmt: skip
def test_money_as_people_type_it(typed, amount):
    assert parse_money(typed) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("typed", "number_format", "percentage"),
    [(0.8, "0%", 80), (0.8, "General", 80), (80, "General", 80), ("80%", "General", 80), ("80 %", "General", 80),
     ("0,8", "General", 80), ("0,8%", "General", "0.8"), (0, "0%", 0), ("ND", "General", None)],
)  # fmt: skip
def test_percentages_as_people_type_them(typed, number_format, percentage):
    assert parse_percent(typed, number_format) == (None if percentage is None else Decimal(percentage))


@pytest.mark.parametrize(
    ("typed", "number"), [("5 informes", 5), ("100%", 100), ("1.000 usuarios", 1000), ("<= 3%", None)]
)
def test_a_target_may_name_its_unit(typed, number):
    assert parse_quantity(typed) == number


@pytest.mark.parametrize(
    "typed", ["", " ", "NA", "N/A", "n.a.", "ND", "#DIV/0!", "#N/A", "-", "—", "No aplica", None]
)
def test_no_data_is_not_zero(typed):
    assert is_no_data(typed)
    assert parse_number(typed) is None


@pytest.mark.parametrize("typed", ["x", "X", " x ", "✓", "✔", 1, "1", 0.25, "25%", "sí", "Si", "P", True])
def test_marks_of_the_schedule(typed):
    assert parse_mark(typed) is True


@pytest.mark.parametrize("typed", ["", None, 0, "0", "0%", "no", "NO", "-", "N/A", False, -1])
def test_what_marks_nothing(typed):
    assert parse_mark(typed) is False


def test_a_word_in_a_month_is_no_mark_at_all():
    assert parse_mark("quizás") is None


@given(st.lists(st.text(alphabet="abcdefghijkl mnñopq", min_size=1).map(str.strip).filter(bool),
min_size=1, max_size=6),
       st.sampled_from(["· ", "• ", "- ", "– ", "* ", "✓ ", "1. ", "1) ", "a) "]),
       st.sampled_from(["\n", "<br>", "<br/>", "\r\n", " <BR /> "]))  # fmt: skip
def test_a_list_is_read_back_whatever_its_bullets(items, bullet, line_break):
    assert split_items(line_break.join(bullet + item for item in items)) == items


@given(st.text(alphabet="aB cñ.,;:-·•\n<br>()12", max_size=80))
def test_a_list_never_loses_a_word(text):
    plain = text.replace("<br>", "\n")
    kept = "".join(split_items(text))
    words = [word for word in "".join(c if c.isalpha() else " " for c in plain).split() if len(word) > 1]
    assert all(word in kept for word in words)


def test_a_line_in_lower_case_goes_on_with_the_item_above():
    assert split_items("· Limpiar\n  los datos\n· Publicar") == ["Limpiar los datos", "Publicar"]


def test_a_dash_that_is_a_sign_is_no_bullet():
    assert split_items("-5 grados") == ["-5 grados"]


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("06/03/2024", (2024, 3, 6)), ("6/03/24", (2024, 3, 6)), ("2024-10-29", (2024, 10, 29)),
        ("2024-10-29 00:00:00", (2024, 10, 29)), ("29 de octubre de 2024", (2024, 10, 29)),
        ("28 de febrero 2025", (2025, 2, 28)), ("15 abril de 2017", (2017, 4, 15)), ("ene-17", (2017, 1, 1)),
        ("Enero 2021", (2021, 1, 1)), ("octubre 29 de 2024", (2024, 10, 29)), (45292, (2024, 1, 1)),
        (datetime.datetime(2024, 1, 2, 3), (2024, 1, 2)), ("31/02/2024", None), ("pronto", None), (5, None),
    ],
)  # fmt: skip
def test_dates_as_people_type_them(typed, date):
    assert parse_date(typed) == (datetime.date(*date) if date else None)


@given(st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_a_date_is_read_back_in_every_form(date):
    forms = (
        f"{date:%d/%m/%Y}",
        f"{date:%d-%m-%y}",
        date.isoformat(),
        f"{date.day} de {MONTH_NAMES[date.month - 1]} de {date.year}",
    )
    assert {parse_date(form) for form in forms} == {date}


ALL = tuple(range(1, 13))


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("Primer trimestre", (1, 2, 3)), ("III trimestre", (7, 8, 9)), ("Trimestre II", (4, 5, 6)),
        ("Segundo semestre", (7, 8, 9, 10, 11, 12)), ("Segundo cuatrimestre", (5, 6, 7, 8)),
        ("I y II trimestre", (1, 2, 3, 4, 5, 6)), ("I-III trimestre", (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        ("Último trimestre", (10, 11, 12)), ("Durante todo el año", ALL), ("Permanente", ALL), ("Mensual", ALL),
        ("Trimestral", (3, 6, 9, 12)), ("Semestral", (6, 12)), ("Junio – Julio 2025", (6, 7)),
        ("01 de marzo – 30 de octubre 2025", (3, 4, 5, 6, 7, 8, 9, 10)),
        ("15 noviembre – 30 noviembre de 2025", (11,)), ("22 al 28 de abril de 2025", (4,)),
        ("22 al 28 de abril de 2017", ()), ("febrero, mayo y agosto", (2, 5, 8)), ("enero a marzo y octubre",
        (1, 2, 3, 10)),
        ("Entre marzo y junio", (3, 4, 5, 6)), ("noviembre 2024 - febrero 2025", (1, 2)), ("T1", (1, 2, 3)),
        ("01/02/2025 - 30/06/2025", (2, 3, 4, 5, 6)), ("31 de diciembre", (12,)), ("Enero 2025", (1,)),
        ("Marzo", (3,)),
        ("A demanda", None), ("Según necesidad", None), ("", None),
    ],
)  # fmt: skip
def test_words_of_time_are_months_of_the_vigencia(words, months):
    period = parse_period(words, 2025)
    assert (period and period.months) == months


def test_words_with_days_are_dates_too():
    period = parse_period("22 al 28 de abril de 2017", 2017)
    assert (period.start, period.end) == (datetime.date(2017, 4, 22), datetime.date(2017, 4, 28))


@given(st.integers(1, 12), st.integers(1, 12))
def test_from_one_month_to_another_are_those_between(first, last):
    period = parse_period(f"{MONTH_NAMES[first - 1].upper()} a {MONTH_NAMES[last - 1]}", 2025)
    wanted = tuple(range(first, last + 1))
    assert (period.months if period else ()) == wanted
