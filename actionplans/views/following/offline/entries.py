"""What a filled workbook would change in each activity, beside what the portal has by now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from actionplans.forms.report import ReportForm
from actionplans.forms.report_answers import NO_DATA
from actionplans.forms.report_evidence import PREFIX, EvidenceForm
from actionplans.imports.reading.offline_book import Line, OfflineReading, not_an_option, said_yes
from actionplans.imports.reading.offline_columns import (
    CHECKED,
    INDICATOR_KEYS,
    NO_VALUE,
    SILENT,
    YES_VALUE,
    month_key,
)
from actionplans.imports.reading.parsed import Problem

from ..quarter.own_work import reported_by
from ..quarter.work import Work
from ..reporting.desks import Desk
from ..reporting.forms import differences
from .lines import rows_by_activity, stray
from .outcome import Entry, Found, Outcome
from .rows import Identity, comparable, digest_of_answers, names_asked, offered_months, state_of, with_kept

FIRST_GONE = "Falta la primera fila de la actividad: no se toma. Descargue el libro de nuevo."
IN_FIRST_ROW = "Escríbalo en la primera fila de la actividad: aquí no se toma."
NOT_HERE = "Este indicador no usa esta celda: no se toma."
NOT_OFFERED = "Ese mes no se reporta en este periodo: no se toma."


def entries_of(reading: OfflineReading, works: Iterable[Work], period, desk: Desk) -> Found:
    """Raises Refused where the workbook is of another period."""
    known = {work.activity_id: work for work in works if desk.is_for_no_office or reported_by(work, desk.ids)}
    strays = list(reading.problems)
    found = rows_by_activity(reading, period, known, strays)
    entries = []
    for activity, rows in found.items():
        if not any(identity.is_first for identity, _ in rows.values()):
            strays += [stray(reading, line, FIRST_GONE) for _, line in rows.values()]
            continue
        entries.append(_Reader(known[activity], rows, reading, desk.is_on_behalf).entry())
    order = list(Outcome)[::-1]
    return Found(sorted(entries, key=lambda entry: order.index(entry.outcome)), strays)


@dataclass
class _Reader:
    """Reads the rows of one activity as the answers of its report form."""

    work: Work
    rows: dict[int, tuple[Identity, Line]]
    reading: OfflineReading
    is_on_behalf: bool
    flaws: list[Problem] = field(default_factory=list)

    def entry(self) -> Entry:
        work = self.work
        names = names_asked(work, is_on_behalf=self.is_on_behalf)
        mine, theirs = comparable(self._answers(names)), comparable(work.answers, names)
        outcome, state = self._outcome(mine, theirs), state_of(work)
        told = {"work": work, "mine": mine, "state": state, "is_on_behalf": self.is_on_behalf}
        if outcome in (Outcome.SAME, Outcome.KEPT):
            return Entry(outcome=outcome, **told)
        form, extra = self._forms(mine)
        self._tell_flaws(form, extra)
        return Entry(
            outcome=outcome,
            differences=tuple(differences(form, mine, theirs)),
            flaws=tuple(self.flaws),
            obstacles=tuple(work.writing_obstacles),
            **told,
        )

    def _outcome(self, mine, theirs) -> Outcome:
        identity, _ = self._first
        if mine == theirs:
            return Outcome.SAME
        if digest_of_answers(mine) == identity.base:
            return Outcome.KEPT
        if self.work.writing_obstacles:
            return Outcome.BLOCKED
        return Outcome.CHANGE if identity.known == state_of(self.work) else Outcome.CONFLICT

    @property
    def _first(self) -> tuple[Identity, Line]:
        return next(row for row in self.rows.values() if row[0].is_first)

    def _answers(self, names) -> dict:
        """Where the workbook has no cell for an answer, the portal's stands."""
        _, first = self._first
        answers = {name: said for name, said in self.work.answers.items() if name in names}
        answers["months"] = self._months(first)
        for name in names - {"months"}:
            if name in first.typed:
                answers[name] = first.typed[name]
        answers |= self._figures()
        self._tell_misplaced()
        return answers

    def _months(self, first) -> list[str]:
        offered = offered_months(self.work)
        done = {int(month) for month in self.work.answers.get("months", ())}
        for month in range(1, 13):
            said = first.typed.get(month_key(month))
            if said == CHECKED and month not in offered:
                self._flaw(first.places[month_key(month)], NOT_OFFERED)
            elif said is not None and month in offered:
                done = done | {month} if said == CHECKED else done - {month}
        return [str(month) for month in sorted(done)]

    def _figures(self) -> dict[str, str]:
        answers = {}
        for question in self.work.questions:
            if question.key not in self.rows:
                continue
            _, line = self.rows[question.key]
            if question.has_target and SILENT.key in line.typed:
                answers[f"{NO_DATA}{question.key}"] = line.typed[SILENT.key]
            for part, name in zip(question.parts, question.names, strict=True):
                if part in line.typed:
                    text, place = line.typed[part], line.places[part]
                    answers[name] = self._yes_or_no(text, place) if question.is_yes_no else text
        return answers

    def _yes_or_no(self, text, place) -> str:
        if not text:
            return ""
        said = said_yes(text.casefold().replace("í", "i").strip())
        if said is None:
            self._flaw(place, not_an_option(text))
            return ""
        return YES_VALUE if said else NO_VALUE

    def _tell_misplaced(self) -> None:
        parts = {
            question.key: (*question.parts, SILENT.key) if question.has_target else question.parts
            for question in self.work.questions
        }
        for key, (identity, line) in self.rows.items():
            for column, text in line.typed.items():
                if not text:
                    continue
                if column in INDICATOR_KEYS and column not in parts.get(key, ()):
                    self._flaw(line.places[column], NOT_HERE)
                elif column not in INDICATOR_KEYS and not identity.is_first:
                    self._flaw(line.places[column], IN_FIRST_ROW)

    def _forms(self, mine) -> tuple[ReportForm, EvidenceForm]:
        work = self.work
        mine = with_kept(work, mine, is_on_behalf=self.is_on_behalf)
        form = ReportForm(
            mine,
            promise=work.promise,
            period=work.period,
            answers=mine,
            before=work.before,
            executed=work.executed,
            on_behalf=self.is_on_behalf,
        )
        return form, EvidenceForm(mine, activity_id=work.activity_id)

    def _tell_flaws(self, form, extra) -> None:
        """What keeps the draft from being sent as it is, at the cell where it is mended."""
        places = self._places()
        for name, errors in form.errors.items():
            for error in errors:
                self._flaw(places.get(name, ""), error)
        for name, errors in extra.errors.items():
            for error in errors:
                self._flaw(places.get(f"{PREFIX}_{name}", ""), error)

    def _places(self) -> dict[str, str]:
        _, first = self._first
        places = dict(first.places)
        marks = [first.places[month_key(m)] for m in offered_months(self.work) if month_key(m) in first.places]
        places["months"] = marks[0] if marks else ""
        for question in self.work.questions:
            if question.key in self.rows:
                _, line = self.rows[question.key]
                places |= {
                    name: line.places.get(part, "")
                    for part, name in zip(question.parts, question.names, strict=True)
                }
                places[f"{NO_DATA}{question.key}"] = line.places.get(SILENT.key, "")
        return places

    def _flaw(self, place: str, message: str) -> None:
        self.flaws.append(Problem(severity="error", sheet=self.reading.sheet, cell=place, message=message))
