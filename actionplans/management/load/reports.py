"""The rows of what was reported in a period, and the same as the seals read it.

The values here answer to the names that `domain.following.closing.facts` asks of the rows of the ORM.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actionplans.domain.following.closing.facts import revision_facts, validation_facts
from actionplans.enums import Classification, ReportOrigin, ReportStatus, ReviewOutcome
from actionplans.models import Evidence, Measurement, Report, ReportingPeriod, ReportRevision, Validation
from planning.audit import DeletedRow, Fact
from planning.canonical import digest_of

from .entities import Town
from .plans import WrittenPlan, WrittenVersion
from .table import put, reserve
from .telling import PatternReport


class Rows(list):
    """A list that is asked as a relation is."""

    def all(self):
        return self


@dataclass(frozen=True, eq=False)
class Named:
    slug: str


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece of evidence: a link, as generated ones are."""

    pk: int
    name: str
    description: str
    classification: str
    ground: str
    office: int
    at: datetime.datetime
    sha256: str = ""

    @property
    def url(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Promise:
    pk: int
    version: WrittenVersion


@dataclass(frozen=True, eq=False)
class Review:
    pk: int
    revision_id: int
    by_id: int
    at: datetime.datetime
    corrections: Rows
    outcome: str = ReviewOutcome.VALIDATED.value
    comment: str = ""
    corrected_declared: None = None
    is_self: bool = False


@dataclass(frozen=True, eq=False)
class Revision:
    pk: int
    report_id: int
    office_id: int
    office: Named
    promise: Promise
    told: PatternReport
    by_id: int
    evidence: Rows
    validations: Rows
    number: int = 1
    is_on_behalf: bool = False
    source: str = ""
    is_by_extension: bool = False
    origin: str = ReportOrigin.PORTAL.value

    executed_months = property(lambda self: self.told.months)
    is_without_progress = property(lambda self: self.told.is_without_progress)
    narrative = property(lambda self: self.told.narrative)
    difficulties = property(lambda self: self.told.difficulties)
    declared = property(lambda self: self.told.declared)
    at = property(lambda self: self.told.sent)
    measurements = property(lambda self: Rows(self.told.readings))


@dataclass(frozen=True, eq=False)
class Told:
    """A report that was sent."""

    pk: int
    activity_id: int
    activity: WrittenVersion  # which says its plan
    current: Revision
    contributions: Rows

    @property
    def current_id(self) -> int:
        return self.current.pk

    @property
    def status(self) -> str:
        return (ReportStatus.VALIDATED if self.current.told.is_validated else ReportStatus.SUBMITTED).value


def write_reports(
    town: Town, period: ReportingPeriod, plans: Sequence[WrittenPlan], patterns: Sequence[PatternReport], by
) -> list[Told]:
    """The rows of a period that is open, each sent once; what planning did not validate waits."""
    told = list(_numbered(town, period, plans, patterns, by))
    entity = town.entity.pk
    put(
        Report,
        ("id", "activity", "period", "entity", "status", "current", "updated_at"),
        ((r.pk, r.activity_id, period.pk, entity, r.status, r.current_id, r.current.told.validated) for r in told),
    )
    put(
        ReportRevision,
        ("id", "report", "entity", "number", "promise", "office", "executed_months", "is_without_progress",
         "narrative", "difficulties", "declared", "by", "at"),
        (
            (v.pk, v.report_id, entity, 1, v.promise.pk, v.office_id, v.executed_months, v.is_without_progress,
             v.narrative, v.difficulties, v.declared, v.by_id, v.at)
            for v in (report.current for report in told)
        ),
    )  # fmt: skip
    put(
        Measurement,
        ("revision", "key", "name", "numerator", "denominator", "value"),
        (
            (report.current_id, row.key, row.name, row.numerator, row.denominator, row.value)
            for report in told
            for row in report.current.told.readings
        ),
    )
    put(
        Validation,
        ("id", "revision", "entity", "outcome", "by", "at"),
        ((w.pk, w.revision_id, entity, w.outcome, w.by_id, w.at) for r in told for w in r.current.validations),
    )
    _write_evidence(entity, told, by)
    return told


def events_of(period: ReportingPeriod, told: Sequence[Told], by) -> Iterator[Fact]:
    """What was brought, piece by piece; what was sent and validated, all at once."""
    for report in told:
        for piece in report.current.evidence:
            yield Fact(
                obj=DeletedRow(piece.pk, piece.description, Evidence._meta, ()),
                event="bring_evidence",
                by=by,
                new={"url": piece.url, "classification": piece.classification},
                at=piece.at,
            )
    yield Fact(
        obj=DeletedRow(period.pk, str(period), ReportingPeriod._meta, ()),
        event="load_reports",
        by=by,
        new={"seals": dict(_seals(told))},
    )


def published_evidence(told: Sequence[Told]) -> Iterator[tuple[Piece, Told]]:
    """What the closing of the period publishes, each with its report."""
    for report in told:
        if report.status == ReportStatus.VALIDATED:
            for piece in report.current.evidence:
                yield piece, report


def _seals(told) -> Iterator[tuple[str, str]]:
    for report in told:
        yield f"{ReportRevision._meta.model_name} {report.current.pk}", digest_of(revision_facts(report.current))
        for review in report.current.validations:
            yield f"{Validation._meta.model_name} {review.pk}", digest_of(validation_facts(review))


def _numbered(town, period, plans, patterns, by) -> Iterator[Told]:
    size = len(patterns)
    reports, revisions = reserve(Report, size), reserve(ReportRevision, size)
    reviews = iter(reserve(Validation, sum(pattern.is_validated for pattern in patterns)))
    pieces = iter(reserve(Evidence, sum(pattern.evidence is not None for pattern in patterns)))
    in_force = [plan.version_at(period.ends) for plan in plans]
    for pattern, report, revision in zip(patterns, reports, revisions, strict=True):
        version = in_force[pattern.plan]
        office = town.place.offices[pattern.office]
        validations = Rows()
        if pattern.is_validated:
            validations.append(Review(next(reviews), revision, by.pk, pattern.validated, Rows()))
        evidence = Rows()
        if pattern.evidence:
            evidence.append(_piece(town, next(pieces), pattern, office))
        yield Told(
            pk=report,
            activity_id=version.plan.activities[pattern.key - 1],
            activity=version,
            current=Revision(
                pk=revision,
                report_id=report,
                office_id=office.pk,
                office=Named(office.slug),
                promise=Promise(version.promises[pattern.key - 1], version),
                told=pattern,
                by_id=by.pk,
                evidence=evidence,
                validations=validations,
            ),
            contributions=Rows(),
        )


def _piece(town, pk: int, pattern: PatternReport, office) -> Piece:
    description, kind, ground = pattern.evidence
    address = f"https://www.{town.entity.slug}.example/soportes/{pk}"
    said = f"{description}, actividad {pattern.key}"
    return Piece(pk, address, said, Classification(kind).value, ground, office.pk, pattern.sent)


def _write_evidence(entity: int, told: Sequence[Told], by) -> None:
    put(
        Evidence,
        ("id", "entity", "office", "description", "url", "name", "classification", "ground", "by", "at"),
        (
            (p.pk, entity, p.office, p.description, p.url, p.name, p.classification, p.ground, by.pk, p.at)
            for report in told
            for p in report.current.evidence
        ),
    )
    put(
        ReportRevision.evidence.through,
        ("reportrevision", "evidence"),
        ((report.current_id, piece.pk) for report in told for piece in report.current.evidence),
    )
