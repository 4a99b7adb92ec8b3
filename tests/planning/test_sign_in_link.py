"""One-time sign-in links: who makes them for whom, and that each serves once."""

import base64
import datetime
import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from sesame.tokens import create_token

from planning import sign_in_links as links
from planning.enums import Role
from planning.models import AuditEvent
from tests.factories import PASSWORD, make_user

REASON = "No recibe correo; lo pidió en persona."
PAGE = ("sign_in_links", ["cartago"])


@pytest.fixture(autouse=True)
def nothing_counted_yet(db):
    cache.clear()


def made(client, house, person):
    """The address that the page shows, as the administrator copies it."""
    client.force_login(house.administrator)
    page = asked(client, person, follow=True).content.decode()
    found = re.search(r"<textarea[^>]*>http://testserver([^<]+)</textarea>", page)
    return found and found.group(1)


def asked(client, person, reason=REASON, **options):
    """The administrator says why, on the page that asks."""
    return client.post(f"{reverse(*PAGE[:1], args=PAGE[1])}?persona={person.pk}", {"reason": reason}, **options)


def test_an_administrator_hands_over_a_link_and_the_person_comes_in(house, client):
    address = made(client, house, house.leader)
    browser = Client()
    asked = browser.get(address)
    assert asked.status_code == 200
    assert "_auth_user_id" not in browser.session  # opening it signs nobody in
    answer = browser.post(address)
    assert answer.url == reverse("account_password_after_link")
    assert browser.session["_auth_user_id"] == str(house.leader.pk)


def test_a_link_that_a_mail_scanner_opened_still_serves(house, client):
    address = made(client, house, house.leader)
    for _ in range(3):
        Client().get(address)
    assert Client().post(address).status_code == 302


def test_a_used_link_serves_no_more(house, client):
    address = made(client, house, house.leader)
    assert Client().post(address).status_code == 302
    again = Client()
    for answer in (again.get(address), again.post(address)):
        assert answer.status_code == 410
        assert "Este enlace ya no sirve" in answer.content.decode()
    assert "_auth_user_id" not in again.session


def test_of_two_links_for_one_person_the_first_used_ends_both(house, client):
    first, second = made(client, house, house.leader), made(client, house, house.leader)
    assert Client().post(second).status_code == 302
    assert Client().post(first).status_code == 410


def test_a_link_ends_after_an_hour(house, client, monkeypatch):
    address = made(client, house, house.leader)
    import time

    now = time.time()
    monkeypatch.setattr("sesame.tokens_v2.time.time", lambda: now + 3599)
    assert Client().get(address).status_code == 200
    monkeypatch.setattr("sesame.tokens_v2.time.time", lambda: now + 3600)
    assert Client().get(address).status_code == 410
    assert Client().post(address).status_code == 410


def test_a_password_changed_or_an_account_made_inactive_ends_its_link(house, client):
    address = made(client, house, house.leader)
    house.leader.set_password("otra-clave-larga-2026")
    house.leader.save()
    assert Client().get(address).status_code == 410
    address = made(client, house, house.leader)
    house.leader.is_active = False
    house.leader.save()
    assert Client().post(address).status_code == 410


def test_a_link_of_one_entity_is_none_in_another(house, neighbour, client):
    address = made(client, house, house.leader)
    assert Client().get(address.replace("/cartago/", "/candelaria/")).status_code == 410


def test_the_making_and_the_use_leave_their_trace_in_the_entity_s_chain(house, client):
    Client().post(made(client, house, house.leader))
    told = AuditEvent.objects.filter(chain__entity=house.entity, event__endswith="sign_in_link")
    assert list(told.order_by("sequence").values_list("event", "actor_id", "object_id", "comment")) == [
        ("make_sign_in_link", house.administrator.pk, str(house.leader.pk), REASON),
        ("use_sign_in_link", house.leader.pk, str(house.leader.pk), ""),
    ]


def test_no_link_is_made_without_asking_nor_without_a_reason(house, client):
    client.force_login(house.administrator)
    page = client.get(f"{reverse(*PAGE[:1], args=PAGE[1])}?persona={house.auditor.pk}").content.decode()
    assert "Para Control interno (auditor@cartago.example)" in page
    answer = asked(client, house.auditor, reason=" ")
    assert "Escriba por qué crea el enlace" in answer.context["form"].errors["reason"][0]
    assert client.post(reverse(*PAGE[:1], args=PAGE[1]), {"person": house.auditor.pk}).context["made"] is None
    with pytest.raises(links.LinkRefused):
        links.make_token(house.auditor, house.entity, by=house.administrator, reason=" ")
    assert not AuditEvent.objects.filter(event="make_sign_in_link").exists()


def test_the_link_is_shown_once_and_not_by_a_reload(house, client):
    client.force_login(house.administrator)
    answer = asked(client, house.leader)
    assert answer.url == reverse(*PAGE[:1], args=PAGE[1])
    assert "/enlace/" in client.get(answer.url).context["made"]["address"]
    assert client.get(answer.url).context["made"] is None
    assert "/enlace/" not in str(dict(client.session))


def test_nobody_makes_a_link_for_the_own_account(house, client):
    client.force_login(house.administrator)
    answer = asked(client, house.administrator)
    assert "Es su propia cuenta" in answer.content.decode()
    with pytest.raises(links.LinkRefused, match="propia cuenta"):
        links.make_token(house.administrator, house.entity, by=house.administrator, reason=REASON)
    assert not AuditEvent.objects.filter(event="make_sign_in_link").exists()


def test_the_owner_of_the_account_is_told(house, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        address = made(client, house, house.leader)
    (message,) = mail.outbox
    assert message.to == [house.leader.email]
    assert message.subject == "Se creó un enlace de ingreso para su cuenta"
    assert "Administración (administrator@cartago.example) creó un enlace" in message.body
    assert f"«{REASON}»" in message.body
    assert address.rsplit("/", 2)[1] not in message.body  # the mail is a warning, not a key


@pytest.mark.parametrize("post", ["planning", "leader", "committee", "auditor"])
def test_only_an_administrator_makes_links(post, house, client):
    client.force_login(getattr(house, post))
    assert asked(client, house.leader).status_code == 403
    with pytest.raises(PermissionDenied):
        links.make_token(house.leader, house.entity, by=getattr(house, post), reason=REASON)


def test_none_is_made_for_somebody_whose_session_would_open_more_than_the_entity(
    house, neighbour, superuser, client
):
    house.auditor.memberships.create(entity=neighbour.entity, role=Role.LEADER)
    superuser.memberships.create(entity=house.entity, role=Role.LEADER)
    left = make_user("antes@cartago.example", house.entity, Role.LEADER)
    left.memberships.update(valid_from="2024-01-01", valid_to=timezone.localdate() - datetime.timedelta(days=1))
    for person in (house.auditor, superuser, neighbour.administrator, left):
        assert made(client, house, person) is None
        with pytest.raises(links.LinkRefused):
            links.make_token(person, house.entity, by=house.administrator, reason=REASON)
    assert not AuditEvent.objects.filter(event="make_sign_in_link").exists()


def test_somebody_who_meanwhile_got_a_post_elsewhere_does_not_come_in_by_link(house, neighbour, client):
    address = made(client, house, house.leader)
    house.leader.memberships.create(entity=neighbour.entity, role=Role.ADMINISTRATOR)
    assert Client().post(address).status_code == 410


def test_an_open_session_is_neither_replaced_nor_is_the_link_used_up(house, client):
    address = made(client, house, house.leader)
    answer = client.post(address)  # the administrator's own browser
    assert "ya hay una sesión" in answer.content.decode()
    assert client.session["_auth_user_id"] == str(house.administrator.pk)
    assert Client().post(address).status_code == 302


def test_the_second_step_is_asked_all_the_same(house, client):
    secret = base64.b32encode(b"a secret of tests 20").decode()
    Authenticator.objects.create(user=house.leader, type="totp", data={"secret": get_adapter().encrypt(secret)})
    address = made(client, house, house.leader)
    browser = Client()
    assert browser.post(address).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in browser.session
    assert Client().post(address).status_code == 410  # it is used up although nobody is in yet
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert browser.session["_auth_user_id"] == str(house.leader.pk)


def test_guessing_is_slowed_down(house, client):
    address = reverse("sign_in_by_link", args=["cartago", "una-clave-inventada"])
    answers = [Client().post(address).status_code for _ in range(11)]
    assert answers == [410] * 10 + [429]


@pytest.mark.parametrize("token", ["a", "áéí", "x" * 400, "AAAA", "_" * 64])
def test_what_is_no_token_is_refused_politely(token, house, client):
    assert client.get(reverse("sign_in_by_link", args=["cartago", token])).status_code == 410


def test_a_token_of_another_scope_does_not_serve(house, client):
    address = reverse("sign_in_by_link", args=["cartago", create_token(house.leader)])
    assert client.get(address).status_code == 410


def test_the_page_is_kept_by_nobody_and_tells_no_other_site_its_address(house, client):
    address = made(client, house, house.leader)
    headers = Client().get(address).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_people(people, house, client, django_assert_num_queries):
    for number in range(people):
        make_user(f"persona{number}@cartago.example", house.entity, Role.LEADER, [house.office])
    client.force_login(house.administrator)
    client.get(reverse(*PAGE[:1], args=PAGE[1]))
    with django_assert_num_queries(8):
        page = client.get(reverse(*PAGE[:1], args=PAGE[1]))
    assert len(page.context["candidates"]) == 5 + people


def test_a_login_with_the_password_goes_on_as_before(house, client):
    answer = client.post(reverse("account_login"), {"login": house.leader.email, "password": PASSWORD})
    assert answer.status_code == 302
