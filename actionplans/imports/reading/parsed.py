"""What a workbook says, once read: plain values that no layer above needs to interpret again."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something that a person must know. `error` stops the import, `warning` does not.

    `cell` is how a person finds the place, `at` its row and column where something else could be typed in it.
    """

    severity: str
    message: str
    sheet: str | None = None
    cell: str | None = None
    at: tuple[int, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"severity": self.severity, "sheet": self.sheet, "cell": self.cell, "message": self.message}


@dataclass(frozen=True, kw_only=True)
class FormIdentity:
    """The quality-system identity printed on the form."""

    code: str | None = None
    version: str | None = None
    approval_date: datetime.date | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "version": self.version, "approval_date": _iso(self.approval_date)}


@dataclass(frozen=True, kw_only=True)
class ParsedResponsible:
    """An office as printed, with the office of the entity that it resembles most.

    `suggestion` is the most similar office; `office` is the same one only when the match is certain.
    `supports` when the office helps and another one answers; `reports` is None where nothing says who does.
    `settled` when there is nothing to ask about it although no office is certain.
    """

    text: str
    suggestion: str | None = None
    score: float = 0.0
    certain: bool = False
    supports: bool = False
    reports: bool | None = None
    settled: bool = False

    @property
    def office(self) -> str | None:
        return self.suggestion if self.certain else None

    def as_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "office": self.office,
            "score": round(self.score, 2),
            "certain": self.certain,
            "suggestion": self.suggestion,
            "role": "supports" if self.supports else "leads",
        }


@dataclass(frozen=True, kw_only=True)
class ParsedIndicator:
    """An indicator of several, or with more than a form has columns for; lists are named by their labels."""

    name: str
    formula: str = ""
    printed_target: str = ""
    printed_baseline: str = ""
    result: str = ""
    target: Decimal | None = None
    baseline: Decimal | None = None
    unit: str = ""
    kind: str = ""
    accumulation: str = ""
    direction: str = ""
    numerator: str = ""
    denominator: str = ""
    target_1: Decimal | None = None
    target_2: Decimal | None = None
    target_3: Decimal | None = None
    target_4: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ParsedComponent:
    """What a file says of a component beside its name."""

    name: str
    description: str = ""
    weight: Decimal | None = None
    indicators: tuple[ParsedIndicator, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Followup:
    """What a quarter's follow-up column says; `progress` is a percentage (60, not 0.6)."""

    text: str = ""
    progress: Decimal | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"text": self.text, "progress": plain(self.progress)}


@dataclass(frozen=True, kw_only=True)
class ParsedPlan:
    """The rows above the table, and what its sheet of data adds. Texts that the file does not hold are empty."""

    process: str = ""
    subprocess: str = ""
    objective: str = ""
    scope: str = ""
    formulating_office: ParsedResponsible | None = None
    date: datetime.date | None = None
    participants: tuple[ParsedResponsible, ...] = ()
    title: str = ""
    policy: str = ""
    note: str = ""
    source: str = ""
    objectives: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    components: tuple[ParsedComponent, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "process": self.process,
            "subprocess": self.subprocess,
            "objective": self.objective,
            "scope": self.scope,
            "formulating_office": self.formulating_office.text if self.formulating_office else "",
            "date": _iso(self.date),
            "participants": [participant.text for participant in self.participants],
            "title": self.title,
            "policy": self.policy,
        }


@dataclass(kw_only=True)
class ParsedActivity:
    """One activity. `weight` is a percentage, `budget` pesos, months are ordered numbers 1 to 12.

    `shares_row` tells that several activities came from one cell and share the rest of its row;
    `other` keeps, by label, the columns that a plan has no field for; `cell` and `at` are where it was described.
    `indicators`, where the sheet of data lists them, say more than `indicator` and its figures;
    `objectives` are names of strategic objectives, `key` the permanent number in the plan from which the portal
    wrote the file. Not to be changed, only replaced: frozen, the thousands of
    them in a large workbook would take five times as long to make.
    """

    number: int
    description: str
    component: str | None = None
    tasks: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    executed_months: tuple[int, ...] = ()
    schedule_text: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    deliverable: str = ""
    indicator: str = ""
    result: str | None = None
    target: Decimal | None = None
    baseline: Decimal | None = None
    weight: Decimal | None = None
    budget: Decimal | None = None
    responsibles: tuple[ParsedResponsible, ...] = ()
    followups: dict[str, Followup] = field(default_factory=dict)
    printed_number: str | None = None
    formula: str = ""
    target_text: str | None = None
    baseline_text: str | None = None
    unit: str | None = None
    other: dict[str, str] = field(default_factory=dict)
    cell: str | None = None
    at: tuple[int, int] | None = None
    shares_row: bool = False
    detail: str = ""
    note: str = ""
    indicators: tuple[ParsedIndicator, ...] = ()
    objectives: tuple[str, ...] = ()
    is_cancelled: bool = False
    cancel_reason: str = ""
    key: int | None = None

    def words_of(self, figure: str) -> str:
        """What the cell of the `target` or `baseline` says where it is not a plain figure; empty otherwise."""
        return (getattr(self, f"{figure}_text") or "") if getattr(self, figure) is None else ""

    def as_dict(self) -> dict[str, Any]:
        """The keys of the import contract in its order, then what the contract does not name."""
        return {
            "number": self.number,
            "component": self.component,
            "description": self.description,
            "tasks": list(self.tasks),
            "months": list(self.months),
            "executed_months": list(self.executed_months),
            "schedule_text": self.schedule_text,
            "start": _iso(self.start),
            "end": _iso(self.end),
            "deliverable": self.deliverable,
            "indicator": self.indicator,
            "result": self.result,
            "target": plain(self.target),
            "baseline": plain(self.baseline),
            "weight": plain(self.weight),
            "budget": plain(self.budget),
            "responsibles": [responsible.as_dict() for responsible in self.responsibles],
            "followups": {quarter: followup.as_dict() for quarter, followup in self.followups.items()},
            "printed_number": self.printed_number,
            "formula": self.formula,
            "target_text": self.target_text,
            "baseline_text": self.baseline_text,
            "unit": self.unit,
            "other": self.other,
            "cell": self.cell,
            "shares_row": self.shares_row,
            "detail": self.detail,
            "note": self.note,
        }


@dataclass(frozen=True, kw_only=True)
class ReadColumn:
    """A column of the table: number, letter, heading as printed, what it was taken for, its first texts.

    `code` and `label` are those of `meanings`.
    """

    index: int
    letter: str
    title: str
    code: str
    label: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All that was read from a workbook and all that is wrong with it; `layout` tells how to fill it again.

    `file_digest` is the SHA-256 of the very bytes that were read, None when they could not be had.
    `columns` are those of the table, `sheets` the other sheets that hold one; `missing` are warnings of important
    columns that no heading names, apart because many a form has none; `named_at` tells the cells of each name of
    an office that is not certain; `period` is whose targets «Datos» gives: «trimestre» or «cuatrimestre».
    """

    sheet: str | None = None
    form: FormIdentity = field(default_factory=FormIdentity)
    year: int | None = None
    plan: ParsedPlan = field(default_factory=ParsedPlan)
    activities: tuple[ParsedActivity, ...] = ()
    problems: tuple[Problem, ...] = ()
    layout: dict[str, Any] | None = None
    file_digest: str | None = None
    columns: tuple[ReadColumn, ...] = ()
    sheets: tuple[str, ...] = ()
    missing: tuple[Problem, ...] = ()
    named_at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: str = "trimestre"

    @property
    def ok(self) -> bool:
        """Whether the plan can be applied: warnings do not hinder."""
        return not any(problem.severity == "error" for problem in self.problems)

    def with_problems(self, problems: Iterable[Problem]) -> "Reading":
        """The same reading with further problems found by who asked for it."""
        return replace(self, problems=(*self.problems, *problems))

    def as_dict(self) -> dict[str, Any]:
        """The object of the import contract, without `ok` and `plan_id`, which the caller adds."""
        return {
            "sheet": self.sheet,
            "form": self.form.as_dict(),
            "year": self.year,
            "plan": self.plan.as_dict(),
            "activities": [activity.as_dict() for activity in self.activities],
            "problems": [problem.as_dict() for problem in self.problems],
        }


def plain(number: Decimal | None) -> int | float | None:
    """A JSON number: whole numbers without decimal point."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _iso(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None
