"""The snapshot of a closing: all that was known of a period on the day, as canonical JSON."""

from __future__ import annotations

from collections.abc import Iterable

from actionplans.domain.following.closing.facts import revision_facts, validation_facts, verification_facts
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.figure import Figure
from actionplans.domain.following.figures.standing import Standing
from actionplans.enums import ReportStatus
from actionplans.models import Report, ReportingPeriod
from actionplans.progress import Band, as_data, rounded

EDITION = 2
"""Goes up when a snapshot is written otherwise, so that an old one is read as it was written.

The first had no `ahead` in its figures.
"""


def snapshot_of(standing: Standing, *, sequence: int) -> dict:
    """What a closing freezes: period, plans measured, bands, every report with its reviews, every figure."""
    period = standing.period
    return {
        "edition": EDITION,
        "entity": period.entity.slug,
        "year": period.year,
        "scheme": period.scheme,
        "ordinal": period.ordinal,
        "starts": period.starts.isoformat(),
        "ends": period.ends.isoformat(),
        "opens": period.opens.isoformat(),
        "closes": period.closes.isoformat(),
        "sequence": sequence,
        "traffic_light": _traffic_light(standing),
        "plans": _plans(standing),
        "reports": [report_facts(item.report, item) for item in _with_report(standing)],
        "figures": [figure_data(figure) for figure in standing.figures],
    }


def _traffic_light(standing: Standing) -> dict:
    """The bands of the entity, and those of activities that are read by an indicator's own."""
    own = {
        own_bands_key(figure.activity_id): [band_data(band) for band in figure.bands]
        for figure in standing.figures
        if figure.activity_id and figure.bands != standing.bands
    }
    return {"name": standing.preset, "bands": [band_data(band) for band in standing.bands], "own": own}


def own_bands_key(activity: int) -> str:
    """No bare number: in a path into JSON that would be a place in a list."""
    return f"activity-{activity}"


def report_facts(report: Report, item: ActivityStanding | None = None) -> dict:
    """A report that was sent, with the reviews of the revision that counts; what control interno said by then."""
    return {
        "plan": report.activity.plan_id,
        "activity": report.activity_id,
        "status": report.status,
        "revision": revision_facts(report.current),
        "reviews": [
            validation_facts(row) for row in sorted(report.current.validations.all(), key=lambda row: row.pk)
        ],
        "contributions": [
            {"office": row.office.slug, "text": row.text, "evidence": sorted(e.pk for e in row.evidence.all())}
            for row in sorted(report.contributions.all(), key=lambda row: row.office.slug)
        ],
        "verification": verification_facts(item.verification) if item and item.verification else None,
    }


def figure_data(figure: Figure) -> dict:
    return {
        "scope": str(figure.scope),
        "key": figure.key,
        "label": figure.label,
        "plan": figure.plan_id,
        "activity": figure.activity_id,
        "light": band_data(figure.light),
        "data": as_data(figure.progress),
        "ahead": ahead_data(figure),
    }


def ahead_data(figure: Figure) -> list[str | None]:
    """The shares of later cuts as texts of four decimals, like those of the account."""
    return [None if share is None else f"{rounded(share):f}" for share in figure.ahead]


def band_data(band: Band | None) -> list[str] | None:
    """[floor, word, tone, shape], as texts."""
    return [format(band.floor.normalize(), "f"), band.label, str(band.tone), band.shape] if band else None


def public_evidence(snapshot: dict) -> dict[int, set[int]]:
    """The evidence of validated reports, by activity: what the public may be told of."""
    return {
        row["activity"]: {item["id"] for item in row["revision"]["evidence"]}
        for row in snapshot["reports"]
        if row["status"] == ReportStatus.VALIDATED
    }


def reports_now(period: ReportingPeriod) -> Iterable[Report]:
    """The reports of the period that were sent, as they are in the database now."""
    return Report.objects.filter(period=period, current__isnull=False).with_words().order_by("activity_id")


def _with_report(standing) -> list[ActivityStanding]:
    items = [item for item in standing.activities.values() if item.report and item.report.current_id]
    return sorted(items, key=lambda item: item.report.activity_id)


def _plans(standing) -> list[dict]:
    versions = {item.promise.version for item in standing.activities.values()}
    return [
        {
            "id": version.plan_id,
            "slug": version.plan.slug,
            "title": version.title,
            "version": version.number,
            "digest": version.digest,
        }
        for version in sorted(versions, key=lambda version: version.plan_id)
    ]
