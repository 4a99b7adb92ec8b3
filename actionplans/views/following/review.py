"""Reviewing what the offices report: the queue, one report, and several at once."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.domain.following.calendar.periods import window_of, words
from actionplans.domain.following.figures.measuring import suspended_validation
from actionplans.domain.following.reporting.account import account_of
from actionplans.domain.following.reporting.reviewing import (
    correction_words,
    return_report,
    validate_report,
)
from actionplans.domain.following.reporting.revisions import history, reopenings_of
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportStatus
from actionplans.forms.review import RETURN, ReviewFilters, ReviewForm
from actionplans.views.access import entity_page
from actionplans.views.transitions import take
from planning.words import count, long_date

from .own_entries import own_entry
from .review_queue import REVIEW_THIS, grouped, in_order, next_waiting, row_of, sent
from .second_answers import RECONSIDER, UPHOLD, answer_again, offered, second_forms

READ = "actionplans.follow_progress"
REVIEW = "actionplans.review_reports"
ON_A_PAGE = 40
VALIDATE, VALIDATE_AND_NEXT = "validar", "validar-y-seguir"
ALL = "todos"


@entity_page(READ)
def review_list(request, entity):
    """What waits for a review, oldest first, by policy and office; or what was returned or validated."""
    filters = ReviewFilters(request.GET, reports=sent(request.user, entity))
    page = Paginator(in_order(filters.results()), ON_A_PAGE).get_page(request.GET.get("pagina"))
    reviews = request.user.has_perm(REVIEW, entity)
    rows = [row_of(request.user, report, reviews) for report in page]
    question = request.GET.copy()
    chooses_all = ALL in question.pop("elegir", ())
    return render(
        request,
        "actionplans/following/review_list.html",
        {
            "entity": entity,
            "section": "revision",
            "filters": filters,
            "page": page,
            "groups": grouped(rows),
            "reviews": reviews,
            "has_choices": any(row.choice for row in rows),
            "chooses_all": chooses_all,
            "question": question.urlencode(),
            **filters.waiting(),
        },
    )


@entity_page(READ)
def review_report(request, entity, pk):
    """One report with all that was said of it, and the answer to it."""
    report = get_object_or_404(sent(request.user, entity), pk=pk)
    account = account_of(report.activity, report.period)
    promise = account.promise if account else report.current.promise
    window = window_of(report.period)
    asked = {"promise": promise, "period": report.period, "window": window}
    seconds = second_forms(request, report)
    form = ReviewForm(initial={"number": report.current.number}, **asked)
    if request.method == "POST":
        if not request.user.has_perm(REVIEW, entity):
            raise PermissionDenied(REVIEW)
        if (action := request.POST.get("action")) in seconds:
            if answer_again(request, report, action, seconds[action]):
                question = request.GET.urlencode()
                return redirect(_with_question(reverse("review_report", args=[entity.slug, pk]), question))
        elif (form := ReviewForm(request.POST, **asked)).is_valid():
            if answer := _answer(request, entity, report, form):
                return answer
            # What came meanwhile is shown, and what was typed now answers that.
            report = sent(request.user, entity).get(pk=pk)
            account = account_of(report.activity, report.period)
            form = ReviewForm(_about(report, request.POST), **asked)
    second = offered(request.user, report, {RECONSIDER: REVIEW, UPHOLD: REVIEW_THIS})
    return render(
        request,
        "actionplans/following/review_report.html",
        {
            "entity": entity,
            "section": "revision",
            "report": report,
            "account": account,
            "promise": promise,
            "when": words(report.period),
            "told": history(report),
            "reopenings": reopenings_of(report.activity, report.period),
            "form": form,
            "again": seconds[RECONSIDER] if second == RECONSIDER else None,
            "own": own_entry(request.user, report),
            "uphold": seconds[UPHOLD] if second == UPHOLD else None,
            "suspended": suspended_validation(report),
            "obstacles": _obstacles(request.user, report, window),
            "being_corrected": correction_words(report),
            "question": request.GET.urlencode(),
        },
    )


@entity_page(REVIEW)
@require_POST
def review_many(request, entity):
    """Validate the chosen ones as they were reported, each in the version that was seen; the others are named."""
    chosen = dict(_choices(request.POST.getlist("report")))
    reports = in_order(sent(request.user, entity).filter(pk__in=chosen))
    done, refused = 0, []
    for report in reports:
        try:
            validate_report(report, by=request.user, number=chosen[report.pk])
        except PermissionDenied:
            refused.append((report, ["Lo envió usted: debe validarlo otra persona."]))
        except TransitionRefused as refusal:
            refused.append((report, refusal.reasons))
        else:
            done += 1
    if done:
        messages.success(request, f"{count(done, 'reporte quedó validado', 'reportes quedaron validados')}.")
    elif not refused:
        messages.warning(request, "Elija al menos un reporte.")
    for report, reasons in refused:
        messages.error(request, f"No se validó «{report.current.promise.description}»: {' '.join(reasons)}")
    return redirect(_with_question(reverse("review", args=[entity.slug]), request.GET.urlencode()))


def _answer(request, entity, report, form):
    """Take the step that the button asks for; where to go then, or None where it was refused."""
    action, question = request.POST.get("action"), request.GET.urlencode()
    following = next_waiting(request, entity, report) if action == VALIDATE_AND_NEXT else None
    if action == RETURN:
        asked = {name: form.cleaned_data.get(name) for name in ("number", "comment", "until")}
        until = asked["until"]
        done = "El reporte volvió a la dependencia con su comentario."
        if until:
            done = f"{done[:-1]}: puede corregirlo hasta el {long_date(until)}."
        taken = take(request, done, return_report, report, **asked)
    else:
        taken = take(request, "El reporte quedó validado.", validate_report, report, **form.validation())
    if not taken:
        return None
    if action == VALIDATE:
        return redirect(_with_question(reverse("review_report", args=[entity.slug, report.pk]), question))
    if following:
        return redirect(_with_question(reverse("review_report", args=[entity.slug, following.pk]), question))
    if action == VALIDATE_AND_NEXT:
        messages.info(request, "No queda ninguno por validar con estos filtros.")
    return redirect(_with_question(reverse("review", args=[entity.slug]), question))


def _about(report, posted):
    """What was typed, as an answer to the version that is current now."""
    posted = posted.copy()
    posted["number"] = str(report.current.number)
    return posted


def _obstacles(user, report, window) -> list[str]:
    """Why the report cannot be answered by this person now; one that was answered needs no answer."""
    if report.status != ReportStatus.SUBMITTED or not user.has_perm(REVIEW, report):
        return ["No está por validar."]
    if not user.has_perm(REVIEW_THIS, report):
        return ["Lo envió usted: debe validarlo otra persona de planeación."]
    return window.writing_obstacles(report.activity_id, max(timezone.localdate(), report.period.opens))


def _choices(texts):
    """«12-3» is report 12 as its version 3 tells it."""
    for text in texts:
        pk, _, number = text.partition("-")
        if pk.isdecimal() and number.isdecimal() and len(text) < 20:
            yield int(pk), int(number)


def _with_question(address: str, question: str) -> str:
    return f"{address}?{question}" if question else address
