"""Obligations of a year: met, late, in part, to come, missed, or not known; with the day each is judged by."""

import datetime

import pytest
from django.utils import timezone

from actionplans.enums import PeriodScheme
from actionplans.models import Closing, ReportingPeriod
from actionplans.public.board import InstitutionalRow
from actionplans.public.transparency.duties import duty_rows
from actionplans.public.transparency.duty import Outcome, Publication, Reopened, YearFacts
from actionplans.public.transparency.publishing import Published
from mipg.models import InstitutionalPlan, InstitutionalPlanKind, Obligation

from .days import day

PUBLISH = Obligation(
    key="publicar", name="Publicar el plan", check_by="planes", due_month=1, due_day=31, first_year=2012
)
INTEGRATE = Obligation(
    key="integrar",
    name="Integrar los planes",
    check_by="institucionales",
    due_month=1,
    due_day=31,
    first_year=2019,
)
QUARTERS = Obligation(key="trimestres", name="Hacer seguimiento", check_by="trimestre", first_year=2018)
THIRDS = Obligation(key="cuatrimestres", name="Seguir el programa", check_by="cuatrimestre", first_year=2022)


def facts(on, **known):
    empty = {"publications": (), "institutional": (), "periods": (), "closings": {}}
    return YearFacts(**{"year": 2024, "on": day(on), **empty, **known})


def published(*days):
    return [Publication(number, day(one) if one else None) for number, one in enumerate(days)]


def told(obligation, known):
    return [(row.name, row.due, row.outcome.label, row.told) for row in duty_rows([obligation], known)]


@pytest.mark.parametrize(
    ("on", "days", "label", "words"),
    [
        ("2024-01-31", (), "Por cumplir", "No hay planes de acción de 2024 en este portal."),
        ("2024-02-01", (), "Sin publicar aquí", "No hay planes de acción de 2024 en este portal."),
        ("2024-05-01", ("2024-01-31",), "Cumplida", "1 plan publicado el 31 de enero de 2024."),
        ("2024-05-01", ("2024-02-01",), "Cumplida tarde", "1 plan publicado el 1 de febrero de 2024."),
        (
            "2024-05-01",
            ("2024-02-01", "2024-01-30"),
            "Cumplida en parte",
            "2 planes publicados entre el 30 de enero de 2024 y el 1 de febrero de 2024: "
            "1 a tiempo y 1 después del plazo.",
        ),
        (
            "2024-05-01",
            (None,),
            "Sin fecha conocida",
            "1 plan se cargó de un documento oficial: el portal no sabe qué día lo publicó la entidad.",
        ),
        (
            "2024-05-01",
            ("2024-01-30", None, None),
            "Sin fecha conocida",
            "1 plan publicado el 30 de enero de 2024. 2 planes se cargaron de documentos oficiales: "
            "el portal no sabe qué día los publicó la entidad.",
        ),
    ],
)
def test_the_publication_of_plans(on, days, label, words):
    assert told(PUBLISH, facts(on, publications=published(*days))) == [
        ("Publicar el plan", day("2024-01-31"), label, words)
    ]


@pytest.mark.parametrize(
    ("kinds", "label", "words"),
    [
        (("politica", "mipg"), "Cumplida", "2 planes publicados el 30 de enero de 2024."),
        (
            ("politica", "mejoramiento"),
            "Cumplida",
            "1 plan publicado el 30 de enero de 2024. "
            "No se cuenta 1 plan de mejoramiento, que no tiene este plazo.",
        ),
        (
            ("mejoramiento", "mejoramiento"),
            "Sin publicar aquí",
            "No hay planes de acción de 2024 en este portal. "
            "No se cuentan 2 planes de mejoramiento, que no tienen este plazo.",
        ),
    ],
)
def test_plans_that_no_norm_wants_by_that_day_are_not_asked_for(kinds, label, words):
    plans = [
        Publication(number, day("2024-08-20" if kind == "mejoramiento" else "2024-01-30"), kind)
        for number, kind in enumerate(kinds)
    ]
    assert told(PUBLISH, facts("2024-09-01", publications=plans)) == [
        ("Publicar el plan", day("2024-01-31"), label, words)
    ]


def institutional(*days):
    """A row for each plan; «no» is one that the entity has not published, None one of an unknown day."""
    rows = []
    for number, one in enumerate(days):
        said = {} if one == "no" else {"url": "https://ejemplo.gov.co/x.pdf"}
        plan = InstitutionalPlan(year=2024, published_on=day(one) if one not in ("no", None) else None, **said)
        rows.append(InstitutionalRow(kind=InstitutionalPlanKind(number=number), plan=plan, version=None))
    return rows


BEFORE, AFTER = "2024-01-15", "2024-03-01"
EARLY, LATE = "2024-01-10", "2024-02-11"
LAST_EARLY = "El último con fecha, el 10 de enero de 2024."
LAST_LATE = "El último con fecha, el 11 de febrero de 2024."


@pytest.mark.parametrize(
    ("on", "days", "label", "words"),
    [
        (BEFORE, ["no"] * 12, "Por cumplir", "0 de 12 publicados aquí."),
        (BEFORE, [EARLY] + ["no"] * 11, "Por cumplir", f"1 de 12 publicados aquí: 1 a tiempo. {LAST_EARLY}"),
        (BEFORE, [EARLY] * 12, "Cumplida", f"12 de 12 publicados aquí: 12 a tiempo. {LAST_EARLY}"),
        (AFTER, ["no"] * 12, "Sin publicar aquí", "0 de 12 publicados aquí."),
        (
            AFTER,
            [EARLY] + ["no"] * 11,
            "Incumplida en parte",
            f"1 de 12 publicados aquí: 1 a tiempo. {LAST_EARLY}",
        ),
        (
            AFTER,
            [EARLY] * 11 + ["no"],
            "Incumplida en parte",
            f"11 de 12 publicados aquí: 11 a tiempo. {LAST_EARLY}",
        ),
        (
            AFTER,
            [EARLY] * 9 + [LATE, None, "no"],
            "Incumplida en parte",
            f"11 de 12 publicados aquí: 9 a tiempo, 1 después del plazo y 1 sin fecha conocida. {LAST_LATE}",
        ),
        (AFTER, [None] * 12, "Sin fecha conocida", "12 de 12 publicados aquí: 12 sin fecha conocida."),
        (
            AFTER,
            [EARLY] * 11 + [None],
            "Sin fecha conocida",
            f"12 de 12 publicados aquí: 11 a tiempo y 1 sin fecha conocida. {LAST_EARLY}",
        ),
        (AFTER, [LATE] * 12, "Cumplida tarde", f"12 de 12 publicados aquí: 12 después del plazo. {LAST_LATE}"),
        (
            AFTER,
            [EARLY] * 11 + [LATE],
            "Cumplida en parte",
            f"12 de 12 publicados aquí: 11 a tiempo y 1 después del plazo. {LAST_LATE}",
        ),
        (
            AFTER,
            ["2024-01-31"],
            "Cumplida",
            "1 de 1 publicados aquí: 1 a tiempo. El último con fecha, el 31 de enero de 2024.",
        ),
        (AFTER, [EARLY] * 12, "Cumplida", f"12 de 12 publicados aquí: 12 a tiempo. {LAST_EARLY}"),
    ],
)
def test_the_institutional_plans(on, days, label, words):
    assert told(INTEGRATE, facts(on, institutional=institutional(*days))) == [
        ("Integrar los planes", day("2024-01-31"), label, words)
    ]


# From what looks worst to what looks best.
STEPS = [Outcome.ABSENT, Outcome.SHORT, Outcome.LATE, Outcome.PARTLY, Outcome.MET]
TONES = ["bad", "warn", "none", "good"]


@pytest.mark.parametrize("late", [0, 1, 2, 3])
def test_publishing_one_more_never_looks_worse(late):
    """Whatever the order, one more published in time is judged at least as well; so is one more late."""
    seen = []
    for number in range(13):
        days = [day(LATE)] * min(late, number) + [day(EARLY)] * max(number - late, 0)
        seen.append(Published.of(days, day("2024-01-31"), asked=12).outcome(day(AFTER)))
    assert [STEPS.index(one) for one in seen] == sorted(STEPS.index(one) for one in seen)
    assert [TONES.index(one.tone) for one in seen] == sorted(TONES.index(one.tone) for one in seen)


def test_without_a_catalogue_of_institutional_plans_nothing_is_asked():
    assert told(INTEGRATE, facts("2024-03-01")) == []


def quarter():
    return ReportingPeriod(
        pk=1,
        year=2024,
        scheme=PeriodScheme.QUARTER,
        ordinal=1,
        starts=day("2024-01-01"),
        ends=day("2024-03-31"),
        opens=day("2024-04-01"),
        closes=day("2024-04-15"),
        announced=day("2024-04-15"),
    )


@pytest.mark.parametrize(
    ("on", "closed", "label", "words"),
    [
        ("2024-04-15", None, "Por cumplir", "Se reporta hasta el 15 de abril de 2024."),
        ("2024-04-16", None, "Por cumplir", "Se reportó hasta el 15 de abril de 2024; falta el cierre."),
        ("2024-06-30", None, "Por cumplir", "Se reportó hasta el 15 de abril de 2024; falta el cierre."),
        ("2024-07-01", None, "Incumplida", "Se reportó hasta el 15 de abril de 2024; falta el cierre."),
        ("2024-12-01", (2024, 6, 30), "Cumplida", "Cerrado el 30 de junio de 2024."),
        ("2024-12-01", (2024, 7, 1), "Cumplida tarde", "Cerrado el 1 de julio de 2024."),
    ],
)
def test_the_follow_up_of_a_period(on, closed, label, words):
    at = closed and datetime.datetime(*closed, 23, 30, tzinfo=timezone.get_default_timezone())
    closings = {1: Closing(at=at)} if closed else {}
    known = facts(on, periods=[quarter()], closings=closings)

    assert told(QUARTERS, known) == [("Hacer seguimiento: trimestre I", day("2024-06-30"), label, words)]
    assert told(THIRDS, known) == []


@pytest.mark.parametrize(
    ("reopened", "words"),
    [
        (
            Reopened(day("2024-05-02")),
            "Cerrado el 20 de abril de 2024. Se reabrió el 2 de mayo de 2024 y no se ha vuelto a cerrar.",
        ),
        (
            Reopened(day("2024-05-02"), day("2024-05-21")),
            "Cerrado el 20 de abril de 2024. "
            "Se reabrió el 2 de mayo de 2024 y se volvió a cerrar el 21 de mayo de 2024.",
        ),
    ],
)
def test_a_period_that_was_reopened_says_so(reopened, words):
    at = datetime.datetime(2024, 4, 20, 12, tzinfo=timezone.get_default_timezone())
    known = facts("2024-12-01", periods=[quarter()], closings={1: Closing(at=at)}, reopened={1: reopened})
    ((*_name, label, said),) = told(QUARTERS, known)
    assert (label, said) == ("Cumplida", words)


def test_the_day_of_a_period_is_said_to_be_the_portals_rule():
    (row,) = duty_rows([QUARTERS], facts("2024-03-01", periods=[quarter()]))
    assert "Es la regla de este portal" in row.due_by


def test_a_period_that_is_reported_even_later_has_the_day_of_the_entitys_calendar():
    late = quarter()
    late.closes = late.announced = day("2024-08-15")
    (row,) = duty_rows([QUARTERS], facts("2024-07-01", periods=[late]))
    assert (row.due, row.outcome.label) == (day("2024-08-15"), "Por cumplir")
    assert "el último día para reportar" in row.due_by


def test_a_day_that_the_entity_moves_is_not_the_day_by_which_it_is_judged():
    moved = quarter()
    moved.closes = day("2024-08-15")
    (row,) = duty_rows([QUARTERS], facts("2024-07-01", periods=[moved]))
    assert (row.due, row.outcome.label) == (day("2024-06-30"), "Incumplida")
    assert "era el 15 de abril de 2024: la entidad lo cambió." in row.told


def test_a_year_whose_periods_nobody_opened_says_so_once():
    known = facts("2024-03-01")

    assert told(QUARTERS, known) == [
        ("Hacer seguimiento", None, "Sin publicar aquí", "La entidad no ha abierto los periodos de 2024.")
    ]
    assert told(THIRDS, known) == []


def test_the_last_period_of_a_year_has_the_first_quarter_of_the_next_to_be_closed():
    last = quarter()
    last.ordinal, last.starts, last.ends = 4, day("2024-10-01"), day("2024-12-31")
    last.opens, last.closes = day("2025-01-01"), day("2025-01-15")

    assert told(QUARTERS, facts("2025-03-31", periods=[last]))[0][2] == "Por cumplir"
    assert told(QUARTERS, facts("2025-04-01", periods=[last]))[0][2] == "Incumplida"


def test_a_day_that_the_month_does_not_have_is_its_last():
    assert Obligation(due_month=2, due_day=31, years_after=1).due(2023) == day("2024-02-29")
    assert Obligation().due(2024) is None
