"""The versions of a report, newest first, with what each one changed and how it was answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from actionplans.domain.comparing.comparison import Change
from actionplans.models import Reopening, Report, ReportRevision, Validation
from planning.words import figure


@dataclass(frozen=True, kw_only=True)
class Told:
    """A revision; `changes` are against the one before it, none where it is the first."""

    revision: ReportRevision
    reviews: tuple[Validation, ...]
    changes: tuple[Change, ...]
    is_first: bool

    @property
    def label(self) -> str:
        """The name of the table of its changes."""
        return f"Lo que cambia en la versión {self.revision.number}"


def history(report: Report) -> list[Told]:
    """Every revision that was sent, in a number of queries that does not grow."""
    rows = list(
        report.revisions.select_related("by", "office", "promise__version").prefetch_related(
            "measurements", "evidence", "validations__by", "validations__corrections"
        )
    )
    told, before = [], None
    for row in rows:
        told.append(
            Told(
                revision=row,
                reviews=tuple(row.validations.all()),
                changes=_changes(before, row) if before else (),
                is_first=before is None,
            )
        )
        before = row
    return told[::-1]


def reopenings_of(activity, period) -> QuerySet[Reopening]:
    """Why the reports of an activity in a period that was closed could change again, newest first."""
    rows = Reopening.objects.filter(closing__period=period, activities=activity)
    return rows.select_related("act", "by", "closing").order_by("-at", "-pk")


def reading_words(row) -> str:
    """«12», «3 de 4»; empty where nothing was said."""
    if row.numerator is not None or row.denominator is not None:
        return f"{_figure(row.numerator)} de {_figure(row.denominator)}"
    return _figure(row.value) if row.value is not None else ""


def _changes(old: ReportRevision, new: ReportRevision) -> tuple[Change, ...]:
    before, after = _facts(old), _facts(new)
    labels = dict.fromkeys([*before, *after])  # in order, each once
    return tuple(
        Change(label=label, old=before.get(label, ""), new=after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    )


def _facts(revision: ReportRevision) -> dict[str, str]:
    """What a revision says, in words by the name of the fact."""
    return {
        "Meses en que se hizo": str(revision.executed_months),
        "Sin avance": "Sí" if revision.is_without_progress else "",
        "Qué se hizo": revision.narrative,
        "Dificultades": revision.difficulties,
        "Avance declarado (%)": _figure(revision.declared) if revision.declared is not None else "",
        **{f"Indicador: {row.name}": reading_words(row) for row in revision.measurements.all()},
        "Evidencias": "\n".join(str(item) for item in revision.evidence.all()),
        "De dónde salió": revision.source,
    }


def _figure(value) -> str:
    return "sin dato" if value is None else figure(value)
