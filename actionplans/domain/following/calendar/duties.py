"""What a period expects of an activity: whether its report is due, late or not yet asked for. Pure."""

from __future__ import annotations

from django.db.models import TextChoices

from actionplans.months import MonthSet
from actionplans.progress import ActivityProgress


class Duty(TextChoices):
    OVERDUE = "atrasada", "Atrasada"
    DUE = "por-reportar", "Le toca en este periodo"
    LATER = "despues", "No programada todavía"
    FINISHED = "terminada", "Terminada"
    CANCELLED = "cancelada", "Cancelada"

    @property
    def is_owed(self) -> bool:
        return self in (Duty.OVERDUE, Duty.DUE)


def duty_of(promise, period, *, prior: MonthSet, executed: MonthSet, before: ActivityProgress | None) -> Duty:
    """`executed` are the months reported as done in earlier periods, `before` the figure at the previous cut.

    One without a schedule is asked for in every period until it is finished; one whose earlier months were
    not all done is late.
    """
    if promise.is_cancelled:
        return Duty.CANCELLED
    asked = promise.months - prior
    if before is not None and before.is_finished:
        return Duty.FINISHED
    if asked & period.months or not promise.months:
        return Duty.DUE
    if (asked & period.months_to_date) - executed:
        return Duty.OVERDUE
    return Duty.LATER
