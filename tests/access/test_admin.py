"""The admin: model → who reads and who changes a row of the house."""

import pytest
from django.urls import reverse

from actionplans.models import ActionPlan
from planning.models import Entity, GlossaryTerm, StrategicFramework, TrafficLightPreset

from .expected import POSTS

KEEPERS = {"superuser", "administrator", "planning"}
STAFF = KEEPERS | {"neighbour"}
WORKFLOW = ({"planning"}, set())
OF_ENTITY = (KEEPERS, KEEPERS)

ADMIN = {
    "planning.entity": OF_ENTITY,
    "planning.office": OF_ENTITY,
    "planning.strategicframework": OF_ENTITY,
    "planning.axis": OF_ENTITY,
    "planning.objective": OF_ENTITY,
    "planning.line": OF_ENTITY,
    "planning.programme": OF_ENTITY,
    "planning.trafficlightpreset": OF_ENTITY,
    "planning.glossaryterm": (STAFF, {"superuser"}),
    "planning.membership": ({"superuser", "administrator"}, {"superuser", "administrator"}),
    "planning.user": ({"superuser"}, {"superuser"}),
    "planning.auditevent": (KEEPERS, set()),
    "mipg.modelversion": (STAFF, {"superuser"}),
    "mipg.dimension": (STAFF, {"superuser"}),
    "mipg.policy": (STAFF, {"superuser"}),
    "mipg.institutionalplankind": (STAFF, {"superuser"}),
    "mipg.obligation": (STAFF, {"superuser"}),
    "mipg.adoption": OF_ENTITY,
    "mipg.policyleadership": OF_ENTITY,
    "mipg.actor": OF_ENTITY,
    "mipg.institutionalplan": OF_ENTITY,
    "actionplans.actionplan": (STAFF, set()),  # the house's plan is published: anybody may read it
    "actionplans.planversion": WORKFLOW,  # the row is a draft
    "actionplans.importrun": WORKFLOW,
}


@pytest.fixture
def admin_rows(site, house):
    """A row of every model of the admin, in the house."""
    from django.contrib.admin import site as admin_site

    from mipg import models as mipg
    from planning.models import AuditEvent

    draft, _people = site
    framework = StrategicFramework.objects.get()
    axis = framework.axes.get()
    axis.objectives.create(position=1, name="Objetivo")
    line = axis.lines.create(position=1, name="Línea")
    line.programmes.create(position=1, name="Programa")
    policy = mipg.Policy.objects.get()
    kind = mipg.InstitutionalPlanKind.objects.create(number=1, key="pinar", name="PINAR")
    mipg.InstitutionalPlan.objects.create(entity=house.entity, year=2024, kind=kind)
    mipg.Obligation.objects.create(position=1, key="publicar", name="Publicar", check_by="planes", first_year=2012)
    mipg.Actor.objects.create(entity=house.entity, position=1, name="Ciudadanía", part="Beneficiaria")
    mipg.PolicyLeadership.objects.create(
        entity=house.entity, policy=policy, office=house.office, role="leads", source="prueba"
    )
    TrafficLightPreset.objects.create(entity=house.entity, key="propio", name="Propio")
    GlossaryTerm.objects.create(key="vigencia", name="vigencia", meaning="El año de un plan.")
    rows = {}
    for model in admin_site._registry:
        if model._meta.app_label in ("planning", "mipg", "actionplans"):
            rows[model._meta.label_lower] = _row_of_the_house(model, house, draft, AuditEvent)
    return rows


def _row_of_the_house(model, house, draft, events):
    if model is events:
        return events.objects.filter(chain__entity=house.entity).first()
    own = {
        "planning.entity": house.entity,
        "planning.office": house.office,
        "planning.user": house.leader,
        "actionplans.planversion": draft,
        "actionplans.actionplan": ActionPlan.objects.get(slug="publicado"),
        "planning.membership": house.leader.memberships.get,
    }.get(model._meta.label_lower)
    if callable(own):
        return own()
    return own or model.objects.get()


def test_every_table_of_the_admin_has_an_expectation():
    from django.contrib.admin import site as admin_site

    ours = {
        model._meta.label_lower
        for model in admin_site._registry
        if model._meta.app_label in ("planning", "mipg", "actionplans")
    }
    assert ours == set(ADMIN)


@pytest.mark.parametrize("post", POSTS)
def test_the_admin_shows_and_changes_only_what_the_table_says(post, site, admin_rows, client):
    _draft, people = site
    if post != "anonymous":
        client.force_login(people[post])
    reads, changes, lists = set(), set(), set()
    for label, row in admin_rows.items():
        base = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        response = client.get(reverse(f"{base}_change", args=[row.pk]))
        if response.status_code == 200:
            reads.add(label)
            if response.context["has_change_permission"]:
                changes.add(label)
        listed = client.get(reverse(f"{base}_changelist"))
        if listed.status_code == 200 and row in listed.context["cl"].result_list:
            lists.add(label)
        removed = client.get(reverse(f"{base}_delete", args=[row.pk]))
        assert removed.status_code != 200 or label in changes
    assert changes == {label for label, (_reads, changers) in ADMIN.items() if post in changers}
    assert reads == {label for label, (readers, _changers) in ADMIN.items() if post in readers}
    assert lists == reads


def test_the_picker_of_offices_offers_only_those_of_the_own_entity(house, neighbour, client):
    client.force_login(house.planning)
    answer = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "mipg", "model_name": "actor", "field_name": "office", "term": ""},
    )
    assert [row["text"] for row in answer.json()["results"]] == [house.office.name]


def test_a_row_for_another_entity_is_refused_whatever_the_form_offers(house, neighbour, client):
    client.force_login(house.planning)
    answer = client.post(
        reverse("admin:planning_office_add"),
        {"entity": neighbour.entity.pk, "name": "Intrusa", "slug": "intrusa", "kind": "oficina"},
    )
    assert answer.status_code == 200
    assert "entity" in answer.context["adminform"].form.errors
    assert not Entity.objects.get(pk=neighbour.entity.pk).offices.filter(slug="intrusa").exists()
