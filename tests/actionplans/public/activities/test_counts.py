"""What a page counts, the list of activities shows: as many as the page that links to it says."""

import datetime
import html
import re

import pytest

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.following.calendar.periods import open_year, set_scheme
from actionplans.domain.versions import cancel_activity
from actionplans.enums import PeriodScheme
from actionplans.models import PlanVersion
from tests.actionplans.public.transparency.year import YEAR, activity, page_of
from tests.factories import make_published_plan
from tests.following import close, on_day, reopen, report
from tests.steps import approve_by_act, modify

from .asking import ask, listed

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="(/cartago/actividades/\?[^"]+)"[^>]*>(.*?)</a>')


def counts(page: str) -> list[tuple[str, int]]:
    """The addresses of lists that a page links from a number, with the number."""
    found = []
    for address, words in LINK.findall(page):
        text = re.sub(r"<[^>]+>", " ", words)
        if number := re.search(r"\d+", text):
            found.append((html.unescape(address), int(number.group())))
    return found


def listed_at(client, address, day) -> list[str]:
    with on_day(*day):
        answer = client.get(address)
    assert answer.status_code == 200
    page = " ".join(answer.content.decode().split())
    assert "Escoja una de las opciones" not in page, address
    return listed(page)


def test_each_count_of_the_transparency_page_leads_to_as_many(year, client):
    year.first_cut()
    day = (2024, 5, 2)

    found = counts(page_of(client, day=day))

    # The whole, two policies and two offices: each has at least one state.
    assert len(found) >= 8
    assert {number for _address, number in found} >= {1, 2}
    for address, number in found:
        assert len(listed_at(client, address, day)) == number, address


def test_with_two_ways_of_following_each_count_leads_to_its_own(year, client):
    house = year.house
    content = PlanContent(title="Programa", activities=(activity("Publicar", (4,), house.office, 1),))
    plan = make_published_plan(house.entity, content=content).plan
    set_scheme(plan, PeriodScheme.FOUR_MONTH, by=house.planning)
    thirds = open_year(house.entity, 2024, PeriodScheme.FOUR_MONTH, by=house.planning)
    year.first_cut()
    with on_day(2024, 5, 3):
        close(house, thirds[0])
    day = (2024, 5, 4)

    found = counts(page_of(client, day=day))

    assert any("seguimiento=cuatrimestre" in address for address, _number in found)
    for address, number in found:
        assert len(listed_at(client, address, day)) == number, address
    assert "Se sigue por: Cuatrimestres" in ask(client, day, seguimiento="cuatrimestre")


def test_the_sentence_of_the_late_ones_leads_to_them(year, client):
    year.first_cut()

    page = page_of(client)

    link = '<a href="/cartago/actividades/?vigencia=2024&amp;estado=atrasada">Ver cuál es</a>'
    assert f"Una actividad de Gestión Documental está atrasada. {link}" in page
    year.mend_the_first_cut()
    assert "Ver cuál es" not in page_of(client)


def test_what_was_cancelled_since_is_told_beside_the_others(year, client):
    year.first_cut()
    draft = modify(PlanVersion.objects.get(title="Plan de archivos"), year.house, month=5)
    row = draft.activities.get(description="Organizar archivos")
    cancel_activity(row, by=year.house.planning, reason="Sin recursos.")
    with on_day(2024, 5, 1):
        approve_by_act(draft, year.house)

    page = ask(client, estado="atrasada")

    assert "Ninguna actividad cumple lo que busca." in page
    assert "1 actividad estaba así en el cierre y se canceló después" in page
    assert "estaba así" not in ask(client, estado="al-dia")
    cancelled = ask(client, estado="cancelada")
    assert listed(cancelled) == ["Organizar archivos"]
    assert "Cancelada</span> Sin recursos." in cancelled
    assert "Organizar archivos" not in listed(ask(client))


def test_who_lacks_a_validated_report_is_who_the_plans_page_counts(year, client):
    year.first_cut()
    with on_day(2024, 7, 5):
        report(year.house, year.activity("Rendir cuentas"), year.quarters[1], 1)
    with on_day(2024, 7, 20):
        close(year.house, year.quarters[1])
    day = (2024, 8, 1)

    for plan in ("plan-de-participacion", "plan-de-archivos"):
        page = page_of(client, f"/cartago/planes/2024/{plan}/", day=day)
        [(address, number)] = counts(page)
        assert number == 2 if plan == "plan-de-participacion" else number >= 1
        assert len(listed_at(client, address, day)) == number
        assert "sin reporte validado del trimestre II.</a>" in page
    found = ask(client, day, estado="sin-reporte-validado")
    told = found.partition("Rendir cuentas")[2].partition("</li>")[0]
    assert "trimestre II: la dependencia reportó; planeación no lo validó antes del cierre" in told


def test_an_open_period_changes_nothing_until_it_is_closed(year, client):
    year.first_cut()
    before = ask(client), ask(client, estado="sin-reporte-validado")
    with on_day(2024, 4, 25):
        rows = [year.activity("Organizar archivos")]
        reopen(year.house, year.quarters[0], rows, until=datetime.date(2024, 4, 28), reason="Faltó un inventario.")
        report(year.house, rows[0], year.quarters[0], 8)

    after = ask(client), ask(client, estado="sin-reporte-validado")

    assert [listed(page) for page in after] == [listed(page) for page in before]
    assert listed(ask(client, estado="atrasada")) == ["Organizar archivos"]


def test_the_transparency_page_of_a_year_is_linked_from_its_list(year, client):
    assert f'href="{YEAR}"' in ask(client)
