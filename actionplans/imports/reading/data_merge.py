"""Complete what was read in the form with the sheet «Datos»; what a column of the form says always wins."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from actionplans.imports.reading.data_sheet import NO_COMPONENT, DataSheet
from actionplans.imports.reading.dates import parse_date
from actionplans.imports.reading.parsed import (
    FormIdentity,
    ParsedActivity,
    ParsedComponent,
    ParsedIndicator,
    ParsedPlan,
    ParsedResponsible,
    Reading,
)
from actionplans.imports.reading.people import People
from actionplans.imports.reading.text import normalise
from actionplans.imports.reading.values import display, parse_number

GENERIC_TITLES = frozenset({"", "formato plan de accion", "plan de accion", "plan de accion institucional"})
"""Titles that every form bears and that tell no plan from another."""
BUILT_IN_TITLE = "formato plan de accion "

_SUPPORTS = "apoya"
_YES = "si"
_FIGURES = ("target", "baseline")
_ALL_FIGURES = (*_FIGURES, "target_1", "target_2", "target_3", "target_4")
_INDICATOR_TEXTS = (
    "name", "formula", "printed_target", "printed_baseline", "result", "unit", "kind", "accumulation", "direction",
    "numerator", "denominator",
)  # fmt: skip


def complete(reading: Reading, data: DataSheet, kinds: set[str], offices: People) -> Reading:
    """The reading with what `data` adds; `kinds` are the kinds of columns that the form has."""
    rows = _matched(reading.activities, data.activities)
    return replace(
        reading,
        form=_form(reading.form, data.facts),
        period=data.period,
        plan=_plan(reading.plan, data, offices),
        activities=tuple(
            _activity(activity, rows[activity.number], kinds, offices) if activity.number in rows else activity
            for activity in reading.activities
        ),
    )


def _matched(activities: Sequence[ParsedActivity], rows: Sequence[dict]) -> dict[int, dict[str, Any]]:
    """The row of «Datos» of each activity: the one that says the same, else the one of its printed number."""
    found: dict[int, dict[str, Any]] = {}
    by_text, by_number = defaultdict(list), defaultdict(list)
    for row in rows:
        by_text[normalise(_text(row, "description"))].append(row)
        by_number[_text(row, "number")].append(row)
    for activity in activities:
        if same := by_text.get(normalise(activity.description)):
            found[activity.number] = same.pop(0)
    taken = {id(row) for row in found.values()}
    for activity in activities:
        left = [row for row in by_number.get(activity.printed_number or "", ()) if id(row) not in taken]
        if activity.number not in found and len(left) == 1:
            found[activity.number] = left[0]
            taken.add(id(left[0]))
    return found


def _form(form: FormIdentity, facts: dict[str, str]) -> FormIdentity:
    return FormIdentity(
        code=form.code or facts.get("code"),
        version=form.version or facts.get("version"),
        approval_date=form.approval_date or parse_date(facts.get("approval_date")),
    )


def _plan(plan: ParsedPlan, data: DataSheet, offices: People) -> ParsedPlan:
    facts = data.facts
    texts = {
        name: getattr(plan, name) or facts.get(name, "")
        for name in ("process", "subprocess", "objective", "scope")
    }
    formulating = facts.get("formulating_office", "")
    people = [name for name in facts.get("participants", "").split("\n") if name]
    return replace(
        plan,
        **texts,
        title=facts.get("title", "") if _is_generic(plan.title) else plan.title,
        note=facts.get("note", ""),
        source=facts.get("source", ""),
        date=plan.date or parse_date(facts.get("date")),
        formulating_office=plan.formulating_office or (_person(formulating, offices) if formulating else None),
        participants=plan.participants or tuple(_person(name, offices) for name in people),
        objectives=tuple((_text(row, "name"), _text(row, "description")) for row in data.objectives),
        sections=_sections(data.sections),
        components=tuple(
            ParsedComponent(
                name=_text(row, "name"),
                description=_text(row, "description"),
                weight=_number(row, "weight"),
                indicators=tuple(map(_indicator, row["indicators"])),
            )
            for row in data.components
        ),
    )


def _is_generic(title: str) -> bool:
    """Below its own title, the portal's form says of itself that it is a draft, or of example data."""
    said = normalise(title)
    return said in GENERIC_TITLES or said.startswith(BUILT_IN_TITLE)


def _sections(rows: Sequence[dict]) -> tuple[tuple[str, str], ...]:
    """A text longer than a cell goes on in the following rows, without a title."""
    sections: list[list[str]] = []
    for row in rows:
        if title := _text(row, "title"):
            sections.append([title, _text(row, "body")])
        elif sections:
            sections[-1][1] += _text(row, "body")
    return tuple((title, body) for title, body in sections)


def _activity(activity: ParsedActivity, row: dict, kinds: set[str], offices: People) -> ParsedActivity:
    if activity.result and normalise(activity.result) == normalise(_text(row, "reported")):
        kinds = kinds - {"result"}  # the portal wrote there what was reported: the plan's own is in «Datos»
        activity = replace(activity, result=None)
    dated = kinds & {"start", "end", "schedule"}
    said: dict[str, Any] = {"detail": _text(row, "detail"), "note": _text(row, "note")}
    number = _number(row, "key")
    said["key"] = int(number) if number else None
    said["objectives"] = tuple(filter(None, _lines(row, "objectives")))
    said["is_cancelled"], said["cancel_reason"] = _cancellation(_text(row, "cancelled"))
    if activity.printed_number == _text(row, "number"):
        said["printed_number"] = _text(row, "printed_number") or None
    if activity.component is None or activity.component == NO_COMPONENT:
        said["component"] = _text(row, "component") or None
    if "task" not in kinds:
        said["tasks"] = tuple(_lines(row, "tasks"))
    if not dated and "months" not in kinds:
        said["months"] = _months(row)
    if "schedule" not in kinds:
        said["schedule_text"] = _text(row, "schedule_text") or None
    if not dated:
        said["start"], said["end"] = parse_date(row.get("starts")), parse_date(row.get("ends"))
    if "deliverable" not in kinds:
        said["deliverable"] = _text(row, "deliverable")
    said |= {name: _number(row, name) for name in ("weight", "budget") if name not in kinds}
    said["responsibles"] = _responsibles(activity.responsibles, row, "responsible" in kinds, offices)
    return replace(activity, **said, indicators=_indicators(activity, row, kinds))


def _responsibles(read, row: dict, has_column: bool, offices) -> tuple[ParsedResponsible, ...]:
    """Those of «Datos», with their part and office, where the form names the same ones; else the form's."""
    names, roles, slugs, reporting = (
        _lines(row, name) for name in ("responsibles", "roles", "offices", "reports")
    )
    listed = tuple(
        replace(
            _person(name, offices, slug=slugs[at] if at < len(slugs) else ""),
            supports=at < len(roles) and normalise(roles[at]) == _SUPPORTS,
            reports=normalise(reporting[at]) == _YES if at < len(reporting) else None,
        )
        for at, name in enumerate(names)
    )
    if not has_column or _same_names([person.text for person in read], names):
        return listed
    known = {normalise(person.text): person for person in listed}
    now = tuple(known.get(normalise(person.text), person) for person in read)
    somebody = any(person.reports for person in now)
    return now if somebody else tuple(replace(person, reports=None) for person in now)


def _same_names(read: list[str], listed: list[str]) -> bool:
    """Whether the cell still names the same offices, wherever it was cut."""

    def words(names):
        return [word for word in normalise(" ".join(names)).split() if word not in ("y", "e")]

    return words(read) == words(listed)


def _person(name: str, offices: People, slug: str = "") -> ParsedResponsible:
    if slug in {office.slug for office in offices.offices}:
        return ParsedResponsible(text=name, suggestion=slug, score=1.0, certain=True)
    return offices.matched(name)


def _indicators(activity: ParsedActivity, row: dict, kinds: set[str]) -> tuple[ParsedIndicator, ...]:
    """Those of «Datos», each with the form's words where it has a column for them."""
    listed = [_indicator(values) for values in row["indicators"]]
    names = kinds & {"indicator", "formula"}
    if not listed or (names and not activity.indicator and listed[0].name):
        return ()
    if len(listed) > 1:
        unchanged = normalise(activity.indicator) == normalise(" ".join(i.name for i in listed))
        return tuple(listed) if unchanged or not names else ()
    said: dict[str, Any] = {}
    if names:
        said["name"] = activity.indicator
    said |= {"result": activity.result or ""} if "result" in kinds else {}
    for name in _FIGURES:
        if name in kinds:
            said[name] = getattr(activity, name)
            said[f"printed_{name}"] = activity.words_of(name)
    said |= {"unit": activity.unit or ""} if "unit" in kinds else {}
    return (replace(listed[0], **said),)


def _indicator(values: dict[str, Any]) -> ParsedIndicator:
    texts = {name: _text(values, name) for name in _INDICATOR_TEXTS}
    return ParsedIndicator(**texts, **{name: _number(values, name) for name in _ALL_FIGURES})


def _cancellation(text: str) -> tuple[bool, str]:
    """«Sí. Se perdió el convenio» is cancelled, and why."""
    answer, _, reason = text.partition(".")
    return (True, reason.strip()) if normalise(answer) == _YES else (False, "")


def _months(row: dict) -> tuple[int, ...]:
    numbers = (parse_number(part) for part in _text(row, "months").split(","))
    return tuple(sorted({int(number) for number in numbers if number is not None and 1 <= number <= 12}))


def _lines(row: dict, name: str) -> list[str]:
    """One value a line; an empty line stands for an empty value between others."""
    value = str(row.get(name) or "")
    return [line.strip() for line in value.split("\n")] if value.strip() else []


def _text(row: dict, name: str) -> str:
    return display(row.get(name))


def _number(row: dict, name: str) -> Decimal | None:
    return parse_number(row.get(name))
