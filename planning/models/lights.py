"""Traffic lights: the bands by which an entity reads its figures, as dated rows."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from planning.words import comma

from .entity import Entity


class LightTone(models.TextChoices):
    """The tones that the pages know how to colour; the word and the shape say it without colour."""

    ON_TRACK = "al-dia", "Al día"
    AT_RISK = "en-riesgo", "En riesgo"
    LATE = "atrasada", "Atrasada"


class TrafficLightPresetQuerySet(models.QuerySet):
    def get_by_natural_key(self, entity, key):
        return self.get(entity__slug=entity, key=key) if entity else self.get(entity=None, key=key)

    def in_force(self, entity, on: datetime.date):
        """The entity's own set that counts on that day, else the one shipped as default; None without any."""
        own = self.filter(Q(valid_from=None) | Q(valid_from__lte=on), entity=entity, is_in_use=True)
        newest = own.order_by(F("valid_from").desc(nulls_last=True), "-pk").first()
        return newest or self.filter(entity=None, is_in_use=True).order_by("pk").first()

    def visible_to(self, user):
        """The shipped ones and those of the entities where the person works."""
        return self.filter(Q(entity=None) | Q(entity__in=Entity.objects.visible_to(user)))


class TrafficLightPreset(models.Model):
    """A set of bands. Without entity it is one that comes with the portal, to be used or copied."""

    entity = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="traffic_lights", verbose_name="entidad"
    )
    key = models.SlugField("identificador", max_length=60)
    name = models.CharField("nombre", max_length=120)
    source = models.CharField("de dónde sale", max_length=250, blank=True)
    is_in_use = models.BooleanField("se usa para los planes", default=False)
    valid_from = models.DateField("cuenta desde", null=True, blank=True)

    objects = TrafficLightPresetQuerySet.as_manager()

    class Meta:
        verbose_name = "semáforo"
        verbose_name_plural = "semáforos"
        ordering = ["entity", "name"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="light_key_once_per_entity"),
            models.UniqueConstraint(fields=["key"], condition=Q(entity=None), name="light_key_once_shipped"),
            models.UniqueConstraint(
                fields=["is_in_use"],
                condition=Q(entity=None, is_in_use=True),
                name="one_default_light",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.entity.slug if self.entity_id else None, self.key)


class TrafficLightBand(models.Model):
    """From `floor` (included) up to the next band's floor (not included), in percentage points."""

    preset = models.ForeignKey(TrafficLightPreset, models.CASCADE, related_name="bands", verbose_name="semáforo")
    floor = models.DecimalField("desde (%)", max_digits=6, decimal_places=2)
    label = models.CharField("palabra", max_length=40)
    tone = models.CharField("tono", max_length=12, choices=LightTone.choices)
    shape = models.CharField("forma", max_length=2)

    class Meta:
        verbose_name = "franja"
        verbose_name_plural = "franjas"
        ordering = ["preset", "floor"]
        constraints = [
            models.UniqueConstraint(fields=["preset", "floor"], name="band_floor_once"),
            models.UniqueConstraint(fields=["preset", "label"], name="band_label_once"),
            models.UniqueConstraint(fields=["preset", "shape"], name="band_shape_once"),
            models.CheckConstraint(condition=Q(floor__gte=0), name="band_floor_not_negative"),
            models.CheckConstraint(condition=Q(tone__in=LightTone.values), name="band_tone_known"),
        ]

    def __str__(self):
        return f"{self.label} ({self.since})"

    @property
    def since(self) -> str:
        """«desde 60,5 %»."""
        return f"desde {comma(Decimal(self.floor))} %"

    @property
    def entity(self) -> Entity | None:
        return self.preset.entity

    def clean(self):
        if self.shape and not self.shape.strip():
            raise ValidationError({"shape": "Elija una forma visible: distingue la franja sin color."})
