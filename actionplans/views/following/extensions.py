"""More days for single activities of a period: giving them, and taking them back."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from actionplans.domain.following.calendar import extensions as verbs
from actionplans.domain.following.calendar.periods import Window, window_of
from actionplans.domain.following.figures.promises import promise_of, promises
from actionplans.enums import PeriodStatus
from actionplans.forms.periods import ExtensionForm, WithdrawalForm
from actionplans.models import Activity, ActivityVersion, Extension
from actionplans.views.access import entity_page
from actionplans.views.following.periods import RUN, page, period_of
from actionplans.views.transitions import form_for, take
from planning.badges import state
from planning.words import count


@dataclass(frozen=True)
class ExtendedActivity:
    """A row of the history of extensions; `counts` if it says until when its activity may be reported."""

    extension: Extension
    promise: ActivityVersion | None
    counts: bool
    is_withdrawal: bool
    is_withdrawable: bool

    @property
    def state(self):
        if self.is_withdrawal:
            return state("none", "Retirada", "–")
        return state("good", "Vale") if self.counts else state("none", "Ya no vale")


def history(period, rows: list[Extension], named: dict[int, ActivityVersion]) -> list[ExtendedActivity]:
    """Newest first, as `rows` come; only the newest of each activity counts."""
    if not rows:
        return []
    window, seen, told = window_of(period), set(), []
    for row in rows:
        is_newest = row.activity_id not in seen
        seen.add(row.activity_id)
        counts = is_newest and not period.is_closed and _is_in_force(window, row)
        told.append(
            ExtendedActivity(
                extension=row,
                promise=named.get(row.activity_id),
                counts=counts,
                is_withdrawal=row.until <= window.last_day_of_all(row.activity_id),
                is_withdrawable=counts,
            )
        )
    return told


@entity_page(RUN)
def extend(request, entity, pk):
    """More days for the activities that are chosen."""
    period = period_of(request, entity, pk)
    initial = {"activities": request.GET.getlist("actividad")}
    options = {"promises": _offered(period), "period": period, "initial": initial}
    form = form_for(request, ExtensionForm, **options)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        chosen = form.chosen_activities()
        who = count(len(chosen), "actividad puede", "actividades pueden")
        done = f"{who} reportarse hasta el {said['until']:%d/%m/%Y}."
        if take(request, done, verbs.extend, period, chosen, until=said["until"], reason=said["reason"]):
            return redirect("period_page", entity=entity.slug, pk=period.pk)
    return page(request, entity, "periods_extend.html", form=form, period=period)


@entity_page(RUN)
def withdraw(request, entity, pk, activity):
    """Ask why, then give the activity back the day of the others."""
    period = period_of(request, entity, pk)
    activity = get_object_or_404(Activity.objects.filter(entity=entity).select_related("plan"), pk=activity)
    window = window_of(period)
    if not verbs.is_extended(window, activity.pk):
        raise Http404
    form = form_for(request, WithdrawalForm)
    back_to = window.last_day_of_all(activity.pk)
    if form.is_bound and form.is_valid():
        done = f"La prórroga quedó retirada: el plazo vuelve a ser hasta el {back_to:%d/%m/%Y}."
        if take(request, done, verbs.withdraw_extension, period, activity, **form.cleaned_data):
            return redirect("period_page", entity=entity.slug, pk=period.pk)
    context = {
        "form": form,
        "period": period,
        "promise": promise_of(activity, period),
        "until": window.last_day(activity.pk),
        "back_to": back_to,
    }
    return page(request, entity, "periods_withdraw.html", **context)


def _offered(period) -> list[ActivityVersion]:
    """Of a reopened period, only what was reopened: the others could not report whatever the day."""
    rows = promises(period)
    if period.status == PeriodStatus.REOPENED:
        rows = rows.filter(activity__in=window_of(period).reopened)
    return list(rows)


def _is_in_force(window: Window, row: Extension) -> bool:
    return verbs.is_extended(window, row.activity_id) and window.last_day(row.activity_id) == row.until
