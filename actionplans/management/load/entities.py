"""An entity to carry plans: its offices, framework, policies with who leads them, and institutional plans."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random

from django.utils.text import slugify

from mipg.enums import LeadershipRole
from mipg.models import Adoption, InstitutionalPlan, InstitutionalPlanKind, ModelVersion, Policy, PolicyLeadership
from planning.enums import EntityKind, FrameworkKind, OfficeKind
from planning.models import Axis, Entity, Objective, Office, StrategicFramework

from . import words
from .pattern import FRAMEWORK, Place, Subjects

SOURCE = "Datos de ejemplo"
FIRST_YEAR_OF_A_TERM = 2024  # town halls are elected for four years


@dataclass(frozen=True)
class Catalogue:
    """The policies and kinds of institutional plan that the generated plans are about, as rows."""

    model: ModelVersion
    policies: tuple[Policy, ...]
    kinds: tuple[InstitutionalPlanKind, ...]

    @classmethod
    def loaded(cls, model: ModelVersion) -> Catalogue:
        return cls(model, tuple(model.policies.order_by("number")), tuple(InstitutionalPlanKind.objects.all()))

    @property
    def subjects(self) -> Subjects:
        return Subjects(tuple(row.name for row in self.policies), tuple(row.name for row in self.kinds))


@dataclass(frozen=True)
class Town:
    """A generated entity with the rows that its plans name."""

    entity: Entity
    place: Place
    institutional: dict[tuple[int, int], InstitutionalPlan]


def names(seed: int, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Address and place of towns that are not there yet, in an order that the seed decides, without end."""
    places = [f"{first} {last}" for first, last in product(words.FIRST, words.LAST)]
    Random(f"{seed}/places").shuffle(places)  # noqa: S311
    turn = 1
    while True:
        for place in places:
            name = place if turn == 1 else f"{place} {turn}"
            if (slug := slugify(name)) not in taken:
                yield slug, name
        turn += 1


def make_town(slug: str, name: str, seed: int, years: Sequence[int], catalogue: Catalogue) -> Town:
    """Its rows, but for plans; the caller records them."""
    random = Random(f"{seed}/{slug}")  # noqa: S311
    entity = Entity.objects.create(
        slug=slug,
        name=f"Alcaldía de {name}",
        kind=EntityKind.MUNICIPALITY,
        municipality=name,
        department=random.choice(words.DEPARTMENTS),
        address=f"Calle {random.randint(2, 30)} n.º {random.randint(2, 30)}-{random.randint(10, 99)}",
        opening_hours="Lunes a viernes de 8:00 a. m. a 12:00 m. y de 2:00 p. m. a 6:00 p. m.",
        email=f"contacto@{slug}.example",
        judicial_email=f"notificaciones@{slug}.example",
        website=f"https://www.{slug}.example",
        pqrsd_url=f"https://www.{slug}.example/pqrsd",
        colour=random.choice(words.COLOURS),
        has_example_data=True,
    )
    offices = Office.objects.bulk_create(
        Office(entity=entity, slug=slugify(said), name=said, kind=OfficeKind(kind)) for said, kind in words.OFFICES
    )
    place = Place(tuple(offices), tuple(_objectives(entity, years)))
    Adoption.objects.create(entity=entity, year=min(years), model_version=catalogue.model)
    PolicyLeadership.objects.bulk_create(
        PolicyLeadership(
            entity=entity,
            policy=policy,
            office=offices[number % len(offices)],
            role=LeadershipRole.LEADS,
            source=SOURCE,
        )
        for number, policy in enumerate(catalogue.policies)
    )
    return Town(entity, place, _institutional_plans(entity, years, catalogue, offices))


def _objectives(entity, years) -> list[Objective]:
    first = FIRST_YEAR_OF_A_TERM - 4 * ((FIRST_YEAR_OF_A_TERM - min(years) + 3) // 4)
    framework = StrategicFramework.objects.create(
        entity=entity,
        slug=FRAMEWORK,
        title=f"Plan de Desarrollo Municipal «{entity.municipality} avanza»",
        kind=FrameworkKind.DEVELOPMENT_PLAN,
        adoption_act="Acuerdo municipal (ejemplo)",
        first_year=first,
        last_year=max(first + 3, max(years)),
        mission="Prestar los servicios a cargo del municipio con transparencia y cercanía a la ciudadanía.",
        vision="Ser un municipio ordenado, seguro y próspero, con una administración que rinde cuentas.",
        general_objective="Mejorar la calidad de vida de quienes habitan el municipio.",
        is_published=True,
        last_key=len(words.AXES),
    )
    axes = Axis.objects.bulk_create(
        Axis(framework=framework, position=position, name=name, last_key=len(objectives))
        for position, (name, objectives) in enumerate(words.AXES, start=1)
    )
    return Objective.objects.bulk_create(
        Objective(axis=axis, position=position, name=name)
        for axis, (_name, objectives) in zip(axes, words.AXES, strict=True)
        for position, name in enumerate(objectives, start=1)
    )


def _institutional_plans(entity, years, catalogue, offices) -> dict[tuple[int, int], InstitutionalPlan]:
    asked = [(year, number) for year in years for number in range(len(catalogue.kinds))]
    rows = InstitutionalPlan.objects.bulk_create(
        InstitutionalPlan(
            entity=entity,
            year=year,
            kind=catalogue.kinds[number],
            office=offices[number % len(offices)],
            due=datetime.date(year, 1, 31),
            published_on=datetime.date(year, 1, 30) if (number + year) % 6 else None,
        )
        for year, number in asked
    )
    return dict(zip(asked, rows, strict=True))
