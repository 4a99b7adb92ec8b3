"""After a sign-in link: a new password without the present one, for an hour; and a link that is annulled."""

import re
import time

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from planning import sign_in_links as links
from planning.models import AuditEvent
from planning.views import BY_LINK
from tests.factories import PASSWORD

REASON = "No recibe correo; lo pidió en persona."
NEW = {"password1": "jardin-lento-2026-azul", "password2": "jardin-lento-2026-azul"}
CHOOSE = "/cuenta/contrasena/nueva/"
PAGE = "/cuenta/enlaces/cartago/"


@pytest.fixture(autouse=True)
def nothing_counted_yet(db):
    cache.clear()


def make(house, person=None):
    token = links.make_token(person or house.leader, house.entity, by=house.administrator, reason=REASON)
    return reverse("sign_in_by_link", args=["cartago", token])


@pytest.fixture
def browser(house):
    """That of the leader, who came in by a link."""
    client = Client()
    assert client.post(make(house)).url == CHOOSE
    return client


def signs_in(person, password):
    answer = Client().post(reverse("account_login"), {"login": person.email, "password": password})
    return answer.status_code == 302


def test_who_came_by_a_link_chooses_a_password_and_needs_none(house, browser):
    page = browser.get(CHOOSE).content.decode()
    assert "Elegir una contraseña nueva" in page
    assert "oldpassword" not in page
    assert 'href="/cuenta/">Ahora no' in page
    assert browser.post(CHOOSE, NEW).url == reverse("account_home")
    assert "_auth_user_id" not in browser.session  # the session is over, as after any change
    assert signs_in(house.leader, NEW["password1"])
    assert not signs_in(house.leader, PASSWORD)
    assert AuditEvent.objects.filter(event="password", object_id=str(house.leader.pk)).count() == 1


def test_a_weak_password_is_refused(house, browser):
    assert browser.post(CHOOSE, {"password1": "12345678", "password2": "12345678"}).context["form"].errors
    assert signs_in(house.leader, PASSWORD)


def test_who_came_with_the_password_is_asked_for_it(house, client):
    client.force_login(house.leader)
    assert client.get(CHOOSE).url == reverse("account_change_password")
    client.post(CHOOSE, NEW)
    assert signs_in(house.leader, PASSWORD)


def test_it_is_the_holder_of_the_link_and_for_an_hour(house, browser):
    session = browser.session
    session[BY_LINK] = {"user": house.leader.pk, "at": time.time() - 3601}
    session.save()
    assert browser.get(CHOOSE).url == reverse("account_change_password")
    session[BY_LINK] = {"user": house.planning.pk, "at": time.time()}
    session.save()
    assert browser.get(CHOOSE).url == reverse("account_change_password")


def test_without_an_account_one_signs_in_first(client, db):
    assert client.get(CHOOSE).url.startswith(reverse("account_login"))


def test_a_link_that_was_handed_to_the_wrong_person_is_annulled(house, client):
    first, second = make(house), make(house)
    client.force_login(house.administrator)
    page = client.get(PAGE).content.decode()
    assert len(re.findall("Hay uno sin usar", page)) == 1
    done = client.post(PAGE, {"annul": str(house.leader.pk)}, follow=True).content.decode()
    assert "quedó anulado" in done
    assert "Hay uno sin usar" not in done
    for address in (first, second):
        assert Client().get(address).status_code == 410
        assert Client().post(address).status_code == 410
    event = AuditEvent.objects.get(event="annul_sign_in_link")
    assert (event.actor_id, event.object_id) == (house.administrator.pk, str(house.leader.pk))
    assert (
        "No hay un enlace en espera"
        in client.post(PAGE, {"annul": str(house.leader.pk)}, follow=True).content.decode()
    )


def test_a_link_made_after_the_annulment_serves(house, monkeypatch):
    before = make(house)
    links.annul(house.leader, house.entity, by=house.administrator)
    now = time.time()
    monkeypatch.setattr("sesame.tokens_v2.time.time", lambda: now + 60)
    after = make(house)
    assert Client().get(before).status_code == 410
    assert Client().post(after).status_code == 302


def test_of_others_nothing_is_annulled(house, neighbour, client):
    other, hers = make(house, house.auditor), make(house)
    links.annul(house.leader, house.entity, by=house.administrator)
    assert Client().get(other).status_code == 200
    assert Client().get(hers).status_code == 410
    client.force_login(neighbour.administrator)
    assert client.post("/cuenta/enlaces/candelaria/", {"annul": str(house.auditor.pk)}).status_code == 404
    assert Client().post(other).status_code == 302


@pytest.mark.parametrize("post", ["planning", "leader", "committee", "auditor"])
def test_only_an_administrator_annuls(post, house):
    address = make(house)
    with pytest.raises(PermissionDenied):
        links.annul(house.leader, house.entity, by=getattr(house, post))
    assert Client().get(address).status_code == 200


def test_a_used_link_waits_no_more(house, browser, client):
    client.force_login(house.administrator)
    assert "Hay uno sin usar" not in client.get(PAGE).content.decode()
    with pytest.raises(links.LinkRefused):
        links.annul(house.leader, house.entity, by=house.administrator)
