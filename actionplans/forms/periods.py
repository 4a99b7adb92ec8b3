"""What the pages of the reporting periods ask for. Each form gives its verb the keywords that the verb takes."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError

from actionplans.domain.following.calendar.extensions import until_flaws
from actionplans.domain.following.calendar.periods import (
    PeriodDates,
    date_flaws,
    default_dates,
    delay_flaws,
    window_of,
)
from actionplans.domain.following.closing.closing import reopening_day_flaws
from actionplans.enums import PeriodScheme
from actionplans.forms.activity_picker import ActivityPickerForm
from actionplans.forms.scans import scan_field
from actionplans.forms.transitions import act_fields, reason_field
from actionplans.models.period import NOUNS, ROMAN
from planning.models import TrafficLightPreset


def day_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), help_text=help_text
    )


class DatesForm(forms.Form):
    """Other days to report in one period."""

    opens = day_field("Se reporta desde")
    closes = day_field("Se reporta hasta", "Ese día inclusive.")
    reason = forms.CharField(
        label="Por qué se reporta después",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Solo si el último día es posterior al que ya se había anunciado. "
        "La página pública dice que el plazo se movió.",
    )

    use_required_attribute = False

    def __init__(self, *args, period, **kwargs):
        super().__init__(*args, initial={"opens": period.opens, "closes": period.closes}, **kwargs)
        self.period = period

    def clean(self):
        data = super().clean()
        dates = PeriodDates(self.period.ordinal, self.period.starts, self.period.ends, None, None)
        _check(self, dates)
        if closes := data.get("closes"):
            for flaw in delay_flaws(self.period, closes, data.get("reason", "")):
                self.add_error("reason", flaw)
        return data


class YearForm(forms.Form):
    """The dates of all the periods of a year, as proposed until somebody types others."""

    def __init__(self, *args, year: int, scheme: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposed = default_dates(year, scheme)
        self.noun = NOUNS[PeriodScheme(scheme)]
        for row in self.proposed:
            for name, label in (("opens", "Se reporta desde"), ("closes", "Se reporta hasta")):
                field = day_field(label)
                field.initial = getattr(row, name)
                self.fields[f"{name}_{row.ordinal}"] = field

    @property
    def rows(self):
        """Title, the proposed dates and the two fields of each period."""
        return [
            (
                f"{self.noun.capitalize()} {ROMAN[row.ordinal - 1]}",
                row,
                self[f"opens_{row.ordinal}"],
                self[f"closes_{row.ordinal}"],
            )
            for row in self.proposed
        ]

    def clean(self):
        data = super().clean()
        for row in self.proposed:
            _check(self, row, f"_{row.ordinal}")
        return data

    def dates(self) -> list[PeriodDates]:
        said = self.cleaned_data
        return [
            replace(row, opens=said[f"opens_{row.ordinal}"], closes=said[f"closes_{row.ordinal}"])
            for row in self.proposed
        ]


class SchemeForm(forms.Form):
    """How often one plan is followed."""

    scheme = forms.ChoiceField(
        label="Se sigue por",
        choices=PeriodScheme.choices,
        help_text="Las metas de cada periodo que dé el plan pasan a ser de los periodos que elija: revíselas. Por "
        "cuatrimestres, una meta de un cuarto periodo no se cuenta.",
    )

    use_required_attribute = False


class ExtensionForm(ActivityPickerForm):
    """More days for some activities, and why."""

    until = day_field("Pueden reportar hasta", "Ese día inclusive.")
    reason = reason_field("Queda en la historia del periodo, con su nombre y la fecha.")

    field_order = ["until", "reason", "texto", "activities"]

    def __init__(self, *args, period, **kwargs):
        super().__init__(*args, **kwargs)
        self.window = window_of(period)

    def clean(self):
        data = super().clean()
        if data.get("until") and data.get("activities"):
            for words in until_flaws(self.window, self.chosen_activities(), data["until"]):
                self.add_error("until", words)
        return data


class WithdrawalForm(forms.Form):
    """Why an extension is taken back."""

    reason = reason_field("Queda en la historia del periodo, con su nombre y la fecha.")

    use_required_attribute = False


class ClosingForm(forms.Form):
    """A remark for the act, and the word of who closes for what stays out and of the time that is cut short."""

    note = forms.CharField(
        label="Constancia",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Si quiere dejar algo dicho: se imprime en el acta tal como lo escriba.",
    )
    accept = forms.BooleanField(
        label="Cerrar así: lo pendiente no cuenta en este cierre",
        error_messages={
            "required": "Marque que el cierre se hace con lo pendiente por fuera, o espere a que llegue."
        },
    )

    early = forms.BooleanField(
        label="Cerrar aunque todavía tengan plazo: desde ahora no podrán reportar",
        error_messages={"required": "Marque que se cierra antes de que venza el plazo, o espere a ese día."},
    )

    use_required_attribute = False

    def __init__(self, *args, has_pending: bool, has_time: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_pending:
            del self.fields["accept"]
        if not has_time:
            del self.fields["early"]


class ReopeningForm(ActivityPickerForm):
    """Why a closed period is opened again, by which act, for which activities and until when."""

    def __init__(self, *args, period, **kwargs):
        super().__init__(*args, **kwargs)
        self.period = period
        self.fields = {
            "reason": reason_field("Se publica junto a las cifras nuevas: diga qué se corrige y por qué."),
            **act_fields(required=True),
            "scan": scan_field(required=False),
            "until": day_field("Pueden reportar hasta", "Ese día inclusive."),
            **self.fields,
        }

    def clean_until(self):
        until = self.cleaned_data["until"]
        if flaws := reopening_day_flaws(self.period, until):
            raise ValidationError(flaws)
        return until


class LightChoice(forms.ModelChoiceField):
    def label_from_instance(self, preset):
        bands = ", ".join(f"{band.label} {band.since}" for band in preset.bands.all())
        return f"{preset.name}: {bands}" if bands else preset.name


class LightForm(forms.Form):
    """The traffic light of one indicator; empty is the entity's own."""

    preset = LightChoice(
        label="Semáforo",
        queryset=TrafficLightPreset.objects.none(),
        required=False,
        empty_label="El de la entidad",
        help_text="Solo para este indicador, en todas las versiones del plan.",
    )

    use_required_attribute = False

    def __init__(self, *args, presets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["preset"].queryset = presets.prefetch_related("bands")


def _check(form, dates: PeriodDates, suffix: str = "") -> None:
    """What is wrong with the days that were typed, beside the field that says it."""
    opens, closes = (form.cleaned_data.get(f"{name}{suffix}") for name in ("opens", "closes"))
    if opens and closes:
        for name, words in date_flaws(replace(dates, opens=opens, closes=closes)):
            form.add_error(f"{name}{suffix}", words)
