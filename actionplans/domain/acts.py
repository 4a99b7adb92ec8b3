"""The committee's act: one for a plan, or for all the plans of a session."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.files.base import File
from django.db import transaction

from actionplans.domain.plan import bring_into_force
from actionplans.domain.procedure import REGISTER_ACT
from actionplans.domain.workflow import TransitionRefused
from actionplans.models import ApprovalAct, PlanVersion


def register_act(
    versions: Iterable[PlanVersion], *, by, name: str, date: datetime.date, scan: File | None = None
) -> ApprovalAct:
    """Approve and publish the versions by the act of the committee, all or none of them.

    Every version is of the same entity. `by` types in what the committee decided, so it may be who
    submitted. Raises TransitionRefused with a reason for each plan that cannot be approved.
    """
    versions = sorted(versions, key=lambda version: version.pk)  # two sessions lock in the same order
    if not versions:
        raise TransitionRefused(["Elija al menos un plan."])
    if len({version.entity_id for version in versions}) > 1:
        raise TransitionRefused(["Un acto aprueba planes de una sola entidad."])
    with named_act(versions[0].entity, name, date, scan, by=by) as act:
        refused = [reason for version in versions for reason in _approve(version, act, by)]
        if refused:
            raise TransitionRefused(refused)
    return act


@contextmanager
def named_act(entity, name: str, date: datetime.date, scan: File | None, *, by) -> Iterator[ApprovalAct]:
    """An act of the entity for what is done inside, in one transaction: without it, neither row nor file stays."""
    act = ApprovalAct(entity=entity, name=name.strip(), date=date, registered_by=by)
    if scan:
        act.scan, act.scan_name, act.scan_sha256 = scan, scan.name, sha256_of(scan)
    try:
        with transaction.atomic():
            if act.name:
                act.save()
            yield act
    except Exception:
        forget(act.scan)  # a transaction takes rows back, not files
        raise


def _approve(version, act, by) -> list[str]:
    """Nothing, or why this plan cannot be approved, with its name."""
    try:
        bring_into_force(REGISTER_ACT, version, by=by, act=act)
    except TransitionRefused as refusal:
        return [f"«{version.title}» {version.plan.year}: {reason}" for reason in refusal.reasons]
    return []


def sha256_of(scan: File) -> str:
    digest = hashlib.sha256()
    for chunk in scan.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def forget(scan) -> None:
    if scan and scan._committed:
        scan.storage.delete(scan.name)
