"""Answers to one import that meet: two people, two tabs, a reading that is late, and what no answer may hold."""

import pytest
from django.template.loader import render_to_string

from actionplans.forms.import_answers import clean_text
from actionplans.imports import preview_size
from actionplans.imports.merge import SOMETHING_CHANGED, ReadingStale, apply_run, undo_obstacles
from actionplans.imports.preview_reading import keep, read_run
from actionplans.models import ImportRun, Job, PlanVersion
from actionplans.views import import_pages, import_posts
from tests.factories import make_draft, make_office, make_policy
from tests.steps import bring

from .importing import address, clean_workbook, text_of


@pytest.fixture
def planner(house, client):
    make_office(house.entity, "Secretaría de Hacienda", slug="hacienda")
    client.force_login(house.planning)
    return client


def test_an_answer_that_was_kept_but_not_read_is_read_before_anything_is_applied(planner, house):
    run = bring(house, clean_workbook())
    run.corrections = {"columns": {"3": "none"}, "cells": {}, "offices": {}}
    keep(run, "corrections")
    page = planner.get(address(run))
    assert "Hay respuestas sin leer" in text_of(page)
    assert 'value="apply"' not in text_of(page)
    with pytest.raises(ReadingStale):
        apply_run(run, by=house.planning)
    answer = planner.post(address(run), {"step": "apply"}, follow=True)
    assert import_posts.READ_AGAIN in text_of(answer)
    assert not PlanVersion.objects.exists()
    planner.post(address(run), {"step": "apply"})
    assert PlanVersion.objects.exists()


def test_a_reading_that_somebody_overtook_is_not_saved(house):
    run = bring(house, clean_workbook())
    ImportRun.objects.filter(pk=run.pk).update(year=2024)
    run.year = 2026
    read_run(run)
    run.refresh_from_db()
    assert run.found["asked"]["year"] is None


def test_answers_to_a_page_that_another_person_overtook_are_not_kept(planner, house):
    run = bring(house, clean_workbook())
    seen = planner.get(address(run)).context["seen"]
    planner.post(address(run), {"year": "2024", "seen": seen, "step": "quiet"})
    answer = planner.post(address(run), {"year": "2026", "seen": seen, "step": "quiet"}, follow=True)
    run.refresh_from_db()
    assert run.year == 2024
    assert import_posts.OTHERS_ANSWERED in text_of(answer).split('id="import-view"')[1]
    planner.post(address(run), {"year": "2026", "seen": answer.context["seen"]})
    run.refresh_from_db()
    assert run.year == 2026


def test_a_quiet_answer_tells_that_the_draft_changed(planner, house):
    draft = make_draft(house.entity, title="Plan de Archivo", year=2025, activities=1)
    run = bring(house, clean_workbook(), target=draft)
    seen = planner.get(address(run)).context["expected"]
    draft.activities.update(description="Otra persona la cambió")
    answer = planner.post(address(run), {"expected": seen, "step": "quiet"}, follow=True)
    assert "El borrador cambió mientras usted lo miraba" in text_of(answer).split('id="import-view"')[1]


def test_a_quiet_answer_to_a_big_file_starts_no_job(planner, house, monkeypatch):
    run = bring(house, clean_workbook())
    monkeypatch.setattr(preview_size, "MOST_AT_ONCE", 10)
    answer = planner.post(address(run), {"year": "2026", "step": "quiet"}, follow=True)
    assert not Job.objects.exists()
    assert answer.context["is_stale"]
    planner.post(address(run), {"year": "2026", "step": "review"})
    assert Job.objects.get().status == "done"
    assert not planner.get(address(run)).context["is_stale"]


@pytest.mark.parametrize("field", ["year", "target", "policy", "use_template"])
def test_a_number_of_many_digits_is_no_answer(field, planner, house):
    run = bring(house, clean_workbook())
    assert planner.post(address(run), {field: "9" * 5000}).status_code == 302


def test_letters_that_no_database_keeps_are_left_out(planner, house):
    run = bring(house, clean_workbook())
    planner.post(address(run), {"title": "Plan\0 de Archivo"})
    run.refresh_from_db()
    assert run.title == "Plan de Archivo"
    assert clean_text("a\ud800b\n") == "ab\n"


def test_a_new_plan_given_another_policy_is_not_undone(planner, house):
    run = apply_run(bring(house, clean_workbook()), by=house.planning)
    assert undo_obstacles(run) == []
    run.version.plan.policy = make_policy()
    assert undo_obstacles(run) == [SOMETHING_CHANGED]


@pytest.mark.parametrize(("facts", "end"), [(0, "0 cambiadas."), (1, "0 cambiadas y 1 dato del plan.")])
def test_what_was_done_speaks_of_the_data_of_the_plan_only_where_some_changed(facts, end):
    done = {"added": 1, "changed": 0, "facts": facts}
    said = render_to_string("actionplans/imports/done.html", {"done": done}) + "."
    assert said.endswith(end)


def test_going_to_another_page_keeps_what_was_chosen_on_this_one(planner, house, monkeypatch):
    monkeypatch.setattr(import_pages, "PAGE_SIZE", 2)
    draft = make_draft(house.entity, title="Plan de Archivo", year=2025, activities=1)
    run = bring(house, clean_workbook(number=3), target=draft)
    page = text_of(planner.get(address(run)))
    assert 'formaction="?pagina=2"' in page
    token = page.split('name="fila-')[1].split('"')[0]
    choice = {f"fila-{token}": "leave", "step": "page"}
    answer = planner.post(f"{address(run)}?pagina=2", choice)
    assert answer["Location"].endswith("?pagina=2")
    run.refresh_from_db()
    assert run.choices["rows"][token] == "leave"
    assert planner.get(answer["Location"]).context["page"].number == 2
