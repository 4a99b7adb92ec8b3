"""Every public page of an entity with the moment of its last change, in maps of a bounded size.

A map holds whole plans. How many addresses a plan has is bounded by the highest number that it ever gave to an
activity, one step in an index, so that dividing an entity into maps counts no activities.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Subquery
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from actionplans.enums import SearchKind
from actionplans.models import Activity, ActivityVersion, PlanVersion, SearchEntry
from actionplans.opendata.tables import years_of
from mipg.models import Adoption, Dimension, Policy
from planning.content import WHOLE
from planning.models import Axis, ContentVersion, Office, StrategicFramework

from ..policies import model_years

MOST = 50_000
"""Addresses that a map may hold, by the protocol."""

ROOM_FOR_PAGES = 5_000
"""Kept free in the first map of an entity for what is no plan: its offices, policies, axes, years."""

EVIDENCE_STEP = 5_000


PORTAL = (
    "home", "glossary", "verify", "api_docs", "portal_accessibility", "portal_privacy", "portal_terms",
    "portal_site_map",
)  # fmt: skip
ONCE = (
    "entity", "transparency", "framework", "mipg", "plans", "activities", "offices", "open_data",
    "open_data_dictionary", "accessibility", "privacy", "terms", "site_map",
)  # fmt: skip
"""Pages that the portal, and each entity, has once: their names in `urls.py`."""


@dataclass(frozen=True)
class Place:
    """An address of the portal, and when what it shows last changed, where that is known."""

    path: str
    at: datetime.datetime | None = None


@dataclass
class Part:
    """What one map of an entity holds: versions in force by their ids, and evidence from some rows on."""

    plans: list[int] = field(default_factory=list)
    evidence: list[int] = field(default_factory=list)
    load: int = 0


def parts_by_entity(most: int | None = None, **where) -> dict[int, list[Part]]:
    """The maps of each entity that `where` selects and that has plans or evidence, by its id. Two queries."""
    most = most or MOST
    top = Activity.objects.filter(plan=OuterRef("plan")).order_by("-key").values("key")[:1]
    versions = PlanVersion.objects.published().filter(**where).annotate(top=Subquery(top)).order_by("pk")
    found: dict[int, list[Part]] = defaultdict(lambda: [Part(load=min(ROOM_FOR_PAGES, most // 10))])
    for entity, pk, highest in versions.values_list("entity", "pk", "top"):
        _part_with_room(found[entity], 1 + (highest or 0), most).plans.append(pk)
    entries = SearchEntry.objects.filter(kind=SearchKind.EVIDENCE, **where).order_by()
    step = min(EVIDENCE_STEP, most)
    for entity, number in entries.values_list("entity").annotate(Count("pk")):
        for start in range(0, number, step):
            _part_with_room(found[entity], min(step, number - start), most).evidence.append(start)
    return found


def _part_with_room(parts: list[Part], load: int, most: int) -> Part:
    if parts[-1].load + load > most:
        parts.append(Part())
    parts[-1].load += load
    return parts[-1]


def places_of(entity, part: Part, *, is_first: bool, step: int = EVIDENCE_STEP) -> Iterator[Place]:
    """What one map of an entity lists. Its queries do not grow."""
    moments = _moments(entity)
    if is_first:
        yield from _pages(entity, moments.get(WHOLE))
    yield from _plan_places(entity, part.plans, moments)
    evidence = SearchEntry.objects.filter(entity=entity, kind=SearchKind.EVIDENCE).order_by("key")
    home = reverse("entity", args=[entity.slug])
    for start in part.evidence:
        for path in evidence.values_list("path", flat=True)[start : start + step]:
            yield Place(f"{home}{path.lstrip('/')}")


def _plan_places(entity, versions: Iterable[int], moments) -> Iterator[Place]:
    plans = {}
    rows = PlanVersion.objects.filter(pk__in=versions).order_by("pk")
    for pk, year, slug, published_at in rows.values_list("pk", "plan__year", "plan__slug", "published_at"):
        address = reverse("plan", args=[entity.slug, year, slug])
        plans[pk] = Place(address, moments.get(f"{year}/{slug}") or published_at)
        yield plans[pk]
    rows = ActivityVersion.objects.filter(version__in=versions).order_by("version", "position")
    for version, key in rows.values_list("version", "activity__key").iterator():
        plan = plans[version]
        yield Place(f"{plan.path}actividades/{key}/", plan.at)


def _pages(entity, at) -> Iterator[Place]:
    """What an entity has besides plans: its own pages, years, offices, the model that it follows, its axes."""
    today = timezone.localdate()
    model = Adoption.objects.version_for(entity, _begun(model_years(entity, today), today))
    frameworks = StrategicFramework.objects.published().filter(entity=entity)
    axes = Axis.objects.filter(framework__in=frameworks).order_by("framework", "position")
    several = {
        "transparency_year": [(year,) for year in years_of(entity)],
        "office": Office.objects.filter(entity=entity).order_by("slug").values_list("slug"),
        "dimension": Dimension.objects.filter(model_version=model).order_by("number").values_list("key"),
        "policy": Policy.objects.filter(model_version=model).order_by("number").values_list("key"),
        "axis": axes.values_list("framework__slug", "key"),
    }
    for path in known_places(ONCE, entity.slug):
        yield Place(path, at)
    for name, rows in several.items():
        for args in rows:
            for path in known_places([name], entity.slug, *args):
                yield Place(path, at)


def _begun(years: list[int], today: datetime.date) -> int:
    """The year that pages show where nobody asks for one: the newest that has begun."""
    return next((year for year in years if year <= today.year), years[-1])


def _moments(entity) -> dict[str, datetime.datetime]:
    rows = ContentVersion.objects.filter(entity=entity).values_list("topic", "number")
    return {topic: moment(number) for topic, number in rows}


def moment(number: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(number / 1_000_000, datetime.UTC)


def known_places(names: Iterable[str], *args) -> list[str]:
    """The addresses of pages that there are."""
    found = []
    for name in names:
        try:
            found.append(reverse(name, args=args))
        except NoReverseMatch:
            continue
    return found
