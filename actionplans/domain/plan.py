"""Verbs on plans, and the table of a version's life."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from actionplans.enums import Origin, PlanKind, VersionStatus
from actionplans.models import ActionPlan, PlanVersion
from planning import audit
from planning.folding import fold
from planning.models import Entity

from .content import PlanContent, write_content
from .sealing import digest
from .workflow import Transition, TransitionRefused, perform


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
    """A new plan whose version 1 is a draft that says `content`. Raises PlanExists.

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
        write_content(version, content)
        audit.record(entity, version, "create", by=by, new=_summary(version))
    return version


def rewrite_draft(version: PlanVersion, content: PlanContent, *, by, origin: str) -> PlanVersion:
    """Replace all that a draft says by `content`. Raises TransitionRefused where it is no draft any more."""
    with transaction.atomic():
        version = PlanVersion.objects.select_for_update().get(pk=version.pk)
        if version.status != VersionStatus.DRAFT:
            state = version.get_status_display()
            raise TransitionRefused([f"El plan ya no es un borrador: está en «{state}»."])
        old = _summary(version)
        version.origin = origin
        write_content(version, content)
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
    return version


def _summary(version) -> dict:
    return {"title": version.title, "origin": version.origin, "activities": version.activities.count()}


def _free_slug(entity, year, title) -> str:
    base = slugify(title)[:100] or "plan"
    taken = set(entity.plans.filter(year=year, slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


# --- The life of a version ------------------------------------------------------------------------


def _has_activities(version) -> list[str]:
    if version.activities.exists():
        return []
    return ["El plan no tiene actividades: agregue al menos una."]


def _submission(version, by) -> dict:
    return {"submitted_by": by, "submitted_at": timezone.now()}


def _approval(version, by) -> dict:
    return {"approved_by": by, "published_at": timezone.now(), "digest": digest(version)}


SUBMIT = Transition(
    name="submit",
    label="Enviar a revisión",
    sources=frozenset({VersionStatus.DRAFT}),
    target=VersionStatus.IN_REVIEW,
    permission="actionplans.submit_plan",
    guard=_has_activities,
    stamp=_submission,
)
RETURN = Transition(
    name="return",
    label="Devolver con comentario",
    sources=frozenset({VersionStatus.IN_REVIEW}),
    target=VersionStatus.DRAFT,
    permission="actionplans.return_plan",
    needs_comment=True,
)
APPROVE = Transition(
    name="approve",
    label="Aprobar y publicar",
    sources=frozenset({VersionStatus.IN_REVIEW}),
    target=VersionStatus.APPROVED,
    permission="actionplans.approve_plan",
    guard=_has_activities,
    stamp=_approval,
)
PLAN_TRANSITIONS = (SUBMIT, RETURN, APPROVE)


def submit(version: PlanVersion, *, by) -> PlanVersion:
    return perform(SUBMIT, version, by=by)


def return_(version: PlanVersion, *, by, comment: str) -> PlanVersion:
    return perform(RETURN, version, by=by, comment=comment)


def approve(version: PlanVersion, *, by) -> PlanVersion:
    """Approve and publish the version, sealed; the one in force until now becomes replaced."""
    with transaction.atomic():
        _supersede(version.plan, by=by)
        return perform(APPROVE, version, by=by)


def _supersede(plan, *, by):
    for previous in plan.versions.select_for_update().filter(status=VersionStatus.APPROVED):
        previous.status = VersionStatus.SUPERSEDED
        previous.save(update_fields=["status", "updated_at"])
        audit.record(previous.entity, previous, "supersede", by=by, new={"status": previous.status})
