"""What a plan of one year becomes in another: values in, values out, and in words what a person must check."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from planning.models import Office
from planning.words import joined

YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
TARGETS = ("target", "target_1", "target_2", "target_3", "target_4")


@dataclass(frozen=True, kw_only=True)
class Keep:
    """What belongs to a year and may be worth keeping all the same."""

    weights: bool = True
    targets: bool = True
    budgets: bool = False


@dataclass
class Carrying:
    """One plan on its way from a year to another. `office_now` says which office stands for one: None, none does.

    `notes` are filled while it goes: what was changed or left out, one sentence each.
    """

    from_year: int
    to_year: int
    office_now: Callable[[Office], Office | None]
    keep: Keep = field(default_factory=Keep)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.year_word = re.compile(rf"(?<!\d){self.from_year}(?!\d)")
        self.replaced, self.lost, self.expired = {}, set(), set()
        self.shifted = False

    def plan(self, content: PlanContent, title: str | None = None) -> PlanContent:
        """The plan for the other year, with `title` instead of its own where given."""
        kept = [activity for activity in content.activities if not activity.is_cancelled]
        participants, printed = self._participants(content)
        formulating, printed_formulating = self._formulating(content)
        carried = replace(
            content,
            title=title or self._title(content.title),
            plan_date=None,
            note="",
            source="",
            formulating_office=formulating,
            printed_formulating_office=printed_formulating,
            participating_offices=participants,
            printed_participants=printed,
            components=tuple(self._component(component) for component in content.components),
            activities=tuple(self._activity(activity) for activity in kept),
        )
        self._tell(content, carried)
        return carried

    def _activity(self, activity: ActivityContent) -> ActivityContent:
        objectives = tuple(o for o in activity.objectives if o.axis.framework.last_year >= self.to_year)
        self.expired |= {o.axis.framework.period for o in activity.objectives if o not in objectives}
        return replace(
            activity,
            key=None,
            starts=self._moved(activity.starts),
            ends=self._moved(activity.ends),
            schedule_text=self._deadline(activity.schedule_text),
            weight=activity.weight if self.keep.weights else None,
            budget=activity.budget if self.keep.budgets else None,
            indicators=tuple(self._indicator(indicator) for indicator in activity.indicators),
            responsibles=self._responsibles(activity.responsibles),
            objectives=objectives,
        )

    def _component(self, component: ComponentContent) -> ComponentContent:
        return replace(
            component,
            weight=component.weight if self.keep.weights else None,
            indicators=tuple(self._indicator(indicator) for indicator in component.indicators),
        )

    def _indicator(self, indicator: IndicatorContent) -> IndicatorContent:
        emptied = {} if self.keep.targets else dict.fromkeys(TARGETS) | {"printed_target": ""}
        return replace(indicator, key=None, printed_result="", **emptied)

    def _responsibles(self, responsibles) -> tuple[ResponsibleContent, ...]:
        """Each office once; who reports is proposed anew where the one that did is gone."""
        found: list[ResponsibleContent] = []
        for responsible in responsibles:
            carried = self._responsible(responsible)
            twin = next(
                (i for i, one in enumerate(found) if carried.office and one.office == carried.office), None
            )
            if twin is None:
                found.append(carried)
            elif carried.reports:
                found[twin] = replace(found[twin], reports=True)
        reported = any(responsible.reports for responsible in responsibles)
        if reported and not any(responsible.reports for responsible in found):
            found = [replace(responsible, reports=None) for responsible in found]
        return tuple(found)

    def _responsible(self, responsible: ResponsibleContent) -> ResponsibleContent:
        if responsible.office is None:
            return responsible
        office = self._office(responsible.office)
        if office == responsible.office:
            return responsible
        text = office.name if office else responsible.text or responsible.office.name
        return replace(responsible, office=office, text=text, reports=responsible.reports if office else False)

    def _formulating(self, content: PlanContent) -> tuple[Office | None, str]:
        before, printed = content.formulating_office, content.printed_formulating_office
        office = self._office(before) if before else None
        if before is None or office == before:
            return before, printed
        return office, office.name if office else printed or before.name

    def _participants(self, content: PlanContent) -> tuple[tuple[Office, ...], tuple[str, ...]]:
        """The offices that there are now; once one of them is another or none, all by the names of now."""
        now = [(before, self._office(before)) for before in content.participating_offices]
        offices = tuple(dict.fromkeys(office for _, office in now if office))
        if all(office == before for before, office in now):
            return offices, content.printed_participants
        lost = [before.name for before, office in now if office is None]
        return offices, (*(office.name for office in offices), *lost) if lost else ()

    def _office(self, office: Office) -> Office | None:
        now = self.office_now(office)
        if now is None:
            self.lost.add(office.name)
        elif now != office:
            self.replaced[office.name] = now.name
        return now

    def _title(self, title: str) -> str:
        """The year of the plan becomes the other one; that of a period, «2025-2028», is a fact and stays."""
        return re.sub(rf"(?<![\d–-]){self.from_year}(?!\d|\s*[–-]\s*\d)", str(self.to_year), title)

    def _deadline(self, text: str) -> str:
        """The years about the plan's own that the words of a deadline name, each as much later."""
        shift = self.to_year - self.from_year
        near = range(self.from_year - 1, self.from_year + 4)
        return YEAR.sub(lambda found: str(int(found[0]) + shift) if int(found[0]) in near else found[0], text)

    def _moved(self, day: datetime.date | None) -> datetime.date | None:
        if day is None:
            return None
        self.shifted = True
        year = day.year + self.to_year - self.from_year
        try:
            return day.replace(year=year)
        except ValueError:  # 29 February
            return day.replace(year=year, day=28)

    # --- What a person must check ---------------------------------------------------------------------------

    def _tell(self, before: PlanContent, after: PlanContent) -> None:
        self._tell_of_activities(before, after)
        self._tell_of_offices()
        if self.expired:
            periods = joined(sorted(self.expired))
            self.notes.append(
                f"Se quitaron los enlaces a objetivos de un marco estratégico que no rige en {self.to_year} "
                f"({periods}): enlace los del vigente."
            )
        left_out = [
            name
            for name, kept in (
                ("las ponderaciones", self.keep.weights),
                ("las metas", self.keep.targets),
                ("los presupuestos", self.keep.budgets),
            )
            if not kept
        ]
        left_out += ["los resultados", "la fecha del plan", "su nota"]
        self.notes.append(f"No se trajeron {joined(left_out)}.")
        self._tell_where_the_old_year_is_named(after)

    def _tell_of_activities(self, before, after) -> None:
        cancelled = len(before.activities) - len(after.activities)
        if cancelled:
            many = "1 actividad cancelada" if cancelled == 1 else f"{cancelled} actividades canceladas"
            self.notes.append(f"No se trajo lo cancelado: {many}.")
        if self.shifted:
            self.notes.append(f"Las fechas de inicio y fin pasaron de {self.from_year} a {self.to_year}.")
        printed = [row.schedule_text for row in before.activities if not row.is_cancelled]
        if any(self._deadline(text) != text for text in printed):
            self.notes.append(
                f"Los años de los plazos escritos pasaron como de {self.from_year} a {self.to_year}."
            )
        if after.title == self._title(before.title) != before.title:
            self.notes.append(f"El título quedó así: «{after.title}».")

    def _tell_of_offices(self) -> None:
        for name, now in sorted(self.replaced.items()):
            self.notes.append(f"«{name}» ya no existe: en su lugar quedó «{now}».")
        for name in sorted(self.lost):
            self.notes.append(f"«{name}» ya no existe y nadie la reemplaza: quedó como texto. Elija otra.")

    def _tell_where_the_old_year_is_named(self, content: PlanContent) -> None:
        named = [
            str(position)
            for position, activity in enumerate(content.activities, start=1)
            if any(self.year_word.search(text) for text in _texts(activity))
        ]
        if named:
            words = "la actividad" if len(named) == 1 else "las actividades"
            self.notes.append(f"El texto de {words} {joined(named)} nombra {self.from_year}: revíselo.")
        if any(self.year_word.search(text) for text in _texts_of_plan(content)):
            self.notes.append(f"El objetivo o los textos del plan nombran {self.from_year}: revíselos.")


def _texts(activity: ActivityContent) -> Iterable[str]:
    yield from (activity.description, activity.detail, activity.deliverable, activity.note, *activity.tasks)
    for indicator in activity.indicators:
        yield from (indicator.name, indicator.formula, indicator.printed_target, indicator.printed_baseline)


def _texts_of_plan(content: PlanContent) -> Iterable[str]:
    yield from (content.objective, content.scope)
    for title, body in (*content.sections, *content.objectives):
        yield from (title, body)
