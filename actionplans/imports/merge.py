"""What an import would do to its draft, doing it, and undoing it while nothing else happened."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.contents.facts import fingerprint
from actionplans.domain.contents.reading import content_of_version
from actionplans.domain.contents.snapshots import as_json, from_json
from actionplans.domain.drafting.drafts import draft_obstacles, refuse
from actionplans.domain.merging.choosing import Choices, Merge
from actionplans.domain.merging.merging import merge
from actionplans.domain.merging.updating import UNDO_IMPORT, promised, update_draft
from actionplans.domain.plan import create_plan, same_plan
from actionplans.domain.versions import discard_draft
from actionplans.enums import Origin, VersionStatus
from actionplans.imports.apply import kept_form
from actionplans.imports.preview_reading import incoming_content, is_stale, title_of, year_of
from actionplans.models import ImportRun, ImportSource, ImportState, PlanVersion
from mipg.models import Policy
from planning import audit
from planning.models import Office
from planning.offices import remember_alias
from planning.words import count

IMPORT = "actionplans.import_plan"
SOMETHING_CHANGED = "El plan cambió después de esta importación: deshacerla borraría esos cambios."


class ReadingStale(Exception):
    """What was found was read with other answers than the run has now: it is to be read again."""


def merge_of(run: ImportRun, content: PlanContent, current: PlanContent | None = None) -> Merge:
    """The draft that the run updates against what its file says; `content` is what was read."""
    current = current or content_of_version(run.target)
    return merge(current, incoming_content(run, content), promised=promised(run.target))


def choices_of(run: ImportRun) -> Choices:
    return Choices(**{name: run.choices.get(name, {}) for name in ("rows", "facts", "reasons")})


def obstacles_of(run: ImportRun, found: Merge | None = None) -> list[str]:
    """What stands in the way of applying the run; `found` where the differences are at hand already."""
    errors = sum(problem["severity"] == "error" for problem in run.found["problems"])
    if errors:
        return [f"Falta corregir {count(errors, 'error', 'errores')}."]
    if run.target:
        if obstacles := draft_obstacles(run.target):
            return obstacles
        found = found or merge_of(run, from_json(run.found["content"], run.entity))
        return found.obstacles(choices_of(run))
    return _new_plan_obstacles(run)


def _new_plan_obstacles(run) -> list[str]:
    year, title = year_of(run), title_of(run)
    if not year:
        return ["Indique la vigencia del plan."]
    if not title:
        return ["Escriba el título del plan."]
    if known := same_plan(run.entity, year, title):
        newest = known.versions.first()
        state = newest.get_status_display().lower()
        if newest.status == VersionStatus.DRAFT:
            return [
                f"Ya hay un borrador de «{newest.title}» de {year}: elíjalo para actualizarlo, o dé otro título."
            ]
        return [f"Ya existe «{newest.title}» de {year} ({state}): modifíquelo desde su página, o dé otro título."]
    if run.policy and not Policy.objects.in_force(run.entity, year).filter(pk=run.policy_id).exists():
        return [f"La política elegida no es del modelo que rige en {year}: elija otra."]
    return []


def apply_run(run: ImportRun, *, by, expected: str = "") -> ImportRun:
    """Write the draft as the run's choices say, remember the offices answered, and keep how it was before.

    `expected` is the fingerprint of the draft that the person looked at. Raises DraftChanged where it says
    something else by now, TransitionRefused for a run that is no longer to be applied, choices that lack
    something or what the draft refuses, PlanExists where the title belongs to another plan, ReadingStale where
    answers were given that the reading does not contain.
    """
    with transaction.atomic():
        run = _locked(run, by)
        refuse([] if run.state == ImportState.READ else [_state_of(run)])
        if is_stale(run):
            raise ReadingStale
        content = from_json(run.found["content"], run.entity)
        if run.target:
            _update(run, content, by, expected)
        else:
            _create(run, content, by)
        run.applied_digest = fingerprint(content_of_version(run.version))
        run.form_template = kept_form(run, _workbook(run), run.found.get("layout"))
        run.state = ImportState.APPLIED
        run.by = run.by or by
        run.save()
        _remember_offices(run, by)
    return run


def undo_obstacles(run: ImportRun) -> list[str]:
    """Why the import cannot be taken back now."""
    if run.state != ImportState.APPLIED or not run.applied_digest:
        return [_state_of(run) if run.state != ImportState.APPLIED else "Esta importación no guardó lo que había."]
    if run.version is None:
        return ["El borrador que recibió esta importación ya no existe."]
    if obstacles := draft_obstacles(run.version):
        return obstacles
    unchanged = fingerprint(content_of_version(run.version)) == run.applied_digest
    if run.is_new_plan and run.version.plan.policy_id != run.policy_id:
        unchanged = False
    return [] if unchanged else [SOMETHING_CHANGED]


def undo_run(run: ImportRun, *, by) -> ImportRun:
    """The draft says again what it said before; a plan that the import made goes away with it.

    Raises TransitionRefused where something else happened to the draft since.
    """
    with transaction.atomic():
        run = _locked(run, by)
        if run.version_id:
            run.version = PlanVersion.objects.select_for_update().get(pk=run.version_id)
        refuse(undo_obstacles(run))
        version, run.state = run.version, ImportState.UNDONE
        if run.is_new_plan:
            run.version = None
            run.save(update_fields=["state", "version"])
            discard_draft(version, by=by)
            audit.record(run.entity, run, UNDO_IMPORT, by=by, old={"title": version.title})
        else:
            before = from_json(run.before, run.entity)
            update_draft(
                version, lambda _: before, by=by, expected=run.applied_digest, event=UNDO_IMPORT, told=_told(run)
            )
            run.save(update_fields=["state"])
    return run


def discard_run(run: ImportRun, *, by) -> ImportRun:
    """Drop an import that was not applied, with its file and all that was read in it."""
    with transaction.atomic():
        run = _locked(run, by)
        refuse([] if run.is_open else [_state_of(run)])
        run.state = ImportState.DISCARDED
        run.content, run.found, run.reading, run.corrections, run.choices = None, {}, {}, {}, {}
        run.save()
        audit.record(run.entity, run, "discard_import", by=by, old={"file": run.file_name})
    return run


def _update(run, content, by, expected) -> None:
    choices = choices_of(run)

    def chosen(current: PlanContent) -> PlanContent:
        found = merge_of(run, content, current)
        refuse(found.obstacles(choices))
        run.found = {**run.found, "done": found.counts(choices)}
        return found.result(choices)

    before, run.version = update_draft(run.target, chosen, by=by, expected=expected, told=_told(run))
    run.before = as_json(before)


def _create(run, content, by) -> None:
    """A plan of its own: the numbers that another plan gave to its activities mean nothing here."""
    refuse([] if year_of(run) and title_of(run) else ["Indique la vigencia y el título del plan."])
    activities = tuple(replace(activity, key=None) for activity in content.activities)
    content = replace(content, title=title_of(run), activities=activities)
    run.version = create_plan(run.entity, year_of(run), content, by=by, policy=run.policy, origin=Origin.WORKBOOK)


def _remember_offices(run, by) -> None:
    """Each answered name as another name of its office, but those that the person did not want kept."""
    answers = run.corrections.get("offices", {})
    forgotten = set(run.choices.get("forget", ()))
    offices = Office.objects.select_related("entity").filter(entity=run.entity)
    offices = {office.slug: office for office in offices}
    for text, slug in answers.items():
        if slug in offices and text not in forgotten:
            remember_alias(offices[slug], text, by=by)


def _told(run) -> dict:
    return {"import": run.pk, "file": run.file_name}


def _workbook(run) -> bytes | None:
    return bytes(run.content) if run.content and run.source == ImportSource.WORKBOOK else None


def _locked(run, by) -> ImportRun:
    if not by.has_perm(IMPORT, run):
        raise PermissionDenied(IMPORT)
    return (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("entity", "policy", "target__plan", "target__entity")
        .get(pk=run.pk)
    )


def _state_of(run) -> str:
    return f"Esta importación ya está {run.get_state_display().lower()}."
