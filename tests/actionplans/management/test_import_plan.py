"""The command that reads a workbook keeps the contract of its JSON and refuses without half measures."""

import json
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from actionplans.models import ActionPlan, ImportRun, PlanVersion
from planning.models import AuditEvent
from tests.factories import adopt, make_draft, make_entity, make_office, make_policy, make_published_plan

FORMS = Path("fixtures/forms")
SHADED = FORMS / "MESG-AS-F17-participacion-ciudadana-2024.xlsx"
UNSHADED = FORMS / "MESG-AS-F17-sin-cronograma.xlsx"
PLANNING = "Secretaría de Planeación, Medio Ambiente y Desarrollo Económico"


@pytest.fixture
def cartago(db):
    entity = make_entity("cartago")
    make_office(entity, PLANNING, slug="planeacion")
    make_office(entity, "Secretaría de Servicios Administrativos", slug="servicios")
    return entity


@pytest.fixture
def run(capsys):
    """Runs the command with --json: its object, and the refusal if there was one."""

    def run_(file, entity="cartago", **options):
        try:
            call_command("import_plan", str(file), entity=entity, json=True, **options)
            refusal = None
        except CommandError as error:
            refusal = error
        return json.loads(capsys.readouterr().out), refusal

    return run_


def nothing_saved():
    return not ActionPlan.objects.exists() and not AuditEvent.objects.exists() and not ImportRun.objects.exists()


def test_the_municipality_s_own_form_becomes_a_draft(cartago, run):
    answer, refusal = run(SHADED, year=2025)
    assert refusal is None
    version = PlanVersion.objects.get(plan=answer["plan_id"])
    assert (version.status, version.origin, version.plan.year) == ("draft", "libro", 2025)
    assert (version.form_code, version.form_version, str(version.plan_date)) == ("MESG-AS-F17", "2", "2024-10-29")
    months = {row.position: list(row.months) for row in version.activities.all()}
    assert months == {
        1: [2, 3], 2: [3, 4], 3: [4, 5, 8], 4: [5], 5: [6, 7, 8], 6: [6, 9, 12], 7: [4, 7, 10, 12],
        8: list(range(1, 13)), 9: [11, 12],
    }  # fmt: skip
    assert [office.slug for office in version.participating_offices.all()] == ["planeacion", "servicios"]
    assert version.formulating_office.slug == "planeacion"


def test_an_office_is_certain_uncertain_or_open_and_never_guessed(cartago, run):
    answer, _ = run(SHADED, year=2025)
    said = {
        r["text"]: (r["office"], r["suggestion"], r["certain"])
        for activity in answer["activities"]
        for r in activity["responsibles"]
    }
    assert said == {
        "Sec. de Planeación, Medio Ambiente y Desarrollo Economico": ("planeacion", "planeacion", True),
        "Sec. de Sevicios Administrativos": (None, "servicios", False),
        "Administración Municipal": (None, None, False),
    }
    assert {problem["cell"] for problem in answer["problems"]} == {"S16", "S20"}
    assert {problem["severity"] for problem in answer["problems"]} == {"warning"}


def test_the_object_has_every_key_of_the_contract(cartago, run):
    answer, _ = run(SHADED, year=2025)
    assert {"ok", "sheet", "form", "year", "plan_id", "plan", "activities", "problems"} <= set(answer)
    assert {"code", "version"} <= set(answer["form"])
    assert {
        "process", "subprocess", "objective", "scope", "formulating_office", "date", "participants",
    } <= set(answer["plan"])  # fmt: skip
    assert {
        "number", "component", "description", "tasks", "months", "executed_months", "schedule_text", "start",
        "end", "deliverable", "indicator", "result", "target", "baseline", "weight", "budget", "responsibles",
        "followups",
    } <= set(answer["activities"][0])  # fmt: skip
    assert answer["plan"]["participants"] == [
        "Secretaría de Planeación, Medio Ambiente y Desarrollo Economico",
        "Secretaría de Servicios Administrativos",
    ]


def test_without_a_vigencia_it_is_asked_for(cartago, run):
    answer, refusal = run(SHADED)
    assert (answer["ok"], answer["plan_id"], refusal.returncode) == (False, None, 2)
    assert "no dice la vigencia" in str(refusal)
    assert nothing_saved()


def test_a_form_without_months_is_accepted_with_one_warning_about_them(cartago, run):
    answer, refusal = run(UNSHADED, year=2025)
    assert refusal is None
    about_months = [p for p in answer["problems"] if "mes" in p["message"].lower()]
    assert len(about_months) == 1
    assert all(activity["months"] == [] for activity in answer["activities"])


def test_a_dry_run_saves_nothing(cartago, run):
    answer, refusal = run(SHADED, year=2025, dry_run=True)
    assert (refusal, answer["ok"], answer["plan_id"]) == (None, True, None)
    assert nothing_saved()


def test_a_second_import_is_refused_by_name_unless_the_draft_may_be_replaced(cartago, run):
    first, _ = run(SHADED, year=2025, title="Participación")
    answer, refusal = run(UNSHADED, year=2025, title="PARTICIPACION")
    assert answer["ok"] is False
    assert "Ya existe «Participación» de 2025" in str(refusal)
    again, refusal = run(UNSHADED, year=2025, title="Participación", replace_draft=True)
    assert (refusal, again["plan_id"]) == (None, first["plan_id"])
    assert not any(row.months for row in PlanVersion.objects.get().activities.all())


def test_what_is_no_draft_is_not_replaced(cartago, run):
    make_published_plan(cartago, title="Participación", year=2025)
    answer, refusal = run(SHADED, year=2025, title="Participación", replace_draft=True)
    assert answer["ok"] is False
    assert "aprobado" in str(refusal)


def test_the_policy_gives_the_plan_its_title(cartago, run):
    adopt(cartago, make_policy())
    answer, _ = run(SHADED, year=2025, policy=13)
    version = PlanVersion.objects.get(plan=answer["plan_id"])
    assert version.title == "Plan de acción de Participación Ciudadana en la Gestión Pública"
    assert version.plan.policy.number == 13


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"entity": "no-hay"}, "No hay una entidad «no-hay». Las que hay: cartago."),
        ({"policy": 99}, "no tiene la política 99"),
        ({"by": "nadie@cartago.example"}, "no es una cuenta de planeación"),
        ({"sheet": "Otra"}, "no tiene una hoja «Otra»"),
        ({"title": "x" * 251}, "título"),
    ],
)
def test_a_wrong_option_is_refused_in_words_and_saves_nothing(cartago, run, options, words):
    answer, refusal = run(SHADED, **{"year": 2025, **options})
    assert (answer["ok"], answer["plan_id"], refusal.returncode) == (False, None, 2)
    assert words.lower() in str(refusal).lower()
    assert nothing_saved()


def test_it_is_done_in_the_name_of_a_planning_account(house, run):
    _, refusal = run(SHADED, year=2025, by=house.planning.email)
    assert refusal is None
    event = AuditEvent.objects.get(event="create")
    assert event.actor_id == house.planning.pk
    assert ImportRun.objects.get().by == house.planning
    _, refusal = run(SHADED, year=2026, by=house.leader.email)
    assert "no es una cuenta de planeación" in str(refusal)


def test_what_was_read_is_kept_with_the_digest_of_the_file(cartago, run):
    answer, _ = run(SHADED, year=2025)
    kept = ImportRun.objects.get()
    assert kept.file_name == SHADED.name
    assert kept.reading["activities"] == answer["activities"]
    assert len(kept.file_digest) == 64


def test_a_draft_rewritten_may_be_given_its_policy(cartago, run):
    adopt(cartago, make_policy())
    run(SHADED, year=2025, title="Participación")
    answer, refusal = run(SHADED, year=2025, title="Participación", policy=13, replace_draft=True)
    assert refusal is None
    plan = ActionPlan.objects.get(pk=answer["plan_id"])
    assert (plan.kind, plan.policy.number) == ("politica", 13)


@pytest.mark.parametrize("weight", [250, "110 %", -1])
def test_a_weight_that_is_no_percentage_is_refused_at_its_cell_or_left_out_with_a_warning(
    cartago, run, tmp_path, weight
):
    file = tmp_path / "pesos.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["N°", "ACTIVIDADES", "PESO", "RESPONSABLES", "PLAZO"])
    book.active.append([1, "Publicar el informe", weight, "Planeación", "Primer trimestre"])
    book.save(file)
    answer, refusal = run(file, year=2025)
    assert answer["problems"]
    if refusal:
        assert "no puede pasar de 100 %" in str(refusal).lower()
        assert nothing_saved()


def test_a_target_in_words_and_a_formula_are_kept_as_printed(cartago, run, tmp_path):
    file = tmp_path / "metas.xlsx"
    book = openpyxl.Workbook()
    book.active.append(
        ["N°", "ACTIVIDADES", "INDICADOR", "FÓRMULA", "META", "LÍNEA BASE", "RESPONSABLES", "PLAZO"]
    )
    book.active.append([1, "Atender", "Cobertura", "(a/b)*100", "≥ 90%", "sin medir", "Planeación", "Mensual"])
    book.save(file)
    answer, refusal = run(file, year=2025)
    assert refusal is None
    indicator = PlanVersion.objects.get(plan=answer["plan_id"]).activities.get().indicators.get()
    assert (indicator.name, indicator.formula) == ("Cobertura", "(a/b)*100")
    assert (indicator.target, indicator.printed_target, indicator.printed_baseline) == (None, "≥ 90%", "sin medir")


def test_another_entity_s_plan_of_the_same_title_is_no_obstacle(cartago, run):
    make_draft(make_entity("otra"), title="Participación", year=2025)
    _, refusal = run(SHADED, year=2025, title="Participación")
    assert refusal is None


@pytest.mark.parametrize("content", [b"", b"no es un libro", b"PK\x03\x04 cortado", b"%PDF-1.7", b"<html></html>"])
def test_a_file_that_is_no_workbook_is_one_error_that_says_what_to_do(cartago, run, tmp_path, content):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(content)
    answer, refusal = run(file, year=2025)
    assert (answer["ok"], len(answer["problems"]), refusal.returncode) == (False, 1, 2)
    assert nothing_saved()


def test_the_table_of_a_word_document_becomes_a_draft(cartago, run):
    answer, refusal = run("tests/data/word/council-plan.docx")
    assert refusal is None
    version = PlanVersion.objects.get(plan=answer["plan_id"])
    assert (version.plan.year, version.components.count(), version.activities.count()) == (2024, 7, 17)
    assert ImportRun.objects.get(version=version).form_template is None


def test_a_problem_in_a_document_is_told_by_its_table_and_what_is_missing_too(cartago, capsys):
    call_command("import_plan", "tests/data/word/form-over-two-pages.docx", entity="cartago", dry_run=True)
    told = capsys.readouterr().out
    assert "Aviso. tabla 3, fila 3, columna 17: «Talento Humano» no es una dependencia" in told
    assert "No se encontró una columna que diga el indicador" in told
