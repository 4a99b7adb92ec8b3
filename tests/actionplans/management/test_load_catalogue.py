"""The command that gives a new installation what all entities share."""

from io import StringIO

import pytest
from django.core.management import call_command

from actionplans.models import ActionPlan
from mipg.models import Dimension, InstitutionalPlanKind, ModelVersion, Obligation, Policy
from planning.models import AuditEvent, Entity, GlossaryTerm, TrafficLightPreset, User
from tests.demo import our_models

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_production(settings):
    settings.ALLOW_DEMO = False


def load() -> str:
    said = StringIO()
    call_command("load_catalogue", stdout=said)
    return said.getvalue()


def everything() -> dict:
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in our_models()}


def test_it_loads_what_all_share_and_nothing_of_anybody():
    said = load()
    assert Dimension.objects.count() == 7
    assert Policy.objects.count() == 19
    assert InstitutionalPlanKind.objects.count() == 12
    assert Obligation.objects.exists()
    assert TrafficLightPreset.objects.filter(entity=None, is_in_use=True).count() == 1
    assert GlossaryTerm.objects.exists()
    assert not Entity.objects.exists()
    assert not User.objects.exists()
    assert not ActionPlan.objects.exists()
    assert "Cargado: Obligaciones de cada año" in said
    assert "Cargado: Glosario" in said
    assert "Ya estaba" not in said


def test_each_thing_that_it_loads_leaves_its_event():
    lines = load().splitlines()
    assert AuditEvent.objects.filter(event="load_document", chain__entity=None).count() == len(lines)


def test_a_second_time_nothing_changes_and_it_says_so():
    things = len(load().splitlines())
    before = everything()
    assert load() == f"Ya estaba y no se tocó: {things} de {things}.\n"
    assert everything() == before


def test_what_people_changed_stays():
    load()
    ModelVersion.objects.update(name="El modelo, como aquí se llama")
    Obligation.objects.order_by("pk").first().delete()
    TrafficLightPreset.objects.update(is_in_use=False)
    before = everything()
    load()
    assert everything() == before


def test_the_demo_finds_it_there(settings):
    things = len(load().splitlines())
    settings.ALLOW_DEMO = True
    said = StringIO()
    call_command("load_demo", "--no-examples", stdout=said)
    assert "Cargado: Glosario" not in said.getvalue()
    assert f"Ya estaba y no se tocó: {things} de" in said.getvalue()
