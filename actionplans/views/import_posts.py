"""What a POST on the preview of an import does: keep the answers, read again, keep a template, apply."""

from django.contrib import messages
from django.shortcuts import resolve_url

from actionplans import jobs
from actionplans.domain.merging.updating import DraftChanged
from actionplans.domain.plan import PlanExists
from actionplans.domain.workflow import TransitionRefused
from actionplans.forms.import_answers import Answers
from actionplans.forms.imports import open_drafts
from actionplans.imports.column_templates import columns_by, save_template
from actionplans.imports.merge import apply_run, obstacles_of
from actionplans.imports.preview_reading import ANSWERS, keep, read_run, title_of, year_of
from actionplans.imports.preview_size import is_big
from actionplans.models import ColumnTemplate
from mipg.models import Policy

LARGE_PLAN = 1000
"""Plans of more activities are applied by a job."""

READ_AGAIN = "Se leyó de nuevo con sus respuestas: mire cómo queda y aplíquelo."
DRAFT_CHANGED = (
    "El borrador cambió mientras usted lo miraba. Estas son las diferencias de ahora: revíselas y aplique."
)
CLOSED = "Otra persona ya aplicó o descartó esta importación."
ALREADY_THERE = "Ya existe «{title}» de {year}. Elija otro título, o el borrador de ese plan si tiene uno."


def answer(request, run) -> str:
    """Keep what was posted; the address to go to. What changes nothing in the reading is not read again."""
    page = _page_of(request, run)
    wanted = request.POST.get("step", "")
    before = _asked_of_the_reader(run)
    _keep(request, run)
    if wanted == "template":
        _keep_template(request, run)
    after = _asked_of_the_reader(run)
    if not keep(run, *ANSWERS):
        messages.warning(request, CLOSED)
        return page
    if after != before:
        if is_big(bytes(run.content)):
            return _later(request, run, "read_import", f"Leer de nuevo {run.file_name}", answers=after)
        read_run(run)
    if wanted != "apply":
        return page
    seen_another_way = bool(request.POST.get("expected")) != bool(run.target)
    if seen_another_way or {**after, "offices": None} != {**before, "offices": None}:
        messages.info(request, READ_AGAIN)
        return page
    return _apply(request, run, page)


def _asked_of_the_reader(run) -> dict:
    """All on which the reading depends."""
    return {
        **{name: dict(run.corrections.get(name, {})) for name in ("columns", "cells", "offices")},
        "year": run.year,
        "sheet": run.sheet,
        "target": run.target_id,
        "policy": run.policy_id,
    }


def _keep(request, run) -> None:
    offices = set(run.entity.offices.values_list("slug", flat=True))
    answers = Answers(request.POST, run, offices)
    run.corrections, run.choices = answers.corrections, answers.choices
    if (title := answers.title()) != title_of(run):
        run.title = title
    if not run.target and (year := answers.year()) != year_of(run):
        run.year = year
    _take_target(request, run)
    _take_policy(request, run)
    if (sheet := answers.sheet()) != run.sheet:
        run.sheet = sheet
        run.corrections = {"offices": run.corrections["offices"]}
        run.choices = {"forget": run.choices["forget"]}
    _take_template(request, run)


def _take_target(request, run) -> None:
    """Another draft, or none: then what was chosen row by row means nothing any more."""
    if "target" not in request.POST:
        return
    wanted = request.POST["target"]
    if wanted == str(run.target_id or ""):
        return  # also where it is no draft any more: that is told, and no plan made in its place
    target = open_drafts(run.entity).filter(pk=wanted).first() if wanted.isdecimal() else None
    run.target = target
    run.choices = {**run.choices, "rows": {}, "facts": {}, "reasons": {}}


def _take_policy(request, run) -> None:
    if "policy" in request.POST and (year := year_of(run)):
        wanted = request.POST["policy"]
        policies = Policy.objects.in_force(run.entity, year)
        run.policy = policies.filter(pk=wanted).first() if wanted.isdecimal() else None


def _take_template(request, run) -> None:
    wanted = request.POST.get("use_template", "")
    template = ColumnTemplate.objects.filter(entity=run.entity, pk=wanted).first() if wanted.isdecimal() else None
    if template:
        run.corrections["columns"] |= columns_by(template, run.found["columns"])


def _keep_template(request, run) -> None:
    name = " ".join(request.POST.get("template_name", "").split())[:120]
    if not name:
        messages.error(request, "Escriba un nombre para guardar la lectura de las columnas.")
        return
    chosen = run.corrections["columns"]
    for column in run.found["columns"]:
        column["code"] = chosen.get(str(column["index"]), column["code"])
    save_template(run, name, by=request.user)
    messages.success(request, f"La lectura de las columnas se guardó como «{name}».")


def _apply(request, run, page) -> str:
    if obstacles := obstacles_of(run):
        for obstacle in obstacles:
            messages.error(request, obstacle)
        return page
    expected = request.POST.get("expected", "")
    if len(run.found["cells"]) > LARGE_PLAN:
        return _later(request, run, "apply_import", f"Aplicar {run.file_name}", expected=expected)
    try:
        apply_run(run, by=request.user, expected=expected)
    except DraftChanged:
        messages.warning(request, DRAFT_CHANGED)
        return page
    except PlanExists as known:
        messages.error(request, ALREADY_THERE.format(title=run.title or run.found["title"], year=known.plan.year))
        return page
    except TransitionRefused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return page
    return resolve_url("import_preview", entity=run.entity.slug, pk=run.pk)


def _later(request, run, kind, title, **params) -> str:
    job = jobs.start(kind, entity=run.entity, by=request.user, title=title, params={"run": run.pk, **params})
    return resolve_url("job", entity=run.entity.slug, pk=job.pk)


def _page_of(request, run) -> str:
    address = resolve_url("import_preview", entity=run.entity.slug, pk=run.pk)
    number = request.GET.get("pagina", "")
    return f"{address}?pagina={number}" if number.isdecimal() else address
