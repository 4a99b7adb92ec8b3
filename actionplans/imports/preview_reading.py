"""Reading what an import brought, with what people answered so far, and keeping what its preview shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from io import BytesIO

from django.db import transaction
from django.utils import timezone

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.contents.snapshots import as_json
from actionplans.domain.plan import same_plan
from actionplans.enums import VersionStatus
from actionplans.imports.apply import content_of, office_names, title_for
from actionplans.imports.column_templates import columns_by, template_for
from actionplans.imports.period_targets import period_problems
from actionplans.imports.reading.corrections import Corrections
from actionplans.imports.reading.data_merge import GENERIC_TITLES
from actionplans.imports.reading.parsed import Problem, Reading
from actionplans.imports.reading.pasted import read_pasted
from actionplans.imports.reading.plan_form import read_plan
from actionplans.imports.reading.questions import office_questions
from actionplans.imports.storable import unstorable
from actionplans.models import ImportRun, ImportSource, ImportState, PlanVersion
from actionplans.models.imports import OPEN_STATES
from planning.folding import fold

ANSWERS = ("corrections", "choices", "title", "year", "policy", "sheet", "target")
"""What people say of a run."""


def read_run(run: ImportRun, *, first: bool = False) -> ImportRun:
    """Read the run's file or text again and save what was found; nothing in any plan changes.

    Nothing is saved where somebody answered otherwise meanwhile: that reading is nobody's any more.

    The first time, what people said of the very same file before counts again; else a template of the entity
    for columns of these titles is applied. A draft of the same title and year becomes the one to update.
    """
    before = _same_file(run) if first else None
    if before:
        _say_again(run, before)
    reading = _read(run)
    template = None
    if first and not before:
        columns = _columns(reading)
        template = template_for(run.entity, columns)
        if template and (corrected := columns_by(template, columns)):
            run.corrections = {**run.corrections, "columns": corrected}
            reading = _read(run)
    run.found = _found(run, reading) | {
        "template": template.name if template else run.found.get("template", ""),
        "again": f"{timezone.localtime(before.at):%d/%m/%Y}" if before else run.found.get("again", ""),
    }
    run.reading = reading.as_dict()
    run.state = ImportState.READ
    if first and run.target is None:
        run.target = draft_of(run)
    run.found["asked"] = asked_of(run)
    with transaction.atomic():
        if first or asked_of(ImportRun.objects.select_for_update().get(pk=run.pk)) == run.found["asked"]:
            keep(run, "found", "reading", "state", *(ANSWERS if first else ()))
    return run


def asked_of(run: ImportRun) -> dict:
    """All on which the reading depends, as it stands in `found["asked"]` of what was read with it."""
    return {
        **{name: dict(run.corrections.get(name, {})) for name in ("columns", "cells", "offices")},
        "year": run.year,
        "sheet": run.sheet,
        "target": run.target_id,
        "policy": run.policy_id,
    }


def is_stale(run: ImportRun) -> bool:
    """Whether what was found was read with other answers than those that the run has now."""
    return run.found.get("asked") != asked_of(run)


def answers_digest(run: ImportRun) -> str:
    """The fingerprint of everything answered so far: a page shows it, and posts it back."""
    said = json.dumps([asked_of(run), run.choices, run.title], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def keep(run: ImportRun, *fields: str) -> bool:
    """Write these fields of a run that is still open, and no others: somebody may answer meanwhile.

    False, and nothing is written, where it was applied or discarded by now.
    """
    values = {name: getattr(run, name) for name in fields}
    return bool(ImportRun.objects.filter(pk=run.pk, state__in=OPEN_STATES).update(**values))


def _same_file(run) -> ImportRun | None:
    """The last import of the very same bytes that was applied."""
    same = ImportRun.objects.filter(
        entity=run.entity,
        file_digest=run.file_digest,
        source=run.source,
        state__in=(ImportState.APPLIED, ImportState.UNDONE),
    )
    return same.exclude(pk=run.pk).exclude(found={}).select_related("version__plan").first()


def _say_again(run, before: ImportRun) -> None:
    """The answers to the file; what was chosen between it and a draft is asked anew."""
    run.corrections = before.corrections
    run.choices = {name: before.choices[name] for name in ("forget", "cells") if name in before.choices}
    run.sheet = run.sheet or before.sheet
    run.title = run.title or before.title
    run.year = run.year or before.year
    run.policy = run.policy or before.policy
    run.found = {"questions": before.found.get("questions", [])}
    if run.target is None and before.version and before.version.status == VersionStatus.DRAFT:
        run.target = before.version


def draft_of(run: ImportRun) -> PlanVersion | None:
    """The draft of the plan of the same title and year, if there is one."""
    year, title = year_of(run), title_of(run)
    known = same_plan(run.entity, year, title) if year and title else None
    return known.versions.filter(status=VersionStatus.DRAFT).first() if known else None


def year_of(run: ImportRun) -> int | None:
    if run.target:
        return run.target.plan.year
    return run.year or run.found.get("year")


def title_of(run: ImportRun) -> str:
    """The title of the plan that the run would make; empty where nobody said any."""
    return run.title.strip() or run.found.get("title", "")


def may_be_read_by_hand(found: dict) -> bool:
    """Whether a person can still do something about what was found: choose columns or a sheet, answer."""
    return bool(found["columns"] or found["cells"] or found["sheets"])


def read_source(content: bytes, source: str, *, year, sheet, offices, corrections) -> Reading:
    if source == ImportSource.PASTED:
        return read_pasted(content.decode(), year=year, offices=offices, corrections=corrections)
    return read_plan(BytesIO(content), year=year, sheet=sheet or None, offices=offices, corrections=corrections)


def _read(run) -> Reading:
    return read_source(
        bytes(run.content),
        run.source,
        year=run.target.plan.year if run.target else run.year,
        sheet=run.sheet,
        offices=office_names(run.entity),
        corrections=Corrections.from_dict(run.corrections),
    )


def _found(run, reading: Reading) -> dict:
    """What the preview shows, as JSON: the content that would be written, and what to ask and to tell."""
    content = content_of(reading, run.entity, title=run.title or _title(run, reading))
    problems = [*reading.problems]
    if reading.activities:
        problems += unstorable(replace(content, title=content.title or "—"), reading)
        problems += period_problems(content, reading, run.target.plan if run.target else None)
    return {
        "sheet": reading.sheet or "",
        "sheets": list(reading.sheets),
        "year": reading.year,
        "title": _title(run, reading),
        "printed_title": _printed(reading),
        "columns": _columns(reading),
        "missing": [problem.message for problem in reading.missing],
        "questions": _questions(run, reading),
        "problems": [_problem(problem) for problem in problems],
        "content": as_json(content),
        "cells": [activity.cell for activity in reading.activities],
        "followups": sum(bool(activity.followups) for activity in reading.activities),
        "layout": reading.layout,
    }


def _columns(reading: Reading) -> list[dict]:
    return [asdict(column) for column in reading.columns]


def _printed(reading: Reading) -> str:
    return "" if fold(reading.plan.title) in GENERIC_TITLES else reading.plan.title


def _title(run, reading: Reading) -> str:
    if run.source == ImportSource.PASTED and not run.policy:
        return _printed(reading)
    return title_for(reading, run.file_name, run.policy)


def _problem(problem: Problem) -> dict:
    return problem.as_dict() | {"at": list(problem.at) if problem.at else None}


def _questions(run, reading: Reading) -> list[dict]:
    """Those that are open, behind those that were answered: an answer may be changed."""
    answered = run.corrections.get("offices", {})
    kept = [question for question in run.found.get("questions", ()) if question["text"] in answered]
    known = {question["text"] for question in kept}
    asked = [asdict(question) for question in office_questions(reading)]
    return [*kept, *(question for question in asked if question["text"] not in known)]


def incoming_content(run: ImportRun, content: PlanContent) -> PlanContent:
    """The file's words against a draft: a title that was only made up for a new plan says nothing."""
    return replace(content, title=run.title.strip() or run.found.get("printed_title", ""))
