"""What a page says where its reader looks: why nothing was closed, why a report may change again."""

import datetime
import re

import pytest
from django.urls import reverse

from actionplans.models import Activity, ReportingPeriod
from tests.factories import make_published_plan
from tests.following import close, make_year, on_day, reopen, reported, shipped_lights


@pytest.fixture
def quarter(house):
    shipped_lights()
    make_published_plan(house.entity, title="Plan de participación", office=house.office, activities=2)
    return make_year(house)[0]


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def planning(house, client):
    client.force_login(house.planning)
    return client


def test_a_closing_that_is_refused_says_so_at_the_top_and_in_the_tab(quarter, planning):
    with on_day(2024, 4, 20):
        page = text_of(planning.post(reverse("period_close", args=["cartago", quarter.pk]), {"note": ""}))
    assert "<title>No se cerró: Cerrar el trimestre I de 2024" in page
    head = page.partition("Lo que queda sellado")[0]
    assert "No se cerró: falta algo" in head
    assert re.search(r'class="notice notice-bad error-summary" role="alert" tabindex="-1" autofocus', head)
    assert '<a href="#id_accept">Marque que el cierre se hace con lo pendiente por fuera' in head
    assert page.count("error-summary") == 1


def test_what_is_closed_already_is_not_told_to_wait(house, quarter, planning):
    address = reverse("period_close", args=["cartago", quarter.pk])
    with on_day(2024, 3, 20):
        assert "Todavía no se puede" in text_of(planning.get(address))
    with on_day(2024, 4, 20):
        close(house, quarter)
        again = text_of(planning.post(address, {"note": "", "accept": "on"}))
    assert "Ya está cerrado" in again
    assert "Todavía no se puede" not in again


def test_who_reports_reads_why_the_report_may_change_again(house, quarter, client):
    one, two = Activity.objects.order_by("key")
    with on_day(2024, 4, 5):
        reported(house, one, quarter)
        reported(house, two, quarter)
    with on_day(2024, 4, 20):
        close(house, quarter)
    with on_day(2024, 4, 25):
        fresh = ReportingPeriod.objects.get(pk=quarter.pk)
        reopen(house, fresh, [one], until=datetime.date(2024, 5, 5), reason="Faltaba una lista.")
        client.force_login(house.leader)
        pages = [
            text_of(client.get(reverse("report_page", args=["cartago", quarter.pk, row.pk]))) for row in (one, two)
        ]
    assert ["El periodo se reabrió para esta actividad" in page for page in pages] == [True, False]
    assert "Faltaba una lista." in pages[0]
    assert "Acta n.º 9, 25 de abril de 2024" in pages[0]
