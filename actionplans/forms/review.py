"""What reviewing and verifying ask for: the filters of the lists, and the answer to a report."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from actionplans.domain.following.reporting import ReadingContent
from actionplans.enums import ReportStatus
from actionplans.forms.report import YES_NO, FigureField
from actionplans.forms.report_questions import asks_declared, field_name, questions_of
from actionplans.models import ReportingPeriod

LONGEST = 4000
STATES = (
    ("", "Por validar"),
    (ReportStatus.RETURNED.value, "Devueltos"),
    (ReportStatus.VALIDATED.value, "Validados"),
    ("todos", "Todos los enviados"),
)


class ListFilters(forms.Form):
    """Choices from the address. A value that is not offered is an error, is said, and filters nothing."""

    use_required_attribute = False

    def offer(self, name: str, choices) -> None:
        self.fields[name].choices = choices
        self.fields[name].error_messages["invalid_choice"] = "Escoja una de las opciones de la lista."

    def asked(self, name: str) -> str:
        self.is_valid()
        return self.cleaned_data.get(name, "")

    @property
    def narrows(self) -> bool:
        return any(self.asked(name) for name in self.fields)


class ReviewFilters(ListFilters):
    """Of the reports of an entity that were sent."""

    periodo = forms.ChoiceField(label="Periodo", required=False)
    politica = forms.ChoiceField(label="Política de MIPG", required=False)
    dependencia = forms.ChoiceField(label="Dependencia que reporta", required=False)
    estado = forms.ChoiceField(label="Estado", required=False)

    def __init__(self, data, *, reports):
        """`reports` are all that the person may read and that were sent."""
        super().__init__(data)
        self.reports = reports
        periods = reports.order_by().values("period")
        rows = ReportingPeriod.objects.filter(pk__in=periods).order_by("-year", "scheme", "-ordinal")
        self.offer("periodo", [("", "Todos los periodos"), *((str(row.pk), str(row)) for row in rows)])
        self.offer(
            "politica", [("", "Todas las políticas"), *self._known("promise__version__plan__policy", "key")]
        )
        self.offer("dependencia", [("", "Todas las dependencias"), *self._known("office", "slug")])
        self.offer("estado", STATES)

    def _known(self, path: str, key: str):
        rows = self.reports.filter(**{f"current__{path}__isnull": False}).order_by(f"current__{path}__name")
        return dict(rows.values_list(f"current__{path}__{key}", f"current__{path}__name").distinct()).items()

    def results(self):
        found = self.reports
        if period := self.asked("periodo"):
            found = found.filter(period=period)
        if policy := self.asked("politica"):
            found = found.filter(current__promise__version__plan__policy__key=policy)
        if office := self.asked("dependencia"):
            found = found.filter(current__office__slug=office)
        return found if self.asked("estado") == "todos" else found.filter(status=self.state)

    @property
    def state(self) -> str:
        return self.asked("estado") or ReportStatus.SUBMITTED


class ReviewForm(forms.Form):
    """The answer to the revision `number`: accepted as it is, accepted with other values, or returned.

    A figure left empty stays as reported.
    """

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32000)
    comment = forms.CharField(
        label="Comentario",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Obligatorio para devolver o para corregir un valor: lo lee quien reportó.",
    )

    def __init__(self, *args, promise, period, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions_of(promise, period)
        for question in self.questions:
            for part in question.parts:
                self.fields[field_name(part, question.key)] = _corrected(question, part)
        if asks_declared(self.questions):
            self.fields["declared"] = FigureField(
                label="Avance del año hasta el corte, en porcentaje",
                least=Decimal(0),
                most=Decimal(100),
                places=2,
            )

    @property
    def corrections(self) -> list[forms.BoundField]:
        """The fields of the values, apart from what every review asks."""
        return [self[name] for name in self.fields if name not in ("number", "comment")]

    @property
    def corrects(self) -> bool:
        """Whether a value was typed, right or wrong: then its place on the page stays open."""
        return self.is_bound and any(self.data.get(field.name) or field.errors for field in self.corrections)

    def clean(self):
        data = super().clean()
        for question in self.questions:
            given = [name for name in question.names if data.get(name) not in (None, "")]
            missing = [name for name in question.names if name not in given and name not in self.errors]
            if given and missing:
                self.add_error(missing[0], "Escriba también esta cifra: hacen falta las dos.")
        return data

    def validation(self) -> dict:
        """What `validate_report` takes, of a form that is valid."""
        data = self.cleaned_data
        return {
            "number": data["number"],
            "comment": data["comment"],
            "corrections": [
                ReadingContent(
                    key=question.key,
                    name=question.label,
                    **{part: Decimal(data[field_name(part, question.key)]) for part in question.parts},
                )
                for question in self.questions
                if all(data.get(name) not in (None, "") for name in question.names)
            ],
            "corrected_declared": data.get("declared"),
        }


class VerificationForm(forms.Form):
    """Control interno's own value and opinion."""

    value = FigureField(
        label="Avance verificado del año hasta el corte, en porcentaje",
        least=Decimal(0),
        most=Decimal(100),
        places=2,
        help_text="Puede dejarlo vacío: el concepto solo también queda.",
    )
    opinion = forms.CharField(
        label="Concepto",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="En qué se funda: qué revisó y qué encontró. Se publica junto al valor validado.",
    )


def _corrected(question, part) -> forms.Field:
    if question.is_yes_no:
        return forms.ChoiceField(label=question.label, required=False, choices=[("", "Como se reportó"), *YES_NO])
    least = None if question.measure.kind == "level" else Decimal(0)
    label = question.label if not question.is_ratio else f"{question.label}: {question.label_of(part)}"
    return FigureField(label=label, help_text=question.which_words, least=least)


class VerificationFilters(ListFilters):
    """Of the activities of a period; `rows` are those of all its plans."""

    periodo = forms.ChoiceField(label="Periodo", required=False)
    plan = forms.ChoiceField(label="Plan", required=False)
    dependencia = forms.ChoiceField(label="Dependencia que reporta", required=False)
    estado = forms.ChoiceField(label="Verificación", required=False)

    def __init__(self, data, *, periods, period, rows):
        data = data.copy()
        data["periodo"] = str(period.pk)
        super().__init__(data)
        plans = {str(row.item.promise.version.plan_id): row.item.promise.version.title for row in rows}
        offices = {str(office.pk): office.name for row in rows if (office := _reporting(row))}
        self.offer("periodo", [(str(row.pk), str(row)) for row in periods])
        self.offer("plan", [("", "Todos los planes"), *sorted(plans.items(), key=lambda pair: pair[1])])
        self.offer(
            "dependencia", [("", "Todas las dependencias"), *sorted(offices.items(), key=lambda pair: pair[1])]
        )
        self.offer(
            "estado",
            [
                ("", "Todas las actividades"),
                ("sin-verificar", "Sin verificar"),
                ("verificadas", "Verificadas"),
                ("difieren", "Con valor distinto del validado"),
            ],
        )

    @property
    def narrows(self) -> bool:
        return any(self.asked(name) for name in ("plan", "dependencia", "estado"))

    def shows(self, row) -> bool:
        office = _reporting(row)
        if (plan := self.asked("plan")) and plan != str(row.item.promise.version.plan_id):
            return False
        if (asked := self.asked("dependencia")) and (office is None or asked != str(office.pk)):
            return False
        state = self.asked("estado")
        return {
            "": True,
            "sin-verificar": row.verification is None,
            "verificadas": row.verification is not None,
            "difieren": row.differs,
        }[state]


def _reporting(row):
    """The office that reports the activity of a row of the list."""
    return next((r.office for r in row.item.promise.responsibilities.all() if r.reports), None)
