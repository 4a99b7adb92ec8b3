"""The life of a plan's version as a table: read it beside the official procedure.

Planning formulates and submits; the committee approves or returns, in its own account or by an act that
planning registers. `docs/workflow.md` is written from here.
"""

from __future__ import annotations

from django.utils import timezone

from actionplans.domain.contents.reading import content_of_version
from actionplans.domain.contents.writing import search_text
from actionplans.domain.sealing import digest
from actionplans.domain.workflow import Transition
from actionplans.enums import PUBLIC_STATUSES, VersionStatus
from actionplans.models import Activity, PlanVersion


def _is_ready(version) -> list[str]:
    """What no comment can make good: nothing promised, or an approved activity that is not there."""
    if not version.activities.exists():
        return ["El plan no tiene actividades: agregue al menos una."]
    if missing := _missing_activities(version):
        which = ", ".join(str(activity.key) for activity in missing)
        return [f"Falta lo que se aprobó antes (actividad {which}): cancélela en lugar de quitarla."]
    return []


def _missing_activities(version) -> list[Activity]:
    published = PlanVersion.objects.filter(plan=version.plan_id, status__in=PUBLIC_STATUSES)
    promised = Activity.objects.filter(versions__version__in=published).order_by("key").distinct()
    return list(promised.exclude(versions__version=version.pk))


def _submission(version, by) -> dict:
    return {"submitted_by": by, "submitted_at": timezone.now()}


def _approval(version, by) -> dict:
    return {"approved_by": by, **_publication(version, by)}


def _publication(version, by) -> dict:
    """A version that does not say from when it counts does so from its act, or from today."""
    now = timezone.now()
    version.effective_from = version.effective_from or version.act_date or timezone.localdate(now)
    version.save(update_fields=["effective_from", "approval_act"])  # the seal covers them
    return {
        "published_at": now,
        "digest": digest(version),
        "search_text": search_text(content_of_version(version)),  # rows edited one by one leave it behind
    }


def _seal(version) -> dict:
    return {"digest": version.digest}


def _act(version) -> dict:
    if not version.approval_act:
        return _seal(version)
    return {
        **_seal(version),
        "act": version.approval_act.name,
        "act_date": version.approval_act.date,
        "act_sha256": version.approval_act.scan_sha256,
    }


SUBMIT = Transition(
    name="submit",
    address="enviar",
    label="Enviar a revisión",
    sources=frozenset({VersionStatus.DRAFT}),
    target=VersionStatus.IN_REVIEW,
    permission="actionplans.submit_plan",
    guard=_is_ready,
    stamp=_submission,
    trace=_seal,
)
RETURN = Transition(
    name="return",
    address="devolver",
    label="Devolver con comentario",
    sources=frozenset({VersionStatus.IN_REVIEW}),
    target=VersionStatus.DRAFT,
    permission="actionplans.return_plan",
    needs_comment=True,
    trace=_seal,
)
APPROVE = Transition(
    name="approve",
    address="aprobar",
    label="Aprobar y publicar",
    sources=frozenset({VersionStatus.IN_REVIEW}),
    target=VersionStatus.APPROVED,
    permission="actionplans.approve_plan",
    guard=_is_ready,
    stamp=_approval,
    trace=_act,
)
REGISTER_ACT = Transition(
    name="register_act",
    address="registrar-acto",
    label="Registrar el acto de aprobación",
    sources=frozenset({VersionStatus.IN_REVIEW}),
    target=VersionStatus.APPROVED,
    permission="actionplans.register_act",
    guard=_is_ready,
    stamp=_publication,
    trace=_act,
)
PLAN_TRANSITIONS = (SUBMIT, RETURN, APPROVE, REGISTER_ACT)
