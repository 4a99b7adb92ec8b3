"""Extensions: the newest of an activity counts, it can be taken back, and it promises only what can be done."""

import datetime

import pytest
from django.urls import reverse

from actionplans.domain.following.calendar.extensions import extend, withdraw_extension
from actionplans.domain.following.calendar.periods import window_of
from actionplans.domain.workflow import TransitionRefused
from actionplans.models import Extension
from planning.models import AuditEvent
from tests.factories import make_published_plan
from tests.following import close, make_year, on_day, reopen, reported

from .pages import text


@pytest.fixture
def plan(house):
    return make_published_plan(house.entity, activities=3, office=house.office)


@pytest.fixture
def first(house, plan):
    return make_year(house)[0]


@pytest.fixture
def rows(plan):
    return [row.activity for row in plan.activities.select_related("activity__plan").order_by("position")]


def give(house, period, activities, month, day, year=2024):
    return extend(
        period, activities, by=house.planning, until=datetime.date(year, month, day), reason="Hubo una inundación."
    )


def last_day(period, activity):
    period.refresh_from_db()
    return window_of(period).last_day(activity.pk)


def refused(verb, *args, **kwargs):
    with pytest.raises(TransitionRefused) as refusal:
        verb(*args, **kwargs)
    return " ".join(refusal.value.reasons)


# --- Which one counts ----------------------------------------------------------------------------------------


def test_a_shorter_extension_takes_the_place_of_a_longer_one(house, first, rows, planning):
    with on_day(2024, 4, 10):
        give(house, first, rows[:2], 5, 30)
        give(house, first, rows[:1], 4, 25)
        assert [last_day(first, row) for row in rows] == [
            datetime.date(2024, 4, 25), datetime.date(2024, 5, 30), datetime.date(2024, 4, 15),
        ]  # fmt: skip
        said = text(planning.get(reverse("period_page", args=["cartago", first.pk])))
    assert (said.count("</span>Vale<"), said.count("Ya no vale")) == (2, 1)
    assert said.count(">Retirar la prórroga<") == 2


def test_a_closing_ends_the_extensions(house, first, rows, planning):
    with on_day(2024, 4, 10):
        give(house, first, rows[:1], 5, 30)
    with on_day(2024, 4, 20):
        close(house, first)
        said = text(planning.get(reverse("period_page", args=["cartago", first.pk])))
    assert ("</span>Vale<" in said, said.count("Ya no vale")) == (False, 1)


def test_an_extension_taken_back_gives_the_day_of_the_others(house, first, rows, planning):
    with on_day(2024, 4, 10):
        give(house, first, rows[:1], 5, 30)
        address = reverse("period_extension_withdraw", args=["cartago", first.pk, rows[0].pk])
        assert "vuelve a ser hasta el 15 de abril de 2024" in text(planning.get(address))
        assert "reason" in planning.post(address, {"reason": " "}).context["form"].errors
        answer = planning.post(address, {"reason": "Se dio por error."})
        assert answer.url == reverse("period_page", args=["cartago", first.pk])
        assert last_day(first, rows[0]) == datetime.date(2024, 4, 15)
        said = text(planning.get(answer.url))
        assert ">Retirada<" in said.replace("</span>Retirada", ">Retirada")
        assert "Se dio por error." in said
        assert "Retirar la prórroga<" not in said
        assert planning.get(address).status_code == 404
    event = AuditEvent.objects.get(event="withdraw_extension")
    newest = Extension.objects.latest("pk")
    assert (event.comment, list(event.new["seals"])) == ("Se dio por error.", [f"extension {newest.pk}"])


def test_what_was_not_given_is_not_taken_back(house, first, rows):
    with on_day(2024, 4, 10):
        told = refused(withdraw_extension, first, rows[0], by=house.planning, reason="Por error.")
    assert "no tiene una prórroga" in told
    assert not Extension.objects.exists()


@pytest.mark.parametrize(("year", "month", "told"), [(2024, 4, "debe ir más allá"), (2099, 1, "no puede pasar")])
def test_an_extension_is_neither_within_the_deadline_nor_for_ever(year, month, told, house, first, rows, planning):
    until = datetime.date(year, month, 1)
    with on_day(2024, 4, 10):
        assert told in refused(extend, first, rows[:1], by=house.planning, until=until, reason="Paro.")
        data = {"activities": [rows[0].pk], "until": until.isoformat(), "reason": "Paro."}
        answer = planning.post(reverse("period_extend", args=["cartago", first.pk]), data)
    assert told in answer.context["form"].errors["until"][0]


def test_the_last_day_that_can_be_given_is_the_end_of_the_year_after(house, first, rows):
    with on_day(2024, 4, 10):
        give(house, first, rows[:1], 12, 31, year=2025)
        assert "31 de diciembre de 2025" in refused(give, house, first, rows[:1], 1, 1, year=2026)


# --- In a reopened period ------------------------------------------------------------------------------------


@pytest.fixture
def reopened(house, first, rows):
    """Opened again until 20 May for the first activity, which had until 30 June before the closing."""
    with on_day(2024, 4, 10):
        give(house, first, rows[:1], 6, 30)
        reported(house, rows[0], first)
    with on_day(2024, 5, 2):
        close(house, first)
        reopen(house, first, rows[:1], until=datetime.date(2024, 5, 20))
    return first


def test_what_was_given_before_the_closing_counts_no_more(reopened, rows):
    assert last_day(reopened, rows[0]) == datetime.date(2024, 5, 20)


def test_only_what_was_reopened_is_offered_and_given_more_days(house, reopened, rows, planning):
    address = reverse("period_extend", args=["cartago", reopened.pk])
    with on_day(2024, 5, 3):
        [group] = planning.get(address).context["form"].groups
        assert [choice.number for choice in group.choices] == [rows[0].pk]
        assert "se reabrió solo para otras actividades" in refused(give, house, reopened, rows[1:2], 6, 1)
        assert "más allá del 20 de mayo de 2024" in refused(give, house, reopened, rows[:1], 5, 18)
        give(house, reopened, rows[:1], 6, 1)
    assert last_day(reopened, rows[0]) == datetime.date(2024, 6, 1)


def test_the_page_of_dates_advises_only_what_can_be_done(house, reopened, planning):
    address = reverse("period_dates", args=["cartago", reopened.pk])
    assert "puede darles más días con una prórroga" in text(planning.get(address))
    with on_day(2024, 5, 25):
        close(house, reopened)
    said = text(planning.get(address))
    assert "Para corregir lo cerrado, reábralo." in said
    assert "prórroga" not in said
