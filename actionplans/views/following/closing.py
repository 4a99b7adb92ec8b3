"""One period and its life: what is pending, closing it, its acts, and opening it again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.domain.following.closing import closing as verbs
from actionplans.domain.following.closing.history import by_office, closings_unaware_of, history_of, later_closings
from actionplans.domain.following.closing.losing import would_be_lost
from actionplans.domain.following.figures.promises import promises
from actionplans.domain.following.figures.standing import standing
from actionplans.domain.following.figures.tallies import tallies
from actionplans.enums import FigureScope
from actionplans.forms.periods import ClosingForm, ReopeningForm
from actionplans.jobs import start
from actionplans.jobs.issued import draw_ahead, measured_by
from actionplans.models import ActivityVersion, Closing, Reopening
from actionplans.models.period import Moment
from actionplans.reports.closing import act as closing_act
from actionplans.reports.issued.acts import act_issue, issued_act
from actionplans.reports.issued.answers import being_drawn, unavailable
from actionplans.reports.issued.issuing import BeingDrawn, whole_file
from actionplans.reports.issued.stored_files import stored_answer
from actionplans.reports.plan.pdf import PdfUnavailable
from actionplans.views.access import entity_page
from actionplans.views.following.extensions import history as extension_history
from actionplans.views.following.periods import RUN, SEE, page, period_of
from actionplans.views.transitions import form_for, take
from planning.canonical import canonical_json

FOLLOW = "actionplans.follow_progress"
MOST_AT_ONCE = 200
"""Activities of an act that is drawn while the person waits: some three seconds."""


@entity_page(SEE)
def period_page(request, entity, pk):
    """A period as it stands; what is pending only for those who follow the whole entity."""
    period = period_of(request, entity, pk)
    follows = request.user.has_perm(FOLLOW, entity)
    begun = not period.is_closed and period.moment(timezone.localdate()) != Moment.TO_COME
    closings = list(period.closings.all())
    extensions = list(period.extensions.select_related("by").order_by("-pk"))
    named = _promises_of(period, closings, extensions)
    context = {
        "period": period,
        "tally": tallies([period])[period.pk],
        "pending": by_office(verbs.pending(period)) if follows and begun else None,
        "history": history_of(closings),
        "unaware": closings_unaware_of(period) if follows else [],
        "extensions": extension_history(period, extensions, named),
        "reopened": _reopened(closings, named),
        "follows": follows,
        "closing_obstacles": verbs.closing_obstacles(period),
    }
    return page(request, entity, "period.html", **context)


@entity_page(RUN)
def close(request, entity, pk):
    """Say what will be frozen and what stays out; then close."""
    period = period_of(request, entity, pk)
    obstacles = verbs.closing_obstacles(period)
    if obstacles:
        return page(request, entity, "closing_close.html", period=period, obstacles=obstacles)
    at = standing(period)
    pending = verbs.pending(period, at)
    time_left = verbs.time_left(period, pending)
    form = form_for(request, ClosingForm, has_pending=not pending.is_empty, has_time=bool(time_left))
    if form.is_bound and form.is_valid():
        done = f"El {period.name} de {period.year} quedó cerrado y sus cifras, publicadas. El acta está lista."
        closing = take(request, done, verbs.close_period, period, note=form.cleaned_data["note"])
        if closing:
            draw_ahead(measured_by(closing))
            return redirect("period_page", entity=entity.slug, pk=period.pk)
    context = {
        "form": form,
        "period": period,
        "pending": pending,
        "time_left": time_left,
        "lost": would_be_lost(period, pending),
        "by_office": by_office(pending),
        "at": at,
        "whole": at.figure(FigureScope.ENTITY, entity.slug),
        "plans": at.by(FigureScope.PLAN),
        "tally": tallies([period])[period.pk],
    }
    return page(request, entity, "closing_close.html", **context)


@entity_page(RUN)
def reopen(request, entity, pk):
    """Ask why, by which act, for which activities and until when; then open it again."""
    period = period_of(request, entity, pk)
    form = form_for(request, ReopeningForm, promises=list(promises(period)), period=period)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reason", "until", "scan")}
        said |= {"act_name": form.cleaned_data["name"], "act_date": form.cleaned_data["date"]}
        done = (
            f"El {period.name} de {period.year} quedó reabierto para lo elegido. Control interno recibe un aviso."
        )
        if take(request, done, verbs.reopen_period, period, activities=form.chosen_activities(), **said):
            return redirect("period_page", entity=entity.slug, pk=period.pk)
    return page(request, entity, "closing_reopen.html", form=form, period=period, later=later_closings(period))


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(SEE)
def act(request, entity, pk, sequence):
    """The act of a closing as PDF; a long one is asked for by POST and drawn outside the request."""
    closing = _closing(request, entity, pk, sequence)
    sheet = closing_act.closing_act(closing)
    if request.method == "POST":
        job = start(
            "closing_act", entity=entity, by=request.user, title=sheet.title, params={"closing": closing.pk}
        )
        return redirect("job", entity=entity.slug, pk=job.pk)
    if sheet.length > MOST_AT_ONCE and not whole_file(act_issue(closing, sheet)):
        return page(request, entity, "closing_act_long.html", period=closing.period, act=sheet)
    try:
        issued = issued_act(closing, sheet)
    except PdfUnavailable as reason:
        return unavailable(request, reason)
    except BeingDrawn:
        return being_drawn(request)
    return stored_answer(issued.file, name=issued.name, media_type="application/pdf")


@require_safe
@entity_page(FOLLOW)
def snapshot(request, entity, pk, sequence):
    """The very bytes whose SHA-256 the act bears. They name evidence that is not public."""
    closing = _closing(request, entity, pk, sequence)
    name = f"{closing_act.file_name_of(closing.period, closing.sequence, 'corte')}.json"
    return _file(canonical_json(closing.snapshot).encode(), "application/json", name)


def _closing(request, entity, pk, sequence) -> Closing:
    period = period_of(request, entity, pk)
    rows = Closing.objects.select_related("period__entity", "by", "reopening")
    return get_object_or_404(rows, period=period, sequence=sequence)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def _promises_of(period, closings, extensions) -> dict[int, ActivityVersion]:
    """The activities that extensions and reopenings name, as the period counts them."""
    reopenings = [row for row in (getattr(closing, "reopening", None) for closing in closings) if row]
    named = {row.activity_id for row in extensions}
    through = Reopening.activities.through.objects.filter(reopening__in=reopenings)
    named |= set(through.values_list("activity", flat=True))
    return {row.activity_id: row for row in promises(period).filter(activity__in=named)} if named else {}


def _reopened(closings, named) -> dict[int, list[ActivityVersion]]:
    """By the number of the reopening."""
    through = Reopening.activities.through.objects.filter(reopening__closing__in=closings)
    found: dict[int, list] = {}
    for reopening, activity in through.values_list("reopening", "activity"):
        if activity in named:
            found.setdefault(reopening, []).append(named[activity])
    return found
