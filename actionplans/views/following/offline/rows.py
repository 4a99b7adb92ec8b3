"""From what an office has to report to the rows of its workbook, each with an identity that cannot be made up."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core import signing

from actionplans.enums import ReportStatus
from actionplans.forms.report_answers import NO_DATA
from actionplans.forms.report_questions import Question, asks_declared, field_name
from actionplans.imports.reading.offline_columns import (
    ANSWER,
    CHECKED,
    CLASSES,
    FIGURE_KEYS,
    INDICATOR_KEYS,
    MARK,
    NO,
    NO_VALUE,
    NUMBER,
    SHOWN,
    SILENT,
    YES,
    YES_VALUE,
    Column,
    columns_of,
    month_key,
)
from actionplans.imports.reading.text import clean, normalise
from actionplans.imports.reading.values import parse_number
from actionplans.months import MonthSet
from actionplans.reports.workbooks.offline_book import OfflineRow, OfflineSheet, OpenCell
from planning.words import comma, figure, long_date

from ..quarter.work import Work

SALT = "actionplans.offline"
NO_INDICATOR = 0
_ODD = re.compile(r"_x[0-9A-Fa-f]{4}_|[\x00-\x1f]")  # what a workbook cannot hold, and how it writes it
CLASS_WORDS = {code: words for words, code in CLASSES.items()}


@dataclass(frozen=True)
class Identity:
    """What a row says of itself; `known` and `base` are what the server had when it was downloaded.

    `shown` are the words of the activity beside it: rows may be moved, never their identity alone.
    """

    period: int
    activity: int
    key: int
    is_first: bool
    known: str
    base: str
    shown: str

    def signed(self) -> str:
        return signing.dumps(list(vars(self).values()), salt=SALT)


def identity_of(text: str) -> Identity | None:
    """None for what the portal did not sign."""
    try:
        return Identity(*signing.loads(text, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def state_of(work: Work) -> str:
    """Changes whenever somebody else writes, sends or reviews the report."""
    revision = work.draft.revision if work.draft else 0
    sent = work.sent.number if work.sent else 0
    return f"{revision}.{sent}.{work.status}"


def offered_months(work: Work) -> MonthSet:
    """Those of which the report form asks: of the period, and earlier ones that were scheduled and not done."""
    late = (work.promise.months & work.period.months_to_date) - work.executed
    typed = MonthSet(int(month) for month in work.answers.get("months", ()))
    return (work.period.months | late | typed) & work.period.months_to_date


def comparable(answers: dict, names: Iterable[str] | None = None) -> dict:
    """Answers in one way of writing, without what is empty: of `names` alone where given."""
    told = {name: said for name, said in answers.items() if names is None or name in names}
    return {name: plain for name, said in told.items() if (plain := _plain(name, said))}


def digest_of_answers(answers: dict) -> str:
    text = json.dumps(answers, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def digest_of_shown(told: Mapping[str, str]) -> str:
    """Of the words by which people know a row: its number, its activity, its indicator."""
    return digest_of_answers({name: normalise(clean(_ODD.sub(" ", told.get(name, "")))) for name in SHOWN})


def names_asked(work: Work, *, is_on_behalf: bool) -> set[str]:
    """The answers that the workbook has a place for."""
    names = {name for question in work.questions for name in question.names}
    names |= {column.key for column in columns_of((), has_source=is_on_behalf) if column.is_open}
    names -= set(INDICATOR_KEYS)
    names |= {f"{NO_DATA}{question.key}" for question in work.questions if question.has_target}
    if not asks_declared(work.questions):
        names.discard("declared")
    return names | {"months"}


def with_kept(work: Work, mine: dict, *, is_on_behalf: bool) -> dict:
    """The answers of the workbook with those of the portal for which it has no place."""
    names = names_asked(work, is_on_behalf=is_on_behalf)
    return {name: said for name, said in work.answers.items() if name not in names} | mine


def offline_sheet(works: list[Work], *, title: str, author: str, is_on_behalf: bool) -> OfflineSheet:
    months = sorted({month for work in works for month in offered_months(work)})
    columns = columns_of(months, has_source=is_on_behalf)
    rows = [row for work in works for row in _rows(work, columns, is_on_behalf)]
    period = works[0].period
    note = (
        f"Llene las celdas blancas y suba el libro hasta el {long_date(period.closes)}. "
        "Cómo llenarlo está en la otra hoja."
    )
    return OfflineSheet(title, note, author, columns, rows)


def _rows(work: Work, columns: list[Column], is_on_behalf: bool) -> Iterable[OfflineRow]:
    names = names_asked(work, is_on_behalf=is_on_behalf)
    base = digest_of_answers(comparable(work.answers, names))
    for place, question in enumerate(work.questions or [None]):
        key = question.key if question else NO_INDICATOR
        told = _told(work, question)
        shown = digest_of_shown(told)
        identity = Identity(work.period.pk, work.activity_id, key, place == 0, state_of(work), base, shown)
        cells = _figures(work, question) if question else {}
        if place == 0:
            cells |= _words(work, columns, names)
        yield OfflineRow(identity.signed(), told, cells)


def _told(work: Work, question: Question | None) -> dict[str, str]:
    return {
        "plan": work.plan_title,
        "number": work.number,
        "activity": work.promise.description,
        "deliverable": work.promise.deliverable,
        "programmed": str(work.promise.months) or work.promise.schedule_text,
        "indicator": question.label if question else _indicators(work),
        "asked": _asked(question) if question else "",
        "state": _state(work),
        "last": _last(work),
    }


def _state(work: Work) -> str:
    """What is not asked for lacks no report."""
    *_, words = work.state
    is_begun = work.draft is not None or work.status != ReportStatus.PENDING
    return words if is_begun or work.is_asked else f"{work.duty.label}: no se pide"


def _last(work: Work) -> str:
    """«trimestre I: …», and below it each figure that it gave."""
    if not work.last:
        return ""
    figures = [f"{name}: {words}" for name, words in work.last_figures]
    if work.last.declared is not None:
        figures.append(f"Avance declarado: {figure(work.last.declared)} %")
    return "\n".join([f"{work.last_words}: {work.last.narrative or work.last.difficulties}", *figures])


def _asked(question: Question) -> str:
    """Which figure, of which months, and how far it is from the target: where most wrong totals come from."""
    words = " ".join(filter(None, (question.which_words, question.so_far_words, question.target_words)))
    if not question.is_ratio:
        return words
    return f"Numerador: {question.label_of('numerator')}; Denominador: {question.label_of('denominator')}. {words}"


def _indicators(work: Work) -> str:
    """Those that ask for no figure are named all the same."""
    return "\n".join(row.name for row in work.promise.indicators.all())


def _figures(work: Work, question: Question) -> dict[str, OpenCell]:
    cells = {}
    for part in question.parts:
        typed = work.answers.get(field_name(part, question.key), "")
        if question.is_yes_no:
            cells[part] = OpenCell(ANSWER, {YES_VALUE: YES, NO_VALUE: NO}.get(typed, typed))
        else:
            cells[part] = OpenCell(NUMBER, _number(typed), question.measure.kind == "level")
    if question.has_target:
        is_silent = work.answers.get(f"{NO_DATA}{question.key}") == CHECKED
        cells[SILENT.key] = OpenCell(SILENT.kind, YES if is_silent else "")
    return cells


def _words(work: Work, columns: list[Column], names: set[str]) -> dict[str, OpenCell]:
    cells, answers = {}, work.answers
    done = {int(month) for month in answers.get("months", ())}
    for month in offered_months(work):
        cells[month_key(month)] = OpenCell(MARK, YES if month in done else "")
    for column in columns:
        if column.key in names:
            cells[column.key] = OpenCell(column.kind, _shown(column, answers.get(column.key, "")))
    return cells


def _shown(column: Column, said: str):
    if column.key == "without_progress":
        return YES if said == CHECKED else ""
    if column.key == "declared":
        return _number(said)
    return CLASS_WORDS.get(said, said) if column.key == "evidence_classification" else said


def _number(typed: str):
    """As a number where it is one, else as typed."""
    number = parse_number(typed.replace("%", ""))
    return typed if number is None else number


def _plain(name: str, said):
    if isinstance(said, list):
        return sorted(said, key=int)
    text = clean(said)
    if name == "declared" or name.split("_")[0] in FIGURE_KEYS:
        number = parse_number(text.replace("%", ""))
        return text if number is None else comma(number)  # as drafts keep it
    return text
