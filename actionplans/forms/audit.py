"""What somebody looks for in the audit trail of an entity."""

from __future__ import annotations

from typing import Any

from django import forms

from actionplans.domain.event_names import EVENT_NAMES
from actionplans.models import ActionPlan, PlanVersion
from planning.models import AuditEvent

SYSTEM = "sistema"


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class AuditForm(forms.Form):
    """Its choices are what the trail holds: the plans of the entity, who acted, what was done."""

    plan = forms.ModelChoiceField(
        label="Plan",
        queryset=ActionPlan.objects.none(),
        required=False,
        empty_label="Todos los planes",
        error_messages={"invalid_choice": "Escoja uno de los planes de la lista."},
    )
    persona = forms.ChoiceField(label="Quién lo hizo", required=False)
    hecho = forms.ChoiceField(label="Qué se hizo", required=False)
    desde = _day("Desde")
    hasta = _day("Hasta")

    use_required_attribute = False

    def __init__(self, data, *, entity, reader):
        self.entity, self.reader = entity, reader
        super().__init__(data)
        events = AuditEvent.objects.visible_to(reader).filter(chain__entity=entity).order_by()
        titles = _titles(entity, reader)
        self.fields["plan"].queryset = ActionPlan.objects.filter(pk__in=list(titles))
        self.fields["plan"].choices = [("", "Todos los planes"), *sorted(titles.items(), key=lambda row: row[1])]
        self._offer("persona", [("", "Todas las personas"), *_people(events)])
        names = {event: EVENT_NAMES.get(event, event) for (event,) in events.values_list("event").distinct()}
        self._offer("hecho", [("", "Todos los hechos"), *sorted(names.items(), key=lambda row: row[1])])

    def _offer(self, name, choices):
        self.fields[name].choices = choices
        self.fields[name].error_messages["invalid_choice"] = "Escoja una de las opciones de la lista."

    def clean(self):
        said = super().clean()
        since, until = said.get("desde"), said.get("hasta")
        if since and until and until < since:
            self.add_error("hasta", "El último día es anterior al primero.")
        return said

    def choice(self) -> dict[str, Any]:
        """What a valid form asks for, by the names that an `AuditChoice` gives them."""
        asked = self.cleaned_data
        person = asked["persona"]
        return {
            "entity": self.entity,
            "reader": self.reader,
            "plan": asked["plan"],
            "person": None if not person else 0 if person == SYSTEM else int(person),
            "event": asked["hecho"],
            "since": asked["desde"],
            "until": asked["hasta"],
        }

    def carried(self) -> dict[str, Any]:
        """What was asked for as the next request has to send it; what is empty is left out."""
        return {name: value for name in self.fields if (value := self[name].value())}


def _titles(entity, reader) -> dict[int, str]:
    """Each plan that the person may read by its newest title and its year."""
    rows = PlanVersion.objects.visible_to(reader).filter(entity=entity).order_by("number")
    return {plan: f"{title} ({year})" for plan, title, year in rows.values_list("plan", "title", "plan__year")}


def _people(events) -> list[tuple[str, str]]:
    """Who acted, by the last name that the trail knows of each account."""
    rows = events.values_list("actor_id", "actor").distinct()
    names = {SYSTEM if account is None else str(account): name for account, name in rows}
    return sorted(names.items(), key=lambda row: row[1])
