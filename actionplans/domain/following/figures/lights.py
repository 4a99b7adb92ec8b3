"""A traffic light of an indicator's own, where the entity's would not do."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionplans.domain.drafting.drafts import refuse
from actionplans.enums import PUBLIC_STATUSES
from actionplans.models import Activity, Indicator, IndicatorLight
from planning import audit
from planning.models import TrafficLightPreset

RUN = "actionplans.run_periods"


def set_light(activity: Activity, key: int, preset: TrafficLightPreset | None, *, by) -> IndicatorLight | None:
    """Read the indicator `key` of the activity by `preset`; None gives it back to the entity's own light.

    It counts for figures made from now on: closings keep the bands by which they were read.
    """
    with transaction.atomic():
        activity = (
            Activity.objects.select_for_update(of=("self",)).select_related("entity", "plan").get(pk=activity.pk)
        )
        if not by.has_perm(RUN, activity.entity):
            raise PermissionDenied(RUN)
        refuse(_flaws(activity, key, preset))
        known = IndicatorLight.objects.filter(activity=activity, key=key).select_related("preset").first()
        old = known.preset if known else None
        if old == preset:
            return known
        row = _write(activity, key, preset)
        audit.record(
            activity.entity,
            activity,
            "set_light",
            by=by,
            old={"indicator": key, "light": old.name if old else None},
            new={"indicator": key, "light": preset.name if preset else None},
        )
    return row


def _write(activity, key, preset) -> IndicatorLight | None:
    if preset is None:
        IndicatorLight.objects.filter(activity=activity, key=key).delete()
        return None
    row, _ = IndicatorLight.objects.update_or_create(
        activity=activity, key=key, defaults={"preset": preset, "entity": activity.entity}
    )
    return row


def _flaws(activity, key, preset) -> list[str]:
    flaws = []
    if preset and preset.entity_id not in (None, activity.entity_id):
        flaws.append("Ese semáforo es de otra entidad.")
    known = Indicator.objects.filter(
        activity_version__activity=activity, activity_version__version__status__in=PUBLIC_STATUSES, key=key
    )
    if not known.exists():
        flaws.append("La actividad no tiene ese indicador en un plan publicado.")
    return flaws
