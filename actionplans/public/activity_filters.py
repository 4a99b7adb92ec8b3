"""What may be asked of the activities of a year across plans: its words, state, policy, office and plan."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from actionplans.domain.finding.asking import Asked, matching
from actionplans.domain.finding.words import LONGEST_ASKED, asked_words, plain
from actionplans.enums import PeriodScheme, SearchKind
from actionplans.models import ActivityVersion, PlanVersion, Responsibility
from planning.models import Entity
from planning.words import with_year

from .activity_lists import closings_of, in_force, promised
from .activity_states import CANCELLED, GROUPS, WITHOUT_REPORT, is_of_closing, standing
from .figures.unvalidated import without_validated
from .filters import AddressFilters

COLUMNS = {
    "plan": "version__plan__slug",
    "politica": "version__plan__policy__key",
    "seguimiento": "version__plan__scheme",
}


class ActivityFilters(AddressFilters):
    """Offers what the plans in force of the year have. `told`: what the newest period has of each, once asked."""

    texto = forms.CharField(label="Palabras", required=False)
    vigencia = forms.TypedChoiceField(label="Vigencia", required=False, coerce=int, empty_value=None)
    estado = forms.ChoiceField(label="Estado", required=False)
    plan = forms.ChoiceField(label="Plan de acción", required=False)
    politica = forms.ChoiceField(label="Política de MIPG", required=False)
    dependencia = forms.ChoiceField(label="Dependencia que reporta", required=False)
    seguimiento = forms.ChoiceField(label="Se sigue por", required=False)

    says_by_itself = ("vigencia",)

    def __init__(self, data, *, entity: Entity, year: int, years: Sequence[int]):
        data = data.copy()
        data["texto"] = plain(data.get("texto", ""))
        data["vigencia"] = data.get("vigencia") or str(year)
        super().__init__(data)
        self.entity, self.year, self.told = entity, year, {}
        self.closings = closings_of(entity, year)
        versions = PlanVersion.objects.published().filter(entity=entity, plan__year=year)
        self.fields["texto"].widget.input_type = "search"
        self.fields["texto"].widget.attrs = {"maxlength": LONGEST_ASKED}
        plans = list(
            versions.order_by("title", "pk").values_list(
                "plan__slug", "title", "plan__policy__key", "plan__policy__name", "plan__scheme"
            )
        )
        self.has_plans = bool(plans)
        self.offer(self._options(plans, _offices(versions)))
        self.fields["vigencia"].choices = [(one, str(one)) for one in years]
        self.is_valid()

    def _options(self, plans, offices) -> dict:
        policies = {key: name for _slug, _title, key, name, _scheme in plans if key}
        schemes = {scheme for *_plan, scheme in plans}
        return {
            "vigencia": ("", [(self.year, str(self.year))]),
            "estado": ("Todas, sin las canceladas", GROUPS),
            "plan": ("Todos los planes", [(slug, with_year(title, self.year)) for slug, title, *_ in plans]),
            "politica": ("Todas las políticas", sorted(policies.items(), key=lambda item: item[1])),
            "dependencia": ("Todas las dependencias", offices),
            "seguimiento": ("Trimestres o cuatrimestres", _schemes(schemes) if len(schemes) > 1 else []),
        }

    def results(self) -> QuerySet[ActivityVersion]:
        """The activities that pass every filter in use, in no order."""
        asked = self.cleaned_data.get("estado", "")
        if asked == CANCELLED:
            return self._narrowed(self._cancelled())
        rows = promised(self.entity, self.year)
        if asked == WITHOUT_REPORT:
            self.told = without_validated(self.entity, self.year, self.closings)
            return self._narrowed(rows.filter(activity__in=list(self.told)))
        return self._narrowed(standing(rows, asked, self.closings) if asked else rows)

    def cancelled_since(self) -> int:
        """How many more the closing left in the state that is asked, and were cancelled after it."""
        asked = self.cleaned_data.get("estado", "")
        if not is_of_closing(asked):
            return 0
        return self._narrowed(standing(self._cancelled(), asked, self.closings)).count()

    def _cancelled(self) -> QuerySet[ActivityVersion]:
        return in_force(self.entity, self.year).filter(is_cancelled=True)

    def _narrowed(self, rows: QuerySet[ActivityVersion]) -> QuerySet[ActivityVersion]:
        """Those that pass the filters beside the state."""
        asked = self.cleaned_data
        for name, column in COLUMNS.items():
            if asked.get(name):
                rows = rows.filter(**{column: asked[name]})
        if office := asked.get("dependencia"):
            rows = rows.filter(responsibilities__reports=True, responsibilities__office__slug=office)
        return self._with_words(rows, asked.get("texto", ""))

    def _with_words(self, rows: QuerySet[ActivityVersion], text: str) -> QuerySet[ActivityVersion]:
        """Those that the search finds by every word; words that say nothing find nothing."""
        if not text:
            return rows
        words = asked_words(text)
        asked = Asked(words=words, entity=self.entity.pk, kind=SearchKind.ACTIVITY, year=self.year)
        keys = list(matching(asked).values_list("key", flat=True)) if words else []
        number = Cast("activity__key", CharField())
        key = Concat(Value(f"{self.year}/"), "version__plan__slug", Value("/"), number, output_field=CharField())
        return rows.alias(key=key).filter(key__in=keys)


def _schemes(schemes) -> list[tuple[str, str]]:
    return [(str(scheme), scheme.label) for scheme in PeriodScheme if scheme in schemes]


def _offices(versions: QuerySet[PlanVersion]) -> list[tuple[str, str]]:
    """Those that report an activity, by name."""
    rows = Responsibility.objects.filter(activity_version__version__in=versions, reports=True)
    return list(rows.order_by("office__name").values_list("office__slug", "office__name").distinct())
