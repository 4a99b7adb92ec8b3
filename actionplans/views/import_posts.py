"""What a POST on the preview of an import does: keep the answers, read again, keep a template, apply."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import resolve_url

from actionplans import jobs
from actionplans.domain.contents.facts import fingerprint
from actionplans.domain.contents.reading import content_of_version
from actionplans.domain.merging.updating import DraftChanged
from actionplans.domain.plan import PlanExists
from actionplans.domain.workflow import TransitionRefused
from actionplans.forms.import_answers import Answers, clean_text, is_number
from actionplans.forms.imports import open_drafts
from actionplans.imports.column_templates import columns_by, save_template
from actionplans.imports.merge import ReadingStale, apply_run, obstacles_of
from actionplans.imports.preview_reading import (
    ANSWERS,
    answers_digest,
    asked_of,
    is_stale,
    keep,
    read_run,
    title_of,
    year_of,
)
from actionplans.imports.preview_size import is_big
from actionplans.models import ColumnTemplate, ImportRun
from mipg.models import Policy

LARGE_PLAN = 1000
"""Plans of more activities are applied by a job."""

READ_AGAIN = "Se leyó de nuevo con sus respuestas: mire cómo queda y aplíquelo."
DRAFT_CHANGED = (
    "El borrador cambió mientras usted lo miraba. Estas son las diferencias de ahora: revíselas y aplique."
)
OTHERS_ANSWERED = "Otra persona respondió mientras tanto: revise y siga."
CLOSED = "Otra persona ya aplicó o descartó esta importación."
ALREADY_THERE = "Ya existe «{title}» de {year}. Elija otro título, o el borrador de ese plan si tiene uno."


def answer(request, run) -> str:
    """Keep what was posted; the address to go to. What was read with these very answers is not read again."""
    page = _page_of(request, run)
    wanted = request.POST.get("step", "")
    draft_changed = _draft_changed(request, run)
    with transaction.atomic():
        run = _locked(run)
        if request.POST.get("seen", answers_digest(run)) != answers_digest(run):
            messages.warning(request, OTHERS_ANSWERED)
            return page
        _keep(request, run)
        if wanted == "template":
            _keep_template(request, run)
        if not keep(run, *ANSWERS):
            messages.warning(request, CLOSED)
            return page
    read_with, asked = run.found.get("asked") or {}, asked_of(run)
    if draft_changed:
        messages.warning(request, DRAFT_CHANGED)
    if is_stale(run):
        if is_big(bytes(run.content)):
            if wanted == "quiet":
                return page  # read once, when the person asks for it
            return _later(request, run, "read_import", f"Leer de nuevo {run.file_name}", answers=asked)
        read_run(run)
    if wanted != "apply" or draft_changed:
        return page
    seen_another_way = bool(request.POST.get("expected")) != bool(run.target)
    if seen_another_way or {**asked, "offices": None} != {**read_with, "offices": None}:
        messages.info(request, READ_AGAIN)
        return page
    return _apply(request, run, page)


def _locked(run) -> ImportRun:
    """The run as it is now; of two posts at once the second waits and sees what the first one answered."""
    runs = ImportRun.objects.select_for_update(of=("self",))
    return runs.select_related("entity", "policy", "target__plan", "target__entity").get(pk=run.pk)


def _draft_changed(request, run) -> bool:
    """Whether the draft says something else by now than on the page that posts."""
    seen = request.POST.get("expected", "")
    return bool(seen and run.target) and fingerprint(content_of_version(run.target)) != seen


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
    target = open_drafts(run.entity).filter(pk=wanted).first() if is_number(wanted) else None
    run.target = target
    run.choices = {**run.choices, "rows": {}, "facts": {}, "reasons": {}}


def _take_policy(request, run) -> None:
    if "policy" in request.POST and (year := year_of(run)):
        wanted = request.POST["policy"]
        policies = Policy.objects.in_force(run.entity, year)
        run.policy = policies.filter(pk=wanted).first() if is_number(wanted) else None


def _take_template(request, run) -> None:
    wanted = request.POST.get("use_template", "")
    template = ColumnTemplate.objects.filter(entity=run.entity, pk=wanted).first() if is_number(wanted) else None
    if template:
        run.corrections["columns"] |= columns_by(template, run.found["columns"])


def _keep_template(request, run) -> None:
    name = " ".join(clean_text(request.POST.get("template_name", "")).split())[:120]
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
    expected = clean_text(request.POST.get("expected", ""))
    if len(run.found["cells"]) > LARGE_PLAN:
        return _later(request, run, "apply_import", f"Aplicar {run.file_name}", expected=expected)
    try:
        apply_run(run, by=request.user, expected=expected)
    except DraftChanged:
        messages.warning(request, DRAFT_CHANGED)
        return page
    except ReadingStale:
        messages.info(request, READ_AGAIN)
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
    return f"{address}?pagina={number}" if is_number(number) else address
