"""A long extract of the audit trail as a workbook, written outside the request."""

from __future__ import annotations

import datetime
from typing import Any

from actionplans.models import ActionPlan
from actionplans.reports.audit.extract import file_name, write_workbook
from actionplans.reports.audit.selection import AuditChoice
from actionplans.reports.plan.files import FORMATS

from .contract import JobRefused, Outcome
from .files import file_to_hand_over


def extract_audit(job, progress) -> Outcome:
    choice = _choice(job)
    with file_to_hand_over("xlsx") as path:
        write_workbook(choice, path, progress)
    return Outcome(name=file_name(choice, "xlsx"), content_type=FORMATS["xlsx"].media_type, path=path)


def params_of(choice: AuditChoice) -> dict[str, Any]:
    """What a job keeps of a choice."""
    return {
        "plan": choice.plan and choice.plan.pk,
        "person": choice.person,
        "event": choice.event,
        "since": choice.since and choice.since.isoformat(),
        "until": choice.until and choice.until.isoformat(),
    }


def _choice(job) -> AuditChoice:
    """What `params_of` kept. A plan that is gone leaves nothing to write, rather than everything."""
    asked = job.params
    plan = ActionPlan.objects.filter(entity=job.entity, pk=asked["plan"]).first() if asked["plan"] else None
    if bool(plan) != bool(asked["plan"]):
        raise JobRefused("El plan que eligió ya no existe.")
    days = {name: asked[name] and datetime.date.fromisoformat(asked[name]) for name in ("since", "until")}
    return AuditChoice(
        entity=job.entity,
        reader=job.requested_by,
        plan=plan,
        person=asked["person"],
        event=asked["event"],
        **days,
    )
