"""A traffic light of an indicator's own, where the entity's would not do."""

from django.db import models

from planning.models import Entity, TrafficLightPreset

from .activity import Activity


class IndicatorLight(models.Model):
    """The bands by which one indicator is read, through all versions of the plan."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="lights", verbose_name="actividad")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    key = models.PositiveSmallIntegerField("indicador")
    preset = models.ForeignKey(TrafficLightPreset, models.PROTECT, related_name="+", verbose_name="semáforo")

    class Meta:
        verbose_name = "semáforo de un indicador"
        verbose_name_plural = "semáforos de indicadores"
        constraints = [models.UniqueConstraint(fields=["activity", "key"], name="light_once_per_indicator")]

    def __str__(self):
        return f"{self.activity}: {self.preset}"
