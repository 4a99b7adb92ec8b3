"""The course of a year: which closings are drawn, and on which pages."""

import datetime
from decimal import Decimal

import pytest

from actionplans.domain.following.figures.figure import Figure
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


def shown(ordinal, executed, programmed, *, scheme="trimestre", year=2024, sequence=1):
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
    return PublishedFigure(closing=closing, figure=Figure(scope="plan", key="x", label="Plan", progress=progress))


def test_cuts_to_come_have_their_place_and_no_figure():
    chart = year_chart([shown(1, 20, 25), shown(2, 40, 50)])

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
            assert "a junio, 40 % ejecutado de 100 % programado.</desc>" in page, address
            assert '<th scope="row">Trimestre II, a junio</th><td>100 %</td><td>40 %</td>' in page, address
