"""Files that the worker draws: large ones when they are asked for, the others ahead."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from actionplans.domain.plan import submit
from actionplans.jobs import issued as jobs
from actionplans.models import IssuedFile
from actionplans.reports.issued import plans as issued_plans
from tests.factories import make_draft, make_published_plan
from tests.following import make_year, on_day
from tests.steps import modify

from .published import PUBLISHED

pytestmark = pytest.mark.django_db


def test_a_large_plan_is_left_to_the_worker_once(published, client, monkeypatch, draws):
    cache.clear()
    monkeypatch.setitem(issued_plans.MOST_AT_ONCE, "xlsx", 2)
    asked = []
    monkeypatch.setattr(jobs.draw_file.__class__, "enqueue", lambda task, *args: asked.append(args))
    assert [client.get(f"{PUBLISHED}xlsx").status_code for _ in range(2)] == [503, 503]
    assert asked == [(published.pk, "xlsx")]
    assert draws == []
    jobs.draw_file.func(*asked[0])
    assert client.get(f"{PUBLISHED}xlsx").status_code == 200
    assert draws == [1]


def test_approving_lets_the_files_be_drawn_ahead(
    house, client, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.DRAW_AHEAD = True
    asked = []
    monkeypatch.setattr(jobs, "issued_plan", lambda version, suffix: asked.append((version.pk, suffix)))
    published = make_published_plan(house.entity, office=house.office)
    draft = submit(modify(published, house), by=house.planning)
    client.force_login(house.committee)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("version_step", args=["cartago", draft.pk, "approve"]), {"name": "", "date": ""})
    draft.refresh_from_db()
    assert draft.status == "approved"
    assert asked == [(draft.pk, "xlsx"), (draft.pk, "pdf")]


def test_closing_lets_the_files_of_its_plans_be_drawn_ahead(
    house, published, client, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.DRAW_AHEAD = True
    asked = []
    monkeypatch.setattr(jobs, "issued_plan", lambda version, suffix: asked.append((version.pk, suffix)))
    make_published_plan(house.entity, title="Otro", year=2023)
    period = make_year(house)[0]
    client.force_login(house.planning)
    with on_day(2024, 4, 20), django_capture_on_commit_callbacks(execute=True):
        client.post(f"/gestion/cartago/periodos/{period.pk}/cerrar/", {"note": "", "accept": "on", "early": "on"})
    assert period.closings.count() == 1
    assert asked == [(published.pk, "xlsx"), (published.pk, "pdf")]


def test_the_worker_draws_nothing_of_a_draft(house):
    draft = make_draft(house.entity)
    jobs.draw_file.func(draft.pk, "xlsx")
    assert not IssuedFile.objects.exists()


def test_the_worker_draws_a_large_file_again_that_was_lost(published, client, monkeypatch):
    client.get(f"{PUBLISHED}xlsx")
    lost = IssuedFile.objects.get()
    lost.file.storage.delete(lost.file.name)
    cache.clear()
    monkeypatch.setitem(issued_plans.MOST_AT_ONCE, "xlsx", 2)
    asked = []
    monkeypatch.setattr(jobs.draw_file.__class__, "enqueue", lambda task, *args: asked.append(args))
    assert client.get(f"{PUBLISHED}xlsx").status_code == 503
    jobs.draw_file.func(*asked[0])
    assert client.get(f"{PUBLISHED}xlsx").status_code == 200
    assert lost.replaced_by.is_public
