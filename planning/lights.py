"""What is done with traffic lights: a shipped or own set is copied for an entity."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from planning import audit
from planning.models import Entity, TrafficLightBand, TrafficLightPreset

EDIT = "planning.edit_light"


def copy_preset(preset: TrafficLightPreset, entity: Entity, *, by) -> TrafficLightPreset:
    """An own set of the entity with the bands of `preset`, not in use until somebody says from when.

    Its name tells it from the one that was copied: «Tres franjas (de Cartago)».
    """
    with transaction.atomic():
        entity = Entity.objects.select_for_update().get(pk=entity.pk)
        copy = TrafficLightPreset(
            entity=entity,
            key=_free_key(entity, preset.key),
            name=_free_name(entity, preset.name),
            source=preset.source,
        )
        if not by.has_perm(EDIT, copy):
            raise PermissionDenied(EDIT)
        copy.save()
        bands = [
            TrafficLightBand(preset=copy, floor=band.floor, label=band.label, tone=band.tone, shape=band.shape)
            for band in preset.bands.all()
        ]
        TrafficLightBand.objects.bulk_create(bands)
        told = {"copied_from": preset.key, "bands": [str(band) for band in bands]}
        audit.record(entity, copy, "copy_light", by=by, new=told)
    return copy


def _free_key(entity, key: str) -> str:
    """`key`, with a number where the entity has one of that name."""
    taken = set(entity.traffic_lights.values_list("key", flat=True))
    return next(k for k in (key, *(f"{key[:56]}-{number}" for number in range(2, 1000))) if k not in taken)


def _free_name(entity, name: str) -> str:
    """`name` with whose it is, and a number where the entity has one called so."""
    taken = set(entity.traffic_lights.values_list("name", flat=True))
    room = TrafficLightPreset._meta.get_field("name").max_length
    of_whom = f"de {entity.label}"
    endings = (f" ({of_whom})", *(f" ({of_whom}, {number})" for number in range(2, 1000)))
    stem = name.removesuffix(endings[0])
    return next(n for n in (f"{stem[: room - len(end)]}{end}" for end in endings) if n not in taken)
