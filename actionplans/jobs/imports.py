"""Big files, read and applied outside the request."""

from __future__ import annotations

from django.urls import reverse

from actionplans.domain.merging.updating import DraftChanged
from actionplans.domain.plan import PlanExists
from actionplans.domain.workflow import TransitionRefused
from actionplans.imports.merge import ReadingStale, apply_run
from actionplans.imports.preview_reading import may_be_read_by_hand, read_run
from actionplans.models import ImportRun, ImportState

from .contract import JobRefused, Outcome

GONE = "La importación ya se aplicó o se descartó."
CHANGED = "El borrador cambió mientras tanto y no se aplicó nada: mire de nuevo las diferencias y aplíquelas."
UNREAD = "Hay respuestas que todavía no se han leído y no se aplicó nada: revise de nuevo y aplique."


def read_import(job, progress) -> Outcome:
    """Read the file of the run, from the start however often; `first` at its arrival."""
    run = _run_of(job)
    if not run.is_open:
        raise JobRefused(GONE)
    progress(0, 2, "Leyendo el archivo")
    read_run(run, first=job.params.get("first", False))
    progress(1, 2, "Guardando la vista previa")
    if not may_be_read_by_hand(run.found):
        raise JobRefused(" ".join(problem["message"] for problem in run.found["problems"]))
    return Outcome(address=_address(run))


def apply_import(job, progress) -> Outcome:
    """Apply the run against the draft that the person looked at; nothing where an earlier attempt did."""
    run = _run_of(job)
    if run.state == ImportState.APPLIED:
        return Outcome(address=_address(run))
    progress(0, 1, "Escribiendo el borrador")
    try:
        apply_run(run, by=job.requested_by, expected=job.params.get("expected", ""))
    except DraftChanged:
        raise JobRefused(CHANGED) from None
    except ReadingStale:
        raise JobRefused(UNREAD) from None
    except (PlanExists, TransitionRefused) as refusal:
        raise JobRefused(str(refusal)) from None
    return Outcome(address=_address(run))


def _run_of(job) -> ImportRun:
    found = ImportRun.objects.select_related("entity", "policy", "target__plan", "target__entity")
    run = found.filter(entity=job.entity_id, pk=job.params["run"]).first()
    if run is None:
        raise JobRefused(GONE)
    return run


def _address(run) -> str:
    return reverse("import_preview", kwargs={"entity": run.entity.slug, "pk": run.pk})
