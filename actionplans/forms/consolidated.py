"""Which plans of a year somebody wants in one file."""

from typing import Any

from django import forms

from actionplans.models import ActionPlan, PlanVersion
from mipg.models import Policy
from planning.models import Office

FORMATS = (("xlsx", "Libro de Excel, con una hoja por plan"), ("pdf", "PDF para imprimir, con tabla de contenido"))


class ConsolidatedForm(forms.Form):
    """Its choices are the entity's own: the years, the policies and the offices that have plans to show."""

    vigencia = forms.TypedChoiceField(label="Vigencia", coerce=int)
    dependencia = forms.ModelChoiceField(
        label="Dependencia",
        queryset=Office.objects.none(),
        required=False,
        empty_label="Todas las dependencias",
        help_text="Los planes en los que responde por alguna actividad, que formula o que ayuda a formular.",
    )
    politica = forms.ModelChoiceField(
        label="Política de MIPG", queryset=Policy.objects.none(), required=False, empty_label="Todas las políticas"
    )
    formato = forms.ChoiceField(label="Formato", choices=FORMATS)
    borradores = forms.BooleanField(
        label="Con los borradores y lo que está en revisión",
        required=False,
        help_text="Un plan que se está modificando va como está ahora, no como está publicado.",
    )

    def __init__(self, data=None, *, entity, reader):
        self.entity, self.reader = entity, reader
        plans = ActionPlan.objects.filter(versions__in=PlanVersion.objects.visible_to(reader), entity=entity)
        self.years = sorted(set(plans.values_list("year", flat=True)), reverse=True)
        defaults = {"vigencia": self.years[0] if self.years else None, "formato": FORMATS[0][0]}
        super().__init__(defaults | {name: data[name] for name in data} if data else defaults)
        self.fields["vigencia"].choices = [(year, year) for year in self.years]
        self.fields["dependencia"].queryset = Office.objects.filter(entity=entity).order_by("name")
        self.fields["politica"].queryset = Policy.objects.filter(plans__entity=entity).distinct()

    def choice(self) -> dict[str, Any]:
        """What a valid form asks for, by the names that a selection gives them."""
        return {
            "entity": self.entity,
            "reader": self.reader,
            "year": self.cleaned_data["vigencia"],
            "office": self.cleaned_data["dependencia"],
            "policy": self.cleaned_data["politica"],
            "with_drafts": self.cleaned_data["borradores"],
        }

    def carried(self) -> dict[str, Any]:
        """The values as the next request has to send them; what is empty is left out."""
        return {name: value for name in self.fields if (value := self[name].value())}
