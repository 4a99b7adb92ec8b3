"""Control interno's own values: every activity of a period with what was reported, validated and verified."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from actionplans.domain.following.calendar.periods import current, words
from actionplans.domain.following.closing.compared import Compared, compared
from actionplans.domain.following.reporting.account import account_of
from actionplans.domain.following.reporting.reviewing import VERIFY, verify_progress
from actionplans.domain.following.reporting.revisions import history, reopenings_of
from actionplans.forms.verification import VerificationFilters, VerificationForm
from actionplans.models import Activity, ReportingPeriod
from actionplans.progress.numbers import percent
from actionplans.views.access import entity_page
from actionplans.views.transitions import form_for, take

READ = "actionplans.follow_progress"
ON_A_PAGE = 40


@dataclass(frozen=True, kw_only=True)
class Row(Compared):
    """With what control interno says of it, where it does."""

    @property
    def verification(self):
        return self.item.verification

    @property
    def differs(self) -> bool:
        """What control interno verified is not what planning validated, as both are shown."""
        row = self.verification
        if row is None or row.value is None:
            return False
        return percent(row.value) != percent(self.validated.progress.executed)


@entity_page(READ)
def verification_list(request, entity):
    """The activities of a period, by plan and office; at any time, also after the closing."""
    periods = list(ReportingPeriod.objects.filter(entity=entity).order_by("-year", "scheme", "-ordinal"))
    period = _asked_period(request, entity, periods)
    context = {"entity": entity, "section": "verificacion", "period": period}
    if period is None:
        return render(request, "actionplans/following/verification_list.html", context)
    rows = _rows(period)
    filters = VerificationFilters(request.GET, periods=periods, period=period, rows=rows)
    found = [row for row in rows if filters.shows(row)]
    context |= {
        "filters": filters,
        "when": words(period),
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "verified": sum(1 for row in rows if row.verification),
        "many": len(rows),
        "may_verify": request.user.has_perm(VERIFY, entity),
    }
    return render(request, "actionplans/following/verification_list.html", context)


@entity_page(VERIFY)
def verify_activity(request, entity, period, activity):
    """One activity: all that was said of it, and control interno's own value and opinion."""
    period = get_object_or_404(ReportingPeriod.objects.select_related("entity"), entity=entity, pk=period)
    account = account_of(get_object_or_404(Activity, entity=entity, pk=activity), period)
    if account is None:
        raise Http404("La actividad no se sigue en el periodo.")
    form = form_for(request, VerificationForm)
    if form.is_bound and form.is_valid():
        done = "Su verificación quedó registrada junto a lo reportado y lo validado."
        if take(request, done, verify_progress, account.promise, period, **form.cleaned_data):
            return redirect("verify_activity", entity=entity.slug, period=period.pk, activity=activity)
    return render(
        request,
        "actionplans/following/verify_activity.html",
        {
            "entity": entity,
            "section": "verificacion",
            "period": period,
            "when": words(period),
            "account": account,
            "promise": account.promise,
            "report": account.report if account.report and account.report.current else None,
            "told": history(account.report) if account.report and account.report.current else [],
            "reopenings": reopenings_of(account.promise.activity, period),
            "form": form,
        },
    )


def _asked_period(request, entity, periods) -> ReportingPeriod | None:
    """The one of the address, else the one to show first."""
    asked = request.GET.get("periodo", "")
    found = next((row for row in periods if str(row.pk) == asked), None)
    return found or current(entity, timezone.localdate())


def _rows(period) -> list[Row]:
    return [
        Row(item=one.item, reported=one.reported, validated=one.validated) for one in compared(period).values()
    ]
