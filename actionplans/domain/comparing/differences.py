"""Two versions of a plan, made ready for the pure comparison: the older first, and what they cite named."""

from actionplans.domain.comparing.comparison import Comparison, compare
from actionplans.domain.sealing import canonical
from actionplans.models import PlanVersion
from planning.models import Objective


def compare_versions(first: PlanVersion, second: PlanVersion) -> Comparison:
    old, new = sorted((canonical(first), canonical(second)), key=lambda said: said["version"])
    names = dict(first.entity.offices.values_list("slug", "name"))
    return compare(old, new, names | _objective_names(first.entity))


def _objective_names(entity) -> dict[tuple, str]:
    rows = Objective.objects.filter(axis__framework__entity=entity).select_related("axis__framework__entity")
    return {row.natural_key(): row.name for row in rows}
