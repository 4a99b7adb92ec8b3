"""The sentences of the transparency page, and how activities are counted into bands and states."""

import datetime
from collections import Counter
from decimal import Decimal
from types import SimpleNamespace

import pytest

from actionplans.models import ReportingPeriod
from actionplans.progress import ProgressState
from actionplans.public.transparency import said
from actionplans.public.transparency.tallies import tally_of

GOOD = ("80", "Al día", "al-dia", "●")
LATE = ("0", "Atrasada", "atrasada", "■")
CRITICAL = ("0", "Crítico", "atrasada", "■")
LOW = ("40", "Bajo", "atrasada", "▼")
MEASURED = ProgressState.MEASURED


def tally(**bands):
    known = {"good": GOOD, "late": LATE, "critical": CRITICAL, "low": LOW}
    return tally_of({(MEASURED, known[name]): number for name, number in bands.items()})


def cut(month=9, **progress):
    told = {"state": MEASURED, "executed": None, "programmed": None, "reason": "", **progress}
    period = SimpleNamespace(ends=SimpleNamespace(month=month), noun="trimestre")
    newest = SimpleNamespace(figure=SimpleNamespace(progress=SimpleNamespace(**told)), period=period)
    return SimpleNamespace(newest=newest, noun="trimestre")


def sentence(row, *, is_over=False, among_others=False):
    return said.headline(row, is_over=is_over, among_others=among_others).replace("\xa0", " ")


def test_the_headline_says_programmed_before_executed():
    row = cut(executed=Decimal("63.333"), programmed=Decimal(71))
    assert sentence(row) == "El avance programado a septiembre era 71 %; el ejecutado es 63,33 %."
    assert sentence(row, is_over=True) == "El avance programado a septiembre era 71 %; el ejecutado fue 63,33 %."
    assert sentence(row, among_others=True) == (
        "En los planes que se siguen por trimestres, el avance programado a septiembre era 71 %; "
        "el ejecutado es 63,33 %."
    )


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        ({"state": ProgressState.NOT_REPORTED}, "A septiembre no hay una cifra de avance (sin reporte)."),
        (
            {"state": ProgressState.UNDEFINED, "reason": "no hay actividades"},
            "A septiembre no hay una cifra de avance (indefinida: no hay actividades).",
        ),
        (
            {"executed": Decimal(40)},
            "El avance ejecutado a septiembre es 40 %, sin programación que comparar.",
        ),
        (
            {"state": ProgressState.NOT_SCHEDULED, "executed": Decimal(0), "programmed": Decimal(0)},
            "Hasta septiembre no había nada programado; el avance ejecutado es 0 %.",
        ),
    ],
)
def test_without_figure_the_headline_says_why(progress, words):
    assert sentence(cut(**progress)) == words


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"Archivo": {"late": 1}}, "Una actividad de Archivo está atrasada."),
        ({"Archivo": {"late": 6}, "Talento": {"good": 2}}, "Seis actividades de Archivo están atrasadas."),
        (
            {"Archivo": {"late": 2}, "Talento": {"late": 1}},
            "Tres actividades están atrasadas; dos son de Archivo.",
        ),
        ({"B": {"late": 1}, "A": {"late": 1}}, "Dos actividades están atrasadas; una es de A."),
        (
            {"Archivo": {"late": 11}, "Talento": {"late": 5}},
            "16 actividades están atrasadas; 11 son de Archivo.",
        ),
        ({"Archivo": {"critical": 2}}, "Dos actividades de Archivo están en «Crítico»."),
        (
            {"Archivo": {"critical": 1, "low": 1}},
            "Dos actividades de Archivo están en «Bajo» o «Crítico».",
        ),
        ({"Archivo": {"good": 3}}, "Ninguna de las actividades medidas está atrasada."),
        ({"Archivo": {}}, ""),
    ],
)
def test_what_is_late_is_said_with_where_most_of_it_is(parts, words):
    whole = Counter()
    for bands in parts.values():
        whole.update(bands)
    assert said.late_sentence(tally(**whole), {name: tally(**bands) for name, bands in parts.items()}) == words


def test_states_are_counted_beside_the_bands_and_cancelled_ones_apart():
    found = tally_of(
        {
            (MEASURED, LATE): 1,
            (MEASURED, GOOD): 2,
            (ProgressState.DECLARED, GOOD): 1,
            (MEASURED, None): 1,
            (ProgressState.NOT_REPORTED, None): 3,
            (ProgressState.NO_TARGET, None): 1,
            (ProgressState.CANCELLED, None): 4,
        }
    )
    assert found.words.replace("\xa0", " ") == (
        "Al día: 3 · Atrasada: 1 · Sin semáforo: 1 · Sin reporte: 3 · Sin meta definida: 1"
    )
    assert (found.total, found.cancelled, found.late) == (9, 4, 1)
    assert [(share.css, share.shape) for share in found.shares] == [
        ("good", "●"), ("bad", "■"), ("none", "○"), ("none", "○"), ("none", "◇"),
    ]  # fmt: skip


def test_nothing_counted_is_no_zero():
    assert tally_of({}).shares == ()
    assert tally_of({}).words == ""


def test_the_first_cuts_are_those_of_the_schemes_that_plans_have():
    periods = [
        ReportingPeriod(year=2024, scheme=scheme, ordinal=ordinal, ends=ends)
        for scheme, ordinal, ends in (
            ("trimestre", 1, datetime.date(2024, 3, 31)),
            ("trimestre", 2, datetime.date(2024, 6, 30)),
            ("cuatrimestre", 1, datetime.date(2024, 4, 30)),
        )
    ]
    quarters = "El primer corte, a 31 de marzo de 2024, se publicará cuando la entidad cierre el trimestre I."
    thirds = "El primer corte, a 30 de abril de 2024, se publicará cuando la entidad cierre el cuatrimestre I."
    assert said.next_cuts(2024, periods, {"trimestre"}, is_over=False) == [quarters]
    assert said.next_cuts(2024, periods, {"trimestre", "cuatrimestre"}, is_over=False) == [thirds, quarters]
    assert said.next_cuts(2024, [], {"trimestre"}, is_over=False) == [
        "La entidad no ha dicho todavía cuándo será el primer corte."
    ]
    assert said.next_cuts(2024, [], {"trimestre"}, is_over=True) == [
        "La entidad no publicó aquí cortes de seguimiento de 2024."
    ]


@pytest.mark.parametrize(
    ("plans", "activities", "is_over", "words"),
    [
        (5, 148, False, "Para 2024 se prometen 148 actividades en 5 planes de acción."),
        (1, 1, True, "Para 2024 se prometió 1 actividad en 1 plan de acción."),
        (0, 0, False, "La entidad no ha publicado aquí planes de acción de 2024."),
        (0, 0, True, "La entidad no publicó aquí planes de acción de 2024."),
    ],
)
def test_what_is_promised(plans, activities, is_over, words):
    assert said.promise(2024, plans, activities, is_over=is_over) == words


@pytest.mark.parametrize(
    ("on", "closed", "words"),
    [
        (datetime.date(2024, 3, 31), 0, ""),
        (datetime.date(2024, 4, 1), 0, "Falta cerrar el trimestre I (a marzo): estas cifras no lo recogen."),
        (datetime.date(2024, 6, 30), 1, ""),
        (
            datetime.date(2024, 10, 1),
            1,
            "Falta cerrar el trimestre II (a junio) y el trimestre III (a septiembre): "
            "estas cifras no los recogen.",
        ),
    ],
)
def test_a_cut_that_passed_and_is_not_closed_is_said(on, closed, words):
    periods = [
        ReportingPeriod(
            year=2024, scheme="trimestre", ordinal=n, ends=datetime.date(2024, *day), sequence=int(n <= closed)
        )
        for n, day in enumerate([(3, 31), (6, 30), (9, 30), (12, 31)], start=1)
    ]
    assert said.not_closed(periods, on) == words
