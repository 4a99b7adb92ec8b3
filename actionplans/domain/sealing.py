"""The seal of a version: one canonical text of all that it says, and its SHA-256."""

from django.core.serializers.json import DjangoJSONEncoder

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.contents.facts import facts_of
from actionplans.domain.contents.reading import content_of_version
from actionplans.models import PlanVersion
from planning.canonical import canonical_json, digest_of


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
    return digest_of(canonical(version), encoder=DjangoJSONEncoder)


def text_of(facts: dict) -> str:
    """The canonical JSON of facts that hold dates and decimals."""
    return canonical_json(facts, encoder=DjangoJSONEncoder)


def _act(act):
    return [act.name, act.date, act.scan_sha256] if act else None
