"""Closing a period: what is pending, the seal, and opening it again."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from actionplans.domain.acts import named_act
from actionplans.domain.drafting.drafts import NO_REASON, refuse
from actionplans.domain.finding.evidence import index_closing
from actionplans.domain.following.calendar.periods import latest_day, locked, refuse_who_may_not, window_of
from actionplans.domain.following.closing.facts import seals
from actionplans.domain.following.closing.snapshot import ahead_data, band_data, snapshot_of
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.ahead import with_ahead
from actionplans.domain.following.figures.figure import Figure
from actionplans.domain.following.figures.measuring import suspended_validation
from actionplans.domain.following.figures.standing import Standing, standing
from actionplans.domain.following.procedure import REOPEN
from actionplans.domain.following.reminding import notices
from actionplans.domain.workflow import perform
from actionplans.enums import PeriodStatus, ReportStatus
from actionplans.models import Activity, ClosedFigure, Closing, Reopening, Report, ReportDraft, ReportingPeriod
from actionplans.progress import as_data
from planning import audit
from planning.canonical import digest_of
from planning.words import long_date


@dataclass(frozen=True)
class Pending:
    """What a closing would leave as it is: each a list of activities with their standing.

    `suspended` was validated and went back by the reopening; nothing was sent since.
    """

    without_report: list[ActivityStanding]
    drafts: list[ActivityStanding]
    to_review: list[ActivityStanding]
    returned: list[ActivityStanding]
    suspended: list[ActivityStanding]

    @property
    def unsent_again(self) -> int:
        """How many went back, by planning or by the reopening, and wait for their office."""
        return len(self.returned) + len(self.suspended)

    @property
    def is_empty(self) -> bool:
        return not (self.without_report or self.drafts or self.to_review or self.unsent_again)


def pending(period: ReportingPeriod, at: Standing | None = None) -> Pending:
    """What is owed and not there, begun and not sent, sent and not reviewed, returned and not sent again."""
    at = at or standing(period)
    drafted = set(ReportDraft.objects.filter(report__period=period).values_list("report__activity", flat=True))
    items = [item for item in at.activities.values() if not item.promise.is_cancelled]
    status = {item.promise.activity_id: item.report.status if item.report else None for item in items}

    def those(*states) -> list[ActivityStanding]:
        return [item for item in items if status[item.promise.activity_id] in states]

    back = those(ReportStatus.RETURNED)
    silent = those(None, ReportStatus.PENDING)
    return Pending(
        without_report=[item for item in silent if item.duty.is_owed and item.promise.activity_id not in drafted],
        drafts=[item for item in silent if item.promise.activity_id in drafted],
        to_review=those(ReportStatus.SUBMITTED),
        returned=[item for item in back if not suspended_validation(item.report)],
        suspended=[item for item in back if suspended_validation(item.report)],
    )


@dataclass(frozen=True)
class TimeLeft:
    """So many activities of which something is awaited may still be reported until a day."""

    until: datetime.date
    activities: int


def time_left(period: ReportingPeriod, waiting: Pending, on: datetime.date | None = None) -> list[TimeLeft]:
    """What a closing would cut short, nearest day first."""
    on, window = on or timezone.localdate(), window_of(period)
    back = (*waiting.returned, *waiting.suspended)
    awaited = [item.promise.activity_id for item in (*waiting.without_report, *waiting.drafts, *back)]
    writable = [key for key in awaited if not window.writing_obstacles(key, max(on, period.opens))]
    days = Counter(day for day in map(window.last_day, writable) if day >= on)
    return [TimeLeft(day, number) for day, number in sorted(days.items())]


def close_period(period: ReportingPeriod, *, by, note: str = "") -> Closing:
    """Freeze and publish the figures of a period whose months are over.

    What is not validated does not count, and stays to be seen as not counted. Effects in order: closing with its
    snapshot, digest and the head of the audit chain before it, figures, status, audit event with the digest, what
    is found of its evidence.
    """
    with transaction.atomic():
        period = locked(period)
        refuse_who_may_not(by, period.entity)
        refuse(closing_obstacles(period))
        at = with_ahead(standing(period))
        sequence = period.sequence + 1
        snapshot = snapshot_of(at, sequence=sequence) | {"owed": _owed(at)}
        # The head is taken with its row locked, as `audit.record` does: nothing is written between the two.
        chain = audit.locked_chain(period.entity)
        closing = Closing.objects.create(
            period=period,
            entity=period.entity,
            sequence=sequence,
            snapshot=snapshot,
            digest=digest_of(snapshot),
            chain_sequence=chain.sequence,
            chain_head=chain.head,
            note=note.strip(),
            by=by,
            at=timezone.now(),
        )
        ClosedFigure.objects.bulk_create(figure_row(closing, figure) for figure in at.figures)
        period.sequence, period.status = sequence, PeriodStatus.CLOSED
        period.save(update_fields=["sequence", "status"])
        told = {"sequence": sequence, "digest": closing.digest, **seals(closing)}
        audit.record(period.entity, closing, "close_period", by=by, new=told, comment=closing.note)
        index_closing(closing)
    return closing


def closing_obstacles(period: ReportingPeriod, on: datetime.date | None = None) -> list[str]:
    on = on or timezone.localdate()
    if period.is_closed:
        return [f"El {period.name} de {period.year} ya está cerrado."]
    if on <= period.ends:
        return [f"El {period.name} de {period.year} termina el {period.ends:%d/%m/%Y}: ciérrelo después."]
    return []


def reopen_period(
    period: ReportingPeriod,
    *,
    by,
    activities: Iterable[Activity],
    reason: str,
    act_name: str,
    act_date: datetime.date,
    until: datetime.date,
    scan: File | None = None,
) -> Reopening:
    """Let the reports of these activities change, by an act, until a day; the closing that was stays as it is.

    Effects in order: act, reopening, status, their reports returned, audit event; control interno is told after
    commit.
    """
    activities = sorted(activities, key=lambda row: row.pk)
    with transaction.atomic(), named_act(period.entity, act_name, act_date, scan, by=by) as act:
        period = locked(period)
        refuse_who_may_not(by, period.entity)
        refuse(_reopening_flaws(period, activities, reason, act_name, until))
        closing = period.closings.get(sequence=period.sequence)
        reopening = Reopening.objects.create(
            closing=closing,
            entity=period.entity,
            reason=reason.strip(),
            act=act,
            until=until,
            by=by,
            at=timezone.now(),
        )
        reopening.activities.set(activities)
        period.status = PeriodStatus.REOPENED
        period.save(update_fields=["status"])
        _return_reports(period, activities, reason, by=by)
        told = {
            "sequence": closing.sequence,
            "act": act.name,
            "act_date": act.date,
            "activities": [activity.key for activity in activities],
            "until": until,
            **seals(reopening),
        }
        audit.record(period.entity, reopening, "reopen_period", by=by, new=told, comment=reopening.reason)
    transaction.on_commit(lambda: notices.period_reopened(reopening))
    return reopening


def _owed(at: Standing) -> list[int]:
    """The activities whose report the period asked for, for the act to tell silence from what nobody awaited."""
    return sorted(activity for activity, item in at.activities.items() if item.duty.is_owed)


def figure_row(closing: Closing, figure: Figure) -> ClosedFigure:
    data = as_data(figure.progress)
    return ClosedFigure(
        closing=closing,
        entity=closing.entity,
        scope=figure.scope,
        key=figure.key,
        label=figure.label,
        plan_id=figure.plan_id,
        activity_id=figure.activity_id,
        state=figure.progress.state,
        light=band_data(figure.light),
        data=data,
        ahead=ahead_data(figure),
        **{name: data[name] for name in ("executed", "programmed", "to_date", "of_period")},
    )


def _return_reports(period, activities: Sequence[Activity], reason, *, by) -> None:
    """What was sent of them goes back to its office, which sends a further version."""
    sent = Report.objects.filter(period=period, activity__in=activities, status__in=REOPEN.sources)
    for report in sent.order_by("pk"):
        perform(REOPEN, report, by=by, comment=reason)


def _reopening_flaws(period, activities, reason, act_name, until) -> list[str]:
    flaws = [] if reason.strip() else [NO_REASON]
    if not act_name.strip():
        flaws.append("Escriba el acto que ordena reabrir, por ejemplo «Acta n.º 4 del comité».")
    if not activities:
        flaws.append("Elija al menos una actividad: solo esas se podrán cambiar.")
    if not period.is_closed:
        flaws.append(f"El {period.name} de {period.year} no está cerrado.")
    flaws += reopening_day_flaws(period, until)
    if not all(period.follows(activity.plan) for activity in activities):
        flaws.append("Alguna actividad no se sigue en este periodo.")
    return flaws


def reopening_day_flaws(period: ReportingPeriod, until: datetime.date) -> list[str]:
    if until < timezone.localdate():
        return ["El último día para reportar ya pasó."]
    if until > (latest := latest_day(period.year)):
        return [f"El último día para reportar no puede pasar del {long_date(latest)}."]
    return []
