"""Reviewing what the offices report: the queue, one report, and several at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.domain.following.account import account_of
from actionplans.domain.following.measuring import validation_of
from actionplans.domain.following.periods import window_of, words
from actionplans.domain.following.reviewing import return_report, validate_report
from actionplans.domain.following.revisions import history, reopenings_of
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportStatus
from actionplans.forms.review import ReviewFilters, ReviewForm
from actionplans.models import Report, Validation
from actionplans.views.access import entity_page
from actionplans.views.transitions import form_for, take
from planning.templatetags.ui import count

READ = "actionplans.follow_progress"
REVIEW = "actionplans.review_reports"
REVIEW_THIS = "actionplans.review_report"
ON_A_PAGE = 40
RETURN, VALIDATE, VALIDATE_AND_NEXT = "devolver", "validar", "validar-y-seguir"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A report on the queue; `choice` names it and the version that is seen, where it may be chosen."""

    report: Report
    choice: str
    validation: Validation | None


@entity_page(READ)
def review_list(request, entity):
    """What waits for a review, oldest first, by policy and office; or what was returned or validated."""
    filters = ReviewFilters(request.GET, reports=_sent(request.user, entity))
    page = Paginator(_in_order(filters.results()), ON_A_PAGE).get_page(request.GET.get("pagina"))
    reviews = request.user.has_perm(REVIEW, entity)
    rows = [_row(request.user, report, reviews) for report in page]
    return render(
        request,
        "actionplans/following/review_list.html",
        {
            "entity": entity,
            "section": "revision",
            "filters": filters,
            "page": page,
            "groups": _grouped(rows),
            "reviews": reviews,
            "has_choices": any(row.choice for row in rows),
            "waiting": filters.reports.filter(status=ReportStatus.SUBMITTED).count(),
            "question": request.GET.urlencode(),
        },
    )


@entity_page(READ)
def review_report(request, entity, pk):
    """One report with all that was said of it, and the answer to it."""
    report = get_object_or_404(_sent(request.user, entity), pk=pk)
    account = account_of(report.activity, report.period)
    promise = account.promise if account else report.current.promise
    asked = {"promise": promise, "period": report.period}
    form = form_for(request, ReviewForm, initial={"number": report.current.number}, **asked)
    if form.is_bound:
        if not request.user.has_perm(REVIEW, entity):
            raise PermissionDenied(REVIEW)
        if form.is_valid():
            if answer := _answer(request, entity, report, form):
                return answer
            # What came meanwhile is shown, and what was typed now answers that.
            report = _sent(request.user, entity).get(pk=pk)
            account = account_of(report.activity, report.period)
            form = ReviewForm(_about(report, request.POST), **asked)
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
            "obstacles": _obstacles(request.user, report),
            "question": request.GET.urlencode(),
        },
    )


@entity_page(REVIEW)
@require_POST
def review_many(request, entity):
    """Validate the chosen ones as they were reported, each in the version that was seen; the others are named."""
    chosen = dict(_choices(request.POST.getlist("report")))
    reports = _in_order(_sent(request.user, entity).filter(pk__in=chosen))
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
    following = _following(request, entity, report) if action == VALIDATE_AND_NEXT else None
    if action == RETURN:
        asked = {name: form.cleaned_data[name] for name in ("number", "comment")}
        done = "El reporte volvió a la dependencia con su comentario."
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


def _following(request, entity, report) -> Report | None:
    """The one after it in the queue that the person may review; from the beginning after the end."""
    filters = ReviewFilters(request.GET, reports=_sent(request.user, entity).prefetch_related(None))
    waiting = list(_in_order(filters.results().filter(status=ReportStatus.SUBMITTED)))
    place = next((number for number, row in enumerate(waiting) if row.pk == report.pk), -1)
    rows = [*waiting[place + 1 :], *waiting[: max(place, 0)]]
    return next((row for row in rows if request.user.has_perm(REVIEW_THIS, row)), None)


def _sent(user, entity):
    """The reports of the entity that were sent at least once, with what a row says of them."""
    return (
        Report.objects.visible_to(user)
        .filter(entity=entity, current__isnull=False)
        .select_related(
            "entity",
            "period__entity",
            "activity",
            "current__by",
            "current__office",
            "current__promise__version__plan__policy",
        )
        .prefetch_related("current__validations__by", "current__validations__corrections")
    )


def _in_order(reports):
    """By policy, those without one at the end, then by office; who waits longest first."""
    policy = F("current__promise__version__plan__policy__number").asc(nulls_last=True)
    office = F("current__office__name").asc(nulls_last=True)
    return reports.order_by(policy, office, "current__at", "pk")


def _row(user, report, reviews: bool) -> Row:
    may = reviews and report.status == ReportStatus.SUBMITTED and user.has_perm(REVIEW_THIS, report)
    return Row(
        report=report,
        choice=f"{report.pk}-{report.current.number}" if may else "",
        validation=validation_of(report),
    )


def _grouped(rows: list[Row]) -> list[tuple[str, list[tuple[str, list[Row]]]]]:
    """The rows of a page under their policy and, in it, under the office that reports."""
    return [
        (policy, [(office, list(own)) for office, own in groupby(theirs, key=_office_of)])
        for policy, theirs in groupby(rows, key=_policy_of)
    ]


def _policy_of(row: Row) -> str:
    policy = row.report.current.promise.version.plan.policy
    return policy.name if policy else "Sin política de MIPG"


def _office_of(row: Row) -> str:
    office = row.report.current.office
    return office.name if office else "Sin dependencia que reporte"


def _obstacles(user, report) -> list[str]:
    """Why the report cannot be answered by this person now; one that was answered needs no answer."""
    if report.status != ReportStatus.SUBMITTED or not user.has_perm(REVIEW, report):
        return ["No está por validar."]
    if not user.has_perm(REVIEW_THIS, report):
        return ["Lo envió usted: debe validarlo otra persona de planeación."]
    return window_of(report.period).writing_obstacles(
        report.activity_id, max(timezone.localdate(), report.period.opens)
    )


def _choices(texts):
    """«12-3» is report 12 as its version 3 tells it."""
    for text in texts:
        pk, _, number = text.partition("-")
        if pk.isdecimal() and number.isdecimal() and len(text) < 20:
            yield int(pk), int(number)


def _with_question(address: str, question: str) -> str:
    return f"{address}?{question}" if question else address
