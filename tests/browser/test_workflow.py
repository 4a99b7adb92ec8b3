"""A modification as people make it: on the page, from the list to the comparison."""

import pytest

from actionplans.domain.plan import submit
from actionplans.models import PlanVersion
from tests.factories import make_draft, make_published_plan
from tests.steps import modify, modify_and_approve


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "acta.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return path


def test_a_modification_ends_in_a_comparison_of_exactly_what_changed(house, scan, open_page, sign_in):
    version = make_published_plan(house.entity, office=house.office)
    page = sign_in(open_page(), house.planning.email)
    page.goto(f"/gestion/cartago/planes/{version.pk}/")
    page.get_by_role("link", name="Modificar este plan").click()
    page.get_by_label("Motivo").fill("Cambió el presupuesto")
    page.get_by_label("Cuenta desde").select_option("abril de 2024")
    page.get_by_role("button", name="Abrir la modificación").click()
    page.get_by_role("link", name="Cancelar la actividad 2").click()
    page.get_by_label("Motivo").fill("Sin recursos")
    page.get_by_role("button", name="Cancelar la actividad").click()
    draft = PlanVersion.objects.get(number=2)
    draft.activities.filter(activity__key=1).update(deliverable="Informe anual")
    page.get_by_role("link", name="Enviar a revisión").click()
    page.get_by_role("button", name="Enviar a revisión").click()

    page.goto("/gestion/cartago/")
    page.get_by_label("Elegir Plan de prueba, 2024").check()
    page.get_by_role("button", name="Registrar el acto que aprueba los elegidos").click()
    page.get_by_label("Número o nombre del acto").fill("Acta n.º 4")
    page.get_by_label("Fecha del acto").fill("2024-04-12")
    page.get_by_label("Copia del acto").set_input_files(scan)
    page.get_by_role("button", name="Registrar el acto y publicar").click()
    assert page.get_by_text("1 plan quedó aprobado y publicado").is_visible()

    page.goto("/cartago/planes/2024/plan-de-prueba/")
    page.get_by_role("link", name="Qué cambia entre las versiones 1 y 2").click()
    assert page.get_by_text("La versión 2 cambia 1 actividad y cancela 1.").is_visible()
    assert [cell.inner_text() for cell in page.locator("tbody th").all()] == ["Entregable"]
    assert page.locator("tbody ins").all_text_contents() == ["[se agrega: Informe anual]"]
    assert "Motivo: Sin recursos" in page.locator(".rows").first.inner_text()


def test_without_its_copy_an_act_is_not_registered(house, open_page, sign_in):
    submit(make_draft(house.entity, office=house.office), by=house.planning)
    page = sign_in(open_page(java_script_enabled=False), house.planning.email)
    page.goto("/gestion/cartago/planes/acto/")
    page.get_by_label("Plan de prueba, vigencia 2024, versión 1").check()
    page.get_by_label("Número o nombre del acto").fill("Acta n.º 4")
    page.get_by_label("Fecha del acto").fill("2024-04-12")
    page.get_by_role("button", name="Registrar el acto y publicar").click()
    assert page.get_by_label("Copia del acto").is_visible()
    assert not PlanVersion.objects.published().exists()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_the_workflow(width, theme, house, open_page, sign_in, violations):
    approved = modify_and_approve(make_published_plan(house.entity, office=house.office), house)
    draft = modify(approved, house)
    waiting = submit(make_draft(house.entity, title="Otro", office=house.office), by=house.planning)
    base = f"/gestion/cartago/planes/{draft.pk}"
    draft.activities.filter(activity__key=1).update(description="Actividad con número nuevo", deliverable="Acta")
    draft.activities.filter(activity__key=2).update(is_cancelled=True, cancel_reason="Sin recursos")
    page, found = sign_in(open_page(width, theme), house.planning.email), []
    for address in [
        "/gestion/cartago/",
        f"/gestion/cartago/planes/acto/?version={waiting.pk}",
        f"/gestion/cartago/planes/{waiting.pk}/registrar-acto/",
        f"/gestion/cartago/planes/{approved.pk}/modificar/",
        f"{base}/",
        f"{base}/enviar/",
        f"{base}/descartar/",
        f"{base}/actividades/1/cancelar/",
        f"{base}/actividades/2/restablecer/",
        f"{base}/comparar/2/",
        "/cartago/planes/2024/plan-de-prueba/",
        "/cartago/planes/2024/plan-de-prueba/comparar/1/2/",
    ]:
        assert page.goto(address).status == 200, address
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert found == []
