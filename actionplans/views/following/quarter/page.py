"""«Mi trimestre»: every activity that the own offices report in a period, on one page."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from actionplans.domain.following.calendar.periods import current, words
from actionplans.domain.following.figures.promises import versions_in_force
from actionplans.domain.following.reporting.drafts import StaleDraft
from actionplans.domain.workflow import TransitionRefused
from actionplans.models import ActivityVersion, PlanVersion, ReportingPeriod
from actionplans.models.activity import Responsibility
from actionplans.models.period import Moment
from actionplans.views.access import entity_page
from planning.words import count

from ..offline.scope import for_workbook
from ..reporting.desks import NO_OFFICE, Desk, desk_of, reporting_offices
from ..reporting.forms import Sheet, sheet_of
from ..reporting.imported_texts import imported_texts
from ..reporting.sending import Ready, readiness, send_ready
from .lists import lead, sorted_out, title_of
from .own_work import Work, pieces_of, works, works_without_office

SEE = "actionplans.see_periods"
MOST_INLINE = 12
"""Forms that open on the page itself; further ones have their own page, so that it stays light."""


@entity_page(SEE)
def quarter(request, entity):
    """The page of a person's offices, or of one office for planning; `?periodo=` and `?dependencia=` choose."""
    desk = desk_of(request.user, entity, request.GET.get("dependencia", ""))
    period = _period_asked(request, entity, desk)
    if period is None:
        return _without_periods(request, entity, desk)
    if desk is None:
        return _choose_office(request, entity, period)
    found = works_without_office(period) if desk.is_for_no_office else works(period, offices=desk.ids)
    lists = sorted_out(found, desk)
    ready = readiness(lists.missing, is_on_behalf=desk.is_on_behalf)
    return render(
        request,
        "actionplans/following/quarter.html",
        {
            **_frame(request, entity, period, desk),
            "lists": lists,
            "lead": lead(lists, period, desk),
            "sheets": _sheets(lists.missing, period, desk),
            "ready": [row for row in ready if row.is_ready],
            "has_work": bool(found),
            "is_to_come": period.moment(timezone.localdate()) == Moment.TO_COME,
            "has_workbook": bool(for_workbook(found, desk)),
            "drafts": [] if desk.is_on_behalf else drafts_of(request.user, entity),
        },
    )


@entity_page(SEE)
def send_all(request, entity, period):
    """Send every draft that is complete; the rest is told with what it lacks."""
    period = get_object_or_404(ReportingPeriod.objects.select_related("entity"), pk=period, entity=entity)
    desk = desk_of(request.user, entity, request.GET.get("dependencia", ""))
    if desk is None:
        return redirect("follow_up_entity", entity=entity.slug)
    found = works_without_office(period) if desk.is_for_no_office else works(period, offices=desk.ids)
    rows = readiness(sorted_out(found, desk).missing, is_on_behalf=desk.is_on_behalf)
    if request.method == "POST":
        chosen = [row for row in rows if row.is_ready]
        _send(request, chosen, desk)
        return redirect(address_of(entity, period, desk))
    ready, lacking = _told_apart(rows)
    context = {**_frame(request, entity, period, desk), "ready": ready, "lacking": lacking}
    return render(request, "actionplans/following/quarter_send.html", context)


def _send(request, rows: list[Ready], desk: Desk) -> None:
    sent = 0
    for row in rows:
        try:
            with transaction.atomic():
                send_ready(row, by=request.user, is_on_behalf=desk.is_on_behalf)
            sent += 1
        except (TransitionRefused, StaleDraft) as refusal:
            messages.error(request, f"Actividad {row.work.number}: {refusal}")
    if sent:
        messages.success(request, f"{count(sent, 'actividad enviada', 'actividades enviadas')} a planeación.")


def _told_apart(rows):
    return [row for row in rows if row.is_ready], [row for row in rows if not row.is_ready]


def address_of(entity, period, desk: Desk | None = None) -> str:
    choice = f"&dependencia={desk.code}" if desk and desk.code else ""
    return f"{reverse('follow_up_entity', args=[entity.slug])}?periodo={period.pk}{choice}"


def _frame(request, entity, period, desk) -> dict:
    choices = _choices(entity, period, desk)
    return {
        "entity": entity,
        "section": "seguimiento",
        "period": period,
        "desk": desk,
        "title": title_of(period, desk),
        "periods": [choice for choice in choices if choice.period.year == period.year],
        "years": _years(choices, period),
        "here": address_of(entity, period, desk),
        "period_words": words(period),
    }


@dataclass(frozen=True)
class Choice:
    """A period that the page can show."""

    period: ReportingPeriod
    words: str
    address: str
    is_this: bool


@dataclass(frozen=True)
class YearChoice:
    """A year that has periods; its address is that of the like period, else of its first one."""

    year: int
    address: str
    is_this: bool


def _years(choices: list[Choice], period) -> list[YearChoice]:
    """Every year of the periods that may be chosen, oldest first."""
    found = {}
    for choice in choices:
        is_like = (choice.period.scheme, choice.period.ordinal) == (period.scheme, period.ordinal)
        if is_like or choice.period.year not in found:
            found[choice.period.year] = choice.address
    return [YearChoice(year, address, year == period.year) for year, address in sorted(found.items())]


def _choices(entity, period, desk) -> list[Choice]:
    """Of every year, in order."""
    rows = ReportingPeriod.objects.filter(entity=entity).order_by("year", "scheme", "ordinal")
    schemes = _own_schemes(entity, desk)
    return [
        Choice(row, words(row), address_of(entity, row, desk), row.pk == period.pk)
        for row in rows
        if row.scheme in schemes or row.pk == period.pk
    ]


def _own_schemes(entity, desk) -> set[tuple]:
    """How often the plans are followed in which the desk's offices have something to do."""
    plans = PlanVersion.objects.published().filter(entity=entity)
    if desk and desk.ids:
        answers = Responsibility.objects.filter(office__in=desk.ids, activity_version__version__in=plans)
        return set(answers.values_list("activity_version__version__plan__scheme", flat=True).distinct())
    return set(plans.values_list("plan__scheme", flat=True).distinct())


def _period_asked(request, entity, desk) -> ReportingPeriod | None:
    rows = ReportingPeriod.objects.filter(entity=entity).select_related("entity")
    asked = request.GET.get("periodo", "")
    if asked:
        known = rows.filter(pk=asked) if asked.isdecimal() and len(asked) < 10 else rows.none()
        return get_object_or_404(known)
    first = current(entity, timezone.localdate())
    schemes = _own_schemes(entity, desk)
    if first and schemes and first.scheme not in schemes:
        others = [row for row in rows.filter(scheme__in=schemes).order_by("opens") if row.opens <= first.opens]
        first = others[-1] if others else first
    return rows.get(pk=first.pk) if first else None


def _sheets(missing: list[Work], period, desk) -> list[Sheet]:
    """The forms of what is to be reported, where something may be written now."""
    if period.moment(timezone.localdate()) in (Moment.CLOSED, Moment.TO_COME):
        return [Sheet(work) for work in missing]
    texts = imported_texts(missing[:MOST_INLINE], period)
    office = desk.offices[0] if len(desk.offices) == 1 else None
    pieces = pieces_of(office, period) if office and missing else []
    return [
        sheet_of(work, desk.is_on_behalf, pieces=pieces, imported=texts.get(work.activity_id))
        if place < MOST_INLINE and not work.writing_obstacles
        else Sheet(work)
        for place, work in enumerate(missing)
    ]


def _choose_office(request, entity, period):
    offices = reporting_offices(period, versions_in_force(period))
    return render(
        request,
        "actionplans/following/quarter_offices.html",
        {**_frame(request, entity, period, None), "offices": offices, "no_office": NO_OFFICE},
    )


def _without_periods(request, entity, desk):
    """Planning has not opened the follow-up: what the offices promised, and the drafts in which they answer."""
    activities = (
        ActivityVersion.objects.answered_by(request.user)
        .filter(version__entity=entity)
        .select_related("version__plan", "activity")
        .prefetch_related("responsibilities__office")
        .order_by("-version__plan__year", "version__title", "position")
    )
    context = {
        "entity": entity,
        "section": "seguimiento",
        "activities": activities,
        "drafts": drafts_of(request.user, entity),
    }
    return render(request, "actionplans/following/quarter_none.html", context)


def drafts_of(user, entity):
    """Plans that are being written and in which one of the person's offices answers."""
    return PlanVersion.objects.visible_to(user).open().filter(entity=entity).select_related("plan")
