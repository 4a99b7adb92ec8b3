"""What every page has in common: no inline style or script, one title, ways out of an error."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import override_settings

from tests.factories import adopt, make_entity, make_framework, make_policy, make_published_plan

from .frame import check_frame

ADDRESSES = [
    "/",
    "/cartago/",
    "/cartago/plataforma-estrategica/",
    "/cartago/mipg/",
    "/cartago/mipg/participacion/",
    "/cartago/planes/",
    "/cartago/planes/2024/plan-de-prueba/",
    "/cartago/planes/2024/plan-de-prueba/actividades/1/",
    "/cuenta/ingresar/",
    "/cuenta/contrasena/recuperar/",
    "/cuenta/contrasena/recuperar/enviado/",
    "/cuenta/registro/",
    "/cuenta/inactiva/",
]
PRIVATE = ["/cuenta/contrasena/cambiar/", "/cuenta/segundo-paso/", "/cuenta/salir/"]


@pytest.fixture
def portal(db):
    cartago = make_entity("cartago", colour="#7A1F1F")
    make_entity("candelaria")
    make_framework(cartago)
    policy = make_policy()
    adopt(cartago, policy)
    make_published_plan(cartago, kind="politica", policy=policy)


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_share_one_frame(client, portal, address):
    answer = client.get(address)

    assert answer.status_code == 200
    check_frame(answer.content.decode())


@pytest.mark.parametrize("address", PRIVATE)
def test_account_pages_share_the_frame(client, portal, superuser, address):
    client.force_login(superuser)

    answer = client.get(address, follow=True)

    assert answer.status_code == 200
    check_frame(answer.content.decode())


def test_a_wrong_password_is_said_on_top_and_beside(client, portal):
    page = client.post("/cuenta/ingresar/", {"login": "", "password": "x"}).content.decode()

    assert "Falta corregir algo" in page
    assert 'href="#id_login"' in page
    assert "(obligatorio)" in page


@pytest.mark.parametrize("address", ["/cuenta/ingresar/", "/cuenta/contrasena/recuperar/"])
def test_the_button_of_a_form_is_the_primary_one(client, portal, address):
    assert '<button class="button button-primary"' in client.get(address).content.decode()


def test_the_reset_mail_is_in_plain_spanish(client, portal, superuser, mailoutbox):
    client.post("/cuenta/contrasena/recuperar/", {"email": superuser.email})

    (mail,) = mailoutbox
    assert mail.subject == "Definir su contraseña en el Portal de planeación"
    assert "/cuenta/contrasena/recuperar/clave/" in mail.body
    assert "Sirve una sola vez" in mail.body


def test_the_reset_mail_to_nobody_says_so(client, portal, mailoutbox):
    client.post("/cuenta/contrasena/recuperar/", {"email": "nadie@portal.example"})

    (mail,) = mailoutbox
    assert "no hay una cuenta con ese correo" in mail.body


def test_the_link_of_the_mail_opens_the_form(client, portal, superuser, mailoutbox):
    client.post("/cuenta/contrasena/recuperar/", {"email": superuser.email})
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]

    page = client.get(link, follow=True).content.decode()

    assert "Guardar la contraseña" in page
    check_frame(page)


def test_a_used_link_says_what_to_do(client, portal):
    page = client.get("/cuenta/contrasena/recuperar/clave/1-abc/").content.decode()

    assert "El enlace ya no sirve" in page


@override_settings(DEBUG=False)
def test_a_missing_page_helps_on(client, db):
    answer = client.get("/no/existe/")

    assert answer.status_code == 404
    check_frame(answer.content.decode())


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html"])
def test_error_pages_need_no_request(name):
    check_frame(render_to_string(name))


def test_the_page_of_a_failure_needs_nothing_at_all():
    page = render_to_string("500.html")

    assert "Algo falló en el portal" in page
    assert "No es por lo que usted hizo" in page
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)", page)
