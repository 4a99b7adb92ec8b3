"""The steps of an example's year, as its file names them: each is a verb that a post of the demo performs."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.drafting.editing import RowEdit, edit_rows, rows_of
from actionplans.domain.following.calendar.extensions import extend
from actionplans.domain.following.closing.closing import close_period, reopen_period
from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.reviewing import return_report, validate_report, verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent, ReportContent, contribute, submit_report
from actionplans.domain.plan import approve, submit
from actionplans.domain.versions import cancel_activity, start_modification
from actionplans.enums import VersionStatus
from actionplans.months import MonthSet
from planning.documents import office_finder

from .case import Case
from .contents import decimal

PLANNING, LEADER, COMMITTEE, AUDITOR = "planeacion", "lider", "comite", "control"


def report(case: Case, plan, period, activity, *, on_behalf=False, values=(), declared=None, **said) -> None:
    """By the leader, or by planning on behalf of the office."""
    promise = case.promise(plan, period, activity)
    submit_report(
        promise,
        case.period(plan, period),
        ReportContent(
            executed_months=MonthSet(said.get("months", ())),
            is_without_progress=said.get("without_progress", False),
            narrative=said.get("narrative", ""),
            difficulties=said.get("difficulties", ""),
            declared=decimal(declared),
            readings=_readings(promise, values),
            evidence=case.evidence(said.get("evidence", ())),
            source=said.get("source", ""),
        ),
        by=case.posts[PLANNING if on_behalf else LEADER],
        on_behalf=on_behalf,
    )


def send_back(case: Case, plan, period, activity, *, comment) -> None:
    sent = case.report(plan, period, activity)
    return_report(sent, by=case.posts[PLANNING], number=sent.current.number, comment=comment)


def validate(case: Case, plan, period, activity, *, comment="", corrections=()) -> None:
    sent = case.report(plan, period, activity)
    validate_report(
        sent,
        by=case.posts[PLANNING],
        number=sent.current.number,
        comment=comment,
        corrections=_readings(case.promise(plan, period, activity), corrections),
    )


def draft(case: Case, plan, period, activity, *, answers) -> None:
    promise, period = case.promise(plan, period, activity), case.period(plan, period)
    save_draft(promise, period, answers, by=case.posts[LEADER], revision=None)


def add(case: Case, plan, period, activity, *, office, text, evidence=()) -> None:
    """What a second office contributes."""
    contribute(
        case.promise(plan, period, activity),
        case.period(plan, period),
        office_finder(case.entity)(office),
        by=case.posts[LEADER],
        text=text,
        evidence=case.evidence(evidence),
    )


def prolong(case: Case, plan, period, activity, *, days, reason) -> None:
    until = case.today + datetime.timedelta(days=days)
    activities = [case.activity(plan, activity)]
    extend(case.period(plan, period), activities, by=case.posts[PLANNING], until=until, reason=reason)


def close(case: Case, plan, period, *, note="") -> None:
    close_period(case.period(plan, period), by=case.posts[PLANNING], note=note)


def reopen(case: Case, plan, period, activity, *, reason, act) -> None:
    """By an act of today, until today: the instants of an example are those of its loading."""
    reopen_period(
        case.period(plan, period),
        by=case.posts[PLANNING],
        activities=[case.activity(plan, activity)],
        reason=reason,
        act_name=act,
        act_date=case.today,
        until=case.today,
    )


def verify(case: Case, plan, period, activity, *, opinion, value=None) -> None:
    verify_progress(
        case.promise(plan, period, activity),
        case.period(plan, period),
        by=case.posts[AUDITOR],
        value=decimal(value),
        opinion=opinion,
    )


def modify(case: Case, plan, *, reason, since, act, act_date, cancel, weights) -> None:
    """`cancel` gives the reason for each activity that goes, `weights` what the others count from then on."""
    planning = case.posts[PLANNING]
    approved = case.plans[plan].versions.get(status=VersionStatus.APPROVED)
    version = start_modification(approved, by=planning, reason=reason, effective_from=day(since))
    for key, why in cancel.items():
        cancel_activity(version.activities.get(activity__key=key), by=planning, reason=why)
    rows = {row.activity.key: row for row in rows_of(version, [int(key) for key in weights])}
    edits = [
        RowEdit(
            key=key,
            revision=row.revision,
            content=replace(content_of_activity(row), weight=decimal(weights[str(key)])),
        )
        for key, row in rows.items()
    ]
    edit_rows(version, edits, by=planning)
    submit(version, by=planning)
    approve(version, by=case.posts[COMMITTEE], act_name=act, act_date=day(act_date))


def day(iso: str) -> datetime.date:
    return datetime.date.fromisoformat(iso)


STEPS: dict[str, Callable] = {
    "report": report,
    "return": send_back,
    "validate": validate,
    "draft": draft,
    "contribute": add,
    "extend": prolong,
    "close": close,
    "reopen": reopen,
    "verify": verify,
    "modify": modify,
}


def perform_step(case: Case, *, do: str, **said) -> None:
    STEPS[do](case, **said)


def _readings(promise, values) -> tuple[ReadingContent, ...]:
    """`values` in the order of the indicators: each a figure, a pair of numerator and denominator, or None."""
    indicators = sorted(promise.indicators.all(), key=lambda indicator: indicator.key)
    return tuple(
        _reading(indicator, said) for indicator, said in zip(indicators, values, strict=False) if said is not None
    )


def _reading(indicator, said) -> ReadingContent:
    if isinstance(said, list):
        numerator, denominator = map(decimal, said)
        return ReadingContent(indicator.key, indicator.name, numerator=numerator, denominator=denominator)
    return ReadingContent(indicator.key, indicator.name, value=decimal(said))
