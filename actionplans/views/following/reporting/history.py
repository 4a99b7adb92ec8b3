"""Every version of a report that was sent, with its readings and reviews in words."""

from __future__ import annotations

from dataclasses import dataclass

from actionplans.models import ReportRevision, Validation

from ..quarter.work import Work


@dataclass(frozen=True)
class Sent:
    """A version that was sent, with its readings in words, and the reviews of it with their corrections."""

    revision: ReportRevision
    figures: list[tuple[str, str]]
    reviews: list[tuple[Validation, list[tuple[str, str]]]]


def sent_versions(work: Work) -> list[Sent]:
    """Every version that was sent, newest first."""
    if not work.report:
        return []
    rows = work.report.revisions.select_related("by", "office").order_by("-number")
    return [
        Sent(
            revision=row,
            figures=work.figures_of(row.measurements.all()),
            reviews=[(review, work.figures_of(review.corrections.all())) for review in row.validations.all()],
        )
        for row in rows.prefetch_related("validations__by", "validations__corrections", "measurements", "evidence")
    ]
