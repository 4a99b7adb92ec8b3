"""Signing in leads each post to its work, and people of several entities can change between them."""

import pytest
from django.urls import reverse

from planning.enums import Role
from planning.models import AuditEvent
from tests.factories import PASSWORD, make_user


@pytest.mark.parametrize(
    ("post", "address"),
    [
        ("planning", "/gestion/cartago/"),
        ("committee", "/gestion/cartago/"),
        ("leader", "/seguimiento/cartago/"),
        ("auditor", "/auditoria/cartago/"),
        ("administrator", "/admin/"),
    ],
)
def test_each_post_lands_at_its_work(post, address, house, client):
    client.force_login(getattr(house, post))
    assert client.get(reverse("account_home")).url == address


def test_an_administrator_whom_the_admin_does_not_let_in_lands_on_a_page_that_opens(house, client):
    house.administrator.is_staff = False
    house.administrator.save()
    client.force_login(house.administrator)
    landing = client.get(reverse("account_home"), follow=True)
    assert landing.status_code == 200
    assert landing.redirect_chain == [("/cuenta/enlaces/cartago/", 302)]


def test_a_superuser_without_memberships_lands_in_the_admin(superuser, client):
    client.force_login(superuser)
    assert client.get(reverse("account_home")).url == "/admin/"


def test_an_account_without_a_role_is_told_whom_to_ask(db, client):
    client.force_login(make_user("nadie@portal.example"))
    assert "no tiene funciones asignadas hoy" in client.get(reverse("account_home")).content.decode()


def test_somebody_of_two_entities_finds_both_in_the_menu_and_chooses_where_to_work(house, neighbour, client):
    house.planning.memberships.create(entity=neighbour.entity, role=Role.AUDITOR)
    house.planning.memberships.create(entity=neighbour.entity, role=Role.PLANNING)
    client.force_login(house.planning)
    page = client.get(reverse("management_entity", args=["cartago"])).content.decode()
    assert 'href="/auditoria/candelaria/"' in page
    assert 'href="/gestion/candelaria/"' in page
    choice = client.get(reverse("management"))
    assert list(choice.context["entities"]) == [neighbour.entity, house.entity]


def test_nobody_opens_an_account_alone(client, db):
    assert "form" not in (client.get(reverse("account_signup")).context or {})


def test_the_admin_asks_for_credentials_at_the_portal_s_own_login(client, db):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/cuenta/ingresar/?next=")


def test_a_password_changed_by_its_owner_leaves_its_trace(house, client):
    client.force_login(house.leader)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    new = "clave-nueva-y-larga-2025"
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    event = AuditEvent.objects.get(event="password")
    assert (event.object_id, event.actor_id) == (str(house.leader.pk), house.leader.pk)
    house.leader.refresh_from_db()
    assert house.leader.check_password(new)
