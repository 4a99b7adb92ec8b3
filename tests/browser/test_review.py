"""Reviewing, verifying, asking for what is missing and handing over a link, as people do it."""

import re

import pytest
from django.core.cache import cache

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.models import Report
from actionplans.months import MonthSet
from tests.factories import activity_contents, make_published_plan
from tests.following import link, make_year, report, reported


@pytest.fixture
def plan(house):
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    activities = activity_contents(4, house.office, indicators=(indicator,), months=MonthSet([2, 5]))
    return make_published_plan(house.entity, content=PlanContent(title="Plan de talleres", activities=activities))


@pytest.fixture
def told(house, plan, transactional_db):
    """Of four activities one waits in its second version, one is validated, one returned, one not reported."""
    cache.clear()
    first = make_year(house)[0]
    entered = {"by": house.planning, "on_behalf": True, "source": "Correo del 2 de abril"}
    house.entity.allows_self_validation = True
    house.entity.save()

    def of(position, value, **said):
        return report(house, plan.activities.get(position=position), first, value, **entered, **said)

    of(1, 3, narrative="Se hicieron tres talleres en el centro.")
    waits = of(1, 4, narrative="Se hicieron cuatro talleres en los barrios.", evidence=(link(house),))
    reported(house, plan.activities.get(position=2), first, 2, **entered)
    return_report(of(3, 1), by=house.planning, number=1, comment="Falta la lista.")
    house.leader.memberships.update(valid_to="2099-01-01")
    return waits


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing(width, theme, house, told, open_page, sign_in, violations):
    leaves = house.committee.memberships.get()
    leaves.valid_to = leaves.valid_from
    leaves.save()
    found = []
    for user, addresses in {
        house.planning: [
            "/gestion/cartago/revision/",
            "/gestion/cartago/revision/?estado=todos",
            f"/gestion/cartago/revision/{told.pk}/",
            f"/gestion/cartago/sin-reporte/?periodo={told.period_id}",
            "/gestion/cartago/entrega/",
            f"/gestion/cartago/entrega/?vinculacion={leaves.pk}",
        ],
        house.auditor: [
            f"/auditoria/cartago/verificacion/?periodo={told.period_id}",
            f"/auditoria/cartago/verificacion/{told.period_id}/{told.activity_id}/",
        ],
        house.administrator: [
            "/cuenta/enlaces/cartago/",
            f"/cuenta/enlaces/cartago/?persona={house.leader.pk}",
        ],
    }.items():
        page = sign_in(open_page(width, theme), user.email)
        for address in addresses:
            assert page.goto(address).status == 200
            page.evaluate("document.querySelectorAll('details.more').forEach(one => one.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            found += violations(page)
    assert found == []


def test_planning_corrects_a_value_and_validates_without_scripts(house, told, open_page, sign_in):
    page = sign_in(open_page(java_script_enabled=False), house.planning.email)
    page.goto("/gestion/cartago/revision/")
    page.get_by_role("link", name="Actividad número 1").click()
    assert page.get_by_text("Ver la versión 1 completa").is_visible()
    page.get_by_text("Corregir un valor", exact=True).click()
    page.get_by_label("Talleres").fill("3,5")
    page.get_by_label("Comentario").fill("Uno no tiene lista.")
    page.get_by_role("button", name="Validar", exact=True).click()
    assert page.get_by_text("El reporte quedó validado.").is_visible()
    assert page.get_by_text("Corregido por planeación: 3,5").is_visible()
    assert Report.objects.get(pk=told.pk).status == "validated"


def test_a_link_is_handed_over_and_serves_in_another_browser_once(house, told, open_page, sign_in):
    page = sign_in(open_page(), house.administrator.email)
    page.goto("/cuenta/enlaces/cartago/")
    page.get_by_role("link", name=re.compile(house.leader.email)).click()
    page.get_by_label("Motivo").fill("No recibe correo.")
    page.get_by_role("button", name="Crear el enlace").click()
    address = page.get_by_label("Enlace para Líder de política o enlace").input_value()
    other = open_page(360)
    other.goto(address)
    other.get_by_role("button", name="Ingresar").click()
    other.get_by_role("link", name="Ahora no, seguir a mi trabajo").click()
    other.wait_for_url("**/seguimiento/cartago/**")
    third = open_page()
    assert third.goto(address).status == 410
    assert third.get_by_role("heading", name="Este enlace ya no sirve").is_visible()
