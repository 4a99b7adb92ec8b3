"""The pages of a modification: opening, discarding, cancelling, comparing."""

import pytest

from actionplans.models import ActionPlan, Activity, PlanVersion
from actionplans.months import MonthSet
from tests.factories import make_draft, make_published_plan
from tests.reading import words_of
from tests.steps import approve_by_act, modify, modify_and_approve

from .addresses import address


@pytest.fixture
def published(house):
    return make_published_plan(house.entity, office=house.office)


def test_planning_opens_a_modification_with_its_reason_and_month(house, client, published):
    client.force_login(house.planning)
    assert "Modificar este plan" in words_of(client.get(address("version", pk=published.pk)))
    data = {"reason": "Llegó una ley", "effective_from": "2024-05-01"}
    page = words_of(client.post(address("modification_start", pk=published.pk), data, follow=True))
    assert "La modificación quedó abierta" in page
    assert "Llegó una ley" in page
    assert "Cuenta desde el 1 de mayo de 2024" in page
    assert "Se abrió una modificación" in page


@pytest.mark.parametrize("data", [{}, {"reason": "Algo"}, {"reason": "Algo", "effective_from": "2025-01-01"}])
def test_half_a_modification_is_asked_again(house, client, published, data):
    client.force_login(house.planning)
    answer = client.post(address("modification_start", pk=published.pk), data)
    assert answer.context["form"].errors
    assert PlanVersion.objects.count() == 1


def test_a_second_modification_is_refused_on_the_page_and_after_it(house, client, published):
    modify(published, house)
    client.force_login(house.planning)
    start = address("modification_start", pk=published.pk)
    assert "Ya hay una modificación en curso" in words_of(client.get(start))
    data = {"reason": "Algo", "effective_from": "2024-05-01"}
    assert "Ya hay una modificación en curso" in words_of(client.post(start, data, follow=True))


def test_discarding_says_what_will_be_lost(house, client, published):
    draft = modify(published, house)
    client.force_login(house.planning)
    discard = address("draft_discard", pk=draft.pk)
    page = words_of(client.get(discard))
    assert "no se puede recuperar" in page
    assert "La versión aprobada sigue publicada." in page
    assert "El borrador se descartó." in words_of(client.post(discard, follow=True))
    assert PlanVersion.objects.get() == published
    history = words_of(client.get(address("version", pk=published.pk)))
    assert "Se descartó un borrador" in history


def test_discarding_a_first_draft_says_that_the_plan_goes_too(house, client):
    draft = make_draft(house.entity)
    client.force_login(house.planning)
    assert "desaparece con su borrador" in words_of(client.get(address("draft_discard", pk=draft.pk)))
    client.post(address("draft_discard", pk=draft.pk))
    assert not ActionPlan.objects.exists()


def test_a_published_version_is_not_discarded(house, client, published):
    client.force_login(house.planning)
    discard = address("draft_discard", pk=published.pk)
    assert "Todavía no se puede" in words_of(client.get(discard))
    assert "ya no es un borrador" in words_of(client.post(discard, follow=True))


def test_an_activity_is_cancelled_with_a_reason_and_restored(house, client, published):
    draft = modify(published, house)
    client.force_login(house.planning)
    cancel = address("activity_cancel", pk=draft.pk, number=2)
    assert "seguirá a la vista como cancelada" in words_of(client.get(cancel))
    assert client.post(cancel, {"reason": ""}).context["form"].errors
    page = words_of(client.post(cancel, {"reason": "Sin presupuesto"}, follow=True))
    assert "Cancelada" in page
    assert "Sin presupuesto" in page
    restore = address("activity_restore", pk=draft.pk, number=2)
    assert "volverá a contar" in words_of(client.get(restore))
    client.post(restore)
    assert not draft.activities.filter(is_cancelled=True).exists()


def test_two_versions_are_compared_by_staff_before_the_public_reads_the_second(house, client, published):
    draft = modify(published, house)
    draft.activities.filter(activity__key=1).update(description="Actividad número uno")
    client.force_login(house.committee)
    page = words_of(client.get(address("version_compare", pk=draft.pk, other=1)))
    assert "La versión 2 cambia 1 actividad." in page
    assert '<del><span class="visually-hidden">[se quita: </span>1' in page
    assert '<ins><span class="visually-hidden">[se agrega: </span>uno' in page
    client.logout()
    public = f"/cartago/planes/2024/{draft.plan.slug}/comparar/1/2/"
    assert client.get(public).status_code == 404


def test_a_version_is_not_compared_with_itself_nor_with_one_of_another_plan(house, client, published):
    modify_and_approve(make_published_plan(house.entity, title="Otro"), house)
    client.force_login(house.planning)
    for other in (1, 2):
        assert client.get(address("version_compare", pk=published.pk, other=other)).status_code == 404


def test_everybody_compares_published_versions_in_either_order(house, client, published):
    draft = modify(published, house, reason="Cambió el calendario")
    draft.activities.filter(activity__key=1).update(months=MonthSet([6]))
    identity = Activity.objects.create(plan=draft.plan, entity=house.entity, key=4)
    draft.activities.create(activity=identity, position=4, description="Nueva", months=MonthSet([2, 9]))
    draft.activities.filter(activity__key=2).update(is_cancelled=True, cancel_reason="Sin presupuesto")
    approve_by_act(draft, house)
    base = f"/cartago/planes/2024/{draft.plan.slug}/"
    page = words_of(client.get(f"{base}comparar/1/2/"))
    turned = client.get(f"{base}comparar/2/1/", follow=True)
    assert turned.redirect_chain == [(f"{base}comparar/1/2/", 301)]
    assert page == words_of(turned)
    assert "La versión 2 cambia 1 actividad, agrega 1 y cancela 1." in page
    for words in ("Meses programados", "enero", "junio", "Motivo: Sin presupuesto", "Cambió el calendario"):
        assert words in page
    plan = words_of(client.get(base))
    assert "Qué cambia entre las versiones 1 y 2" in plan
    assert "Cuenta desde" in plan
    assert "febrero: actividad 4" in plan
    assert "Se aprobó y publicó por acto del comité (versión 2)." in plan
    assert "planning@cartago.example" not in plan
    cancelled = words_of(client.get(f"{base}actividades/2/"))
    assert "fue cancelada por una modificación aprobada del plan" in cancelled
    assert "Motivo: Sin presupuesto" in cancelled


@pytest.mark.parametrize("pair", ["1/1", "1/3", "9/8"])
def test_versions_that_are_not_published_are_not_found(house, client, published, pair):
    modify(published, house)
    assert client.get(f"/cartago/planes/2024/{published.plan.slug}/comparar/{pair}/").status_code == 404


@pytest.mark.parametrize("number", [9, 300])
def test_the_pages_ask_the_same_queries_however_many_activities(house, client, number, django_assert_num_queries):
    version = modify_and_approve(make_published_plan(house.entity, activities=number, office=house.office), house)
    base = f"/cartago/planes/2024/{version.plan.slug}/"
    with django_assert_num_queries(30):
        client.get(f"{base}comparar/1/2/")
    client.force_login(house.planning)
    with django_assert_num_queries(19):
        client.get(address("version", pk=version.pk))
