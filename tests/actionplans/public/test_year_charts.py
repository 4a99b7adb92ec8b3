"""The course of a year: which closings are drawn, and on which pages."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from actionplans.domain.following.figures.figure import Figure
from actionplans.enums import FigureScope
from actionplans.models import Closing, ReportingPeriod
from actionplans.progress import ActivityProgress, ProgressState
from actionplans.public.figures.published import PublishedFigure
from actionplans.public.figures.year_charts import year_chart, year_charts
from tests.factories import adopt, make_policy, make_published_plan
from tests.following import close, make_year, on_day, reported, shipped_lights

ENDS = {
    "trimestre": ((3, 31), (6, 30), (9, 30), (12, 31)),
    "cuatrimestre": ((4, 30), (8, 31), (12, 31)),
}


def shown(ordinal, executed, programmed, *ahead, scheme="trimestre", year=2024, sequence=1):
    ends = datetime.date(year, *ENDS[scheme][ordinal - 1])
    period = ReportingPeriod(pk=ordinal, year=year, scheme=scheme, ordinal=ordinal, ends=ends)
    progress = ActivityProgress(
        key=1,
        label="Plan",
        state=ProgressState.MEASURED if executed is not None else ProgressState.NOT_REPORTED,
        executed=executed if executed is None else Decimal(executed),
        programmed=Decimal(programmed),
    )
    closing = Closing(period=period, sequence=sequence)
    figure = Figure(
        scope="plan",
        key="x",
        label="Plan",
        progress=progress,
        ahead=tuple(None if one is None else Decimal(one) for one in ahead),
    )
    return PublishedFigure(closing=closing, figure=figure)


def test_cuts_to_come_show_what_the_newest_closing_says_is_programmed():
    chart = year_chart([shown(1, 20, 25, 45, 70, 100), shown(2, 40, 50, 75, 100)])

    assert [(row.label, *row.values, row.is_to_come) for row in chart.rows] == [
        ("Trimestre I, a marzo", 25, 20, False),
        ("Trimestre II, a junio", 50, 40, False),
        ("Trimestre III, a septiembre", 75, None, True),
        ("Trimestre IV, a diciembre", 100, None, True),
    ]
    assert chart.description == (
        "A marzo, 20 % ejecutado de 25 % programado; a junio, 40 % ejecutado de 50 % programado. "
        "Por cumplir: 75 % programado a septiembre; 100 % programado a diciembre."
    )
    assert chart.note == (
        "La línea a trazos es lo que está por cumplir: lo programado para los cortes que faltan, según lo que "
        "promete el plan vigente al 30 de junio de 2024. Cambia si un plan se modifica."
    )
    programmed, executed = chart.lines
    assert (len(programmed.points), len(programmed.ahead.points)) == (2, 2)
    assert executed.ahead is None


def test_a_group_is_of_several_plans():
    newest = shown(2, 40, 50, 75, 100)
    newest = replace(newest, figure=replace(newest.figure, scope=FigureScope.ENTITY))

    assert "según lo que prometen los planes vigentes al 30 de junio de 2024" in year_chart([newest]).note


def test_a_cut_of_which_nothing_is_known_stays_without_figure():
    chart = year_chart([shown(2, 40, 50, None, 100)])

    assert [row.values for row in chart.rows] == [(None, None), (50, 40), (None, None), (100, None)]
    assert "Por cumplir: 100 % programado a diciembre." in chart.description


def test_after_the_last_cut_nothing_is_to_come():
    chart = year_chart([shown(3, 70, 75, 100), shown(4, 90, 100)])

    assert [row.is_to_come for row in chart.rows] == [False] * 4
    assert chart.note == ""
    assert chart.lines[0].ahead is None


@pytest.mark.parametrize(
    ("newest", "note"),
    [
        (shown(2, 40, 50), "cada cierre fija lo programado solo hasta su fecha"),
        (shown(2, 40, 50, None, None), "ni se sabe lo programado para ellos"),
    ],
    ids=["of the first edition", "not known"],
)
def test_without_what_is_to_come_cuts_have_their_place_and_no_figure(newest, note):
    chart = year_chart([shown(1, 20, 25, 45, 70, 100), newest])

    assert note in chart.note
    assert not any(row.is_to_come for row in chart.rows)
    assert [(row.label, *row.values) for row in chart.rows] == [
        ("Trimestre I, a marzo", 25, 20),
        ("Trimestre II, a junio", 50, 40),
        ("Trimestre III, a septiembre", None, None),
        ("Trimestre IV, a diciembre", None, None),
    ]
    assert (
        chart.description
        == "A marzo, 20 % ejecutado de 25 % programado; a junio, 40 % ejecutado de 50 % programado."
    )


def test_of_a_period_closed_twice_the_second_closing_is_drawn():
    chart = year_chart([shown(1, 20, 25), shown(1, 22, 25, sequence=2)])

    assert chart.rows[0].values == (25, 22)


def test_a_cut_without_figure_is_a_gap_and_no_zero():
    chart = year_chart([shown(1, None, 25), shown(2, 40, 50)])

    assert chart.rows[0].values == (25, None)
    assert len(chart.lines[1].points) == 1


def test_only_the_newest_year_is_drawn_and_each_way_of_following_it_by_itself():
    charts = year_charts(
        [
            shown(3, 90, 90, year=2023),
            shown(4, 95, 100, year=2023),
            shown(1, 20, 25),
            shown(1, 30, 33, scheme="cuatrimestre"),
            shown(2, 40, 50),
            shown(2, 60, 66, scheme="cuatrimestre"),
        ]
    )

    assert [(chart.key, len(chart.rows), chart.rows[0].values) for chart in charts] == [
        ("cortes-trimestre", 4, (25, 20)),
        ("cortes-cuatrimestre", 3, (33, 30)),
    ]


@pytest.mark.parametrize("history", [[], [shown(1, 20, 25)], [shown(1, 20, 25), shown(1, 22, 25, sequence=2)]])
def test_a_single_cut_is_no_course(history):
    assert year_charts(history) == []


@pytest.mark.django_db
def test_the_pages_of_what_closings_measured_show_it(house, client):
    shipped_lights()
    policy = make_policy()
    adopt(house.entity, policy)
    plan = make_published_plan(house.entity, office=house.office, policy=policy, kind="politica").plan
    pages = (
        f"/cartago/planes/2024/{plan.slug}/",
        f"/cartago/planes/2024/{plan.slug}/actividades/1/",
        "/cartago/mipg/participacion/?vigencia=2024",
        "/cartago/mipg/dimensiones/valores/?vigencia=2024",
        f"/cartago/dependencias/{house.office.slug}/?vigencia=2024",
    )
    first, second, *_rest = make_year(house)
    with on_day(2024, 4, 5):
        reported(house, plan.activities.get(key=1), first, declared=Decimal(40))
    with on_day(2024, 7, 20):
        close(house, first)
        for address in pages:
            assert "chart-drawing" not in client.get(address).content.decode(), address
        close(house, second)
        for address in pages:
            page = " ".join(client.get(address).content.decode().split())
            assert page.count('class="chart-drawing"') == 1, address
            assert "following/charts.css" in page
            assert "a junio, 40 % ejecutado de 100 % programado. Por cumplir: 100 % programado a" in page, address
            assert '<th scope="row">Trimestre II, a junio</th><td>100 %</td><td>40 %</td>' in page, address
            coming = "<td>100 %, por cumplir</td><td>Sin cifra todavía</td>"
            assert f'<th scope="row">Trimestre III, a septiembre</th>{coming}' in page, address
            assert page.count("Programado, por cumplir") == 1, address
            assert page.count("line-ahead") == 2, "in the drawing and in its legend"
            assert "Cambia si un plan se modifica." in page, address
