"""The report of an activity: fields that keep what was typed as typed, and read it when it is sent.

The names of the fields are those of a draft's answers; `answers_of` in `domain.following.reporting.drafts`
and the workbook for work without internet use the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms

from actionplans.domain.following.reporting.sending import ReadingContent, ReportContent
from actionplans.months import MONTH_NAMES, MonthSet
from actionplans.progress import ActivityProgress

from .report_answers import CONFIRMED, LONGEST, MONTHS, NO_DATA, answers_from
from .report_evidence import TYPED
from .report_figures import ConfirmBox, FigureField, doubt_of, figure_field
from .report_questions import Question, asks_declared, field_name, questions_of

NO_MONTHS = MonthSet()


def _area(label: str, rows: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An indicator with its fields; `confirm` only where its figure can hardly be, `leads` where it leads to."""

    question: Question
    fields: list[forms.BoundField]
    no_data: forms.BoundField | None
    confirm: forms.BoundField | None
    leads: str


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
        self.order_fields(["source", "months", *self._asked_names(), "declared", "narrative", "without_progress"])

    def _ask_months(self, executed: MonthSet):
        """Those of the period, and earlier ones that were scheduled and not yet reported as done."""
        late = (self.promise.months & self.period.months_to_date) - executed
        typed = MonthSet(int(month) for month in self.initial.get("months", ()) if str(month) in MONTHS)
        offered = (self.period.months | late | typed) & self.period.months_to_date
        choices = [(month, self._month_words(month)) for month in offered]
        self.fields["months"].choices = choices

    def _month_words(self, month: int) -> str:
        name = MONTH_NAMES[month - 1].capitalize()
        return f"{name} (programado)" if month in self.promise.months else name

    def _ask_figures(self):
        for question in self.questions:
            for part in question.parts:
                self.fields[field_name(part, question.key)] = figure_field(question, part)
            if question.has_target:
                self.fields[f"{NO_DATA}{question.key}"] = forms.BooleanField(
                    label=f"Sin dato este {self.period.noun}", required=False
                )
            if not question.is_yes_no:
                said = " ÷ ".join(self._raw(name) for name in question.names).strip(" ÷")
                self.fields[f"{CONFIRMED}{question.key}"] = forms.CharField(
                    label="La cifra es correcta aunque parezca extraña", required=False, widget=ConfirmBox(said)
                )

    def _raw(self, name: str) -> str:
        """What is typed in a field, before it is read."""
        said = self.data.get(name, "") if self.is_bound else self.initial.get(name, "")
        return str(said or "").strip()

    def _asked_names(self) -> list[str]:
        """The fields of the indicators, each with those that go with it."""
        with_them = [(*row.names, f"{NO_DATA}{row.key}", f"{CONFIRMED}{row.key}") for row in self.questions]
        return [name for names in with_them for name in names if name in self.fields]

    @property
    def asked(self) -> list[Asked]:
        """The indicators with their fields, as the page groups them."""
        return [self._asked(question) for question in self.questions]

    def _asked(self, question: Question) -> Asked:
        figures = {part: self._read(field_name(part, question.key)) for part in question.parts}
        no_data, confirm = f"{NO_DATA}{question.key}", f"{CONFIRMED}{question.key}"
        return Asked(
            question=question,
            fields=[self[name] for name in question.names],
            no_data=self[no_data] if no_data in self.fields else None,
            confirm=self[confirm] if confirm in self.fields and doubt_of(question, figures) else None,
            leads=question.leads(figures),
        )

    def _read(self, name: str) -> Decimal | None:
        """A figure as far as it can be read."""
        try:
            said = self.fields[name].clean(self._raw(name))
        except forms.ValidationError:
            return None
        return said if isinstance(said, Decimal) else None

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
        elif not broken:
            self._check_likely(question, figures)
        return ReadingContent(key=question.key, name=question.label, **figures)

    def _check_likely(self, question, figures):
        """What no quotient has is refused; what can hardly be is asked for once more."""
        name = f"{CONFIRMED}{question.key}"
        if question.is_ratio and figures["denominator"] == 0:
            below = field_name("denominator", question.key)
            self.add_error(
                below, "Con cero no hay resultado. Si no hubo casos, borre las dos y marque «Sin dato»."
            )
        elif (doubt := doubt_of(question, figures)) and self.fields[name].widget.said != self.data.get(name):
            self.add_error(name, f"{question.label}: {doubt} Corríjala, o marque que es correcta.")

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
        for question, reading in zip(self.questions, self.readings, strict=True):
            if question.has_target and not any(name in self.errors for name in question.names):
                self._check_measured(question, reading, data)

    def _check_measured(self, question, reading, data):
        """A result, or why there is none: an earlier one never counts again in silence."""
        has_none = data.get(f"{NO_DATA}{question.key}")
        if _says_something(reading):
            if has_none:
                self.add_error(f"{NO_DATA}{question.key}", "También dio un resultado: deje solo lo que es cierto.")
        elif not has_none:
            self.add_error(
                question.names[0],
                f"Dé el resultado del indicador, o marque «Sin dato este {self.period.noun}» y diga por qué en "
                "las dificultades. Si no hubo avance, márquelo abajo.",
            )
        elif not data.get("difficulties") and "difficulties" not in self.errors:
            self.add_error("difficulties", f"Diga por qué no hay dato de «{question.label}».")


def _says_something(reading: ReadingContent) -> bool:
    return any(number is not None for number in (reading.numerator, reading.denominator, reading.value))


def _tells_progress(reading: ReadingContent) -> bool:
    return bool(reading.numerator or reading.denominator or reading.value)
