"""Every public page and the login, for people who see, hear or point otherwise."""

import gzip

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.factories import make_draft, make_framework

MISSING = "/no-existe/"
PUBLIC = [
    "/",
    "/cartago/",
    "/cartago/plataforma-estrategica/",
    "/candelaria/plataforma-estrategica/",
    "/concejo-cartago/plataforma-estrategica/",
    "/cartagena/mipg/",
    "/cartagena/mipg/gestion-documental/",
    "/cartago/planes/",
    "/cartago/planes/?texto=nada-que-exista",
    "/cartago/actividades/",
    "/cartago/actividades/?estado=no-programada",
    "/cartago/planes/2024/participacion-ciudadana/",
    "/concejo-cartago/planes/2024/servicio-al-ciudadano/",
    "/cartago/planes/2024/participacion-ciudadana/actividades/3/",
    "/cartago/planes/2026/participacion-ciudadana-ejemplo/",
    "/cartago/planes/2026/participacion-ciudadana-ejemplo/actividades/3/",
    "/cartago/mipg/?vigencia=2026",
    "/cartago/mipg/participacion-ciudadana/?vigencia=2026",
    "/cartago/transparencia/",
    "/candelaria/transparencia/",
    "/cartago/transparencia/2024/",
    "/cartago/dependencias/",
    "/cartago/dependencias/secretaria-de-planeacion-medio-ambiente-y-desarrollo-economico/",
    "/cartago/plataforma-estrategica/direccionamiento-2020-2023/ejes/1/",
    "/cartago/mipg/dimensiones/gestion-con-valores-para-resultados/?vigencia=2026",
    "/cartago/buscar/?texto=participación",
    "/cartago/buscar/?texto=nada-que-exista",
    "/buscar/?texto=documental",
    "/cartago/datos/",
    "/cartago/datos/diccionario/",
    "/cartago/preguntar/?sobre=/cartago/transparencia/",
    "/cartago/accesibilidad/",
    "/cartago/privacidad/",
    "/cartago/terminos/",
    "/cartago/mapa-del-sitio/",
    "/glosario/",
    "/verificar/",
    "/api/docs",
    MISSING,
]
DEMO_PASSWORD = "demo-mipg-2024"
ACCOUNT = ["/cuenta/ingresar/", "/cuenta/contrasena/recuperar/", "/cuenta/contrasena/recuperar/enviado/"]


@pytest.fixture
def demo(transactional_db):
    call_command("load_demo", verbosity=0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_public_pages_and_login(width, theme, demo, open_page, violations):
    page, found = open_page(width, theme), []
    for address in PUBLIC + ACCOUNT:
        assert page.goto(address).status == (404 if address == MISSING else 200), address
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_staff_pages(width, house, superuser, open_page, sign_in, violations):
    version = make_draft(house.entity, office=house.office)
    found = []
    for user, addresses in {
        house.planning: [
            "/gestion/cartago/",
            f"/gestion/cartago/planes/{version.pk}/",
            f"/gestion/cartago/planes/{version.pk}/enviar/",
            "/gestion/cartago/planes/nuevo/",
            "/gestion/cartago/planes/nuevo/en-blanco/",
            "/gestion/cartago/planes/nuevo/desde/",
            "/gestion/cartago/trabajos/",
            "/auditoria/cartago/",
            "/cuenta/contrasena/cambiar/",
            "/cuenta/segundo-paso/",
        ],
        house.leader: ["/seguimiento/cartago/"],
    }.items():
        page = sign_in(open_page(width), user.email)
        for address in addresses:
            page.goto(address)
            found += violations(page)
    assert found == []


DASHBOARD = [
    "/gestion/cartago/tablero/",
    "/gestion/cartago/tablero/?conteo=reportado&ver=politica:participacion-ciudadana",
    "/gestion/cartago/tablero/informe/",
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_figures_and_their_accounts(width, theme, demo, open_page, sign_in, violations):
    page, found = sign_in(open_page(width, theme), "comite@cartago.example", DEMO_PASSWORD), []
    for address in [*DASHBOARD, "/cartago/planes/2026/participacion-ciudadana-ejemplo/actividades/4/"]:
        assert page.goto(address).status == 200, address
        page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("address", PUBLIC)
def test_at_320_pixels_nothing_but_tables_scrolls_sideways(address, demo, open_page):
    page = open_page(320)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_text_at_200_percent_still_fits_the_page(demo, open_page):
    page = open_page(1280)
    for address in PUBLIC:
        page.goto(address)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, address


def test_the_first_tab_offers_to_skip_to_the_content_and_focus_is_seen(demo, open_page):
    page = open_page()
    page.goto("/cartago/planes/2024/participacion-ciudadana/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Saltar al contenido"
    expect(focused).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenido"


def test_public_pages_need_no_javascript(demo, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Alcaldía de Cartago", exact=True).click()
    page.get_by_role("link", name="Planes de acción", exact=True).first.click()
    page.get_by_role("link", name="Plan de acción de Participación Ciudadana 2024").first.click()
    assert (
        page.get_by_role("heading", level=1).inner_text().startswith("Plan de acción de Participación Ciudadana")
    )


def size_as_sent(response) -> int:
    """What a file weighs as production sends it; the static files of tests come as they were written."""
    return min(len(response.body()), len(gzip.compress(response.body())))


def test_a_cold_visit_transfers_little(demo, open_page):
    for address in PUBLIC[:-1]:
        page = open_page(360)
        received = []
        page.on("response", lambda response, received=received: received.append(response))
        page.goto(address, wait_until="networkidle")
        assert 10_000 < sum(map(size_as_sent, received)) <= 100_000, address


def test_the_admin_works_under_the_content_policy(house, superuser, open_page, sign_in):
    """Its own scripts run: an autocomplete opens, a slug is filled in, an inline row is added."""
    framework = make_framework(house.entity)
    page = sign_in(open_page(), superuser.email)
    page.goto("/admin/planning/office/add/")
    page.get_by_label("Nombre:", exact=True).press_sequentially("Oficina de Prensa")
    assert page.get_by_label("Identificador:").input_value() == "oficina-de-prensa"
    page.locator(".field-entity .select2-selection").click()
    page.get_by_role("option", name=house.entity.name).click()
    page.get_by_label("Tipo:").select_option("oficina")
    page.get_by_role("button", name="Guardar", exact=True).click()
    assert house.entity.offices.filter(slug="oficina-de-prensa").exists()
    page.goto(f"/admin/planning/strategicframework/{framework.pk}/change/")
    page.locator("#values-group .add-row a").click()
    assert page.locator("#id_values-0-name").is_visible()
    page.goto("/admin/planning/office/import/")
    page.goto("/admin/planning/office/export/")
