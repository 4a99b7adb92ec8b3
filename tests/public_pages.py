"""Addresses of one of each public page of an entity, for what is asked of all of them: cost, weight."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from actionplans.models import Evidence, PlanVersion, ReportRevision
from planning.models import Entity, Office, StrategicFramework

WORD = "integridad"


@dataclass(frozen=True)
class Subject:
    """What the pages are about: a plan with two published versions, if there is one, with all that it takes."""

    entity: Entity
    version: PlanVersion
    key: int
    evidence: Evidence | None

    @property
    def plan(self) -> list:
        return [self.entity.slug, self.version.plan.year, self.version.plan.slug]


def subject_of(entity: Entity, year: int | None = None) -> Subject:
    published = PlanVersion.objects.published().filter(entity=entity).select_related("plan__policy")
    published = published.filter(plan__policy__isnull=False, **({"plan__year": year} if year else {}))
    version = published.order_by("-plan__year", "-number", "plan__slug").first()
    counted = ReportRevision.objects.filter(entity=entity, validations__isnull=False, evidence__isnull=False)
    evidence = Evidence.objects.filter(revisions__in=counted).order_by("pk").first()
    return Subject(entity, version, version.activities.order_by("position")[0].activity.key, evidence)


def addresses(subject: Subject) -> dict[str, str]:
    """By the name of each address."""
    slug, plan, year = subject.entity.slug, subject.plan, subject.version.plan.year
    framework = StrategicFramework.objects.published().filter(entity=subject.entity).first()
    policy = subject.version.plan.policy
    office = Office.objects.filter(entity=subject.entity).order_by("pk").first()
    found = {
        "home": reverse("home"),
        "search_all": f"{reverse('search_all')}?texto={WORD}",
        "sitemap": reverse("sitemap"),
        "portal_sitemap": reverse("portal_sitemap"),
        "glossary": reverse("glossary"),
        "portal_accessibility": reverse("portal_accessibility"),
        "portal_privacy": reverse("portal_privacy"),
        "portal_terms": reverse("portal_terms"),
        "portal_site_map": reverse("portal_site_map"),
        "open_data_portal": reverse("open_data_portal"),
        "verify": reverse("verify"),
        **{name: reverse(name, args=[slug]) for name in OF_AN_ENTITY},
        "search": f"{reverse('search', args=[slug])}?texto={WORD}",
        "activities": f"{reverse('activities', args=[slug])}?estado=atrasada",
        "transparency_year": reverse("transparency_year", args=[slug, year]),
        "axis": reverse("axis", args=[slug, framework.slug, 1]),
        "dimension": reverse("dimension", args=[slug, policy.dimension.key]),
        "policy": reverse("policy", args=[slug, policy.key]),
        "office": reverse("office", args=[slug, office.slug]),
        "ask": f"{reverse('ask', args=[slug])}?sobre={reverse('plan', args=plan)}",
        "plan": reverse("plan", args=plan),
        "activity": reverse("activity", args=[*plan, subject.key]),
        "open_data_package": reverse("open_data_package", args=[slug, year]),
        "open_data_table": reverse("open_data_table", args=[slug, year, "actividades", "csv"]),
    }
    if subject.version.number > 1:
        found["plan_compare"] = reverse("plan_compare", args=[*plan, 1, 2])
    if subject.evidence:
        found["public_evidence"] = reverse("public_evidence", args=[slug, subject.evidence.pk])
    return found


OF_AN_ENTITY = (
    "entity", "entity_style", "feed", "entity_sitemap", "framework", "mipg", "offices", "accessibility", "privacy",
    "terms", "site_map", "plans", "transparency", "open_data", "open_data_dictionary", "open_data_catalogue",
)  # fmt: skip
WHOLE_PORTAL = {"search_all", "sitemap"}
"""Pages about all entities, so that what they count grows; they too read by indexes."""
FILES = {
    "entity_logo", "plan_file", "open_data_book", "public_evidence_file", "verify_file", "verify_download",
    "health", "robots",
}  # fmt: skip
"""Not looked at: files, what asks nothing of the database, and what is found by its own code."""
