"""The question to the entity: its own channels, with the address of the figure ready to send."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from actionplans.public.asking import mail_link, own_address, question
from planning.templatetags.ui import phone_link
from tests.factories import make_entity, make_office, make_published_plan

pytestmark = pytest.mark.django_db
FIGURE = "/cartago/planes/2024/plan-de-prueba/?version=1#avance"


@pytest.fixture
def cartago(db):
    entity = make_entity("cartago")
    make_published_plan(entity)
    make_entity("candelaria")
    return entity


def read(client, about="") -> str:
    answer = client.get("/cartago/preguntar/", {"sobre": about} if about else {})
    assert answer.status_code == 200
    return answer.content.decode()


def told(page) -> str:
    """What stands in the box with the full address."""
    return unescape(re.search(r'<textarea id="direccion-completa"[^>]*>([^<]*)</textarea>', page)[1])


def test_the_full_address_of_the_figure_is_ready_to_copy(client, cartago, settings):
    page = read(client, FIGURE)
    assert told(page) == f"{settings.SITE_URL}{FIGURE}"
    assert f'href="{FIGURE}"' in page
    assert page.count(f"{settings.SITE_URL}{FIGURE}") == 2  # to copy, and in the text to send


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "https://malo.example/cartago/",
        "//malo.example/cartago/",
        "/candelaria/",
        "/candelaria/planes/",
        "/gestion/cartago/",
        "/admin/",
        "/cartago",
        "/cartago/no-existe/",
        "/cartago/../candelaria/",
        "/cartago/%2e%2e/candelaria/",
        "/cartago/planes/\r\nBcc: otro@malo.example",
        "javascript:alert(1)",
        "/cartago/planes/?" + "x" * 600,
    ],
)
def test_an_address_that_is_not_of_the_entity_gives_way_to_its_page(client, cartago, settings, asked):
    page = read(client, asked)
    assert told(page) == f"{settings.SITE_URL}/cartago/"
    assert "malo.example" not in page


def test_what_somebody_typed_into_the_address_is_text(client, cartago):
    page = read(client, '/cartago/planes/?texto="><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_channels_of_the_entity_are_shown(client, cartago):
    cartago.pqrsd_url = "https://cartago.example/pqrsd"
    cartago.email = "contacto@cartago.example"
    cartago.phone = "602 211 0000"
    cartago.address = "Calle 8 n.º 6-52"
    cartago.save()
    page = read(client, FIGURE)
    for words in ("https://cartago.example/pqrsd", "602 211 0000", "Calle 8 n.º 6-52"):
        assert words in page
    link = unescape(re.search(r'href="(mailto:contacto@cartago\.example\?[^"]*)"', page)[1])
    said = parse_qs(urlsplit(link).query)
    assert said["subject"] == ["Pregunta sobre una cifra publicada en el portal de planeación"]
    assert FIGURE in said["body"][0]


def test_an_entity_without_channels_is_told_plainly(client, cartago):
    page = " ".join(read(client).split())
    assert "no ha publicado aquí un canal para preguntarle" in page
    assert "Sin canal publicado" in page
    assert "mailto:" not in page


def test_one_channel_that_is_missing_is_told(client, cartago):
    cartago.email = "contacto@cartago.example"
    cartago.save()
    page = " ".join(read(client).split())
    assert "La entidad no ha publicado aquí la dirección de su canal de PQRSD" in page
    assert "Sin canal publicado" not in page


def test_the_text_of_the_mail_cannot_add_recipients(cartago):
    cartago.email = "contacto@cartago.example"
    link = mail_link(cartago, question(cartago, "https://x.example/?a=1&bcc=otro@malo.example"))
    assert parse_qs(urlsplit(link).query).keys() == {"subject", "body"}


def test_pages_of_offices_and_plans_are_accepted(cartago):
    office = make_office(cartago, slug="archivo")
    for address in ("/cartago/", f"/cartago/dependencias/{office.slug}/?vigencia=2024#avance", FIGURE):
        assert own_address(address, cartago) == address


def test_asking_costs_few_queries_and_the_words_are_not_kept(client, cartago, django_assert_num_queries):
    with django_assert_num_queries(3):  # the entity, its last publication, the glossary
        answer = client.get("/cartago/preguntar/", {"sobre": FIGURE})
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("number", "markup"),
    [
        ("602 211 0000", '<a href="tel:6022110000">602 211 0000</a>'),
        ("(602) 211-0000 ext. 12", '<a href="tel:6022110000">(602) 211-0000</a> ext. 12'),
        ("+57 602 211 0000", '<a href="tel:+576022110000">+57 602 211 0000</a>'),
        ("123", '<a href="tel:123">123</a>'),
        ("En la ventanilla", "En la ventanilla"),
        ('"><script>', '"><script>'),
    ],
)
def test_a_telephone_can_be_dialled_where_it_is_one(number, markup):
    assert phone_link(number) == markup


def test_telephones_are_links_wherever_they_stand(client, cartago):
    cartago.phone, cartago.anticorruption_line = "602 211 0000", "<b>no</b>"
    cartago.save()
    for address in ("/cartago/preguntar/", "/cartago/accesibilidad/"):
        page = client.get(address).content.decode()
        assert page.count('<a href="tel:6022110000">') == 2  # in the page and in its footer
        assert "<b>no</b>" not in page


def test_without_a_channel_it_is_said_where_to_hand_the_text_in(client, cartago):
    cartago.address, cartago.municipality = "Calle 8 n.º 6-52", "Cartago"
    cartago.save()
    assert "Puede entregar el texto impreso en su dirección: Calle 8 n.º 6-52, Cartago." in read(client)
    cartago.address = ""
    cartago.save()
    page = " ".join(read(client).split())
    assert "Tampoco ha dado una dirección." in page
    assert "pregunte por la ventanilla en su sede de Cartago." in page
