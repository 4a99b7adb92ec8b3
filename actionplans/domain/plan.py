"""Verbs on plans: create, rewrite, publish a document; the steps of a version's life."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.contents.writing import write_content
from actionplans.domain.finding.evidence import index_evidence_of_plans
from actionplans.domain.finding.plans import index_plan
from actionplans.domain.procedure import APPROVE, RETURN, SUBMIT
from actionplans.domain.sealing import digest
from actionplans.domain.workflow import Transition, TransitionRefused, perform
from actionplans.enums import Origin, PlanKind, VersionStatus
from actionplans.models import ActionPlan, ApprovalAct, PlanVersion
from planning import audit
from planning.folding import fold
from planning.models import Entity


class PlanExists(Exception):
    """The entity already has a plan of this title for the year; `plan` is that one."""

    def __init__(self, plan: ActionPlan):
        self.plan = plan
        super().__init__(f"Ya existe el plan «{plan.slug}» de {plan.year}.")


def same_plan(entity, year: int, title: str) -> ActionPlan | None:
    """The entity's plan of that year whose newest version bears the title; accents and case do not count."""
    for plan in entity.plans.filter(year=year).prefetch_related("versions"):
        newest = max(plan.versions.all(), key=lambda version: version.number)
        if fold(newest.title) == fold(title):
            return plan
    return None


def create_plan(
    entity,
    year: int,
    content: PlanContent,
    *,
    by,
    kind: str = PlanKind.OTHER,
    policy=None,
    institutional_plan=None,
    origin: str = Origin.PORTAL,
    slug: str | None = None,
) -> PlanVersion:
    """A new plan whose version 1 is a draft that says `content`, its activities numbered anew. Raises PlanExists.

    A plan of a policy is of kind POLICY whatever `kind` says.
    """
    with transaction.atomic():
        Entity.objects.select_for_update().get(pk=entity.pk)  # two of one title must not both be first
        known = same_plan(entity, year, content.title)
        if known:
            raise PlanExists(known)
        plan = ActionPlan.objects.create(
            entity=entity,
            year=year,
            slug=slug or _free_slug(entity, year, content.title),
            kind=PlanKind.POLICY if policy else kind,
            policy=policy,
            institutional_plan=institutional_plan,
        )
        version = PlanVersion(plan=plan, entity=entity, number=1, origin=origin, title=content.title)
        version.save()
        write_content(version, content.anew)
        audit.record(entity, version, "create", by=by, new=_summary(version))
    return version


def rewrite_draft(version: PlanVersion, content: PlanContent, *, by, origin: str, policy=None) -> PlanVersion:
    """Replace all that a draft says by `content`.

    Raises TransitionRefused where it is no draft any more, and for a modification: its activities keep
    the identity that was approved, which the order of a file cannot tell.
    """
    with transaction.atomic():
        version = PlanVersion.objects.select_for_update().get(pk=version.pk)
        if version.status != VersionStatus.DRAFT:
            state = version.get_status_display()
            raise TransitionRefused([f"El plan ya no es un borrador: está en «{state}»."])
        if version.is_modification:
            raise TransitionRefused(
                ["El borrador modifica un plan aprobado: cámbielo en el portal, no con un archivo entero."]
            )
        old = _summary(version)
        version.origin = origin
        write_content(version, content.anew)
        if policy:
            plan = version.plan
            plan.kind, plan.policy = PlanKind.POLICY, policy
            plan.save(update_fields=["kind", "policy"])
        audit.record(version.entity, version, "rewrite", by=by, old=old, new=_summary(version))
    return version


def publish_document(version: PlanVersion, *, by=None) -> PlanVersion:
    """Publish a draft taken from an official document as it is: sealed, without an act of its own."""
    with transaction.atomic():
        version = PlanVersion.objects.select_for_update().get(pk=version.pk)
        if (version.status, version.origin) != (VersionStatus.DRAFT, Origin.DOCUMENT):
            raise TransitionRefused(["Solo se publica así un borrador tomado de un documento oficial."])
        version.status = VersionStatus.APPROVED
        version.published_at = timezone.now()
        version.digest = digest(version)
        version.save()
        audit.record(version.entity, version, "publish", by=by, new={"digest": version.digest})
        index_plan(version.plan)
    return version


def _summary(version) -> dict:
    return {
        "policy": version.plan.policy_id,
        "title": version.title,
        "origin": version.origin,
        "activities": version.activities.count(),
    }


def _free_slug(entity, year, title) -> str:
    base = slugify(title)[:100] or "plan"
    taken = set(entity.plans.filter(year=year, slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


# --- The life of a version; its table is in `procedure.py` ------------------------------------------


def submit(version: PlanVersion, *, by) -> PlanVersion:
    return perform(SUBMIT, version, by=by)


def return_(version: PlanVersion, *, by, comment: str) -> PlanVersion:
    return perform(RETURN, version, by=by, comment=comment)


def approve(version: PlanVersion, *, by, act_name: str = "", act_date: datetime.date | None = None) -> PlanVersion:
    """Approve and publish the version, sealed; the one in force until now becomes replaced.

    The committee may name its act; then `act_date` is its day.
    """
    with transaction.atomic():
        act = None
        if act_name:
            act = ApprovalAct.objects.create(entity=version.entity, name=act_name, date=act_date, registered_by=by)
        return bring_into_force(APPROVE, version, by=by, act=act)


def bring_into_force(step: Transition, version: PlanVersion, *, by, act: ApprovalAct | None) -> PlanVersion:
    """Take an approving step; the version in force until now becomes replaced, since only one may be.

    What is found of the plan, and of the evidence for its activities, is written again last.
    """
    with transaction.atomic():
        fresh = PlanVersion.objects.select_for_update().get(pk=version.pk)
        if fresh.status in step.sources:  # else `perform` says what state it is in, with nothing touched
            _supersede_the_one_in_force(version.plan, by=by)
        approved = perform(step, version, by=by, approval_act=act)
        index_plan(approved.plan)
        index_evidence_of_plans(approved.entity, [approved.plan_id])
        return approved


def _supersede_the_one_in_force(plan: ActionPlan, *, by) -> None:
    for previous in plan.versions.select_for_update().filter(status=VersionStatus.APPROVED):
        previous.status = VersionStatus.SUPERSEDED
        previous.save(update_fields=["status", "updated_at"])
        audit.record(previous.entity, previous, "supersede", by=by, new={"status": previous.status})
