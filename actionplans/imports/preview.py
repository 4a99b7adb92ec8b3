"""What the preview of an import shows, as values: the template asks nothing of the database."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from actionplans.domain.comparing.comparison import Change
from actionplans.domain.comparing.field_words import HEADER_LABELS, in_words
from actionplans.domain.contents.content import ActivityContent, PlanContent
from actionplans.domain.contents.facts import header_facts, names_in
from actionplans.domain.merging.choosing import (
    CANCEL,
    CHANGED,
    LEAVE,
    MISSING,
    NEW,
    REMOVE,
    SAME,
    TAKE,
    Choices,
    Merge,
)
from actionplans.imports.opening.grid import address, position
from actionplans.models import ImportRun
from actionplans.months.value import ALL_MONTHS

OPTION_WORDS = {
    (NEW, TAKE): "Agregarla",
    (NEW, LEAVE): "No agregarla",
    (CHANGED, TAKE): "Como dice el archivo",
    (CHANGED, LEAVE): "Dejarla como está",
    (MISSING, LEAVE): "Dejarla",
    (MISSING, REMOVE): "Quitarla",
    (MISSING, CANCEL): "Cancelarla",
}
CORRECTED_HINTS = {
    "start": "Como 31/03/2025.",
    "end": "Como 31/03/2025.",
    "schedule": "Como 31/03/2025, o el mes en palabras.",
    "weight": "Un número de 0 a 100.",
    "budget": "Solo el número, en pesos.",
    "target": "Un número, o las palabras de la meta.",
    "baseline": "Un número, o las palabras de la línea base.",
    "months": "Una X si está programada.",
}


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """Something to correct: `cell` names the field that corrects it, empty where nothing can be typed."""

    message: str
    severity: str = "warning"
    place: str = ""
    column: str = ""
    cell: str = ""
    value: str = ""
    hint: str = ""

    @property
    def is_corrected(self) -> bool:
        """Somebody typed something else and nothing is wrong with it."""
        return self.severity == "good"


@dataclass(frozen=True, kw_only=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class PreviewRow:
    """An activity as it will be, with what is wrong with it and what a person may choose."""

    token: str
    kind: str
    label: str
    content: ActivityContent
    flaws: tuple[Flaw, ...] = ()
    changes: tuple[Change, ...] = ()
    options: tuple[Option, ...] = ()
    reason: str = ""

    @property
    def months(self) -> list[bool]:
        return [month in self.content.months for month in ALL_MONTHS]

    @property
    def is_plain(self) -> bool:
        """Nothing to look at: it goes under the fold."""
        return self.kind == SAME and not self.flaws

    @property
    def may_cancel(self) -> bool:
        return any(option.value == CANCEL for option in self.options)


@dataclass(frozen=True, kw_only=True)
class FactRow:
    name: str
    label: str
    changes: tuple[Change, ...]
    options: tuple[Option, ...]


class Preview:
    """A reading, against a draft (`merge`) or as a new plan."""

    def __init__(self, run: ImportRun, content: PlanContent, merge: Merge | None, choices: Choices):
        self.run, self.content, self.merge, self.choices = run, content, merge, choices
        self.found = run.found
        self._anchors = [_row_of(cell or "") for cell in self.found["cells"]]

    @cached_property
    def rows(self) -> list[PreviewRow]:
        if self.merge:
            return [self._merged(row) for row in self.merge.rows]
        return [self._new(place, activity) for place, activity in enumerate(self.content.activities)]

    @property
    def facts(self) -> list[FactRow]:
        """The facts of the plan that the file says otherwise than the draft."""
        return [
            FactRow(
                name=fact.name,
                label=fact.label,
                changes=fact.changes,
                options=tuple(
                    Option(value=value, label=words, is_chosen=value == self.merge.chosen_fact(fact, self.choices))
                    for value, words in ((TAKE, "Como dice el archivo"), (LEAVE, "Dejarlo como está"))
                ),
            )
            for fact in (self.merge.facts if self.merge else ())
        ]

    @property
    def header(self) -> list[tuple[str, str]]:
        """Label and words of what a new plan will say beside its activities."""
        facts, names = header_facts(self.content), names_in(self.content)
        return [
            (label, words)
            for name, label in HEADER_LABELS.items()
            if name != "title" and (words := in_words(name, facts[name], names))
        ]

    @cached_property
    def loose_flaws(self) -> list[Flaw]:
        """Problems of the file as a whole, or above its activities."""
        return [*self._flaws.get(None, ())]

    @cached_property
    def errors(self) -> int:
        return sum(problem["severity"] == "error" for problem in self._problems)

    @cached_property
    def warnings(self) -> int:
        return len(self._problems) - self.errors

    @property
    def missing(self) -> list[str]:
        """Important columns that no heading names."""
        return self.found["missing"]

    @cached_property
    def open_questions(self) -> int:
        answered = self.run.corrections.get("offices", {})
        return sum(question["text"] not in answered for question in self.found["questions"])

    @cached_property
    def _problems(self) -> list[dict]:
        """Those of the reading but for the names of offices, which are asked about by themselves."""
        asked = tuple(f"«{question['text']}»" for question in self.found["questions"])
        return [p for p in self.found["problems"] if not (asked and p["message"].startswith(asked))]

    @cached_property
    def _flaws(self) -> dict[int | None, list[Flaw]]:
        """By the place of the activity that they belong to; None for the others."""
        flaws: dict[int | None, list[Flaw]] = {}
        wrong = set()
        for problem in self._problems:
            cell = address(*problem["at"]) if problem["at"] else ""
            wrong.add(cell)
            flaws.setdefault(self._place(problem["cell"]), []).append(self._flaw(problem, cell))
        for cell, said in self.run.choices.get("cells", {}).items():
            if cell not in wrong and cell in self.run.corrections.get("cells", {}):
                good = {"severity": "good", **said}
                flaws.setdefault(self._place(said["cell"]), []).append(self._flaw(good, cell))
        return flaws

    def _flaw(self, problem, cell) -> Flaw:
        column = self._columns.get(position(cell)[1], {}) if cell else {}
        return Flaw(
            severity=problem["severity"],
            message=problem["message"],
            place=problem["cell"] or "",
            column=" ".join(column.get("title", "").split()),
            cell=cell,
            value=self.run.corrections.get("cells", {}).get(cell, "") if cell else "",
            hint=CORRECTED_HINTS.get(column.get("code", "").split(":")[0], ""),
        )

    @cached_property
    def _columns(self) -> dict[int, dict]:
        return {column["index"]: column for column in self.found["columns"]}

    def _place(self, cell: str | None) -> int | None:
        """The activity whose rows hold the place: the last one described at it or above."""
        row = _row_of(cell or "")
        place = bisect_right(self._anchors, row) - 1 if row else -1
        return place if place >= 0 else None

    def _new(self, place, activity) -> PreviewRow:
        return PreviewRow(
            token=f"n{place + 1}",
            kind=SAME,
            label=activity.printed_number or str(place + 1),
            content=activity,
            flaws=tuple(self._flaws.get(place, ())),
        )

    def _merged(self, row) -> PreviewRow:
        chosen = self.merge.chosen(row, self.choices)
        kind = row.kind
        words = [(value, OPTION_WORDS[kind, value]) for value in row.options if (kind, value) in OPTION_WORDS]
        return PreviewRow(
            token=row.token,
            kind=kind,
            label=row.content.printed_number or str(row.content.key or ""),
            content=row.content,
            flaws=tuple(self._flaws.get(row.place, ())) if row.place is not None else (),
            changes=row.changes,
            options=tuple(Option(value=v, label=w, is_chosen=v == chosen) for v, w in words),
            reason=self.choices.reasons.get(row.token, ""),
        )


def _row_of(place: str) -> tuple[int, ...]:
    """The row of a place, to be compared: of «D14» the 14, of «tabla 2, fila 3, columna 4» table and row."""
    if at := position(place):
        return (at[0],)
    return tuple(int(number) for number in re.findall(r"\d+", place)[:-1])
