"""What reviewing asks for: the filters of the queue, and the answer to a report."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.db.models import Count, Q

from actionplans.domain.following.calendar.extensions import correction_day_flaws, day_to_correct
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.enums import ReportStatus
from actionplans.forms.periods import day_field
from actionplans.forms.report_figures import YES_NO, FigureField
from actionplans.forms.report_questions import asks_declared, field_name, questions_of
from actionplans.imports.reading.values import parse_number
from actionplans.models import ReportingPeriod
from planning.words import long_date

LONGEST = 4000
NOT_VALIDATED = "sin-validar"
RETURN = "devolver"
ASKED_OF_ALL = ("number", "comment", "over_draft", "until")
STATES = (
    ("", "Por validar"),
    (NOT_VALIDATED, "No se validaron antes del cierre"),
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
    """Of the reports of an entity that were sent; what waits is what still may be answered."""

    periodo = forms.ChoiceField(label="Periodo", required=False)
    politica = forms.ChoiceField(label="Política de MIPG", required=False)
    dependencia = forms.ChoiceField(label="Dependencia que reporta", required=False)
    estado = forms.ChoiceField(label="Estado", required=False)

    def __init__(self, data, *, reports):
        """`reports` are all that the person may read and that were sent, with `takes_review`."""
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
        state = self.asked("estado")
        if state in ("", NOT_VALIDATED):
            return found.filter(status=ReportStatus.SUBMITTED, takes_review=state == "")
        return found if state == "todos" else found.filter(status=state)

    def waiting(self) -> dict[str, int]:
        """All that nobody answered, whatever else is asked: what still may be, and what was closed without it."""
        submitted = self.reports.order_by().filter(status=ReportStatus.SUBMITTED)
        return submitted.aggregate(
            waiting=Count("pk", filter=Q(takes_review=True)),
            unanswered=Count("pk", filter=Q(takes_review=False)),
        )


class ExactFigureField(FigureField):
    """Refuses the decimals that would not be kept, so that what was answered is what was typed."""

    def clean(self, value) -> Decimal | None:
        kept = super().clean(value)
        if kept is not None and kept != parse_number(str(value).replace("%", "").strip()):
            raise forms.ValidationError(f"Escriba a lo sumo {self.places} decimales: no se guardan más.")
        return kept


class ReviewForm(forms.Form):
    """The answer to the revision `number`: accepted as it is, accepted with other values, or returned.

    A figure left empty stays as reported. `window` says whether the office could send what is returned to it:
    where not, until when it may is asked too.
    """

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32000)
    comment = forms.CharField(
        label="Comentario",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Obligatorio para devolver o para corregir un valor: lo lee quien reportó.",
    )
    over_draft = forms.BooleanField(
        label="Validar esta versión aunque la dependencia esté escribiendo una corrección", required=False
    )

    def __init__(self, *args, promise, period, window=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.promise, self.window = promise, window
        proposed = day_to_correct(window, promise.activity_id) if window else None
        if proposed:
            last = long_date(window.last_day(promise.activity_id))
            self.fields["until"] = day_field(
                "Si lo devuelve, puede corregirlo hasta",
                f"Ese día inclusive. El plazo venció el {last}: sin más días la dependencia no podría enviarlo.",
            )
            self.fields["until"].required = False
            self.fields["until"].initial = proposed
        self.questions = questions_of(promise, period)
        for question in self.questions:
            for part in question.parts:
                self.fields[field_name(part, question.key)] = _corrected(question, part)
        if asks_declared(self.questions):
            self.fields["declared"] = ExactFigureField(
                label="Avance del año hasta el corte, en porcentaje",
                least=Decimal(0),
                most=Decimal(100),
                places=2,
            )

    @property
    def corrections(self) -> list[forms.BoundField]:
        """The fields of the values, apart from what every review asks."""
        return [self[name] for name in self.fields if name not in ASKED_OF_ALL]

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
        self._ask_why(data)
        if "until" in self.fields and self.data.get("action") == RETURN and "until" not in self.errors:
            self._ask_until_when(data.get("until"))
        return data

    def _ask_until_when(self, until):
        flaws = ["Diga hasta qué día puede corregirlo la dependencia: el plazo ya venció."]
        if until:
            flaws = correction_day_flaws(self.window, self.promise.activity, until)
        for flaw in flaws:
            self.add_error("until", flaw)

    def _ask_why(self, data):
        if data.get("comment") or "comment" in self.errors:
            return
        if self.data.get("action") == RETURN:
            self.add_error("comment", "Escriba qué falta para validarlo: es lo que la dependencia leerá.")
        elif any(data.get(field.name) not in (None, "") for field in self.corrections):
            self.add_error("comment", "Escriba por qué corrige el valor: el reportado se conserva al lado.")

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
            "over_draft": data["over_draft"],
        }


class ReconsiderForm(forms.Form):
    """Why the validation of the revision `number` is taken back."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32000)
    comment = forms.CharField(
        label="Por qué se vuelve a revisar",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La validación y este motivo quedan escritos, y el reporte vuelve a estar por validar.",
        error_messages={"required": "Escriba por qué retira la validación: queda junto a ella."},
    )


class UpholdForm(forms.Form):
    """Why the revision `number`, which a reopening gave back, stays as it was validated."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32000)
    comment = forms.CharField(
        label="Por qué queda como estaba",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Por ejemplo: «La dependencia confirmó la cifra». Queda junto a la validación.",
        error_messages={"required": "Escriba por qué queda como estaba: queda junto a la validación."},
    )
    over_draft = forms.BooleanField(
        label="Dejarlo como estaba aunque la dependencia esté escribiendo una corrección", required=False
    )


def _corrected(question, part) -> forms.Field:
    if question.is_yes_no:
        return forms.ChoiceField(label=question.label, required=False, choices=[("", "Como se reportó"), *YES_NO])
    least = None if question.measure.kind == "level" else Decimal(0)
    label = question.label if not question.is_ratio else f"{question.label}: {question.label_of(part)}"
    return ExactFigureField(label=label, help_text=question.which_words, least=least)
