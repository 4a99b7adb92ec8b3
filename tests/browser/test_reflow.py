"""Text at 200 % and a screen of 320 pixels: nothing scrolls sideways, nothing is cut off; meanings at hand."""

import pytest
from django.core.management import call_command

from planning.documents import load_glossary, read
from tests.factories import adopt, make_entity, make_policy

PAGES = [
    "/",
    "/glosario/",
    "/accesibilidad/",
    "/mapa-del-sitio/",
    "/cartago/",
    "/cartago/transparencia/",
    "/cartago/plataforma-estrategica/",
    "/cartago/plataforma-estrategica/direccionamiento-2020-2023/ejes/1/",
    "/cartagena/mipg/",
    "/cartago/mipg/participacion-ciudadana/?vigencia=2026",
    "/cartago/mipg/dimensiones/gestion-con-valores-para-resultados/?vigencia=2026",
    "/cartago/dependencias/?vigencia=2026",
    "/cartago/dependencias/oficina-gestion-y-desempeno-institucional/?vigencia=2026",
    "/cartago/planes/",
    "/cartago/actividades/?estado=al-dia",
    "/cartago/planes/2026/participacion-ciudadana-ejemplo/",
    "/cartago/planes/2026/participacion-ciudadana-ejemplo/actividades/3/",
    "/cartago/buscar/?texto=participacion",
    "/cartago/datos/",
    "/verificar/",
    "/cartago/preguntar/?sobre=/cartago/planes/",
    "/cartago/accesibilidad/",
    "/cartago/privacidad/",
    "/cartago/terminos/",
    "/cartago/mapa-del-sitio/",
]

CUT_OFF = """
() => {
  const width = document.documentElement.clientWidth;
  const scrolls = element => {
    for (let above = element; above; above = above.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(above).overflowX)) return true;
    }
    return false;
  };
  const isForEarsOnly = element => Boolean(element.closest(".visually-hidden, .skip, svg, [hidden]"));
  const named = element =>
    `${element.tagName.toLowerCase()}.${element.className}: ${element.innerText.slice(0, 40)}`;
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    if (isForEarsOnly(element) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const holds = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!holds || element.matches("input, textarea, select")) continue;
    const box = element.getBoundingClientRect();
    if (style.clip !== "auto" || style.clipPath.startsWith("inset(50")) continue;
    const isBeyond = box.right > width + 1 || box.left < -1;
    if (isBeyond && !scrolls(element)) found.push(`beyond the edge: ${named(element)}`);
    const isCut = ["hidden", "clip"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1
      || ["hidden", "clip"].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    if (isCut) found.push(`cut off: ${named(element)}`);
  }
  return found;
}
"""


@pytest.fixture
def demo(transactional_db):
    call_command("load_demo", verbosity=0)


@pytest.fixture
def words(transactional_db):
    """An entity whose board explains what MIPG is."""
    load_glossary(read("glossary.json"))
    adopt(make_entity("cartago"), make_policy())


def enlarge(page, percent: int) -> None:
    """As a browser does whose person asks for larger letters; what is far down is laid out too."""
    page.evaluate(f"document.documentElement.style.setProperty('font-size', '{percent}%')")
    page.evaluate("document.querySelectorAll('tr').forEach(row => { row.style.contentVisibility = 'visible' })")


def test_pages_fit_a_small_screen_and_large_letters_without_loss(demo, open_page):
    found = []
    for width, percent in ((320, 100), (640, 200), (320, 200)):
        page = open_page(width)
        for address in PAGES:
            assert page.goto(address).status == 200, address
            enlarge(page, percent)
            where = f"{address} at {width} and {percent} %"
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{where} scrolls sideways")
            found += [f"{where} {what}" for what in page.evaluate(CUT_OFF)]
    assert found == []


def test_the_look_for_what_is_cut_off_finds_it(words, open_page):
    page = open_page(320)
    page.goto("/glosario/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        ' \'<p class="far">Muy lejos</p><p class="short">Una frase larga que no cabe en su renglón</p>\')'
    )
    page.evaluate(
        "document.querySelector('.far').style.cssText = 'position: absolute; left: 900px';"
        "document.querySelector('.short').style.cssText = 'overflow: hidden; height: 1px'"
    )
    assert [what.split(":")[0] for what in page.evaluate(CUT_OFF)] == ["beyond the edge", "cut off"]


def test_axe_finds_nothing_with_a_meaning_open(demo, open_page, violations):
    found = []
    for width, theme in ((360, "light"), (1280, "dark")):
        page = open_page(width, theme)
        for address in PAGES:
            page.goto(address)
            if page.locator(".term-open").count():
                page.locator(".term-open").first.click()
            found += violations(page)
    assert found == []


def test_a_meaning_is_opened_and_closed_with_the_keyboard_alone(words, open_page):
    page = open_page(360)
    page.goto("/cartago/mipg/")
    button = page.get_by_role("button", name="Qué quiere decir MIPG")
    meaning = page.locator("#termino-mipg")
    box = button.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    assert not meaning.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert meaning.is_visible()
    assert "Modelo Integrado de Planeación y Gestión" in meaning.inner_text()
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Ver el glosario"
    page.keyboard.press("Escape")
    assert not meaning.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == "termino-mipg"


def test_a_meaning_needs_no_script(words, open_page):
    page = open_page(360, java_script_enabled=False)
    page.goto("/cartago/mipg/")
    page.get_by_role("button", name="Qué quiere decir MIPG").click()
    assert page.locator("#termino-mipg").is_visible()
    page.locator("#termino-mipg").get_by_role("button", name="Cerrar").click()
    assert not page.locator("#termino-mipg").is_visible()
