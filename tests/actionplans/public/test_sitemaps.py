"""What robots are told: every public page once, no staff page, and maps of a bounded size."""

import re
from urllib.robotparser import RobotFileParser

import pytest
from defusedxml import ElementTree
from django.urls import get_resolver
from django.utils.dateparse import parse_datetime

from actionplans.domain.finding.rebuilding import index_entity
from actionplans.public.machines import sitemaps
from planning.models import Axis
from tests.factories import adopt, make_draft, make_framework, make_office, make_policy, make_published_plan
from tests.following import close, link, make_year, on_day, reported

pytestmark = pytest.mark.django_db
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def listed(client, address, settings) -> dict[str, str | None]:
    """Paths with their moments."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    found = {}
    for row in ElementTree.fromstring(answer.content):
        where = row.findtext("m:loc", namespaces=MAP)
        assert where.startswith(f"{settings.SITE_URL}/")
        path = where.removeprefix(settings.SITE_URL)
        assert path not in found
        found[path] = row.findtext("m:lastmod", namespaces=MAP)
    return found


@pytest.fixture
def site(house, neighbour):
    """A house with something of everything, and a neighbour."""
    policy = make_policy()
    adopt(house.entity, policy)
    framework = make_framework(house.entity)
    Axis.objects.create(framework=framework, position=1, name="Eje")
    make_framework(house.entity, slug="oculto", is_published=False)
    activity = make_published_plan(house.entity, office=house.office).activities.first()
    make_draft(house.entity, title="Un borrador")
    make_published_plan(neighbour.entity)
    first, *_ = make_year(house)
    with on_day(2024, 4, 10):
        reported(house, activity.activity, first, evidence=(link(house),))
        close(house, first)
    index_entity(house.entity)


def test_the_index_names_the_map_of_the_portal_and_of_each_entity(client, site, settings):
    found = listed(client, "/sitemap.xml", settings)
    assert list(found) == ["/mapa.xml", "/candelaria/mapa.xml", "/cartago/mapa.xml"]
    assert parse_datetime(found["/cartago/mapa.xml"])


def test_every_page_that_a_map_lists_opens(client, site, settings):
    addresses = listed(client, "/sitemap.xml", settings)
    assert len(addresses) == 3
    for address in addresses:
        pages = listed(client, address, settings)
        assert pages
        answers = {path: client.get(path).status_code for path in pages}
        assert {path: status for path, status in answers.items() if status != 200} == {}


def test_the_pages_of_an_entity_are_all_there_and_nothing_else(client, site, settings):
    found = set(listed(client, "/cartago/mapa.xml", settings))
    plan = "/cartago/planes/2024/plan-de-prueba/"
    expected = {
        "/cartago/",
        plan,
        f"{plan}actividades/1/",
        f"{plan}actividades/3/",
        "/cartago/mipg/participacion/",
    }
    assert expected <= found
    assert sum(path.startswith("/cartago/evidencias/") for path in found) == 1
    assert sum(path.startswith("/cartago/dependencias/") for path in found) == 2
    assert "/cartago/plataforma-estrategica/marco/ejes/1/" in found
    assert not [path for path in found if "borrador" in path or "oculto" in path or "candelaria" in path]


# Addresses of an entity that are no page, or are the same page with other words in the address.
NOT_LISTED = {
    "entity_style", "entity_logo", "feed", "entity_sitemap", "plan_file", "plan_compare", "public_evidence_file",
    "ask", "search", "open_data_table", "open_data_book", "open_data_package", "open_data_catalogue",
}  # fmt: skip


def test_no_kind_of_public_page_is_forgotten(client, site, settings):
    found = listed(client, "/cartago/mapa.xml", settings)
    resolver = get_resolver()
    listed_names = {resolver.resolve(path).url_name for path in found}
    (of_an_entity,) = [
        row
        for group in resolver.url_patterns
        for row in getattr(group, "url_patterns", [])
        if str(row.pattern) == "<slug:entity>/" and hasattr(row, "url_patterns")
    ]
    names = {row.name for row in of_an_entity.url_patterns}
    assert names - NOT_LISTED == listed_names


def test_a_plan_tells_when_it_changed_and_another_does_not(client, house, settings):
    make_published_plan(house.entity)
    make_published_plan(house.entity, title="Otro")
    address = "/cartago/planes/2024/otro/"
    before = listed(client, "/cartago/mapa.xml", settings)
    from planning.content import touch

    touch(house.entity, ["2024/plan-de-prueba"])
    with on_day(2030, 1, 1):
        after = listed(client, "/cartago/mapa.xml", settings)
    assert after[address] == before[address]
    assert all(parse_datetime(moment).tzinfo for moment in after.values())


def test_many_addresses_are_divided_into_maps_that_hold_them_all(client, house, settings, monkeypatch):
    for number in range(4):
        make_published_plan(house.entity, title=f"Plan {number}")
    whole = set(listed(client, "/cartago/mapa.xml", settings))
    monkeypatch.setattr(sitemaps, "MOST", 10)  # four addresses for each plan
    maps = [path for path in listed(client, "/sitemap.xml", settings) if path.startswith("/cartago/")]
    assert maps == ["/cartago/mapa.xml", "/cartago/mapa.xml?pagina=2"]
    parts = [set(listed(client, path, settings)) for path in maps]
    assert parts[0] | parts[1] == whole
    assert not parts[0] & parts[1]
    assert len(parts[1]) <= 10
    assert client.get("/cartago/mapa.xml?pagina=3").status_code == 404


@pytest.mark.parametrize("asked", ["0", "2", "x", "²", "-1", "999999999"])
def test_a_map_that_is_not_there_is_not_found(client, house, asked):
    make_published_plan(house.entity)
    assert client.get("/cartago/mapa.xml", {"pagina": asked}).status_code == 404


def test_evidence_is_divided_too(client, site, settings, house, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 5)
    parts = sitemaps.parts_by_entity(entity=house.entity)[house.entity.pk]
    assert [part.evidence for part in parts if part.evidence] == [[0]]
    assert all(part.load <= 5 for part in parts)


@pytest.mark.parametrize("plans", [1, 3])
def test_the_queries_of_a_map_do_not_grow(client, house, plans, django_assert_num_queries):
    for number in range(plans):
        make_published_plan(house.entity, title=f"Plan {number}")
        make_office(house.entity, f"Dependencia {number}")
    with django_assert_num_queries(15):
        client.get("/cartago/mapa.xml")


@pytest.mark.parametrize("plans", [1, 3])
def test_the_queries_of_the_index_do_not_grow(client, house, neighbour, plans, django_assert_num_queries):
    for number in range(plans):
        make_published_plan(house.entity, title=f"Plan {number}")
        make_published_plan(neighbour.entity, title=f"Plan {number}")
    with django_assert_num_queries(5):
        client.get("/sitemap.xml")


def test_robots_may_look_at_public_pages_and_at_no_staff_page(client, house, settings):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    assert rules.site_maps() == [f"{settings.SITE_URL}/sitemap.xml"]
    assert all(rules.can_fetch("*", path) for path in ("/", "/cartago/", "/api/docs", "/cartago/datos/"))
    for path in (
        "/admin/",
        "/cuenta/ingresar/",
        "/gestion/cartago/",
        "/seguimiento/cartago/",
        "/auditoria/cartago/",
    ):
        assert not rules.can_fetch("*", path)


def test_every_place_of_staff_is_closed_to_robots(client):
    """By the addresses that there are: a new place of staff is a line of `planning.addresses`."""
    from config.urls import urlpatterns
    from planning.addresses import STAFF_PLACES

    firsts = set()
    for group in urlpatterns:
        prefix = str(group.pattern)
        inner = [prefix] if prefix else [str(row.pattern) for row in group.url_patterns]
        firsts |= {path.split("/")[0] for path in inner if re.match(r"[a-z]+/", path)}
    public = {
        "api",
        "buscar",
        "verificar",
        "salud",
        "datos",
        "accesibilidad",
        "privacidad",
        "terminos",
        "glosario",
    }
    assert firsts - public == set(STAFF_PLACES)
