"""Reviewing what the offices report: the queue, one report, and several at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.domain.following.account import account_of
from actionplans.domain.following.periods import window_of, words
from actionplans.domain.following.reviewing import return_report, validate_report
from actionplans.domain.following.revisions import history
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportStatus
from actionplans.forms.review import ReviewFilters, ReviewForm
from actionplans.models import Report
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
    is_own: bool
    is_self_validated: bool


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
            "groups": [(where, list(rows)) for where, rows in groupby(rows, key=_where)],
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
    promise = report.current.promise
    form = form_for(
        request,
        ReviewForm,
        promise=promise,
        period=report.period,
        initial={"number": report.current.number},
    )
    if form.is_bound:
        if not request.user.has_perm(REVIEW, entity):
            raise PermissionDenied(REVIEW)
        if form.is_valid() and (answer := _answer(request, entity, report, form)):
            return answer
        report = _sent(request.user, entity).get(pk=pk)  # what came meanwhile is what is shown
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
            "form": form,
            "obstacles": _obstacles(request.user, report),
            "question": request.GET.urlencode(),
        },
    )


@require_POST
@entity_page(REVIEW)
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
    action = request.POST.get("action")
    if action == RETURN:
        data = form.cleaned_data
        done = "El reporte volvió a la dependencia con su comentario."
        taken = take(
            request, done, return_report, report, number=data["number"], comment=data["comment"]
        )
    else:
        taken = take(request, "El reporte quedó validado.", validate_report, report, **form.validation())
    if not taken:
        return None
    question = request.GET.urlencode()
    if action == VALIDATE_AND_NEXT:
        if following := _following(request, entity, report):
            return redirect(_with_question(reverse("review_report", args=[entity.slug, following.pk]), question))
        messages.info(request, "No queda ninguno por validar con estos filtros.")
    elif action != RETURN:
        return redirect(_with_question(reverse("review_report", args=[entity.slug, report.pk]), question))
    return redirect(_with_question(reverse("review", args=[entity.slug]), question))


def _following(request, entity, report) -> Report | None:
    """The next one of the queue that the person may review; from its beginning after its end."""
    filters = ReviewFilters(request.GET, reports=_sent(request.user, entity))
    waiting = filters.results().filter(status=ReportStatus.SUBMITTED).exclude(pk=report.pk)
    rows = [row for row in _in_order(waiting) if request.user.has_perm(REVIEW_THIS, row)]
    later = [row for row in rows if _place(row) > _place(report)]
    return next(iter(later or rows), None)


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
        .prefetch_related("current__validations__by")
    )


def _in_order(reports):
    return reports.order_by(
        "current__promise__version__plan__policy__number", "current__office__name", "current__at", "pk"
    )


def _place(report) -> tuple:
    """The place of a report in the order of the queue."""
    policy, office = report.current.promise.version.plan.policy, report.current.office
    return (policy.number if policy else 10**6, office.name if office else "", report.current.at, report.pk)


def _row(user, report, reviews: bool) -> Row:
    validation = max(report.current.validations.all(), key=lambda row: row.pk, default=None)
    may = reviews and report.status == ReportStatus.SUBMITTED and user.has_perm(REVIEW_THIS, report)
    return Row(
        report=report,
        choice=f"{report.pk}-{report.current.number}" if may else "",
        is_own=report.current.by_id == user.pk,
        is_self_validated=report.status == ReportStatus.VALIDATED and bool(validation) and validation.is_self,
    )


def _where(row: Row) -> tuple[str, str]:
    plan, office = row.report.current.promise.version.plan, row.report.current.office
    return (
        plan.policy.name if plan.policy else "Sin política",
        office.name if office else "Sin dependencia que reporte",
    )


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
