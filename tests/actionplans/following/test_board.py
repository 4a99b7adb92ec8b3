"""The dashboard: what it counts, where its figures come from, and that it costs the same for any entity."""

from decimal import Decimal

import pytest

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.figures.measuring import Counting
from actionplans.models import Activity
from actionplans.reports.board import board_of
from planning.models import TrafficLightBand
from tests.factories import make_policy, make_published_plan
from tests.following import close, make_year, months, on_day, report, reported, shipped_lights, validate

pytestmark = pytest.mark.django_db

ADDRESS = "/gestion/cartago/tablero/"


def activity(description, scheduled, office, target=4, **fields):
    indicator = IndicatorContent(name="Indicador", target=Decimal(target), kind="count", accumulation="flow")
    return ActivityContent(
        description=description,
        months=months(*scheduled),
        indicators=(indicator,),
        responsibles=(ResponsibleContent(text=office.name, office=office),),
        **fields,
    )


@pytest.fixture
def year(house):
    """Two activities of a policy's plan, lights, and four quarters: January to June, and June alone."""
    shipped_lights()
    content = PlanContent(
        title="Plan de participación",
        activities=(
            activity("Hacer mesas", (1, 2, 3, 4), house.office),
            activity("Rendir cuentas", (3, 6), house.office, target=2),
        ),
    )
    make_published_plan(house.entity, content=content, policy=make_policy(), kind="politica")
    return make_year(house)


def activities():
    return list(Activity.objects.order_by("key"))


def text_of(client, house, address=ADDRESS, **params):
    client.force_login(house.planning)
    answer = client.get(address, params)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_figure_of_the_entity_is_told_in_words_with_its_light(house, year, client):
    first, second = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], 3, executed_months=months(1, 2, 3))
        reported(house, second, year[0], 0, executed_months=months(3))
        page = text_of(client, house, corte="2024-trimestre-1")

    # (75 + 0) ÷ 2 of (75 + 50) ÷ 2 programmed: 37,5 ÷ 62,5 = 60 %, from which «En riesgo» begins.
    assert "37,5 % ejecutado de 62,5 % programado a marzo de 2024" in page
    assert "En riesgo" in page
    assert "no son públicas hasta el cierre" in page


def test_what_nobody_validated_counts_only_where_it_is_asked_for(house, year):
    first, _second = activities()
    with on_day(2024, 4, 5) as moment:
        report(house, first, year[0], 3, executed_months=months(1, 2, 3))
        validated = board_of(year[0], on=moment.date())
        told = board_of(year[0], counting=Counting.REPORTED, on=moment.date())

    assert validated.figure.progress.executed is None
    assert told.figure.progress.executed == 75
    assert told.months.series[1].values[:4] == (1, 1, 1, None)
    assert validated.months.series[1].values[:4] == (0, 0, 0, None)


@pytest.mark.parametrize(
    ("counting", "light"), [(Counting.VALIDATED, "Al día"), (Counting.REPORTED, "Otra palabra")]
)
def test_a_closed_cut_keeps_the_light_of_its_closing_where_the_validated_counts(house, year, counting, light):
    first, _second = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], 3)
    with on_day(2024, 4, 20) as moment:
        closing = close(house, year[0])
    TrafficLightBand.objects.filter(label="Al día").update(label="Otra palabra")
    for chosen in (year[0], year[1]):
        chosen.refresh_from_db()
        board = board_of(chosen, counting=counting, on=moment.date())
        cell = board.heat[0].cells[0][1]
        assert cell.light.label == light
        assert cell.progress.executed == 75
    board = board_of(year[0], counting=counting, on=moment.date())
    assert board.closing == (closing if counting == Counting.VALIDATED else None)
    assert board.figure.light.label == light


def test_months_are_counted_by_activity_and_only_up_to_the_cut(house, year):
    first, second = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], 3, executed_months=months(1, 3))
    with on_day(2024, 7, 5) as moment:
        reported(house, second, year[1], 1, executed_months=months(6))
        board = board_of(year[1], on=moment.date())

    programmed, executed = board.months.series
    assert programmed.values == (1, 1, 2, 1, 0, 1, 0, 0, 0, 0, 0, 0)
    assert executed.values == (1, 0, 1, 0, 0, 1, None, None, None, None, None, None)
    assert "había 6 meses de actividad programados" in board.months.description
    assert "se ejecutaron 3" in board.months.description


def test_the_newest_cut_promises_the_rest_of_the_year_measured_now_or_closed(house, year):
    first, second = activities()
    with on_day(2024, 4, 5) as moment:
        reported(house, first, year[0], 1, executed_months=months(1, 3))
        live = board_of(year[0], on=moment.date()).line
        close(house, year[0])
        closed = board_of(year[0], on=moment.date()).line
    # January to April and March and June: (75 + 50) ÷ 2 of which only the first is reported, then both whole.
    assert [row.values for row in live.rows] == [(75, 25), (100, None), (100, None), (100, None)]
    assert (closed.rows, closed.note) == (live.rows, live.note)
    assert "los planes vigentes al 31 de marzo de 2024" in live.note
    with on_day(2024, 7, 5) as moment:
        later = board_of(year[0], on=moment.date()).line
    assert [row.is_to_come for row in later.rows] == [False, False, True, True], "the second cut is open"
    assert "los planes vigentes al 30 de junio de 2024" in later.note
    assert second.key == 2


def test_before_there_is_any_cut_nothing_is_promised(house, year):
    with on_day(2024, 2, 5) as moment:
        line = board_of(year[0], on=moment.date()).line
    assert [row.values for row in line.rows] == [(None, None)] * 4
    assert (line.note, line.description) == ("", "Todavía no hay cifras.")


def test_the_late_list_names_missed_months_and_days_until_the_last_day_to_report(house, year):
    first, second = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], 2, executed_months=months(1, 3))
    with on_day(2024, 5, 30) as moment:
        board = board_of(year[0], on=moment.date())

    # The last day to report is April 15: 46 days after the end of February, 15 after that of March.
    assert [(row.item.promise.activity, str(row.missed), row.days) for row in board.late] == [
        (first, "febrero", 46),
        (second, "marzo", 15),
    ]


def test_a_finished_activity_is_not_late_whatever_its_months(house, year):
    first, _second = activities()
    with on_day(2024, 4, 5) as moment:
        reported(house, first, year[0], 4, executed_months=months(1))
        board = board_of(year[0], on=moment.date())

    assert first not in [row.item.promise.activity for row in board.late]


def test_offices_that_owe_are_listed_until_their_report_is_sent(house, year):
    first, second = activities()
    with on_day(2024, 4, 5) as moment:
        assert [(row.office, row.owed, len(row.missing)) for row in _silent(year[0], moment)] == [
            (house.office.name, 2, 2)
        ]
        sent = report(house, first, year[0], 3)
        assert [(row.owed, len(row.missing)) for row in _silent(year[0], moment)] == [(2, 1)]
        validate(house, sent)
        report(house, second, year[0], 0)
        assert _silent(year[0], moment) == ()


def _silent(period, moment):
    return board_of(period, on=moment.date()).silent


def test_before_a_period_opens_nobody_owes_and_there_is_no_cut(house, year):
    with on_day(2024, 2, 1) as moment:
        board = board_of(year[0], on=moment.date())

    assert board.silent == ()
    assert [figure for _period, figure in board.heat[0].cells][1:] == [None, None, None]


def test_the_heat_map_has_a_row_for_each_policy_and_for_plans_without_one(house, year):
    make_published_plan(house.entity, title="Plan de archivo", office=house.office, activities=1)
    with on_day(2024, 4, 5) as moment:
        board = board_of(year[0], on=moment.date())

    assert [(row.subject.label, row.is_plan, len(row.cells)) for row in board.heat] == [
        ("Participación Ciudadana en la Gestión Pública", False, 4),
        ("Plan de archivo", True, 4),
    ]


@pytest.mark.parametrize(
    ("code", "label", "number"),
    [
        ("plan:plan-de-archivo", "Plan de archivo", 1),
        ("politica:participacion", "Participación Ciudadana en la Gestión Pública", 2),
        ("plan:no-existe", "Alcaldía de Cartago", 3),
        ("", "Alcaldía de Cartago", 3),
    ],
)
def test_one_plan_or_policy_has_a_dashboard_of_its_own(house, year, code, label, number):
    make_published_plan(house.entity, title="Plan de archivo", office=house.office, activities=1)
    with on_day(2024, 4, 5) as moment:
        board = board_of(year[0], code=code, on=moment.date())

    assert (board.subject.label, board.counts.activities) == (label, number)


def test_the_page_of_an_office_lists_its_activities_with_their_account(house, year, client):
    with on_day(2024, 4, 5):
        page = text_of(client, house, corte="2024-trimestre-1", ver=f"dependencia:{house.office.slug}")

    assert "Sus actividades" in page
    assert "1. Hacer mesas" in page
    assert "¿Cómo se calculó?" in page
    assert "Cada política en cada corte" not in page


def test_without_periods_the_page_says_what_will_be_here(house, client):
    assert "Aquí se verá cómo va lo que se prometió" in text_of(client, house)
    assert client.get(f"{ADDRESS}informe/").status_code == 404
    assert client.get(f"{ADDRESS}informe.pdf").status_code == 404


@pytest.mark.parametrize("params", [{"corte": "1900-nada-9"}, {"conteo": "x"}, {"ver": "plan:"}])
def test_a_choice_that_is_not_offered_shows_the_current_cut(house, year, client, params):
    with on_day(2024, 7, 3):
        page = text_of(client, house, **params)

    assert "Trimestre II de 2024: abierto hasta el 15 de julio de 2024." in page
    assert '<option value="2024-trimestre-2" selected>' in page


def test_the_neighbours_activities_are_in_no_dashboard_of_ours(house, neighbour, year, client):
    make_published_plan(neighbour.entity, title="Plan ajeno", office=neighbour.office)
    make_year(neighbour)
    with on_day(2024, 4, 5) as moment:
        board = board_of(year[0], on=moment.date())
        page = text_of(client, house)

    assert board.counts.activities == 2
    assert "Plan ajeno" not in page
    assert "candelaria" not in page.lower()


@pytest.mark.parametrize("number", [1, 3])
def test_the_dashboard_costs_the_same_for_one_plan_and_for_three(house, client, django_assert_num_queries, number):
    shipped_lights()
    policy = make_policy()
    for position in range(number):
        content = PlanContent(
            title=f"Plan {position}",
            activities=tuple(activity(f"Actividad {n}", (1, 2), house.office) for n in range(number)),
        )
        make_published_plan(house.entity, content=content, policy=policy, kind="politica")
    periods = make_year(house)
    with on_day(2024, 4, 5):
        for row in Activity.objects.all():
            reported(house, row, periods[0], 1, executed_months=months(1))
    with on_day(2024, 4, 20):
        close(house, periods[0])
    client.force_login(house.planning)
    with on_day(2024, 7, 5):
        for address, queries in {
            ADDRESS: 30,
            f"{ADDRESS}?ver=dependencia:{house.office.slug}": 30,
            f"{ADDRESS}?conteo=reportado": 55,
            f"{ADDRESS}informe/": 30,
        }.items():
            client.get(address)
            with django_assert_num_queries(queries, info=address):
                assert client.get(address).status_code == 200
