"""The head of public pages: one address, what is shown where it is shared, and what it says to machines."""

import html
import json
import re

import pytest

from actionplans.public.machines.linked_data import as_text, breadcrumb, dataset, organization, website
from planning.models import Entity
from tests.factories import make_published_plan

pytestmark = pytest.mark.django_db
PLAN = "/cartago/planes/2024/plan-de-prueba/"
PAGES = ["/", "/cartago/", "/cartago/planes/", PLAN, f"{PLAN}actividades/1/", "/cartago/datos/", "/api/docs"]


@pytest.fixture(autouse=True)
def portal(house, neighbour, settings):
    make_published_plan(house.entity)
    settings.SITE_URL = "https://planes.example.gov.co"


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def meta(page) -> dict[str, str]:
    found = re.findall(r'<meta property="(og:[a-z:_]+)" content="([^"]*)">', page)
    assert len(found) == len(dict(found))
    return {name: html.unescape(text) for name, text in found}


def canonical(page) -> str:
    (address,) = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    return html.unescape(address)


def graph(page) -> dict[str, dict]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(block)
    assert told["@context"] == "https://schema.org"
    return {node["@type"]: node for node in told["@graph"]}


@pytest.mark.parametrize("address", PAGES)
def test_every_public_page_says_its_one_address_and_how_it_is_shared(client, address):
    page = page_of(client, address)
    told = meta(page)
    assert canonical(page) == told["og:url"] == f"https://planes.example.gov.co{address}"
    assert told["og:title"] == html.unescape(re.search("<title>(.*?)</title>", page).group(1))
    assert told["og:description"] == html.unescape(
        re.search('name="description" content="([^"]*)"', page).group(1)
    )
    assert (told["og:type"], told["og:locale"]) == ("website", "es_CO")
    assert told["og:site_name"]
    assert told["og:image"] == "https://planes.example.gov.co/static/og.png"


def test_the_picture_that_is_shared_is_there_and_as_big_as_it_says(client):
    from django.contrib.staticfiles.finders import find
    from PIL import Image

    told = meta(page_of(client, "/"))
    with Image.open(find("og.png")) as picture:
        assert picture.size == (int(told["og:image:width"]), int(told["og:image:height"]))


def test_an_entity_with_a_logo_is_shared_with_it(client, house):
    Entity.objects.filter(pk=house.entity.pk).update(logo="logos/escudo.png")
    told = meta(page_of(client, PLAN))
    assert told["og:image"] == "https://planes.example.gov.co/cartago/logo"
    assert told["og:image:alt"] == "Logo de Alcaldía de Cartago"
    assert told["og:site_name"] == "Alcaldía de Cartago"
    assert "og:image:width" not in told


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("vigencia=2024", "?vigencia=2024"),
        ("texto=abc&vigencia=2024&politica=x", "?vigencia=2024"),
        ("pagina=2&vigencia=2024", "?pagina=2&vigencia=2024"),
        ("vigencia=%3Cscript%3E", ""),
        ("inventado=1", ""),
    ],
)
def test_filters_and_typed_words_make_no_other_page(client, asked, kept):
    page = page_of(client, f"/cartago/planes/?{asked}")
    assert canonical(page) == f"https://planes.example.gov.co/cartago/planes/{kept}"


@pytest.mark.parametrize("address", ["/cuenta/ingresar/", "/cartago/no-esta/"])
def test_pages_that_are_not_for_robots_say_so(client, address):
    page = client.get(address).content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page
    assert "og:url" not in page
    assert "ld+json" not in page


def test_staff_pages_say_nothing_to_machines(client, house):
    client.force_login(house.planning)
    page = page_of(client, "/gestion/cartago/")
    assert "noindex" in page
    assert "og:url" not in page
    assert "ld+json" not in page


def test_the_portal_says_how_it_is_searched(client):
    site = graph(page_of(client, "/"))["WebSite"]
    assert site["url"] == "https://planes.example.gov.co/"
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == "https://planes.example.gov.co/buscar/?texto={search_term_string}"
    assert client.get("/buscar/?texto=plan").status_code == 200


def test_an_entity_says_who_it_is(client, house):
    Entity.objects.filter(pk=house.entity.pk).update(
        nit="891.900.493-2", municipality="Cartago", email="a@b.gov.co"
    )
    told = graph(page_of(client, "/cartago/"))
    entity = told["GovernmentOrganization"]
    assert entity["name"] == "Alcaldía de Cartago"
    assert entity["taxID"] == "891.900.493-2"
    assert entity["address"] == {"@type": "PostalAddress", "addressLocality": "Cartago", "addressCountry": "CO"}
    assert "telephone" not in entity  # the entity says none
    assert told["WebSite"]["potentialAction"]["target"]["urlTemplate"].startswith(
        "https://planes.example.gov.co/cartago/buscar/?texto="
    )


def test_the_breadcrumb_is_the_one_of_the_page(client):
    page = page_of(client, PLAN)
    items = graph(page)["BreadcrumbList"]["itemListElement"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert [item["name"] for item in items] == [
        "Alcaldía de Cartago", "Planes de acción", "2024", "Plan de prueba",
    ]  # fmt: skip
    assert items[-1]["item"] == canonical(page)
    assert items[1]["item"] == "https://planes.example.gov.co/cartago/planes/"


def test_open_data_is_a_dataset_with_its_licence_and_files(client):
    told = graph(page_of(client, "/cartago/datos/"))["Dataset"]
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["creator"]["name"] == "Alcaldía de Cartago"
    assert len(told["description"]) >= 50  # what harvesters ask for
    files = {row["contentUrl"]: row["encodingFormat"] for row in told["distribution"]}
    assert files["https://planes.example.gov.co/cartago/datos/2024/planes.csv"] == "text/csv"
    for address in files:
        if address.endswith(".csv"):
            assert client.get(address.removeprefix("https://planes.example.gov.co")).status_code == 200


def test_an_entity_without_data_offers_no_file(client):
    assert "distribution" not in graph(page_of(client, "/candelaria/datos/"))["Dataset"]


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "<!--<script>", "a & b", "\u2028"])
def test_no_name_gets_out_of_the_block(client, house, name):
    Entity.objects.filter(pk=house.entity.pk).update(name=name)
    page = page_of(client, "/cartago/")
    assert graph(page)["GovernmentOrganization"]["name"] == name
    assert page.count("</script>") == page.count("<script")
    assert "<!--<script>" not in page
    assert "alert(1)</script>" not in page


def test_what_is_not_filled_in_is_not_said():
    text = as_text([organization(Entity(name="Personería", slug="p"), "/p/"), website("Portal", "/", "/buscar/")])
    assert '""' not in text
    assert "null" not in text
    assert json.loads(text)["@graph"][0]["url"] == "https://planes.example.gov.co/p/"


def test_a_last_crumb_is_where_one_is():
    told = breadcrumb([("Inicio", "/"), ("Aquí", "")], "https://otra/aqui")
    assert [item["item"] for item in told["itemListElement"]] == [
        "https://planes.example.gov.co/", "https://otra/aqui",
    ]  # fmt: skip


def test_a_dataset_says_when_it_changed(house):
    from django.utils import timezone

    moment = timezone.now()
    told = dataset(house.entity, "/cartago/datos/", entity_path="/cartago/", updated=moment)
    assert told["dateModified"] == moment.isoformat()
