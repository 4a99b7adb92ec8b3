"""Reminders that were sent, so that nobody gets one twice."""

from django.conf import settings
from django.db import models

from planning.models import Entity

from .period import ReportingPeriod


class ReminderSent(models.Model):
    """One reminder of one deadline of a period to one account.

    `days` counts from the deadline, below zero before it. A period has a deadline for all and those of its
    extensions: each is reminded by itself.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reminders", verbose_name="periodo")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="a quién"
    )
    deadline = models.DateField("último día")
    days = models.SmallIntegerField("días desde el último día")
    is_summary = models.BooleanField("resumen para planeación", default=False)
    at = models.DateTimeField("cuándo", auto_now_add=True)

    class Meta:
        verbose_name = "recordatorio enviado"
        verbose_name_plural = "recordatorios enviados"
        ordering = ["period", "deadline", "days"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "recipient", "is_summary", "deadline", "days"], name="reminder_once"
            )
        ]

    def __str__(self):
        return f"{self.period}, {self.deadline:%d/%m/%Y} {self.days:+d}: {self.recipient}"
