"""Imports against drafts, applied, undone and discarded, while other people work too."""

import pytest

from actionplans.domain.plan import submit
from actionplans.domain.versions import discard_draft
from actionplans.imports.merge import apply_run
from actionplans.models import FormTemplate, ImportRun, PlanVersion
from actionplans.views import import_posts
from tests.factories import adopt, make_draft, make_office, make_policy, make_published_plan
from tests.steps import bring, modify

from .importing import LIST, address, clean_workbook, send, text_of


@pytest.fixture
def planner(house, client):
    make_office(house.entity, "Secretaría de Hacienda", slug="hacienda")
    client.force_login(house.planning)
    return client


# --- Against a draft ------------------------------------------------------------------------------------


def test_arriving_from_a_plan_its_draft_is_chosen(planner, house):
    draft = make_draft(house.entity, title="Plan de Archivo", year=2025)
    form = planner.get(f"{LIST}?plan={draft.pk}").context["form"]
    assert form["target"].value() == str(draft.pk)
    run = send(planner, clean_workbook(), target=draft.pk).url
    page = planner.get(run)
    assert page.context["counts"] == "3 nuevas y 3 faltan en el archivo"
    planner.post(run, {"expected": page.context["expected"], "step": "apply"})
    assert draft.activities.count() == 6


def test_a_draft_that_changed_meanwhile_is_shown_again(planner, house):
    draft = make_draft(house.entity, title="Plan de Archivo", year=2025, activities=1)
    run = bring(house, clean_workbook(), target=draft)
    seen = planner.get(address(run)).context["expected"]
    draft.activities.update(description="Otra persona la cambió")
    answer = planner.post(address(run), {"expected": seen, "step": "apply"}, follow=True)
    assert "El borrador cambió mientras usted lo miraba" in text_of(answer)
    assert draft.activities.count() == 1
    planner.post(address(run), {"expected": answer.context["expected"], "step": "apply"})
    assert draft.activities.count() == 4


def test_rows_written_by_an_import_raise_their_numbers_of_writing(planner, house):
    draft = make_draft(house.entity, title="PLAN DE ACCIÓN DE ARCHIVO 2025", year=2025, activities=2)
    draft.activities.filter(activity__key=1).update(description="Actividad 1", revision=4)
    draft.activities.filter(activity__key=2).update(description="Quieta", revision=7)
    run = bring(house, clean_workbook(1))
    page = planner.get(address(run))
    planner.post(address(run), {"expected": page.context["expected"], "step": "apply"})
    assert dict(draft.activities.values_list("activity__key", "revision")) == {1: 5, 2: 7}


def test_a_modification_keeps_its_identities_and_cancels_with_a_reason(planner, house):
    approved = make_published_plan(house.entity, title="PLAN DE ACCIÓN DE ARCHIVO 2025", year=2025, activities=2)
    draft = modify(approved, house)
    run = bring(house, clean_workbook(1, "PLAN DE ACCIÓN DE ARCHIVO 2025"))
    assert run.target == draft
    page = planner.get(address(run))
    tokens = {row.content.key: row.token for row in page.context["preview"].rows if row.kind == "missing"}
    choice = {f"fila-{tokens[2]}": "cancel", "expected": page.context["expected"], "step": "apply"}
    answer = planner.post(address(run), choice, follow=True)
    assert "Escriba por qué se cancela la actividad 2." in text_of(answer)
    planner.post(address(run), {**choice, f"motivo-{tokens[2]}": "Sin recursos"})
    rows = draft.activities.order_by("activity__key").values_list("activity__key", "is_cancelled", "cancel_reason")
    assert list(rows) == [(1, False, ""), (2, True, "Sin recursos"), (3, False, "")]


def test_a_draft_that_was_submitted_is_not_written(planner, house):
    draft = make_draft(house.entity, title="Plan de Archivo", year=2025)
    run = bring(house, clean_workbook(), target=draft)
    expected = planner.get(address(run)).context["expected"]
    submit(draft, by=house.planning)
    said = {"expected": expected, "target": str(draft.pk), "step": "apply"}
    answer = planner.post(address(run), said, follow=True)
    assert "El plan ya no es un borrador" in text_of(answer)
    assert answer.context["drafts"] == [draft]
    assert (draft.activities.count(), PlanVersion.objects.count()) == (3, 1)


def test_a_draft_that_is_gone_makes_no_new_plan_unseen(planner, house):
    draft = make_draft(house.entity, title="Plan de Archivo", year=2025)
    run = bring(house, clean_workbook(), target=draft)
    expected = planner.get(address(run)).context["expected"]
    discard_draft(draft, by=house.planning)
    planner.post(address(run), {"expected": expected, "target": str(draft.pk), "step": "apply"})
    assert not PlanVersion.objects.exists()


def test_a_plan_of_the_same_title_that_is_in_force_stands_in_the_way(planner, house):
    make_published_plan(house.entity, title="PLAN DE ACCIÓN DE ARCHIVO 2025", year=2025)
    run = bring(house, clean_workbook())
    [obstacle] = planner.get(address(run)).context["obstacles"]
    assert obstacle.startswith("Ya existe «PLAN DE ACCIÓN DE ARCHIVO 2025» de 2025 (aprobado)")
    planner.post(address(run), {"title": "Plan de Archivo, segunda parte", "step": "apply"})
    assert PlanVersion.objects.filter(title="Plan de Archivo, segunda parte").exists()


def test_the_policy_is_one_of_the_year_of_the_plan(planner, house):
    policy = make_policy()
    adopt(house.entity, policy, 2025)
    run = bring(house, clean_workbook())
    planner.post(address(run), {"policy": str(policy.pk), "step": "review"})
    assert planner.get(address(run)).context["title"] == f"Plan de acción de {policy.name}"
    planner.post(address(run), {"policy": str(policy.pk), "step": "apply"})
    assert PlanVersion.objects.get().plan.policy == policy


# --- Applied, undone, discarded -------------------------------------------------------------------------


@pytest.fixture
def applied(planner, house):
    run = bring(house, clean_workbook())
    planner.post(address(run), {"step": "apply"})
    return ImportRun.objects.get()


def test_the_workbook_becomes_the_form_in_which_the_plan_goes_out(applied):
    assert applied.form_template == FormTemplate.objects.get()


def test_an_answer_that_comes_after_somebody_applied_changes_nothing(planner, house, monkeypatch):
    run = bring(house, clean_workbook())
    monkeypatch.setattr(import_posts, "_take_template", lambda request, late: apply_run(late, by=house.planning))
    answer = planner.post(address(run), {"celda-F3": "28/02/2025", "step": "apply"}, follow=True)
    assert "Otra persona ya aplicó" in text_of(answer)
    run.refresh_from_db()
    assert (run.state, run.corrections.get("cells")) == ("aplicado", None)
    assert PlanVersion.objects.count() == 1


def test_what_was_applied_cannot_be_applied_again(applied, planner):
    planner.post(address(applied), {"step": "apply"})
    assert PlanVersion.objects.count() == 1


def test_undoing_takes_back_the_plan_that_the_import_made(applied, planner):
    assert "Desaparece el borrador" in text_of(planner.get(address(applied, "import_undo")))
    planner.post(address(applied, "import_undo"))
    assert not PlanVersion.objects.exists()
    applied.refresh_from_db()
    assert (applied.state, applied.version) == ("deshecho", None)
    again = planner.post(address(applied, "import_undo"), follow=True)
    assert "ya está deshecha" in text_of(again)


def test_nothing_is_undone_after_somebody_changed_the_plan(applied, planner):
    row = applied.version.activities.first()
    row.deliverable = "Cambiado después"
    row.save()
    assert "El plan cambió después" in text_of(planner.get(address(applied, "import_undo")))
    assert "El plan cambió después" in text_of(planner.post(address(applied, "import_undo"), follow=True))
    assert PlanVersion.objects.get().activities.filter(deliverable="Cambiado después").exists()


def test_an_import_is_discarded_with_its_file(planner, house):
    run = bring(house, clean_workbook())
    assert "Ningún plan cambia" in text_of(planner.get(address(run, "import_discard")))
    planner.post(address(run, "import_discard"))
    run.refresh_from_db()
    assert (run.state, run.content, run.found) == ("descartado", None, {})
    assert planner.get(address(run, "import_file")).status_code == 404


def test_an_applied_import_is_not_discarded(applied, planner):
    planner.post(address(applied, "import_discard"))
    applied.refresh_from_db()
    assert applied.state == "aplicado"


def test_the_file_goes_out_as_an_attachment_and_nothing_in_it_runs(planner, house):
    content = clean_workbook()
    answer = planner.get(address(bring(house, content, name="plan «ñ».xlsx"), "import_file"))
    assert answer.content == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
