"""The periods of a whole year: created with their dates, and taken back while nothing hangs from them."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from actionplans.domain.following.calendar.periods import open_year
from actionplans.domain.following.calendar.year_removal import delete_periods, loss_of
from actionplans.enums import PeriodScheme
from actionplans.forms.beginning import YearField
from actionplans.forms.periods import YearForm
from actionplans.forms.transitions import ConfirmForm
from actionplans.views.access import entity_page
from actionplans.views.following.periods import RUN, page, year_address
from actionplans.views.transitions import form_for, take


@entity_page(RUN)
def year_new(request, entity):
    """Propose the periods of a year with their dates, then open them."""
    year, scheme = _asked(request)
    if year is None:
        return _not_understood(request)
    form = form_for(request, YearForm, year=year, scheme=scheme)
    if form.is_bound and form.is_valid():
        done = (
            f"Los {scheme.label.lower()} de {year} quedaron creados. Cada dependencia verá los suyos desde el día "
            "en que abren."
        )
        if take(request, done, open_year, entity, year, scheme, dates=form.dates()):
            return redirect(year_address(entity, year))
    return page(request, entity, "periods_year.html", form=form, year=year, scheme=scheme)


@entity_page(RUN)
def year_delete(request, entity):
    """Name what goes with the periods of a year, then delete them."""
    year, scheme = _asked(request)
    if year is None:
        return _not_understood(request)
    form = form_for(request, ConfirmForm)
    if form.is_bound and form.is_valid():
        done = f"Los {scheme.label.lower()} de {year} quedaron borrados."
        if take(request, done, delete_periods, entity, year, scheme):
            return redirect(year_address(entity, year))
    loss = loss_of(entity, year, scheme)
    return page(request, entity, "periods_year_delete.html", form=form, year=year, scheme=scheme, loss=loss)


def _asked(request) -> tuple[int | None, PeriodScheme | None]:
    """The year and the scheme that the address names; (None, None) where it does not."""
    try:
        scheme = PeriodScheme(request.GET.get("cada", PeriodScheme.QUARTER))
        return YearField().clean(request.GET.get("vigencia")), scheme
    except (ValidationError, ValueError):
        return None, None


def _not_understood(request):
    return render(request, "400.html", status=400)
