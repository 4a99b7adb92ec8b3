"""Two versions of a plan, made ready for the pure comparison: the older first, and what they cite named."""

from actionplans.domain.comparing.comparison import Comparison, compare
from actionplans.domain.contents.content import PlanContent
from actionplans.domain.contents.facts import activity_facts, header_facts, names_in
from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.sealing import canonical
from actionplans.models import ActivityVersion, PlanVersion
from planning.models import Objective


def compare_versions(first: PlanVersion, second: PlanVersion) -> Comparison:
    old, new = sorted((canonical(first), canonical(second)), key=lambda said: said["version"])
    names = dict(first.entity.offices.values_list("slug", "name"))
    return compare(old, new, names | _objective_names(first.entity))


def compare_activity(older: PlanVersion, newer: PlanVersion, key: int) -> Comparison:
    """What `newer` says otherwise than `older` of the activity of that permanent number, and of nothing else."""
    rows = ActivityVersion.objects.filter(version__in=(older, newer), activity__key=key)
    said = {
        row.version_id: content_of_activity(row)
        for row in rows.select_related("activity", "component").prefetch_related(
            "objectives__axis__framework__entity", "tasks", "indicators", "responsibilities__office"
        )
    }
    contents = [_only(said.get(version.pk)) for version in (older, newer)]
    old, new = (
        {
            **header_facts(content),
            "version": version.number,
            "activities": list(map(activity_facts, content.activities)),
        }
        for version, content in zip((older, newer), contents, strict=True)
    )
    return compare(old, new, names_in(*contents))


def _only(activity) -> PlanContent:
    return PlanContent(title="", activities=(activity,) if activity else ())


def _objective_names(entity) -> dict[tuple, str]:
    rows = Objective.objects.filter(axis__framework__entity=entity).select_related("axis__framework__entity")
    return {row.natural_key(): row.name for row in rows}
