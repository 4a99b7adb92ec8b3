"""What somebody takes along of the follow-up: when, of what, and in which file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from actionplans.domain.following.calendar.periods import current
from actionplans.models import ActionPlan, PlanVersion, ReportingPeriod, Responsibility
from mipg.models import Policy
from planning.models import Office

FILES = (
    ("libro", "Libro de Excel: totales, una fila por actividad y sus evidencias"),
    ("pdf", "PDF para imprimir y firmar, con la regla de cada total"),
    ("formato", "El formato de la entidad, con RESULTADO y I a IV llenos"),
    ("evidencias", "Las evidencias en una carpeta ZIP, con su índice y su SHA-256"),
)
NOT_OFFERED = {"invalid_choice": "Escoja una de las opciones de la lista."}


class FollowUpFilesForm(forms.Form):
    """Its choices are the entity's own: the periods that it opened, and the plans, policies and offices in them.

    «periodo» is a year («2024») or a period («2024-trimestre-1»). Nothing chosen means the current period.
    """

    periodo = forms.ChoiceField(label="Periodo", error_messages=NOT_OFFERED)
    plan = forms.ModelChoiceField(
        label="Plan",
        queryset=ActionPlan.objects.none(),
        required=False,
        empty_label="Todos los planes",
        error_messages=NOT_OFFERED,
    )
    politica = forms.ModelChoiceField(
        label="Política de MIPG",
        queryset=Policy.objects.none(),
        required=False,
        empty_label="Todas las políticas",
        error_messages=NOT_OFFERED,
    )
    dependencia = forms.ModelChoiceField(
        label="Dependencia que reporta",
        queryset=Office.objects.none(),
        required=False,
        empty_label="Todas las dependencias",
        error_messages=NOT_OFFERED,
    )
    archivo = forms.ChoiceField(label="Archivo", choices=FILES, widget=forms.RadioSelect)

    use_required_attribute = False

    def __init__(self, data=None, *, entity, reader):
        self.entity, self.reader = entity, reader
        rows = ReportingPeriod.objects.filter(entity=entity).select_related("entity")
        self.periods = {row.code: row for row in rows.order_by("-year", "-scheme", "ordinal")}
        self.years = list(dict.fromkeys(row.year for row in self.periods.values()))
        now = current(entity, timezone.localdate())
        defaults = {"periodo": now.code if now else "", "archivo": FILES[0][0]}
        super().__init__(defaults | {name: data[name] for name in data} if data else defaults)
        self.fields["periodo"].choices = self._times()
        titles = _titles(entity, self.years)
        self.fields["plan"].queryset = ActionPlan.objects.filter(entity=entity, year__in=self.years)
        self.fields["plan"].choices = [("", "Todos los planes"), *sorted(titles.items(), key=lambda row: row[1])]
        self.fields["politica"].queryset = Policy.objects.filter(plans__in=list(titles)).distinct()
        reporting = Responsibility.objects.filter(reports=True, activity_version__version__plan__in=list(titles))
        self.fields["dependencia"].queryset = Office.objects.filter(
            entity=entity, pk__in=reporting.values("office")
        ).order_by("name")

    def _times(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The year and its periods, the newest year first."""
        return [
            (
                str(year),
                [
                    (str(year), f"Todo {year}"),
                    *((code, str(row)) for code, row in self.periods.items() if row.year == year),
                ],
            )
            for year in self.years
        ]

    def choice(self) -> dict[str, Any]:
        """What a valid form asks for, by the names that a selection gives them."""
        asked = self.cleaned_data
        period = self.periods.get(asked["periodo"])
        return {
            "entity": self.entity,
            "reader": self.reader,
            "year": period.year if period else int(asked["periodo"]),
            "period": period,
            "plan": asked["plan"],
            "policy": asked["politica"],
            "office": asked["dependencia"],
        }

    def carried(self) -> dict[str, Any]:
        """The values as the next request has to send them; what is empty is left out."""
        return {name: value for name in self.fields if (value := self[name].value())}


def _titles(entity, years) -> dict[int, str]:
    """Each published plan of those years by its newest title and its year."""
    rows = PlanVersion.objects.published().filter(entity=entity, plan__year__in=years).order_by("number")
    return {plan: f"{title} ({year})" for plan, title, year in rows.values_list("plan", "title", "plan__year")}
