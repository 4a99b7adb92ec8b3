"""All that can be said of one activity on a page: for who works without the sheet, and for what it has no room."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.db.models import Q
from django.forms import formset_factory

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, ResponsibleContent
from actionplans.enums import ResponsibilityRole
from actionplans.models import ActionPlan
from actionplans.models.indicator import surplus_targets
from actionplans.months import MONTH_NAMES, MonthSet
from planning.models import Objective

from .cells import CellFlaws, cell_texts, content_with, facts_of_indicator
from .columns import BY_NAME, OF_INDICATOR, columns_of
from .office_cells import OfficeReader

AREAS = {"description": 3, "tasks": 4, "deliverable": 2, "detail": 3, "note": 2, "schedule_text": 1}
OWN = (
    "description", "tasks", "deliverable", "component", "weight", "budget", "starts", "ends", "schedule_text",
    "printed_number", "detail", "note",
)  # fmt: skip
ORDER = ("revision", "description", "tasks", "months", "deliverable")
HELP = {
    "tasks": "Una por línea.",
    "component": "Escriba el nombre: uno que ya exista o uno nuevo.",
    "weight": "De 0 a 100. Los pesos del plan deben sumar 100 %.",
    "starts": "Por ejemplo, 01/02/2025.",
    "ends": "Por ejemplo, 31/03/2025.",
    "schedule_text": "Si el plazo no son meses ni fechas: «Durante todo el año».",
    "printed_number": "Si el documento numera las actividades a su manera.",
    "formula": "Por ejemplo: (informes publicados / informes programados) × 100.",
    "accumulation": "Cómo se juntan los valores de los periodos.",
    "direction": "Hacia dónde debe ir el indicador.",
    "target_1": "Lo que se espera en el periodo; lo acumulado si el indicador ya viene acumulado.",
}


def _field(name: str, label: str = "") -> forms.Field:
    column = BY_NAME[name]
    options = {"label": label or column.label, "required": False, "help_text": HELP.get(name, "")}
    if column.kind == "choice":
        choices = [("", "Sin decir"), *column.choices]
        return forms.ChoiceField(choices=choices, **options)
    if name in AREAS or name in ("indicator", "formula", "numerator", "denominator", "result"):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": AREAS.get(name, 1)}), **options)
    return forms.CharField(**options)


class IndicatorRow(forms.Form):
    """`scheme` is how the plan is followed; a target of a period that it lacks is only shown to be taken away."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, scheme: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        labels = {column.name: column.label for column in columns_of(scheme)}
        left = {name: "Meta de un cuarto periodo" for name in surplus_targets(scheme) if self._says(name)}
        self.fields |= {
            name: _field(name, (labels | left)[name]) for name in OF_INDICATOR if name in labels | left
        }

    def _says(self, name: str) -> bool:
        return bool(self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name))

    def clean(self):
        """The texts become the facts of an indicator; each flaw stands at its field."""
        typed = {name: value for name, value in super().clean().items() if name in OF_INDICATOR}
        try:
            return {"content": facts_of_indicator(typed, scheme=self.scheme, key=self.cleaned_data.get("key"))}
        except CellFlaws as refusal:
            for name, said in refusal.by_column.items():
                self.add_error(name, said)
            return {}


class ResponsibleRow(forms.Form):
    office = forms.ModelChoiceField(
        None, label="Dependencia o comité", required=False, empty_label="Ninguna: solo el texto"
    )
    text = forms.CharField(label="Como está impreso", required=False)
    role = forms.ChoiceField(label="Papel", choices=ResponsibilityRole.choices)
    reports = forms.BooleanField(label="Reporta el avance", required=False)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["role"].initial = ResponsibilityRole.LEADS

    def clean(self):
        data = super().clean()
        if data.get("reports") and not data.get("office"):
            self.add_error("reports", "Solo reporta una dependencia reconocida: elíjala.")
        return data

    @property
    def says_something(self) -> bool:
        data = self.cleaned_data
        return not data.get("DELETE") and bool(data.get("office") or data.get("text"))


class ResponsibleRows(forms.BaseFormSet):
    def clean(self):
        if sum(bool(form.cleaned_data.get("reports")) for form in self.forms if form.is_valid()) > 1:
            raise forms.ValidationError("Una sola dependencia reporta el avance: deje marcada una.")


Indicators = formset_factory(IndicatorRow, extra=1, can_delete=True, max_num=50)
Responsibles = formset_factory(ResponsibleRow, formset=ResponsibleRows, extra=2, can_delete=True, max_num=100)


class ActivityForm(forms.Form):
    """`content` is what the activity says now; `edited` what it should say."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    months = forms.TypedMultipleChoiceField(
        label="Meses programados",
        required=False,
        coerce=int,
        choices=[(number, name.capitalize()) for number, name in enumerate(MONTH_NAMES, start=1)],
        widget=forms.CheckboxSelectMultiple,
    )
    objectives = forms.ModelMultipleChoiceField(
        None, label="Objetivos estratégicos a los que aporta", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, content: ActivityContent, revision: int | None, plan: ActionPlan):
        entity, shown = plan.entity, cell_texts(content)
        initial = {name: shown[name] for name in OWN} | {
            "revision": revision,
            "months": list(content.months),
            "objectives": list(content.objectives),
        }
        super().__init__(data, initial=initial)
        self.content, self.reader = content, OfficeReader(entity)
        self.fields |= {name: _field(name) for name in OWN}
        self.fields["description"].required = True
        self.order_fields(ORDER)
        self._offer_objectives(_objectives(entity, plan.year, content))
        self.indicators = Indicators(
            data,
            prefix="indicadores",
            initial=[_indicator(i) for i in content.indicators],
            form_kwargs={"scheme": plan.scheme},
        )
        self.responsibles = Responsibles(
            data,
            prefix="responsables",
            initial=[vars(item) for item in content.responsibles],
            form_kwargs={"offices": _offices(entity, content)},
        )

    def _offer_objectives(self, objectives):
        """Last, and only where the entity has some."""
        field = self.fields.pop("objectives")
        if objectives:
            field.queryset = objectives
            self.fields["objectives"] = field

    def is_valid(self):
        lists_are_valid = [rows.is_valid() for rows in (self.indicators, self.responsibles)]
        return super().is_valid() and all(lists_are_valid)

    def clean(self):
        typed = {name: value for name, value in super().clean().items() if name in OWN}
        try:
            self.edited = content_with(self._with_lists(), typed, self.reader)
        except CellFlaws as refusal:
            for name, said in refusal.by_column.items():
                self.add_error(name if name in self.fields else None, said)

    def _with_lists(self) -> ActivityContent:
        data = self.cleaned_data
        return replace(
            self.content,
            months=MonthSet(data.get("months", ())),
            objectives=tuple(data.get("objectives", ())),
            indicators=tuple(_indicator_contents(self.indicators)),
            responsibles=tuple(_responsible_contents(self.responsibles)),
        )


def _offices(entity, content):
    """Those that exist, and those that answer for the activity though they exist no more."""
    known = [item.office.pk for item in content.responsibles if item.office]
    return entity.offices.filter(Q(pk__in=entity.offices.in_force()) | Q(pk__in=known))


def _objectives(entity, year, content):
    """Those of the frameworks in force that year, and those that the activity has from another one."""
    in_force = Q(axis__framework__in=entity.frameworks.in_force(year))
    linked = Q(pk__in=[objective.pk for objective in content.objectives])
    return (
        Objective.objects.filter(in_force | linked).select_related("axis").order_by("axis__position", "position")
    )


def _indicator(content: IndicatorContent) -> dict:
    shown = cell_texts(ActivityContent(description="", indicators=(content,)))
    values = {name: shown[name] for name in OF_INDICATOR if BY_NAME[name].kind != "choice"}
    codes = {name: getattr(content, fact) for name, fact in OF_INDICATOR.items() if BY_NAME[name].kind == "choice"}
    return {"key": content.key} | values | codes


def _indicator_contents(rows):
    for row in rows.forms:
        content = row.is_valid() and not row.cleaned_data.get("DELETE") and row.cleaned_data.get("content")
        if content and replace(content, key=None) != IndicatorContent(name=""):
            yield content


def _responsible_contents(rows):
    said = [row.cleaned_data for row in rows.forms if row.is_valid() and row.says_something]
    chosen = any(data["reports"] for data in said)
    for data in said:
        yield ResponsibleContent(
            text=data["text"],
            office=data["office"],
            role=data["role"],
            reports=data["reports"] if chosen else None,
        )
