"""The command that fills an installation to look around in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from planning.enums import Role
from planning.models import Entity, Membership, StrategicFramework, User
from tests.demo import demo, our_models  # noqa: F401 - an autouse fixture

pytestmark = pytest.mark.django_db


def everything() -> dict:
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in our_models()}


def test_a_second_load_changes_nothing_and_says_so():
    before = everything()
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert everything() == before
    assert "Cargado" not in said.getvalue()
    assert "Ya estaba y no se tocó" in said.getvalue()


def test_a_second_load_leaves_what_people_changed():
    cartago = StrategicFramework.objects.get(entity__slug="cartago")
    StrategicFramework.objects.filter(pk=cartago.pk).update(mission="Otra misión")
    cartago.pillars.all().delete()
    Entity.objects.filter(slug="cartago").update(name="Municipio de Cartago")
    User.objects.filter(email="lider@cartago.example").update(post="Enlace MIPG")
    before = everything()
    call_command("load_demo", stdout=StringIO())
    assert everything() == before


def test_the_demo_accounts_are_those_of_the_design():
    assert User.objects.count() == 17
    administrator = User.objects.get(email="admin@portal.example")
    assert administrator.is_superuser
    assert administrator.check_password("demo-mipg-2024")
    roles = {"planeacion": Role.PLANNING, "lider": Role.LEADER, "comite": Role.COMMITTEE, "control": Role.AUDITOR}
    for membership in Membership.objects.select_related("user", "entity"):
        name, _, house = membership.user.email.partition("@")
        assert house == f"{membership.entity.slug}.example"
        assert membership.role == roles[name]
        assert membership.user.is_staff is (name == "planeacion")
        assert not membership.user.is_superuser


def test_the_leader_answers_for_the_offices_of_the_entitys_plans():
    leader = Membership.objects.get(user__email="lider@cartago.example")
    assert [office.name for office in leader.offices.all()] == [
        "Oficina Gestión y Desempeño Institucional",  # reports in the example year
        "Secretaría de Planeación, Medio Ambiente y Desarrollo Económico",
    ]
    assert Membership.objects.get(user__email="lider@cartagena.example").offices.count() == 10


def test_without_permission_no_demo_is_loaded(settings):
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="contraseña que todos conocen") as refusal:
        call_command("load_demo", stdout=StringIO())
    assert refusal.value.returncode == 2
