"""Which vigencia a page of an entity shows, and what it says where it was asked for another."""

from __future__ import annotations

from collections.abc import Iterable

from actionplans.models import ActionPlan
from planning.addresses import canonical


def published_years(entity, today) -> list[int]:
    """Years of the entity's published plans, newest first; this year without any."""
    found = ActionPlan.objects.published().filter(entity=entity).order_by().values_list("year", flat=True)
    return newest_first(found.distinct(), today)


def newest_first(years: Iterable[int], today) -> list[int]:
    """Never empty: this year where there is none."""
    return sorted(set(years), reverse=True) or [today.year]


def asked_year(request, years: list[int], today) -> int:
    """The year of `?vigencia=`; without one of which the entity says something, the newest that has begun."""
    asked = request.GET.get("vigencia", "")
    if asked in {str(year) for year in years}:
        return int(asked)
    return next((year for year in years if year <= today.year), years[-1])


def unknown_year(request, year: int) -> str:
    """What was asked for and is not shown; empty where it is."""
    asked = request.GET.get("vigencia", "")
    return asked if asked != str(year) else ""


NOTHING = "La entidad no tiene información de la vigencia"


def year_context(request, years: list[int], today, *, nothing: str = NOTHING) -> dict:
    """What `components/years.html` asks for, and where page and figure are to be found.

    `nothing` begins the sentence for a year that was asked for and is not among `years`; the year follows it.
    """
    year = asked_year(request, years, today)
    return {
        "year": year,
        "year_words": f"Vigencia {year}",
        "years": years,
        "unknown_year": unknown_year(request, year),
        "nothing_in_year": nothing,
        "figure_address": f"{request.path}?vigencia={year}#avance",
        "canonical": canonical(request),
    }
