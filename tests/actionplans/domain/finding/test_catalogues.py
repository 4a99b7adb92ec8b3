"""Framework, policies, institutional plans and offices are found as they are called now."""

import datetime

import pytest
from django.db import transaction

from actionplans.domain.finding.rebuilding import index_entity
from mipg.enums import LeadershipRole
from mipg.models import (
    Adoption,
    Dimension,
    InstitutionalPlan,
    InstitutionalPlanKind,
    ModelVersion,
    PolicyLeadership,
)
from planning import audit
from planning.models import Axis, Objective
from tests.factories import adopt, make_framework, make_office, make_policy, make_published_plan
from tests.following import on_day

from .steps import found, said_everywhere

pytestmark = pytest.mark.django_db


def test_what_an_office_is_called_now_is_found(house, client):
    make_published_plan(house.entity, office=house.office, activities=1, title="Plan")
    house.office.name = "Dirección de Bibliotecas"
    with transaction.atomic():
        house.office.save()
        audit.record(house.entity, house.office, "change", by=None)
    assert found(house.entity, "bibliotecas") == ["Actividad número 1"]


def objective_form(objective, **changes):
    return {"axis": objective.axis_id, "position": 1, "name": objective.name, "description": "", **changes}


def test_the_framework_is_found_as_the_admin_leaves_it(house, client):
    framework = make_framework(house.entity, mission="Servir con alegría", is_published=False)
    axis = Axis.objects.create(framework=framework, position=1, name="Gobierno eficaz")
    objective = Objective.objects.create(axis=axis, position=1, name="Atender mejor")
    assert index_entity(house.entity) == 0
    framework.is_published = True
    with transaction.atomic():
        framework.save()
        audit.record(house.entity, framework, "change", by=None)
    assert found(house.entity, "alegría") == ["Plan de desarrollo"]
    assert found(house.entity, "atender") == ["Gobierno eficaz"]

    client.force_login(house.planning)
    address = f"/admin/planning/objective/{objective.pk}/change/"
    assert client.post(address, objective_form(objective, name="Escuchar más")).status_code == 302
    assert found(house.entity, "escuchar") == ["Gobierno eficaz"]
    assert found(house.entity, "atender") == []
    assert client.post(f"/admin/planning/objective/{objective.pk}/delete/", {"post": "yes"}).status_code == 302
    assert found(house.entity, "escuchar") == []


def test_a_policy_is_found_by_who_leads_it_and_under_its_new_name(house):
    policy = make_policy()
    adopt(house.entity, policy)
    make_published_plan(house.entity, title="Plan", kind="politica", policy=policy, activities=1)
    assert found(house.entity, "participación", kind="politica") == []
    with transaction.atomic():
        row = PolicyLeadership.objects.create(
            entity=house.entity, policy=policy, office=house.office, role=LeadershipRole.LEADS, source="Decreto 12"
        )
        audit.record(house.entity, row, "add", by=None)
    assert found(house.entity, "secretaría planeación", kind="politica") == [policy.name]
    policy.name = "Escucha activa"
    with transaction.atomic():
        policy.save()
        audit.record(None, policy, "change", by=None)
    assert found(house.entity, "escucha activa") == ["Escucha activa", "Plan"]


def test_a_policy_is_found_the_same_on_any_day(house):
    policy = make_policy()
    with transaction.atomic():
        for number, (name, last) in enumerate(
            (("Ana", datetime.date(2024, 6, 30)), ("Secretaría", None)), start=1
        ):
            row = PolicyLeadership.objects.create(
                entity=house.entity, policy=policy, printed_responsible=f"{name} de planeación", valid_to=last,
                role=LeadershipRole.LEADS, source="Decreto 12", position=number,
            )  # fmt: skip
        audit.record(house.entity, row, "add", by=None)
    before = said_everywhere()
    for day in ((2024, 1, 15), (2030, 1, 15)):
        with on_day(*day):
            index_entity(house.entity)
            assert said_everywhere() == before
    assert found(house.entity, "ana planeación", kind="politica") == [policy.name]


def test_a_policy_is_said_as_the_model_that_the_entity_adopted_last_says_it(house):
    policy = make_policy()
    newer = ModelVersion.objects.create(key="mipg-v6", name="MIPG, versión 6")
    dimension = Dimension.objects.create(model_version=newer, number=3, key="valores", name="Valores")
    make_policy(name="Escuchar a la gente", model_version=newer, dimension=dimension)
    row = PolicyLeadership.objects.create(
        entity=house.entity, policy=policy, office=house.office, role=LeadershipRole.LEADS, source="Decreto 12"
    )
    adopt(house.entity, policy, year=2024)
    with transaction.atomic():
        audit.record(house.entity, row, "add", by=None)
    assert found(house.entity, "secretaría planeación", kind="politica") == [policy.name]
    adoption = Adoption.objects.create(entity=house.entity, year=2026, model_version=newer)
    with transaction.atomic():
        audit.record(house.entity, adoption, "add", by=None)
    assert found(house.entity, "secretaría planeación", kind="politica") == ["Escuchar a la gente"]


def test_a_plan_is_found_under_the_new_name_of_its_institutional_plan(house):
    kind = InstitutionalPlanKind.objects.create(number=1, key="pinar", name="Archivos", norm="Decreto 612")
    other = InstitutionalPlanKind.objects.create(number=2, key="paa", name="Adquisiciones", norm="Decreto 612")
    row = InstitutionalPlan.objects.create(entity=house.entity, year=2024, kind=kind)
    make_published_plan(house.entity, title="Ordenar", kind="institucional", institutional_plan=row, activities=1)
    assert found(house.entity, "archivos") == ["Ordenar"]
    with transaction.atomic():
        kind.name = "Memoria escrita"
        kind.save()
        audit.record(None, kind, "change", by=None)
    assert (found(house.entity, "archivos"), found(house.entity, "memoria escrita")) == ([], ["Ordenar"])
    with transaction.atomic():
        row.kind = other
        row.save()
        audit.record(house.entity, row, "change", by=None)
    assert (found(house.entity, "memoria"), found(house.entity, "adquisiciones")) == ([], ["Ordenar"])


def test_many_events_at_once_are_written_too(house):
    framework = make_framework(house.entity, mission="Servir con alegría")
    with transaction.atomic():
        audit.record_all(house.entity, [audit.Fact(obj=framework, event="add")])
    assert found(house.entity, "alegría") == ["Plan de desarrollo"]


def test_the_office_that_nobody_names_changes_nothing(house):
    make_published_plan(house.entity, office=house.office)
    before = said_everywhere()
    lonely = make_office(house.entity, "Archivo")
    with transaction.atomic():
        audit.record(house.entity, lonely, "add", by=None)
    assert said_everywhere() == before
