"""Which cut, whose values and what part of the entity a dashboard shows."""

from itertools import groupby

from django import forms

from actionplans.domain.following.calendar.periods import current
from actionplans.domain.following.figures.measuring import Counting
from actionplans.enums import FigureScope, PeriodScheme
from actionplans.models import PlanVersion, ReportingPeriod

COUNTINGS = (
    (Counting.VALIDATED.value, "Lo que validó planeación"),
    (Counting.REPORTED.value, "Lo que reportaron las dependencias"),
)


class BoardForm(forms.Form):
    """A dashboard always shows something: a value that is not offered is told in `notices` and replaced.

    «Ver» offers also the plans of the year that the other scheme follows: one of them leads to its cuts.
    """

    corte = forms.ChoiceField(label="Corte", required=False)
    conteo = forms.ChoiceField(label="Qué se cuenta", choices=COUNTINGS, required=False)
    ver = forms.ChoiceField(label="Ver", required=False)

    use_required_attribute = False

    def __init__(self, data, *, entity, on):
        self.entity, self.notices = entity, []
        self.periods = {
            period.code: period
            for period in ReportingPeriod.objects.filter(entity=entity)
            .select_related("entity")
            .order_by("-year", "scheme", "ordinal")
        }
        self.code = data.get("ver", "")
        self.period = self._period(data.get("corte", ""), on)
        self.counting = self._counting(data.get("conteo", ""))
        super().__init__(
            {
                "corte": self.period.code if self.period else "",
                "conteo": self.counting.value,
                "ver": self.code,
            }
        )
        self.fields["corte"].choices = [
            (f"Vigencia {year}", [(row.code, row.label) for row in rows])
            for year, rows in groupby(self.periods.values(), key=lambda row: row.year)
        ]

    def offer(self, board) -> None:
        """The parts that the cut has; what was chosen stays where it is one of them."""
        others = list(self.elsewhere.items())
        scheme = self._other_scheme(self.period).label.lower()
        more = [(f"Planes que se siguen por {scheme}", others)] if others else []
        self.fields["ver"].choices = [*board.options, *more]
        if self.code != board.subject.code:
            self.notices.append(f"En este corte no hay lo que se pidió ver: se muestra {board.subject.label}.")
        self.data["ver"] = board.subject.code

    def query(self, **changes) -> dict[str, str]:
        """What was chosen, as an address says it; what is empty is left out."""
        return {name: value for name, value in (self.data | changes).items() if value}

    def _period(self, asked: str, on) -> ReportingPeriod | None:
        """The cut that was asked for, else the current one; of a plan of the other scheme, one of its own."""
        self.elsewhere = {}
        found = self.periods.get(asked)
        if found is None and (shown := current(self.entity, on)):
            found = self.periods[shown.code]
            if asked:
                self.notices.append(f"Ese corte no existe: se muestra el {found.name} de {found.year}.")
        if found is None:
            return None
        self.elsewhere = self._plans_elsewhere(found)
        if self.code not in self.elsewhere:
            return found
        title, found = self.elsewhere[self.code], self._cut_elsewhere(found, on)
        self.elsewhere = self._plans_elsewhere(found)
        scheme = PeriodScheme(found.scheme).label.lower()
        self.notices.append(f"«{title}» se sigue por {scheme}: se muestra el {found.name} de {found.year}.")
        return found

    def _counting(self, asked: str) -> Counting:
        found = next((row for row in Counting if row.value == asked), None)
        if asked and found is None:
            self.notices.append("Eso no se puede contar: se cuenta lo que validó planeación.")
        return found or Counting.VALIDATED

    def _plans_elsewhere(self, period) -> dict[str, str]:
        """The plans of the year that have cuts of the other scheme: title by code."""
        if not self._cuts_elsewhere(period):
            return {}
        rows = PlanVersion.objects.published().filter(
            entity=self.entity, plan__year=period.year, plan__scheme=self._other_scheme(period)
        )
        slugs = rows.order_by("title").values_list("plan__slug", "title")
        return {f"{FigureScope.PLAN}:{slug}": title for slug, title in slugs}

    def _cut_elsewhere(self, period, on) -> ReportingPeriod:
        """The last cut of the other scheme that has opened, else its first."""
        cuts = self._cuts_elsewhere(period)
        return next((row for row in reversed(cuts) if row.opens <= on), cuts[0])

    def _cuts_elsewhere(self, period) -> list[ReportingPeriod]:
        return [row for row in self.periods.values() if row.year == period.year and row.scheme != period.scheme]

    @staticmethod
    def _other_scheme(period) -> PeriodScheme:
        return next(scheme for scheme in PeriodScheme if scheme != period.scheme)
