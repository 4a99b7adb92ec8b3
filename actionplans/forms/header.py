"""The plan's data beside its activities, with its lists: specific objectives, texts, components."""

from __future__ import annotations

from django import forms
from django.forms import formset_factory

from actionplans.domain.drafting.header import ComponentEdit, HeaderEdit
from actionplans.models import PlanVersion
from actionplans.models.activity import PERCENTAGE
from mipg.models import Policy

LONG = {"objective", "scope", "note"}
FACTS = (
    "title", "objective", "scope", "process", "subprocess", "formulating_office", "plan_date", "form_code",
    "form_version", "form_approval_date", "note",
)  # fmt: skip


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class HeaderForm(forms.ModelForm):
    """Offices are those of the entity, policies those of the model that it applies that year."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    policy = forms.ModelChoiceField(
        Policy.objects.none(), label="Política de MIPG", required=False, empty_label="Ninguna"
    )

    class Meta:
        model = PlanVersion
        fields = (*FACTS, "participating_offices")
        widgets = {
            **{name: _lines(3) for name in LONG},
            **{name: _lines(1) for name in ("process", "subprocess")},
            **{
                name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
                for name in ("plan_date", "form_approval_date")
            },
            "participating_offices": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, only_facts=False, **kwargs):
        """`only_facts` leaves the lists as they are."""
        super().__init__(*args, **kwargs)
        version = self.instance
        offices = version.entity.offices.in_force()
        self.initial["revision"] = version.header_revision
        self.fields["formulating_office"].queryset = offices
        self.fields["participating_offices"].queryset = offices
        self._tell_what_is_printed()
        if version.is_modification:
            del self.fields["policy"]
        else:
            self.fields["policy"].queryset = Policy.objects.in_force(version.entity, version.plan.year)
            self.initial["policy"] = version.plan.policy_id
        self.lists = {
            name: formset(self.data or None, prefix=name, initial=rows(version))
            for name, (formset, rows) in ({} if only_facts else LISTS).items()
        }

    def _tell_what_is_printed(self):
        version = self.instance
        if version.printed_formulating_office:
            said = f"Como está impreso: «{version.printed_formulating_office}»."
            self.fields["formulating_office"].help_text = said
        if version.printed_participants:
            said = f"Como están impresas: «{'; '.join(version.printed_participants)}»."
            self.fields["participating_offices"].help_text = said

    def is_valid(self):
        lists_are_valid = [rows.is_valid() for rows in self.lists.values()]
        return super().is_valid() and all(lists_are_valid)

    def _post_clean(self):
        """Nothing is put on the instance here: the verb writes, after it has locked the draft."""

    @property
    def edit(self) -> HeaderEdit:
        data = self.cleaned_data
        return HeaderEdit(
            facts={name: data[name] for name in FACTS},
            participating_offices=list(data["participating_offices"]),
            objectives=self._pairs("objectives", "name", "description"),
            sections=self._pairs("sections", "title", "body"),
            components=[
                ComponentEdit(
                    **{name: row[name] for name in ("pk", "name", "description", "weight")},
                    is_gone=bool(row.get("DELETE")),
                )
                for row in self._rows("components")
                if row
            ],
            policy=data.get("policy"),
        )

    def _rows(self, name):
        return self.lists[name].cleaned_data if name in self.lists else []

    def _pairs(self, name, *keys):
        """The rows of a list that stay; None where the form leaves the list alone."""
        if name not in self.lists:
            return None
        kept = [row for row in self._rows(name) if row and not row.get("DELETE")]
        return [tuple(row[key] for key in keys) for row in kept]


class ObjectiveRow(forms.Form):
    name = forms.CharField(label="Objetivo específico", widget=_lines(2))
    description = forms.CharField(label="Descripción", required=False, widget=_lines(2))


class SectionRow(forms.Form):
    title = forms.CharField(label="Título del texto", max_length=250)
    body = forms.CharField(label="Texto", required=False, widget=_lines(5))


class ComponentRow(forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Componente", widget=_lines(1))
    description = forms.CharField(label="Descripción", required=False, widget=_lines(2))
    weight = forms.DecimalField(
        label="Peso (%)", required=False, max_digits=5, decimal_places=2, validators=PERCENTAGE, localize=True
    )


class ComponentRows(forms.BaseFormSet):
    def clean(self):
        names = [row["name"] for row in self.cleaned_data if row and not row.get("DELETE") and "name" in row]
        if len(names) != len(set(names)):
            raise forms.ValidationError("Hay dos componentes con el mismo nombre: dele otro a uno de ellos.")


def _rows(row, formset=forms.BaseFormSet):
    return formset_factory(row, formset=formset, extra=1, can_delete=True, max_num=500)


LISTS = {
    "components": (
        _rows(ComponentRow, ComponentRows),
        lambda version: list(version.components.values("pk", "name", "description", "weight")),
    ),
    "objectives": (_rows(ObjectiveRow), lambda version: list(version.objectives.values("name", "description"))),
    "sections": (_rows(SectionRow), lambda version: list(version.sections.values("title", "body"))),
}
