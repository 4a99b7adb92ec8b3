"""What control interno compares with: the figures of the closing, and what was sent, whatever became of it."""

import datetime

import pytest
from django.urls import reverse

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.domain.following.figures.bands import as_bands
from actionplans.domain.following.figures.measuring import Counting
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.models import Activity, ReportingPeriod
from actionplans.months import MonthSet
from actionplans.reports.board import board_of
from actionplans.reports.follow_up.builder import follow_up_sheet
from actionplans.reports.follow_up.selection import FollowUpSelection
from planning.models import Entity, TrafficLightPreset
from tests.factories import activity_contents, make_published_plan
from tests.following import close, make_year, on_day, reopen, report, reported, shipped_lights


@pytest.fixture
def quarters(house):
    """Of a plan of two activities, each of ten workshops in the year."""
    shipped_lights()
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    activities = activity_contents(2, house.office, indicators=(indicator,), months=MonthSet([2, 5]))
    make_published_plan(house.entity, content=PlanContent(title="Plan de talleres", activities=activities))
    return make_year(house)


@pytest.fixture
def one(house, quarters):
    return Activity.objects.get(entity=house.entity, key=1)


@pytest.fixture
def first_closed(house, quarters, one):
    """Three workshops in the first quarter, validated and closed."""
    with on_day(2024, 4, 3):
        reported(house, one, quarters[0], 3)
    with on_day(2024, 4, 20):
        close(house, quarters[0])
    return quarters[0]


@pytest.fixture
def auditor(house, client):
    client.force_login(house.auditor)
    return client


def fresh(period):
    return ReportingPeriod.objects.get(pk=period.pk)


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def row_of(client, period, position=1):
    """The row of the list, and the whole page of the activity."""
    listed = client.get(reverse("verification", args=["cartago"]), {"periodo": period.pk})
    assert listed.status_code == 200
    [row] = [row for row in listed.context["page"] if row.item.promise.position == position]
    page = client.get(reverse("verify_activity", args=["cartago", period.pk, row.item.promise.activity_id]))
    return row, page


def in_file(house, period, position=1):
    """The row of the XLSX and the PDF."""
    entity = Entity.objects.get(pk=house.entity.pk)
    asked = FollowUpSelection(entity=entity, reader=house.planning, year=2024, period=fresh(period))
    return follow_up_sheet(asked).rows[position - 1]


@pytest.fixture
def first_told_otherwise(house, quarters, one, first_closed):
    """The second quarter was closed with 3 + 2 workshops; then the first one became five and was closed again."""
    with on_day(2024, 7, 3):
        reported(house, one, quarters[1], 2)
    with on_day(2024, 7, 20):
        close(house, quarters[1])
    with on_day(2024, 7, 25):
        reopen(house, fresh(first_closed), [one], until=datetime.date(2024, 8, 5))
    with on_day(2024, 7, 26):
        reported(house, one, fresh(first_closed), 5)
    with on_day(2024, 8, 6):
        close(house, fresh(first_closed))
    return quarters[1]


def test_of_a_closed_period_both_values_are_those_of_its_closing(house, one, first_told_otherwise, auditor):
    second = first_told_otherwise
    with on_day(2024, 8, 7):
        row, page = row_of(auditor, second)
        sheet = in_file(house, second)
        again = row_of(auditor, one.reports.earliest("period__ordinal").period)[0]
    assert (row.validated.progress.executed, row.reported.progress.executed) == (50, 50)
    account = page.context["account"]
    assert (account.validated.progress.executed, account.reported.progress.executed) == (50, 50)
    assert (sheet.validated, sheet.reported) == (50, 50)
    assert (again.validated.progress.executed, again.reported.progress.executed) == (50, 50)  # 5 of 10


def test_what_differs_is_asked_of_the_sealed_value(house, one, first_told_otherwise, auditor):
    page = reverse("verify_activity", args=["cartago", first_told_otherwise.pk, one.pk])
    with on_day(2024, 8, 7):
        auditor.post(page, {"value": "50", "opinion": "Cinco talleres de diez."})
        assert not row_of(auditor, first_told_otherwise)[0].differs
        auditor.post(page, {"value": "70", "opinion": "Siete talleres de diez."})
        assert row_of(auditor, first_told_otherwise)[0].differs


def test_the_light_of_a_closed_period_is_read_by_the_bands_of_its_closing(house, one, first_closed, auditor):
    preset = TrafficLightPreset.objects.get()
    then = as_bands(preset)
    band = preset.bands.get(floor=80)
    band.label = "Otra palabra"
    band.save()
    with on_day(2024, 4, 25):
        account = row_of(auditor, first_closed)[1].context["account"]
    assert account.validated.bands == then
    assert account.validated.light in then


@pytest.fixture
def returned(house, quarters, one, first_closed):
    """Two more workshops were sent for the second quarter, and given back."""
    with on_day(2024, 7, 3):
        sent = report(house, one, quarters[1], 2)
    with on_day(2024, 7, 4):
        return_report(sent, by=house.planning, number=1, comment="Adjunte una foto.")
    return quarters[1]


@pytest.mark.parametrize("is_closed", [False, True])
def test_what_was_sent_is_what_was_reported_even_where_it_was_returned(house, is_closed, returned, auditor):
    with on_day(2024, 7, 20):
        if is_closed:
            close(house, returned)
        row, page = row_of(auditor, returned)
        sheet = in_file(house, returned)
    account = page.context["account"]
    assert [figure.progress.executed for figure in (row.reported, account.reported)] == [50, 50]
    assert [figure.progress.executed for figure in (row.validated, account.validated)] == [30, 30]
    assert (sheet.reported, sheet.validated) == (50, None)
    said = text_of(page)
    assert "50 % (devuelto)" in said
    assert "vale lo reportado antes" not in said.partition("Lo reportado")[2]


@pytest.mark.parametrize("is_closed", [False, True])
def test_where_nothing_was_sent_nothing_was_reported(house, is_closed, quarters, one, first_closed, auditor):
    with on_day(2024, 7, 20):
        if is_closed:
            close(house, quarters[1])
        row, page = row_of(auditor, quarters[1])
        sheet = in_file(house, quarters[1])
        listed = text_of(auditor.get(reverse("verification", args=["cartago"]), {"periodo": quarters[1].pk}))
    assert row.reported is None
    assert row.validated.progress.executed == 30
    assert page.context["account"].reported is None
    assert sheet.reported is None
    assert '<td data-label="Reportado">—' in listed
    assert "La dependencia no envió reporte de este periodo" in text_of(page)


def test_what_was_returned_finishes_no_activity(house, quarters, one, auditor):
    """An office that said that all was done, and was not believed, still owes the next report."""
    with on_day(2024, 4, 3):
        sent = report(house, one, quarters[0], 10, executed_months=MonthSet([2, 5]))
        return_report(sent, by=house.planning, number=1, comment="Adjunte las listas.")
    with on_day(2024, 7, 3):
        assert row_of(auditor, quarters[1])[0].item.duty.is_owed


def test_a_closed_period_offers_nothing_that_can_no_longer_be_done(house, quarters, one, first_closed, auditor):
    two = Activity.objects.get(entity=house.entity, key=2)
    with on_day(2024, 7, 3):
        report(house, one, quarters[1], 2)
        sent = report(house, two, quarters[1], 2)
        return_report(sent, by=house.planning, number=1, comment="Adjunte una foto.")
    with on_day(2024, 7, 20):
        before = text_of(auditor.get(reverse("verification", args=["cartago"]), {"periodo": quarters[1].pk}))
        close(house, quarters[1])
        after = text_of(auditor.get(reverse("verification", args=["cartago"]), {"periodo": quarters[1].pk}))
    assert "Enviado, por validar" in before
    assert "Enviado, por validar" not in after
    assert "No se validó antes del cierre" in after
    assert "Devuelto, sin reenviar" in after


def test_more_than_was_planned_can_be_verified(house, quarters, one, auditor):
    with on_day(2024, 4, 3):
        reported(house, one, quarters[0], 12)
        page = reverse("verify_activity", args=["cartago", quarters[0].pk, one.pk])
        answer = auditor.post(page, {"value": "120", "opinion": "Doce listas de diez."})
        assert answer.status_code == 302
        row = row_of(auditor, quarters[0])[0]
    assert row.verification.value == 120
    assert not row.differs


@pytest.mark.parametrize("rows", [1, 2])
def test_a_closed_period_asks_the_same_whatever_the_number_of_reports(
    rows, house, quarters, auditor, django_assert_num_queries
):
    with on_day(2024, 4, 3):
        for activity in Activity.objects.filter(key__lte=rows):
            reported(house, activity, quarters[0], 3)
    with on_day(2024, 4, 20):
        close(house, quarters[0])
        auditor.get(reverse("verification", args=["cartago"]))
        with django_assert_num_queries(36):
            seen = auditor.get(reverse("verification", args=["cartago"]))
    assert sum(row.reported is not None for row in seen.context["page"]) == rows


def test_the_board_of_a_closed_period_shows_its_sealed_figures(house, one, first_told_otherwise):
    with on_day(2024, 8, 7) as moment:
        boards = [
            board_of(fresh(first_told_otherwise), counting=row, code="plan:plan-de-talleres", on=moment.date())
            for row in Counting
        ]
    for board in boards:
        [own] = [row for row in board.items if row.standing.promise.position == 1]
        assert own.standing.figure.progress.executed == 50
        assert board.figure.progress.executed == 50
