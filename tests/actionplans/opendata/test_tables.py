"""Tables tell what is published, whole and nothing else, in as many queries whatever the rows."""

import datetime
import re
from decimal import Decimal

import pytest

from actionplans import guards
from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.reviewing import return_report, verify_progress
from actionplans.models import Activity, ClosedFigure, Report, ReportingPeriod
from actionplans.opendata import reading
from actionplans.opendata.codes import CODES
from actionplans.opendata.counting import Year
from actionplans.opendata.reading import Page
from actionplans.opendata.tables import TABLES, years_of
from actionplans.reports.closing.counted import counted_reviews, last_reviews, last_verifications
from tests.factories import adopt, make_draft, make_framework, make_policy, make_published_plan
from tests.following import close, link, make_year, on_day, promised, reopen, report, reported
from tests.steps import modify_and_approve

from .conftest import AWKWARD, FORMULA, plan_of

KINDS = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": bool,
    "date": datetime.date,
    "datetime": datetime.datetime,
    "year": int,
}
WITHOUT_ROWS = {"lideres", "planes-institucionales"}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_what_its_fields_say(told_year, name):
    table = TABLES[name]
    rows = list(table.rows(told_year.entity, 2024))
    assert bool(rows) != (name in WITHOUT_ROWS)
    for row in rows:
        for field, value in zip(table.fields, row, strict=True):
            assert value != "", field.name
            assert value is not None or not field.is_required, field.name
            assert value is None or type(value) is KINDS[field.kind], (field.name, value)
            assert value is None or not field.values or value in field.values, (field.name, value)
    keys = [tuple(row[table.place(name)] for name in table.key) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_explained(name):
    table = TABLES[name]
    names = [field.name for field in table.fields]
    assert len(set(names)) == len(names)
    assert names[:2] == ["entidad", "vigencia"]
    assert set(table.key) <= {field.name for field in table.fields if field.is_required}
    for field in table.fields:
        assert field.title, field.name
        assert field.description.endswith("."), field.name
    for reference in table.references:
        assert set(reference.fields) <= set(names)
        assert set(reference.to) <= {field.name for field in TABLES[reference.table].fields}


ENGLISH = {value for enum in CODES for value in enum.values}


def test_codes_are_in_spanish(told_year, rows_of):
    """Those of closed lists, in the fields, in their words and in the rows."""
    for table in TABLES.values():
        for field in table.fields:
            assert not ENGLISH & set(field.values), field.name
            assert not ENGLISH & set(re.findall(r"\w+", f"{field.description} {field.example}")), field.name
    assert [row["papel"] for row in rows_of("responsables", told_year.entity)] == ["responde"] * 2
    (told,) = rows_of("indicadores", told_year.entity)
    assert [told[name] for name in ("tipo", "acumulacion", "sentido")] == ["conteo", "se-suma", "subir"]


@pytest.mark.parametrize("enum", CODES)
def test_every_value_of_a_list_has_a_code_of_its_own(enum):
    assert set(CODES[enum]) == set(enum.values)
    assert len(set(CODES[enum].values())) == len(enum.values)


def test_figures_are_those_of_the_closings_and_earlier_ones_are_marked(told_year, rows_of):
    shown = [
        (
            row["cierre"],
            row["vigente"],
            row["ejecutado"],
            row["ejecutado_exacto"],
            row["programado"],
            row["semaforo"],
        )
        for row in rows_of("cifras", told_year.entity)
        if (row["alcance"], row["actividad"]) == ("actividad", 1)
    ]
    third = (Decimal("33.33"), Decimal("33.3333"), Decimal(50), "En riesgo")
    assert shown == [(1, False, *third), (2, True, *third)]
    plans = [row for row in rows_of("cifras", told_year.entity) if row["alcance"] == "plan"]
    assert [row["clave"] for row in plans] == ["plan-de-participacion"] * 2
    assert {row["version"] for row in plans} == {1}


def test_figures_say_what_was_programmed_by_the_end_of_the_year(told_year, rows_of):
    """As each closing knew it; the last cut of the year says it itself."""
    quarters = list(ReportingPeriod.objects.filter(year=2024).order_by("ordinal"))
    with on_day(2025, 1, 8):
        for quarter in quarters[1:]:
            close(told_year, quarter)
    said = {
        (row["periodo"], row["alcance"], row["cierre"]): (row["programado"], row["programado_fin_de_vigencia"])
        for row in rows_of("cifras", told_year.entity)
        if row["alcance"] == "plan" or row["actividad"] == 1
    }
    halves = (Decimal(50), Decimal(100))
    assert said["trimestre-1", "actividad", 1] == said["trimestre-1", "actividad", 2] == halves
    assert said["trimestre-2", "actividad", 1] == (Decimal(75), Decimal(100))
    assert said["trimestre-4", "actividad", 1] == said["trimestre-4", "plan", 1] == (Decimal(100), Decimal(100))
    with guards.lifted():
        ClosedFigure.objects.update(ahead=[])
    first, *_others, last = (
        row["programado_fin_de_vigencia"] for row in rows_of("cifras", told_year.entity) if row["actividad"] == 1
    )
    assert (first, last) == (None, Decimal(100)), "a closing of the first edition kept nothing of it"


def test_a_reopened_period_says_why_and_by_which_act(told_year, rows_of):
    first, second = rows_of("cierres", told_year.entity)
    assert (first["motivo_reapertura"], first["acto_reapertura"]) == ("Se encontró un error.", "Acta n.º 9")
    assert (second["vigente"], second["motivo_reapertura"]) == (True, None)


def test_reports_tell_what_counted_and_that_planning_corrected_it(told_year, rows_of):
    first, second = rows_of("reportes", told_year.entity)
    assert (first["meses"], first["corregido"], first["por_que_se_corrigio"]) == (
        "1, 2",
        True,
        "Una mesa no tiene acta.",
    )
    assert (second["avance_declarado"], second["cierre"]) == (Decimal(50), 2)
    (reading,) = rows_of("mediciones", told_year.entity)
    assert (reading["valor"], reading["corregido"]) == (1, True)
    said = {field.name for table in TABLES.values() for field in table.fields}
    assert not [name for name in said if "reportado" in name], "what planning corrected was not validated"
    (verified,) = rows_of("verificaciones", told_year.entity)
    assert (verified["avance_verificado"], verified["concepto"]) == (25, "Falta un acta.")


def test_of_withheld_evidence_only_that_it_exists_its_class_ground_and_how_to_ask(told_year, rows_of):
    public, withheld = rows_of("evidencias", told_year.entity)
    assert (public["nombre"], public["disponible"]) == ("Acta de la mesa", "enlace")
    assert public["enlace"] == "https://ejemplo.gov.co/informe.pdf"
    assert {name for name, value in withheld.items() if value is None} >= {
        "nombre", "archivo", "enlace", "formato", "bytes", "sha256",
    }  # fmt: skip
    assert (withheld["clasificacion"], withheld["por_que_no_es_publica"]) == (
        "datos-personales",
        "Ley 1581 de 2012",
    )
    assert f"n.º {withheld['evidencia']}" in withheld["como_pedirla"]


def test_every_evidence_has_its_page(told_year, rows_of, client):
    rows = rows_of("evidencias", told_year.entity)
    assert len(rows) == 2
    for row in rows:
        assert client.get(row["direccion"]).status_code == 200


def test_a_modified_plan_tells_the_version_in_force_and_lists_the_earlier_one(told_year, rows_of):
    modify_and_approve(Activity.objects.first().plan.versions.get(), told_year)
    (plan,) = rows_of("planes", told_year.entity)
    assert plan["version"] == 2
    assert [(row["version"], row["estado"]) for row in rows_of("versiones", told_year.entity)] == [
        (1, "sustituida"),
        (2, "vigente"),
    ]
    assert len(rows_of("actividades", told_year.entity)) == 2


def test_years_are_those_of_which_something_is_published(told_year, neighbour):
    make_draft(told_year.entity, title="Otro", year=2030)
    make_published_plan(told_year.entity, title="Antiguo", year=2019)
    assert years_of(told_year.entity) == [2024, 2019]
    assert years_of(neighbour.entity) == []


def test_entities_and_years_are_apart(told_year, neighbour):
    make_published_plan(neighbour.entity)
    make_published_plan(told_year.entity, title="Antiguo", year=2019)
    for name, table in TABLES.items():
        place, year = table.place("entidad"), table.place("vigencia")
        rows = [*table.rows(told_year.entity, 2024), *table.rows(neighbour.entity, 2024)]
        assert {row[year] for row in rows} <= {2024}, name
        assert {row[place] for row in table.rows(neighbour.entity, 2024)} <= {"candelaria"}, name
    assert AWKWARD not in str([list(table.rows(neighbour.entity, 2024)) for table in TABLES.values()])
    assert FORMULA not in str([list(table.rows(told_year.entity, 2019)) for table in TABLES.values()])


SECRET = "Secreto que nadie publicó"


def everything(entity) -> str:
    return str([list(table.rows(entity, 2024)) for table in TABLES.values()])


def test_nothing_that_is_not_published_is_in_any_table(told_year):
    house, first = told_year, Activity.objects.order_by("key").first()
    second = ReportingPeriod.objects.get(ordinal=2)
    make_draft(house.entity, title=SECRET, office=house.office)
    make_framework(house.entity, slug="otro", title=SECRET, first_year=2024, last_year=2024, is_published=False)
    before = everything(house.entity)
    with on_day(2024, 7, 5):
        proof = link(house, description=SECRET)
        said = {"narrative": SECRET, "difficulties": SECRET, "evidence": (proof,)}
        for step in (
            lambda: save_draft(
                promised(first, second), second, {"narrative": SECRET}, by=house.leader, revision=None
            ),
            lambda: report(house, first, second, 4, **said),
            lambda: return_report(Report.objects.get(period=second), by=house.planning, number=1, comment=SECRET),
            lambda: reported(house, first, second, 4, **said),
            lambda: verify_progress(
                promised(first, second), second, by=house.auditor, value=Decimal(77), opinion=SECRET
            ),
        ):
            step()
            assert everything(house.entity) == before
    with on_day(2024, 7, 20):
        close(house, second)
    after = everything(house.entity)
    assert SECRET in after
    assert "@" not in after


def test_what_a_reopened_period_brings_waits_for_its_closing(told_year):
    house, first = told_year, Activity.objects.order_by("key").first()
    period = ReportingPeriod.objects.get(ordinal=1)
    with on_day(2024, 6, 2):
        reopen(house, period, [first], until=datetime.date(2024, 6, 20))
    before = everything(house.entity)
    with on_day(2024, 6, 5):
        reported(house, first, period, 3, narrative=SECRET)
    assert everything(house.entity) == before


def test_tables_of_reports_are_read_in_parts(told_year, rows_of, monkeypatch):
    whole = {name: rows_of(name, told_year.entity) for name in ("reportes", "mediciones", "evidencias")}
    monkeypatch.setattr(reading, "CHUNK", 1)
    assert {name: rows_of(name, told_year.entity) for name in whole} == whole


TOLD = ("reportes", "mediciones", "verificaciones", "evidencias")


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("plan", ["", "plan-de-participacion", "otro"])
def test_pages_of_what_was_told_make_up_the_file(told_year, name, plan):
    table, period = TABLES[name], ReportingPeriod.objects.get(ordinal=1)
    other = make_published_plan(told_year.entity, title="Otro", office=told_year.office).activities.first()
    with on_day(2024, 6, 2):
        reopen(told_year, period, [other.activity], until=datetime.date(2024, 6, 20))
        reported(told_year, other.activity, period, declared=Decimal(10), evidence=(link(told_year),))
        verify_progress(promised(other, period), period, by=told_year.auditor, value=None, opinion="Bien.")
        assert not [row for row in table.rows(told_year.entity, 2024) if "otro" in row]
        close(told_year, period)
    whole = [row for row in table.rows(told_year.entity, 2024) if plan in ("", row[table.place("plan")])]
    assert bool(whole) == ((name, plan) not in {("mediciones", "otro")})
    pages = [Page(start=place, size=1, plan=plan) for place in range(len(whole) + 1)]
    assert [row for page in pages for row in table.rows(told_year.entity, 2024, page)] == whole
    assert {page.total for page in pages} == {len(whole)}


def test_what_counted_is_what_pages_take(told_year):
    """The year in one query says the same as the pages, which ask for some activities at a time."""
    house, second = told_year, ReportingPeriod.objects.get(ordinal=2)
    activity = Activity.objects.get(key=1)
    with on_day(2024, 7, 5):
        reported(house, activity, second, 4)
        verify_progress(promised(activity, second), second, by=house.auditor, value=Decimal(10), opinion="Uno.")
        verify_progress(promised(activity, second), second, by=house.auditor, value=Decimal(20), opinion="Dos.")
    with on_day(2024, 7, 20):
        close(house, second)
    with on_day(2024, 7, 22):
        reopen(house, second, [activity], until=datetime.date(2024, 7, 30))
    with on_day(2024, 7, 23):
        reported(house, activity, second, 5)
        verify_progress(promised(activity, second), second, by=house.auditor, value=Decimal(30), opinion="Tres.")
    closed = Year(house.entity, 2024)
    reviews = counted_reviews(last_reviews(closed.closings)).values()
    said = last_verifications(closed.closings).values()
    assert {row.pk for row in closed.validations} == {row.pk for row in reviews}
    assert (
        {row.opinion for row in closed.verifications}
        == {row.opinion for row in said}
        == {"Falta un acta.", "Dos."}
    )
    assert len(reviews) == 3


def test_the_version_that_a_closing_measured_is_told_after_the_plan_is_modified(told_year, rows_of):
    """Figures are worked out from what was promised then."""
    modify_and_approve(Activity.objects.first().plan.versions.get(), told_year)
    assert {row["version"] for row in rows_of("planes", told_year.entity)} == {2}
    figures = {row["version"] for row in rows_of("cifras", told_year.entity) if row["alcance"] == "actividad"}
    assert figures == {1}
    rows = rows_of("actividades-medidas", told_year.entity)
    assert [(row["version"], row["vigente"], row["actividad"], row["enero"]) for row in rows] == [
        (1, False, 1, True),
        (1, False, 2, False),
    ]
    (indicator,) = rows_of("indicadores-medidos", told_year.entity)
    assert (indicator["version"], indicator["vigente"], indicator["meta"]) == (1, False, 3)
    (component,) = rows_of("componentes-medidos", told_year.entity)
    assert (component["version"], component["nombre"]) == (1, "Participación")


def test_measured_versions_in_force_are_told_as_such(told_year, rows_of):
    assert [row["vigente"] for row in rows_of("actividades-medidas", told_year.entity)] == [True, True]
    for name, of_now in (("actividades-medidas", "actividades"), ("indicadores-medidos", "indicadores")):
        measured = [{k: v for k, v in row.items() if k not in ("version", "vigente")}
                    for row in rows_of(name, told_year.entity)]  # fmt: skip
        now = [{k: v for k, v in row.items() if k != "direccion"} for row in rows_of(of_now, told_year.entity)]
        assert measured == now


QUERIES = {
    "planes": 1,
    "versiones": 1,
    "componentes": 1,
    "actividades": 1,
    "tareas": 1,
    "responsables": 1,
    "objetivos-de-actividades": 1,
    "indicadores": 2,
    "periodos": 1,
    "cierres": 1,
    "cifras": 3,
    "actividades-medidas": 4,
    "componentes-medidos": 4,
    "indicadores-medidos": 5,
    "reportes": 4,
    "mediciones": 4,
    "verificaciones": 2,
    "evidencias": 3,
    "politicas": 3,
    "lideres": 2,
    "planes-institucionales": 3,
    "marco": 7,
    "dependencias": 1,
}


@pytest.mark.parametrize("number", [1, 3])
def test_a_table_asks_the_same_queries_however_many_rows(house, django_assert_num_queries, number):
    policy = make_policy()
    adopt(house.entity, policy)
    axis = make_framework(house.entity, first_year=2024, last_year=2027).axes.create(position=1, name="Eje")
    objective = axis.objectives.create(position=1, name="Objetivo")
    for position in range(number):
        content = plan_of(house.office, f"Plan {position}", (objective,))
        make_published_plan(house.entity, content=content)
    first = make_year(house)[0]
    with on_day(2024, 4, 5):
        for row in Activity.objects.all():
            said = {"value": 1} if row.key == 1 else {"declared": Decimal(40)}
            reported(house, row, first, evidence=(link(house),), **said)
    with on_day(2024, 4, 20):
        close(house, first)
    assert len(list(TABLES["evidencias"].rows(house.entity, 2024))) == 2 * number
    for name, table in TABLES.items():
        with django_assert_num_queries(QUERIES[name], info=name):
            list(table.rows(house.entity, 2024))
