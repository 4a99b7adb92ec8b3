"""Which changes make which pages anew: those that show them, at once, and no others."""

from decimal import Decimal

import pytest

from actionplans.domain.following.reporting.reviewing import verify_progress
from planning import audit, content
from tests.factories import make_draft, make_published_plan
from tests.following import close, make_year, on_day, promised, reported

from .kept import OF_NO_ENTITY, OTHER_PLAN, PLAN, pages_rendered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def test_what_shows_nothing_of_entities_stays_kept_while_they_work(client, two, renders):
    addresses = [*OF_NO_ENTITY, "/mapa-del-sitio/"]
    pages_rendered(client, renders, *addresses)
    content.touch(two[0].entity, [two[0].plan.topic])
    assert not any(pages_rendered(client, renders, *addresses).values())
    content.touch(two[0].entity)
    seen = pages_rendered(client, renders, *addresses)
    assert {address for address, was in seen.items() if was} == {"/mapa-del-sitio/"}
    content.touch(None)
    assert all(pages_rendered(client, renders, *addresses).values())


def test_a_verification_moves_its_plan_and_the_whole_of_its_entity(client, house, neighbour, renders):
    activity = make_published_plan(house.entity, office=house.office).activities.first().activity
    make_published_plan(house.entity, title="Otro")
    make_published_plan(neighbour.entity)
    period = make_year(house)[0]
    with on_day(2024, 4, 10):
        reported(house, activity, period)
    with on_day(2024, 4, 20):
        close(house, period)
    with on_day(2024, 4, 22):
        addresses = [PLAN, OTHER_PLAN, "/cartago/", "/candelaria/", "/candelaria/planes/", *OF_NO_ENTITY]
        pages_rendered(client, renders, *addresses)
        verify_progress(promised(activity, period), period, by=house.auditor, value=Decimal(25), opinion="Falta.")
        seen = pages_rendered(client, renders, *addresses)
    assert {address for address, was in seen.items() if was} == {PLAN, "/cartago/"}


def test_a_change_of_a_plan_leaves_the_other_plan_and_the_neighbour_kept(client, house, neighbour, renders):
    make_published_plan(house.entity)
    make_published_plan(house.entity, title="Otro")
    make_published_plan(neighbour.entity)
    addresses = [PLAN, OTHER_PLAN, "/cartago/", "/cartago/planes/", "/candelaria/", "/candelaria/planes/"]
    pages_rendered(client, renders, *addresses)

    plan = house.entity.plans.get(slug="plan-de-prueba")
    content.touch(house.entity, plan.content_topics("publish"))

    assert pages_rendered(client, renders, *addresses) == {
        PLAN: True,
        OTHER_PLAN: False,
        "/cartago/": True,
        "/cartago/planes/": True,
        "/candelaria/": False,
        "/candelaria/planes/": False,
    }


def test_a_closing_is_told_at_once_and_only_where_it_measured(client, house, neighbour, renders):
    activity = make_published_plan(house.entity, office=house.office).activities.first()
    make_published_plan(neighbour.entity)
    make_published_plan(house.entity, title="Otro", year=2023)
    periods = make_year(house)
    addresses = [PLAN, "/cartago/planes/2023/otro/", "/cartago/", "/candelaria/"]
    with on_day(2024, 4, 10):
        pages_rendered(client, renders, *addresses)
        reported(house, activity.activity, periods[0])
        assert not any(pages_rendered(client, renders, *addresses).values())
        close(house, periods[0])
        assert pages_rendered(client, renders, *addresses) == dict(
            zip(addresses, [True, False, True, False], strict=True)
        )


def test_drafts_change_no_page(client, house, renders):
    make_published_plan(house.entity)
    pages_rendered(client, renders, PLAN, "/cartago/")
    make_draft(house.entity, title="Un borrador", by=house.planning)
    assert not any(pages_rendered(client, renders, PLAN, "/cartago/").values())


def test_a_rename_of_the_entity_is_on_every_page_of_it_and_on_the_list(client, house, neighbour, renders):
    make_published_plan(house.entity)
    pages_rendered(client, renders, "/", PLAN, "/candelaria/")
    house.entity.name = "Municipio renombrado"
    house.entity.save()
    audit.record(house.entity, house.entity, "change", by=house.administrator)
    assert pages_rendered(client, renders, "/", PLAN, "/candelaria/") == {
        "/": True,
        PLAN: True,
        "/candelaria/": False,
    }
    assert "Municipio renombrado" in client.get(PLAN).content.decode()


def test_a_new_day_is_a_new_page(client, house, renders):
    make_published_plan(house.entity)
    with on_day(2024, 3, 31, hour=23):
        assert pages_rendered(client, renders, PLAN) == {PLAN: True}
    with on_day(2024, 4, 1, hour=0):
        assert pages_rendered(client, renders, PLAN) == {PLAN: True}
        assert pages_rendered(client, renders, PLAN) == {PLAN: False}
