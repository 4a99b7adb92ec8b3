"""Which cut, whose values and what part of the entity a dashboard shows."""

from itertools import groupby

from django import forms

from actionplans.domain.following.measuring import Counting
from actionplans.domain.following.periods import current
from actionplans.models import ReportingPeriod
from actionplans.templatetags.figures import period_code

COUNTINGS = (
    (Counting.VALIDATED.value, "Lo que validó planeación"),
    (Counting.REPORTED.value, "Lo que reportaron las dependencias"),
)


class BoardForm(forms.Form):
    """A value that is not offered is as if it had not been chosen: a dashboard always shows something."""

    corte = forms.ChoiceField(label="Corte", required=False)
    conteo = forms.ChoiceField(label="Qué se cuenta", choices=COUNTINGS, required=False)
    ver = forms.ChoiceField(label="Ver", required=False)

    use_required_attribute = False

    def __init__(self, data, *, entity, on):
        self.periods = {
            period_code(period): period
            for period in ReportingPeriod.objects.filter(entity=entity)
            .select_related("entity")
            .order_by("-year", "scheme", "ordinal")
        }
        chosen = self.periods.get(data.get("corte", "")) or current(entity, on)
        self.period = self.periods[period_code(chosen)] if chosen else None
        self.counting = next((row for row in Counting if row.value == data.get("conteo")), Counting.VALIDATED)
        self.code = data.get("ver", "")
        super().__init__(
            {
                "corte": period_code(self.period) if self.period else "",
                "conteo": self.counting.value,
                "ver": self.code,
            }
        )
        self.fields["corte"].choices = [
            (f"Vigencia {year}", [(period_code(row), row.label) for row in rows])
            for year, rows in groupby(self.periods.values(), key=lambda row: row.year)
        ]

    def offer(self, board) -> None:
        """The parts that the cut has; what was chosen stays where it is one of them."""
        self.fields["ver"].choices = board.options
        self.data["ver"] = board.subject.code

    def query(self, **changes) -> dict[str, str]:
        """What was chosen, as an address says it; what is empty is left out."""
        return {name: value for name, value in (self.data | changes).items() if value}
