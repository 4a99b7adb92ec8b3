"""What a version says beside its activities: running text and specific objectives."""

from django.db import models

from .plan import PlanVersion


class PlanSection(models.Model):
    """A piece of the plan's running text, as printed."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField("orden")
    title = models.CharField("título", max_length=250)
    body = models.TextField("texto", blank=True)

    class Meta:
        verbose_name = "sección del plan"
        verbose_name_plural = "secciones del plan"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="plan_section_position_once")]

    def __str__(self):
        return self.title


class PlanObjective(models.Model):
    """A specific objective that the plan sets itself."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="objectives")
    position = models.PositiveSmallIntegerField("orden")
    name = models.TextField("objetivo")
    description = models.TextField("descripción", blank=True)

    class Meta:
        verbose_name = "objetivo específico"
        verbose_name_plural = "objetivos específicos"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="plan_objective_position_once")
        ]

    def __str__(self):
        return self.name
