"""Nothing of an open period is on any public page, whatever was written, sent or answered in it."""

import datetime
from decimal import Decimal

import pytest

from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.reviewing import return_report, verify_progress
from actionplans.domain.following.reporting.words import GIVEN_BACK, NOT_COUNTED
from actionplans.models import Report
from tests.following import close, link, months, on_day, promised, reopen, report, reported
from tests.reading import text_of

from .plan import ACTIVITY, PAGES, PLAN, activities, first_cut

pytestmark = pytest.mark.django_db
SECRET = "Secreto del periodo abierto"


def assert_nowhere(client, *texts):
    for address in PAGES:
        page = text_of(client, address)
        for text in texts:
            assert text not in page, f"{text} at {address}"


def test_nothing_of_an_open_period_is_on_any_public_page(house, year, client):
    """Drafts, sent, returned and validated reports, their evidence and opinions, while the period is open."""
    first, second = activities()
    proof = link(house, "https://ejemplo.gov.co/secreto.pdf", description=SECRET)
    first_cut(house, year[0], first, 2)
    before = [text_of(client, address) for address in PAGES]
    with on_day(2024, 7, 5):
        said = {"narrative": SECRET, "difficulties": SECRET, "evidence": (proof,), "executed_months": months(6)}
        for step in (
            lambda: report(house, first, year[1], 4, **said),
            lambda: return_report(Report.objects.get(period=year[1]), by=house.planning, number=1, comment=SECRET),
            lambda: reported(house, first, year[1], 4, **said),
            lambda: save_draft(
                promised(second, year[1]), year[1], {"narrative": SECRET}, by=house.leader, revision=None
            ),
            lambda: verify_progress(
                promised(first, year[1]), year[1], by=house.auditor, value=Decimal(77), opinion=SECRET
            ),
        ):
            step()
            assert_nowhere(client, SECRET, "secreto.pdf", "77 %", "a junio")
        assert client.get(f"/cartago/evidencias/{proof.pk}/").status_code == 404

    assert [text_of(client, address) for address in PAGES] == before
    with on_day(2024, 7, 20):
        close(house, year[1])
    assert SECRET in text_of(client, ACTIVITY)
    assert "77 %" in text_of(client, ACTIVITY)


def test_what_a_reopened_period_brings_waits_for_its_closing(house, year, client):
    first, _second = activities()
    proof = link(house, "https://ejemplo.gov.co/secreto.pdf", description=SECRET)
    with on_day(2024, 4, 5):
        reported(house, first, year[0], 2, narrative="Lo que se supo.", executed_months=months(1))
    with on_day(2024, 4, 20):
        close(house, year[0])
    with on_day(2024, 5, 2):
        reopen(house, year[0], [first], until=datetime.date(2024, 5, 20))
    with on_day(2024, 5, 5):
        reported(house, first, year[0], 4, narrative=SECRET, evidence=(proof,), executed_months=months(2))
        verify_progress(promised(first, year[0]), year[0], by=house.auditor, value=Decimal(77), opinion=SECRET)

    assert_nowhere(client, SECRET, "secreto.pdf", "77 %", "100 % ejecutado")
    page = text_of(client, ACTIVITY)
    assert "Lo que se supo." in page
    assert "50 % ejecutado de 50 % programado a marzo" in page
    assert "ejecutada en enero de 2024." in page
    assert "El trimestre se reabrió: vale esta cifra hasta que se cierre de nuevo." in page


@pytest.mark.parametrize("is_returned", [False, True])
def test_a_report_that_nobody_had_validated_at_the_closing_is_not_told(house, year, client, is_returned):
    first, _second = activities()
    with on_day(2024, 4, 5):
        sent = report(house, first, year[0], 2, narrative=SECRET)
        if is_returned:
            return_report(sent, by=house.planning, number=1, comment=SECRET)
    with on_day(2024, 4, 20):
        close(house, year[0])

    assert_nowhere(client, SECRET)
    page = text_of(client, ACTIVITY)
    words = GIVEN_BACK if is_returned else NOT_COUNTED
    assert page.count(words) == 2
    assert words in text_of(client, PLAN)


def test_an_earlier_version_of_the_plan_shows_no_figures(house, year, client):
    from tests.steps import modify_and_approve

    first, _second = activities()
    first_cut(house, year[0], first, 2)
    with on_day(2024, 5, 2):
        modify_and_approve(first.plan.versions.get(), house)

    assert "ejecutado de" in text_of(client, PLAN)
    page = text_of(client, f"{PLAN}?version=1")
    assert "ejecutado de" not in page
    assert "Con ella se midió el corte: trimestre I (cierre 1 del 20 de abril de 2024)." in page
    assert "Con ella se" not in text_of(client, PLAN)
