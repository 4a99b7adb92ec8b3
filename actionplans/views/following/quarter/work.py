"""One activity in a period, as the pages of its office show it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from actionplans.domain.following.calendar.duties import Duty
from actionplans.domain.following.calendar.periods import Window
from actionplans.domain.following.figures.measuring import validation_of
from actionplans.domain.following.reporting.drafts import answers_of
from actionplans.domain.following.reporting.words import IN_SHORT
from actionplans.enums import PeriodStatus, ReportStatus, ReviewOutcome
from actionplans.forms.report_answers import same_answers, with_what_is_missing
from actionplans.forms.report_questions import Question, questions_of
from actionplans.models import ActivityVersion, Contribution, Evidence, Report, ReportDraft, ReportingPeriod
from actionplans.months import MonthSet
from actionplans.progress import ActivityProgress
from planning.words import figure, long_date, with_year

STATES = {
    ReportStatus.PENDING: ("none", "○", "Sin reporte"),
    ReportStatus.SUBMITTED: ("none", "◐", "Enviado, por validar"),
    ReportStatus.RETURNED: ("warn", "▲", "Devuelto"),
    ReportStatus.VALIDATED: ("good", "●", "Validado"),
}
BEGUN = ("none", "◔", "Borrador sin enviar")
CHANGED = ("warn", "◔", "Con cambios sin enviar")


@dataclass(frozen=True, kw_only=True)
class Work:
    """One activity in a period. `before` is the figure at the cut before, `earlier` the reports until then."""

    promise: ActivityVersion
    period: ReportingPeriod
    window: Window
    duty: Duty
    before: ActivityProgress | None
    executed: MonthSet
    report: Report | None
    earlier: tuple[Report, ...]
    today: date

    @property
    def activity_id(self) -> int:
        return self.promise.activity_id

    @property
    def number(self) -> str:
        return self.promise.printed_number or str(self.promise.position)

    @property
    def plan(self):
        return self.promise.version.plan

    @property
    def plan_title(self) -> str:
        return with_year(self.promise.version.title, self.plan.year)

    @property
    def reporter(self) -> str:
        """The name of the office that reports; empty where there is none."""
        office = self.promise.reporting_office
        return office.name if office else ""

    @cached_property
    def questions(self) -> list[Question]:
        return questions_of(self.promise, self.period, self.before)

    @property
    def draft(self) -> ReportDraft | None:
        return getattr(self.report, "draft", None) if self.report else None

    @property
    def sent(self):
        """The revision sent last in this period."""
        return self.report.current if self.report else None

    @property
    def status(self) -> str:
        return self.report.status if self.report else ReportStatus.PENDING

    @property
    def is_sent(self) -> bool:
        return self.status in (ReportStatus.SUBMITTED, ReportStatus.VALIDATED)

    @property
    def is_asked(self) -> bool:
        """Whether the period counts on a report of it."""
        return not self.is_left_out and (self.duty.is_owed or self.status == ReportStatus.RETURNED)

    @property
    def is_left_out(self) -> bool:
        """Whether the period was reopened for others only."""
        return self.period.status == PeriodStatus.REOPENED and self.activity_id not in self.window.reopened

    @property
    def is_missing(self) -> bool:
        return self.is_asked and not self.is_sent

    @property
    def state(self) -> tuple[str, str, str]:
        """Tone, shape and words."""
        if self.status == ReportStatus.PENDING and self.draft:
            return BEGUN
        if self.is_being_changed:
            return CHANGED
        tone, shape, said = STATES[self.status]
        return (tone, shape, IN_SHORT.get(self.status, said) if self.period.is_closed else said)

    @cached_property
    def has_changes(self) -> bool:
        """Whether the draft says anything else than what was sent."""
        if not (self.draft and self.sent):
            return False
        is_same = same_answers(self.draft.answers, self.sent_answers)
        return not is_same or set(self.draft.evidence.all()) != set(self.sent.evidence.all())

    @property
    def is_being_changed(self) -> bool:
        """Whether what was sent is being written anew, and may still be sent."""
        return self.status == ReportStatus.SUBMITTED and self.has_changes and not self.writing_obstacles

    @property
    def unsent_words(self) -> dict:
        """What was typed and cannot be sent as things are: validated or closed before it was."""
        return self.draft.answers if self.has_changes and self.writing_obstacles else {}

    @property
    def last_figures(self) -> list[tuple[str, str]]:
        return self.figures_of(self.last.measurements.all()) if self.last else []

    def figures_of(self, rows) -> list[tuple[str, str]]:
        """Readings as people read them: the indicator and «38», «19 ÷ 20» or «Sí»."""
        yes_no = {question.key for question in self.questions if question.is_yes_no}
        return [(row.name, _figure_words(row, row.key in yes_no)) for row in rows]

    @property
    def writing_obstacles(self) -> list[str]:
        if self.promise.is_cancelled:
            return ["La actividad está cancelada: no se reporta."]
        if obstacles := self.window.writing_obstacles(self.activity_id, self.today):
            return obstacles
        if self.status != ReportStatus.VALIDATED:
            return []
        return ["Planeación ya validó este reporte. Para cambiarlo, pídale que lo vuelva a revisar."]

    def sending_obstacles(self, *, on_behalf: bool = False) -> list[str]:
        return self.writing_obstacles or self.window.sending_obstacles(
            self.activity_id, self.today, on_behalf=on_behalf
        )

    @property
    def extension_words(self) -> str:
        """Until when, where it is not the day of the others."""
        if self.is_left_out or self.period.is_closed:
            return ""
        last = self.window.last_day(self.activity_id)
        return f"Con plazo hasta el {long_date(last)}" if last != self.period.closes else ""

    @property
    def answers(self) -> dict:
        """What the form shows: the draft, else what was sent, to go on from it."""
        return self.draft.answers if self.draft else self.sent_answers

    @cached_property
    def sent_answers(self) -> dict:
        """What was sent last as the form's fields."""
        return with_what_is_missing(answers_of(self.sent), self.promise, self.period) if self.sent else {}

    @property
    def seen(self) -> int:
        """The number of the revision that stands, 0 where nothing was sent."""
        return self.sent.number if self.sent else 0

    @property
    def evidence(self) -> list[Evidence]:
        """What goes with the report as it is being written."""
        holder = self.draft or self.sent
        return list(holder.evidence.all()) if holder else []

    @property
    def last(self):
        """The revision sent last in an earlier period."""
        sent = [report for report in self.earlier if report.current_id]
        return sent[-1].current if sent else None

    @property
    def last_words(self) -> str:
        """Of which period the last report is: «trimestre II»."""
        sent = [report.period for report in self.earlier if report.current_id]
        return sent[-1].name if sent else ""

    @property
    def return_comment(self) -> str:
        """What planning asked for when it gave the report back."""
        if self.status != ReportStatus.RETURNED:
            return ""
        rows = [row for row in self.sent.validations.all() if row.outcome == ReviewOutcome.RETURNED]
        return rows[-1].comment if rows else ""

    @property
    def correction_words(self) -> str:
        """Until when what was given back may be sent again; empty where it may not."""
        last = self.window.last_day(self.activity_id)
        if self.status != ReportStatus.RETURNED or self.writing_obstacles or last < self.today:
            return ""
        return f"Puede enviarlo corregido hasta el {long_date(last)}."

    @property
    def validation(self):
        return validation_of(self.report) if self.report else None

    def contribution_of(self, offices: Collection[int]) -> Contribution | None:
        rows = self.report.contributions.all() if self.report else ()
        return next((row for row in rows if row.office_id in offices), None)


def _figure_words(row, is_yes_no: bool) -> str:
    if is_yes_no:
        return "Sí" if row.value else "No"
    if row.value is not None:
        return figure(row.value)
    return f"{figure(row.numerator)} ÷ {figure(row.denominator)}"
