"""The report of an activity: fields that keep what was typed as typed, and read it when it is sent.

The names of the fields are those of a draft's answers; `answers_of` in `domain.following.drafts` and the
workbook for work without internet use the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django import forms

from actionplans.domain.following.reporting import ReadingContent, ReportContent
from actionplans.imports.reading.values import parse_number
from actionplans.months import MONTH_NAMES, MonthSet
from actionplans.progress import ActivityProgress
from planning.templatetags.ui import figure

from .report_evidence import TYPED
from .report_questions import Question, asks_declared, field_name, questions_of

LONGEST = 8000
LARGEST = Decimal(10) ** 15
YES_NO = [("1", "Sí"), ("0", "No")]
LISTS = ("months",)
CHECKED = "on"
NO_MONTHS = MonthSet()
NUL = "\x00"


class FigureField(forms.CharField):
    """A figure as people here write it: comma for decimals, points for thousands; as typed until it is read."""

    def __init__(self, *, least: Decimal | None = None, most: Decimal | None = None, places: int = 4, **options):
        self.least, self.most, self.places = least, most, places
        options.setdefault("required", False)
        options.setdefault("max_length", 40)
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "figure-field"})
        super().__init__(widget=widget, **options)

    def clean(self, value) -> Decimal | None:
        text = super().clean(value).replace("%", "").strip()
        if not text:
            return None
        number = parse_number(text)
        if number is None or abs(number) >= LARGEST:
            raise forms.ValidationError(f"«{text}» no es una cifra. Escríbala así: 1.500,5.")
        if self.least is not None and number < self.least:
            raise forms.ValidationError(f"{figure(number)} no puede ser: el mínimo es {figure(self.least)}.")
        if self.most is not None and number > self.most:
            raise forms.ValidationError(f"{figure(number)} no puede ser: el máximo es {figure(self.most)}.")
        return number.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)


def _area(label: str, rows: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReportForm(forms.Form):
    """`answers` are a draft's, or those of what was sent; `before` is the activity at the cut before.

    `executed` are the months already reported as done, which are not asked for again.
    """

    months = forms.TypedMultipleChoiceField(
        label="¿En qué meses se hizo?", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    narrative = _area("¿Qué se hizo?", 4, "Dos o tres frases: qué, con quiénes y dónde.")
    without_progress = forms.BooleanField(label="No hubo avance en este periodo", required=False)
    difficulties = _area("Dificultades", 3, "Si no hubo avance, diga por qué.")

    def __init__(
        self,
        data=None,
        *,
        promise,
        period,
        answers: dict | None = None,
        before: ActivityProgress | None = None,
        executed: MonthSet = NO_MONTHS,
        on_behalf: bool = False,
    ):
        super().__init__(data, initial=answers or {}, auto_id=f"a{promise.activity_id}-%s")
        self.promise, self.period, self.on_behalf = promise, period, on_behalf
        self.questions = questions_of(promise, period, before)
        self._ask_months(executed)
        self._ask_figures()
        if asks_declared(self.questions):
            self.fields["declared"] = FigureField(
                label="Avance del año hasta hoy, en porcentaje (si lo puede decir)",
                least=Decimal(0),
                most=Decimal(100),
                places=2,
                help_text="No hay una meta en número: se mostrará como «declarado por la dependencia».",
            )
        if on_behalf:
            self.fields["source"] = _area(
                "¿De dónde sale este reporte?",
                2,
                "El mensaje o la carta de la dependencia, con su fecha. Adjúntelo abajo como evidencia.",
            )
            self.fields["source"].required = True
        self.order_fields(["source", "months", *self._figure_names(), "declared", "narrative", "without_progress"])

    def _ask_months(self, executed: MonthSet):
        """Those of the period, and earlier ones that were scheduled and not yet reported as done."""
        late = (self.promise.months & self.period.months_to_date) - executed
        typed = MonthSet(int(month) for month in self.initial.get("months", ()) if str(month) in _MONTHS)
        offered = (self.period.months | late | typed) & self.period.months_to_date
        choices = [(month, self._month_words(month)) for month in offered]
        self.fields["months"].choices = choices

    def _month_words(self, month: int) -> str:
        name = MONTH_NAMES[month - 1].capitalize()
        return f"{name} (programado)" if month in self.promise.months else name

    def _ask_figures(self):
        for question in self.questions:
            for part in question.parts:
                self.fields[field_name(part, question.key)] = _figure_field(question, part)

    def _figure_names(self) -> list[str]:
        return [name for question in self.questions for name in question.names]

    @property
    def asked(self) -> list[tuple[Question, list[forms.BoundField]]]:
        """The indicators with their fields, as the page groups them."""
        return [(question, [self[name] for name in question.names]) for question in self.questions]

    @property
    def typed(self) -> dict:
        """What was typed, as a draft keeps it: known fields alone, as text, without what is empty."""
        return answers_from(self.data, [*self.fields, *TYPED])

    def clean(self):
        data = super().clean()
        self.readings = tuple(self._reading(question, data) for question in self.questions)
        if data.get("without_progress"):
            self._check_nothing_done(data)
        else:
            self._check_done(data)
        return data

    def content(self, evidence: Sequence) -> ReportContent:
        """What is sent, of a form that is valid."""
        data = self.cleaned_data
        return ReportContent(
            executed_months=MonthSet(data["months"]),
            is_without_progress=data["without_progress"],
            narrative=data["narrative"],
            difficulties=data["difficulties"],
            declared=data.get("declared"),
            readings=() if data["without_progress"] else tuple(filter(_says_something, self.readings)),
            evidence=tuple(evidence),
            source=data.get("source", ""),
        )

    def _reading(self, question: Question, data: dict) -> ReadingContent:
        figures = {part: data.get(field_name(part, question.key)) for part in question.parts}
        if question.is_yes_no:
            figures = {"value": Decimal(figures["value"]) if figures["value"] else None}
        given = [part for part in question.parts if figures[part] is not None]
        broken = any(field_name(part, question.key) in self.errors for part in question.parts)
        if given and len(given) < len(question.parts) and not broken:
            missing = next(part for part in question.parts if part not in given)
            self.add_error(field_name(missing, question.key), "Escriba también esta cifra: hacen falta las dos.")
        return ReadingContent(key=question.key, name=question.label, **figures)

    def _check_nothing_done(self, data):
        if not data.get("difficulties") and "difficulties" not in self.errors:
            self.add_error("difficulties", "Diga por qué no hubo avance.")
        if data.get("months") or any(_tells_progress(reading) for reading in self.readings):
            self.add_error(
                "without_progress",
                "Marcó que no hubo avance y también dio meses o un resultado: deje solo lo que es cierto.",
            )

    def _check_done(self, data):
        if not data.get("narrative") and "narrative" not in self.errors:
            self.add_error(
                "narrative",
                "Cuente qué se hizo, en dos o tres frases; si no hubo avance, márquelo y diga por qué.",
            )
        measured = [question for question in self.questions if question.has_target]
        broken = any(name in self.errors for name in self._figure_names())
        if measured and not broken and not any(map(_says_something, self.readings)):
            self.add_error(
                measured[0].names[0], "Dé el resultado del indicador; si no hubo avance, márquelo abajo."
            )


def answers_from(data, fields) -> dict:
    """The fields of a POST as a draft keeps them; `fields` are the names that the form knows."""
    answers = {}
    for name in fields:
        if name in LISTS:
            said = sorted({text for text in data.getlist(name) if text in _MONTHS}, key=int)
        elif name == "without_progress":
            said = CHECKED if data.get(name) else ""
        else:
            said = _clean(data.get(name, ""))
        if said:
            answers[name] = said
    return answers


def same_answers(one: dict, other: dict) -> bool:
    """Whether both say the same, whatever they leave out or leave empty."""
    return {name: said for name, said in one.items() if said} == {
        name: said for name, said in other.items() if said
    }


def _clean(text: str) -> str:
    """As typed, but for what no column holds and for the line ends of the browser."""
    return text.replace(NUL, "").replace("\r\n", "\n").replace("\r", "\n")[: LONGEST * 2].rstrip()


def _figure_field(question: Question, part: str) -> forms.Field:
    if question.is_yes_no:
        return forms.ChoiceField(
            label=question.label,
            required=False,
            choices=YES_NO,
            widget=forms.RadioSelect,
            help_text=question.which_words,
        )
    may_be_negative = question.measure.kind == "level"
    return FigureField(
        label=question.label_of(part),
        help_text="" if question.is_ratio else question.which_words,
        least=None if may_be_negative else Decimal(0),
    )


def _says_something(reading: ReadingContent) -> bool:
    return any(number is not None for number in (reading.numerator, reading.denominator, reading.value))


def _tells_progress(reading: ReadingContent) -> bool:
    return bool(reading.numerator or reading.denominator or reading.value)


_MONTHS = frozenset(str(month) for month in range(1, 13))
