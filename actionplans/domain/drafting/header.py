"""Editing what a draft says beside its activities: its data, objectives, texts and components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Max

from actionplans.domain.drafting.drafts import locked_draft
from actionplans.domain.sealing import canonical
from actionplans.enums import PlanKind
from actionplans.models import Component, PlanObjective, PlanSection, PlanVersion
from planning import audit
from planning.folding import fold


class StaleHeader(Exception):
    """Somebody wrote the plan's data since the person read them; `version` is what stands now."""

    def __init__(self, version: PlanVersion):
        self.version = version
        super().__init__("Otra persona guardó los datos del plan mientras usted los cambiaba.")


@dataclass(frozen=True, kw_only=True)
class ComponentEdit:
    """A component as it should be; `pk` None for a new one, `is_gone` to take it away."""

    pk: int | None
    name: str
    description: str = ""
    weight: Decimal | None = None
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class HeaderEdit:
    """`facts` are columns of PlanVersion by name; objectives and sections replace those that stand, None does not.

    Components not named in `components` stay as they are.

    `policy` counts only for a plan of which nothing was approved: later it is what the plan is.
    """

    facts: Mapping
    participating_offices: Sequence
    objectives: Sequence[tuple[str, str]] | None = None
    sections: Sequence[tuple[str, str]] | None = None
    components: Sequence[ComponentEdit] = ()
    policy: object = None


def edit_header(version: PlanVersion, edit: HeaderEdit, *, by, revision: int) -> PlanVersion:
    """Save the plan's data as read at writing `revision`. Raises StaleHeader, and what `locked_draft` raises.

    Activities of a component that is gone stay, without component.
    """
    with transaction.atomic():
        version = locked_draft(version, by)
        if version.header_revision != revision:
            raise StaleHeader(version)
        before = _facts(version)
        _forget_what_was_printed(version, edit)
        for name, value in edit.facts.items():
            setattr(version, name, value)
        version.header_revision += 1
        version.save()
        version.participating_offices.set(edit.participating_offices)
        if edit.objectives is not None:
            _replace(version.objectives, PlanObjective, version, ("name", "description"), edit.objectives)
        if edit.sections is not None:
            _replace(version.sections, PlanSection, version, ("title", "body"), edit.sections)
        _write_components(version, edit.components)
        if not version.is_modification:
            _set_policy(version.plan, edit.policy)
        old, new = audit.changes(before, _facts(version))
        if new:
            audit.record(version.entity, version, "edit_plan", by=by, old=old, new=new)
    return version


def _forget_what_was_printed(version, edit: HeaderEdit) -> None:
    """What a person chooses takes the place of the words of a document; else these would still be shown."""
    if edit.facts.get("formulating_office", version.formulating_office) != version.formulating_office:
        version.printed_formulating_office = ""
    if set(edit.participating_offices) != set(version.participating_offices.all()):
        version.printed_participants = []


def _facts(version) -> dict:
    said = canonical(version)
    del said["activities"]
    return said | {"policy": version.plan.policy_id}


def _replace(manager, model, version, names, rows) -> None:
    manager.all().delete()
    model.objects.bulk_create(
        model(version=version, position=position, **dict(zip(names, row, strict=True)))
        for position, row in enumerate(rows, start=1)
    )


def _write_components(version, edits: Sequence[ComponentEdit]) -> None:
    """Change, add at the end, and take away those that say so; others, made meanwhile in a row, stay."""
    gone = version.components.filter(pk__in=[edit.pk for edit in edits if edit.is_gone and edit.pk])
    version.activities.filter(component__in=gone).update(component=None, revision=F("revision") + 1)
    gone.delete()
    last = version.components.aggregate(last=Max("position"))["last"] or 0
    known = {fold(component.name): component.pk for component in version.components.all()}
    for edit in edits:
        pk = edit.pk or known.get(fold(edit.name))  # one made meanwhile in a row is this one
        values = {"name": edit.name, "description": edit.description, "weight": edit.weight}
        if pk and not edit.is_gone:
            version.components.filter(pk=pk).update(**values)
        elif not edit.is_gone:
            last += 1
            Component.objects.create(version=version, position=last, **values)


def _set_policy(plan, policy) -> None:
    if plan.policy == policy:
        return
    if policy:
        plan.kind = PlanKind.POLICY
    elif plan.kind == PlanKind.POLICY:
        plan.kind = PlanKind.OTHER
    plan.policy = policy
    plan.save(update_fields=["kind", "policy"])
