"""A year of plans as values, drawn from a seed: what several entities then promise, each with rows of its own.

Offices and objectives in it are stand-ins without rows: `place` finds those of an entity by their order.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from django.utils.text import slugify

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.contents.writing import search_text
from actionplans.domain.sealing import sealed_facts, text_of
from actionplans.enums import Accumulation, Direction, IndicatorKind, PlanKind, ResponsibilityRole
from actionplans.models import ActionPlan, ApprovalAct, PlanVersion
from actionplans.months import MonthSet
from planning.models import Axis, Entity, Objective, Office, StrategicFramework

from . import words

ENTITY = "@entidad@"  # stands in sealed texts where the entity's address goes
FRAMEWORK = "plan-de-desarrollo"
EXAMPLE = "(ejemplo)"  # what the notice on every page says of plans that nobody adopted
WITH_A_SECOND_VERSION = 5  # one plan of so many


@dataclass(frozen=True)
class Place:
    """The stand-ins that contents name; their order is that of the entity's own rows."""

    offices: tuple[Office, ...]
    objectives: tuple[Objective, ...]


@dataclass(frozen=True)
class PatternVersion:
    """`sealed` is the text under the seal, with `ENTITY` for the entity's address."""

    number: int
    content: PlanContent
    search: str
    sealed: str
    since: datetime.date
    published: datetime.datetime

    @property
    def reason(self) -> str:
        return words.MODIFIED if self.number > 1 else ""


@dataclass(frozen=True)
class PatternPlan:
    """`policy` and `institutional` are places in the lists of `Subjects`; one at most is said."""

    slug: str
    policy: int | None
    institutional: int | None
    versions: tuple[PatternVersion, ...]

    @property
    def kind(self) -> str:
        if self.policy is not None:
            return PlanKind.POLICY
        return PlanKind.INSTITUTIONAL if self.institutional is not None else PlanKind.OTHER

    @property
    def keys(self) -> range:
        return range(1, len(self.versions[0].content.activities) + 1)


@dataclass(frozen=True)
class Subjects:
    """What plans are about: the names of policies and of institutional plans."""

    policies: tuple[str, ...]
    institutional: tuple[str, ...]


def stand_in_place() -> Place:
    entity = Entity(slug=ENTITY)
    framework = StrategicFramework(entity=entity, slug=FRAMEWORK)
    axes = [Axis(framework=framework, position=n, key=n) for n in range(1, len(words.AXES) + 1)]
    return Place(
        offices=tuple(
            Office(pk=n, slug=slugify(name), name=name) for n, (name, _kind) in enumerate(words.OFFICES)
        ),
        objectives=tuple(
            Objective(pk=n, axis=axis, position=n % 3 + 1, key=n % 3 + 1, name=words.AXES[n // 3][1][n % 3])
            for n, axis in enumerate(axis for axis in axes for _ in range(3))
        ),
    )


def draw_year(seed: str, year: int, plans: int, activities: int, subjects: Subjects, today) -> list[PatternPlan]:
    """The plans of a year, the same for the same seed; `today` decides which modifications are in force."""
    place = stand_in_place()
    return [
        _plan(Random(f"{seed}/{year}/{number}"), year, number, activities, subjects, place, today)  # noqa: S311
        for number in range(plans)
    ]


def acts_of(year: int) -> tuple[tuple[str, datetime.date], ...]:
    """The acts by which the plans of a year are approved and modified, by the number of the version less one."""
    return (
        (f"Acta n.º 1 de {year} del Comité Institucional de Gestión y Desempeño", datetime.date(year, 1, 29)),
        (f"Acta n.º 6 de {year} del Comité Institucional de Gestión y Desempeño", datetime.date(year, 7, 2)),
    )


def _plan(random, year, number, activities, subjects, place, today) -> PatternPlan:
    policy, institutional, title, slug = _subject(number, subjects)
    office = place.offices[number % len(place.offices)]
    content = PlanContent(
        title=title,
        objective=f"Cumplir los compromisos de la vigencia en {random.choice(words.TOPICS)}.",
        scope="Aplica a todas las dependencias de la entidad.",
        formulating_office=office,
        plan_date=datetime.date(year, 1, 22),
        participating_offices=tuple(random.sample(place.offices, 3)),
        components=tuple(ComponentContent(name=name) for name in words.COMPONENTS),
        activities=tuple(_activity(random, key, activities, place) for key in range(1, activities + 1)),
    )
    contents = [content]
    if number % WITH_A_SECOND_VERSION == 1 and acts_of(year)[1][1] < today:
        contents.append(_modified(random, content))
    versions = tuple(_version(slug, year, n, said) for n, said in enumerate(contents, start=1))
    return PatternPlan(slug, policy, institutional, versions)


def _subject(number: int, subjects: Subjects) -> tuple[int | None, int | None, str, str]:
    """Policies first, then institutional plans, then whatever else an entity plans."""
    if number < len(subjects.policies):
        name = subjects.policies[number]
        return number, None, f"Plan de acción de {name} {EXAMPLE}", slugify(name)[:110]
    number -= len(subjects.policies)
    if number < len(subjects.institutional):
        name = subjects.institutional[number]
        return None, number, f"{name} {EXAMPLE}"[:250], slugify(f"institucional {name}")[:110]
    number -= len(subjects.institutional)
    topic = words.TOPICS[number % len(words.TOPICS)]
    part = f" {number // len(words.TOPICS) + 1}" if number >= len(words.TOPICS) else ""
    name = f"Plan de trabajo de {topic}{part}"
    return None, None, f"{name} {EXAMPLE}", slugify(name)


def _activity(random, key: int, total: int, place: Place) -> ActivityContent:
    work, product, measure, unit = random.choice(words.WORK)
    topic = random.choice(words.TOPICS)
    months = _months(random)
    lead, support = random.sample(place.offices, 2)
    responsibles = [ResponsibleContent(text=lead.name, office=lead, reports=True)]
    if random.random() < 0.3:
        role = ResponsibilityRole.SUPPORTS
        responsibles.append(ResponsibleContent(text=support.name, office=support, role=role, reports=False))
    return ActivityContent(
        key=key,
        description=work.format(topic=topic),
        component=words.COMPONENTS[3 * (key - 1) // total],
        tasks=tuple(random.sample(words.STEPS, random.choice((1, 2, 2, 3)))),
        months=months,
        deliverable=product,
        budget=Decimal(random.randrange(2, 90)) * 1_000_000 if random.random() < 0.3 else None,
        indicators=_indicators(random, measure, unit, months),
        responsibles=tuple(responsibles),
        objectives=(random.choice(place.objectives),) if random.random() < 0.5 else (),
    )


def _months(random) -> MonthSet:
    kind = random.random()
    if kind < 0.35:
        return MonthSet([3, 6, 9, 12])
    if kind < 0.6:
        first = random.randint(1, 9)
        return MonthSet(range(first, first + random.randint(2, 4)))
    if kind < 0.8:
        return MonthSet([6, 12])
    return MonthSet([random.randint(2, 12)])


def _indicators(random, measure, unit, months) -> tuple[IndicatorContent, ...]:
    """A count in most cases, a share or a yes in some, nothing in a few, as plans are."""
    kind = random.random()
    if kind < 0.12:
        return ()
    if kind < 0.30:
        return (
            IndicatorContent(
                name=f"Porcentaje de {unit} con resultado satisfactorio", formula="Satisfactorias / total × 100",
                kind=IndicatorKind.RATIO, accumulation=Accumulation.LAST, direction=Direction.INCREASING,
                numerator="Satisfactorias", denominator="Total", unit="%", baseline=Decimal(0), target=Decimal(90),
            ),
        )  # fmt: skip
    if kind < 0.40:
        return (IndicatorContent(name=f"{measure}: entregado", kind=IndicatorKind.YES_NO),)
    each = random.randint(1, 6)
    quarters = [each if months & MonthSet.quarter(n) else 0 for n in range(1, 5)]
    return (
        IndicatorContent(
            name=measure, formula=f"Número de {unit}", kind=IndicatorKind.COUNT, accumulation=Accumulation.FLOW,
            direction=Direction.INCREASING, unit=unit, target=Decimal(sum(quarters)),
            **{f"target_{n}": Decimal(amount) for n, amount in enumerate(quarters, start=1)},
        ),
    )  # fmt: skip


def _modified(random, content: PlanContent) -> PlanContent:
    """Later months for an activity of the second half, and one cancelled: what modifications mostly are."""
    activities = list(content.activities)
    moved, cancelled = random.sample(range(len(activities)), 2) if len(activities) > 1 else (0, None)
    activities[moved] = replace(activities[moved], months=activities[moved].months | MonthSet([12]))
    if cancelled is not None:
        gone = replace(activities[cancelled], is_cancelled=True, cancel_reason=words.CANCELLED)
        activities[cancelled] = gone
    return replace(content, activities=tuple(activities))


def _version(slug, year, number, content) -> PatternVersion:
    act, day = acts_of(year)[number - 1]
    row = PlanVersion(
        plan=ActionPlan(entity=Entity(slug=ENTITY), year=year, slug=slug),
        number=number,
        reason=words.MODIFIED if number > 1 else "",
        effective_from=day,
        approval_act=ApprovalAct(name=act, date=day),
    )
    published = datetime.datetime.combine(day, datetime.time(15, 30), datetime.UTC)
    return PatternVersion(
        number, content, search_text(content), text_of(sealed_facts(content, row)), day, published
    )
