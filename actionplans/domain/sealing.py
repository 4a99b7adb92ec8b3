"""The seal of a version: one canonical text of all that it says, and its SHA-256."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.contents.facts import facts_of
from actionplans.domain.contents.reading import content_of_version
from actionplans.models import PlanVersion


def canonical(version: PlanVersion) -> dict:
    """What the version says, without row ids or state: equal content gives equal dicts."""
    version = PlanVersion.objects.select_related("plan__entity", "approval_act").get(pk=version.pk)
    return sealed_facts(content_of_version(version), version)


def sealed_facts(content: PlanContent, version: PlanVersion) -> dict:
    """The same of a version that says `content`, whether it has rows or not."""
    return {
        **facts_of(content),
        "entity": version.plan.entity.slug,
        "year": version.plan.year,
        "plan": version.plan.slug,
        "version": version.number,
        "origin": version.origin,
        "reason": version.reason,
        "effective_from": version.effective_from,
        "act": _act(version.approval_act),
    }


def digest(version: PlanVersion) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(text_of(canonical(version)).encode()).hexdigest()


def text_of(facts: dict) -> str:
    """The canonical JSON: sorted keys, no spaces."""
    return json.dumps(facts, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _act(act):
    return [act.name, act.date, act.scan_sha256] if act else None
