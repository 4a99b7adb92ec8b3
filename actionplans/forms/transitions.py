"""What the steps of the workflow ask for. Each form gives its verb the keywords that the verb takes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplans.enums import VersionStatus
from actionplans.models import PlanVersion
from actionplans.months import MONTH_NAMES

from .scans import scan_field


def reason_field(help_text: str) -> forms.CharField:
    return forms.CharField(
        label="Motivo", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=help_text
    )


def _not_in_the_future(day) -> None:
    if day > timezone.localdate():
        raise ValidationError("La fecha del acto no puede ser futura.")


def act_fields(*, required: bool) -> dict[str, forms.Field]:
    return {
        "name": forms.CharField(
            label="Número o nombre del acto",
            max_length=250,
            required=required,
            help_text="Como se cita: «Acta n.º 3 del comité» o «Resolución 045».",
        ),
        "date": forms.DateField(
            label="Fecha del acto",
            required=required,
            validators=[_not_in_the_future],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        ),
    }


class ConfirmForm(forms.Form):
    """Nothing but the confirmation."""


class ReasonForm(forms.Form):
    comment = reason_field("Lo leerá quien formuló el plan.")


class ApprovalForm(forms.Form):
    """The committee approves in its own account; it may name the act in which it decided."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= act_fields(required=False)

    def clean(self):
        data = super().clean()
        if bool(data.get("name")) != bool(data.get("date")) and not self.errors:
            self.add_error(
                "date" if data.get("name") else "name", "Escriba el acto con su fecha, o deje ambos vacíos."
            )
        return {"act_name": data.get("name", ""), "act_date": data.get("date")}


class ActForm(forms.Form):
    """The committee's act as planning registers it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= act_fields(required=True) | {"scan": scan_field()}


class VersionChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, version):
        return f"{version.title}, vigencia {version.plan.year}, versión {version.number}"


class SessionActForm(ActForm):
    """One act for the plans of a session, chosen among those in review."""

    field_order = ["versions", "name", "date", "scan"]
    versions = VersionChoice(
        label="Planes que aprueba",
        queryset=PlanVersion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Uno de los planes ya no está en revisión: vuelva a elegir."},
    )

    def __init__(self, *args, entity, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["versions"].queryset = (
            PlanVersion.objects.filter(entity=entity, status=VersionStatus.IN_REVIEW)
            .select_related("plan")
            .order_by("-plan__year", "title", "number")
        )
        self.order_fields(self.field_order)


class ModificationForm(forms.Form):
    """Why an approved plan changes, and from which month the change counts."""

    reason = reason_field("Se publica con la nueva versión: lo leerá la ciudadanía.")
    effective_from = forms.TypedChoiceField(label="Cuenta desde", help_text="El mes desde el que rige el cambio.")

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        months = [(f"{year}-{n:02}-01", f"{name} de {year}") for n, name in enumerate(MONTH_NAMES, start=1)]
        field = self.fields["effective_from"]
        field.choices, field.coerce = months, forms.DateField().clean
        today = timezone.localdate()
        field.initial = f"{year}-{today.month if today.year == year else 1:02}-01"


class CancellationForm(forms.Form):
    reason = reason_field("Se publica junto a la actividad, que seguirá a la vista como cancelada.")


FORMS = {"submit": ConfirmForm, "return": ReasonForm, "approve": ApprovalForm, "register_act": ActForm}
