"""Rows for tests, as small as their constraints allow; what a test is about it says itself."""

from itertools import count

from django.utils import timezone

from actionplans.domain.contents.content import ActivityContent, PlanContent, ResponsibleContent
from actionplans.domain.plan import create_plan, publish_document
from actionplans.enums import Origin
from actionplans.months import MonthSet
from mipg.models import Adoption, Dimension, ModelVersion, Policy
from planning.enums import EntityKind, FrameworkKind, OfficeKind
from planning.models import Entity, Membership, Office, StrategicFramework, User

PASSWORD = "clave-de-prueba-2024"
_numbers = count(1)


def make_entity(slug="cartago", **fields):
    return Entity.objects.create(
        **{"slug": slug, "name": f"Alcaldía de {slug.title()}", "kind": EntityKind.MUNICIPALITY, **fields}
    )


def make_office(entity, name="Secretaría de Planeación", **fields):
    slug = fields.pop("slug", f"dependencia-{next(_numbers)}")
    return Office.objects.create(
        **{"entity": entity, "slug": slug, "name": name, "kind": OfficeKind.SECRETARIAT, **fields}
    )


def make_user(email, entity=None, role=None, offices=(), **fields):
    """An account and, with `entity` and `role`, its membership."""
    user = User.objects.create_user(email, PASSWORD, **fields)
    if role:
        Membership.objects.create(user=user, entity=entity, role=role).offices.set(offices)
    return user


def make_policy(number=13, name="Participación Ciudadana en la Gestión Pública", key="participacion", **fields):
    version, _ = ModelVersion.objects.get_or_create(key="mipg-v5", defaults={"name": "MIPG, versión 5"})
    dimension, _ = Dimension.objects.get_or_create(
        model_version=version, number=3, defaults={"key": "valores", "name": "Gestión con Valores para Resultados"}
    )
    return Policy.objects.create(
        **{"model_version": version, "dimension": dimension, "number": number, "name": name, "key": key, **fields}
    )


def adopt(entity, policy, year=2024):
    return Adoption.objects.create(entity=entity, year=year, model_version=policy.model_version)


def make_framework(entity, **fields):
    return StrategicFramework.objects.create(
        **{
            "entity": entity,
            "slug": "marco",
            "title": "Plan de desarrollo",
            "kind": FrameworkKind.DIRECTION,
            "first_year": 2020,
            "last_year": 2023,
            "is_published": True,
            **fields,
        }
    )


def activity_contents(number, office=None, **fields):
    """`number` activities, the first in January, the second in February and so on."""
    responsibles = (ResponsibleContent(text=office.name if office else "Todas las dependencias", office=office),)
    return tuple(
        ActivityContent(
            **{
                "description": f"Actividad número {position}",
                "months": MonthSet([(position - 1) % 12 + 1]),
                "responsibles": responsibles,
                **fields,
            }
        )
        for position in range(1, number + 1)
    )


def make_draft(entity, *, title="Plan de prueba", year=2024, activities=3, office=None, by=None, **plan_fields):
    """A draft of version 1 with so many activities for which `office` answers."""
    content = PlanContent(
        title=title,
        objective=f"Objetivo de {title}",
        activities=activity_contents(activities, office),
    )
    return create_plan(entity, year, content, by=by, **plan_fields)


def make_published_plan(entity, *, activities=3, content=None, **fields):
    """A published version of origin «documento»; `content` replaces the made-up one."""
    if content is None:
        version = make_draft(entity, activities=activities, origin=Origin.DOCUMENT, **fields)
    else:
        version = create_plan(entity, fields.pop("year", 2024), content, by=None, origin=Origin.DOCUMENT, **fields)
    return publish_document(version)


def today():
    return timezone.localdate()
