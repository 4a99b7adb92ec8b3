"""The follow-up that a form brought with it: kept with the import, offered as the draft of a report."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from actionplans.enums import PeriodScheme
from actionplans.models import ImportRun
from actionplans.models.imports import ImportState
from planning.folding import fold


@dataclass(frozen=True)
class ImportedText:
    """What the form said of an activity in a quarter, and the file that said it."""

    text: str
    progress: Decimal | None
    file_name: str


def imported_texts(works, period) -> dict[int, ImportedText]:
    """By activity, what the newest applied import of its plan says of the quarter of `period`. One query.

    Activities are told by their words, so that a text never lands on another one after rows were moved.
    """
    plans = {work.plan.pk for work in works}
    if not plans or period.scheme != PeriodScheme.QUARTER:
        return {}
    runs = ImportRun.objects.filter(
        state=ImportState.APPLIED, entity=period.entity_id, version__plan__in=plans, reading__has_key="activities"
    ).order_by("pk")
    told: dict[tuple, ImportedText] = {}
    for plan, name, activities in runs.values_list("version__plan", "file_name", "reading__activities"):
        for row in activities or ():
            if said := _said(row, period, name):
                told[plan, fold(row["description"])] = said
    found = {work.activity_id: told.get((work.plan.pk, fold(work.promise.description))) for work in works}
    return {activity: said for activity, said in found.items() if said}


def _said(row: dict, period, file_name: str) -> ImportedText | None:
    followup = (row.get("followups") or {}).get(str(period.ordinal)) or {}
    text = (followup.get("text") or "").strip()
    progress = followup.get("progress")
    if not text and progress is None:
        return None
    return ImportedText(text, None if progress is None else Decimal(str(progress)), file_name)
