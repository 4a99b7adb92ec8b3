"""The MIPG board and the page of a policy."""

import pytest

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.models import Activity
from actionplans.months import MonthSet
from mipg.enums import LeadershipRole
from mipg.models import Actor, InstitutionalPlan, InstitutionalPlanKind, PolicyLeadership
from tests.factories import adopt, make_entity, make_office, make_policy, make_published_plan
from tests.following import close, make_year, on_day, reported, shipped_lights
from tests.reading import text_of
from tests.steps import modify_and_approve

pytestmark = pytest.mark.django_db


def lead(entity, policy, office, source="Decreto 1", position=1, **fields):
    return PolicyLeadership.objects.create(
        **{
            "entity": entity,
            "policy": policy,
            "office": office,
            "role": LeadershipRole.LEADS,
            "source": source,
            "position": position,
            **fields,
        }
    )


def test_the_board_shows_each_policy_with_who_answers(client, cartago):
    policy = make_policy()
    adopt(cartago, policy)
    lead(cartago, policy, make_office(cartago, "Secretaría de Gobierno"))

    page = client.get("/cartago/mipg/").content.decode()

    assert "Secretaría de Gobierno" in page
    assert "En 2024 el modelo tiene 1 política en 1 dimensión, y todas tienen responsable." in page


def test_where_nobody_is_named_it_is_said_once(client, cartago):
    adopt(cartago, make_policy())
    page = client.get("/cartago/mipg/").content.decode()
    assert "la entidad aún no ha dicho quién responde por ellas" in page
    assert "Sin responsable publicado" not in page


def test_a_policy_without_responsible_is_said_not_hidden(client, cartago):
    policy = make_policy()
    adopt(cartago, policy)
    lead(cartago, policy, make_office(cartago, "Secretaría de Gobierno"))
    make_policy(number=14, name="Otra política", key="otra")

    page = client.get("/cartago/mipg/").content.decode()

    assert "Sin responsable publicado" in page


def test_two_sources_that_disagree_are_both_shown(client, cartago):
    policy = make_policy()
    adopt(cartago, policy)
    lead(cartago, policy, make_office(cartago, "Dirección de Archivo"), "Tabla de actores")
    lead(cartago, policy, make_office(cartago, "Secretaría General"), "Tabla de políticas")

    page = client.get(f"/cartago/mipg/{policy.key}/").content.decode()

    assert "Las fuentes no coinciden" in client.get("/cartago/mipg/").content.decode()
    for words in ("Dirección de Archivo", "Tabla de actores", "Secretaría General", "Tabla de políticas"):
        assert words in page


def test_the_words_as_printed_are_kept_beside_the_office(client, cartago):
    policy = make_policy()
    office = make_office(cartago, "Secretaría General")
    lead(cartago, policy, office, printed_responsible="Sec. Gral.", note="Fila 3", printed_dimension="Otra")

    page = client.get(f"/cartago/mipg/{policy.key}/").content.decode()

    for words in ("Sec. Gral.", "Fila 3", "«Otra»"):
        assert words in page


def test_a_leadership_that_ended_is_not_shown_for_a_later_year(client, cartago):
    policy = make_policy()
    adopt(cartago, policy, 2023)
    adopt(cartago, policy, 2024)
    lead(cartago, policy, make_office(cartago, "Oficina suprimida"), valid_to="2023-12-31")

    assert "Oficina suprimida" not in client.get("/cartago/mipg/?vigencia=2024").content.decode()
    assert "Oficina suprimida" in client.get("/cartago/mipg/?vigencia=2023").content.decode()


@pytest.mark.parametrize("asked", ["1999", "abc", ""])
@pytest.mark.parametrize("address", ["/cartago/mipg/", "/cartago/mipg/participacion/"])
def test_a_year_of_which_nothing_is_said_gives_way_to_one_and_says_so(client, cartago, asked, address):
    adopt(cartago, make_policy())
    answer = client.get(address, {"vigencia": asked})
    page = " ".join(answer.content.decode().split())

    assert answer.status_code == 200
    assert (f"La entidad no tiene información de la vigencia «{asked}»: se muestra" in page) is bool(asked)


def test_the_institutional_plans_say_who_answers_and_what_is_missing(client, cartago):
    kind = InstitutionalPlanKind.objects.create(number=1, key="pinar", name="PINAR", norm="Decreto 612 de 2018")
    InstitutionalPlanKind.objects.create(
        number=2, key="paa", name="Plan Anual de Adquisiciones", norm="Decreto 612 de 2018"
    )
    InstitutionalPlan.objects.create(entity=cartago, year=2024, kind=kind, printed_responsible="Archivo")

    page = client.get("/cartago/mipg/").content.decode()

    assert "De 2 planes institucionales (Decreto 612 de 2018), 1 tiene responsable" in page
    assert "Sin publicar aquí" in page


def test_a_note_that_all_the_plans_share_is_said_once(client, cartago):
    for number, own in enumerate(("", " El PAA lleva además su modelo."), start=1):
        kind = InstitutionalPlanKind.objects.create(number=number, key=f"p{number}", name=f"Plan {number}")
        note = f"El plazo impreso es de otro año.{own}"
        InstitutionalPlan.objects.create(entity=cartago, year=2024, kind=kind, note=note)

    page = client.get("/cartago/mipg/").content.decode()

    assert page.count("El plazo impreso es de otro año.") == 1
    assert "El PAA lleva además su modelo." in page


def test_an_institutional_plan_leads_to_its_action_plan(client, cartago):
    kind = InstitutionalPlanKind.objects.create(number=1, key="pinar", name="PINAR", norm="Decreto 612 de 2018")
    plan = InstitutionalPlan.objects.create(entity=cartago, year=2024, kind=kind)
    version = make_published_plan(cartago, title="Plan de archivos", institutional_plan=plan)

    page = client.get("/cartago/mipg/?vigencia=2024").content.decode()

    assert f'href="/cartago/planes/2024/{version.plan.slug}/"' in page


def test_the_page_of_a_policy_lists_only_its_own_published_plans(client, cartago):
    policy, other = make_policy(), make_policy(14, "Integridad", "integridad")
    adopt(cartago, policy)
    make_published_plan(cartago, title="Plan de la política", kind="politica", policy=policy)
    make_published_plan(cartago, title="Plan de otra", kind="politica", policy=other)
    make_published_plan(make_entity("candelaria"), title="Plan del vecino", kind="politica", policy=policy)

    page = client.get(f"/cartago/mipg/{policy.key}/").content.decode()

    assert "Plan de la política" in page
    assert "Plan de otra" not in page
    assert "Plan del vecino" not in page


def test_nothing_of_another_entity_is_shown(client, cartago):
    policy = make_policy()
    adopt(cartago, policy)
    neighbour = make_entity("candelaria")
    lead(neighbour, policy, make_office(neighbour, "Secretaría vecina"))
    Actor.objects.create(entity=neighbour, position=1, name="Actor vecino", part="Ninguno")

    page = (
        client.get("/cartago/mipg/").content.decode() + client.get(f"/cartago/mipg/{policy.key}/").content.decode()
    )

    assert "Secretaría vecina" not in page
    assert "Actor vecino" not in page


def test_an_unknown_policy_is_not_found(client, cartago):
    adopt(cartago, make_policy())

    assert client.get("/cartago/mipg/no-existe/").status_code == 404


def fill(entity, number):
    office = make_office(entity)
    for position in range(1, number + 1):
        policy = make_policy(position, f"Política {position}", f"politica-{position}")
        lead(entity, policy, office)
        make_published_plan(entity, title=f"Plan {position}", kind="politica", policy=policy)
        Actor.objects.create(entity=entity, position=position, name=f"Actor {position}", part="Apoya")
        kind = InstitutionalPlanKind.objects.create(number=position, key=f"p{position}", name=f"P {position}")
        InstitutionalPlan.objects.create(entity=entity, year=2024, kind=kind, office=office)
    adopt(entity, policy)


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_the_same_queries_however_many_rows(client, cartago, django_assert_num_queries, number):
    fill(cartago, number)

    with django_assert_num_queries(15):
        client.get("/cartago/mipg/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_policy_asks_the_same_queries_however_many_rows(client, cartago, django_assert_num_queries, number):
    fill(cartago, number)

    with django_assert_num_queries(16):
        client.get("/cartago/mipg/politica-1/")


def test_a_plan_that_the_norm_no_longer_asks_for_is_left_out(client, cartago):
    InstitutionalPlanKind.objects.create(number=1, key="pinar", name="PINAR", norm="Norma A")
    InstitutionalPlanKind.objects.create(
        number=2, key="paac", name="Anticorrupción", norm="Norma A", last_year=2023
    )
    InstitutionalPlan.objects.create(
        entity=cartago,
        year=2024,
        kind=InstitutionalPlanKind.objects.get(key="pinar"),
        printed_responsible="Archivo",
    )
    page = client.get("/cartago/mipg/?vigencia=2024").content.decode()
    assert "De 1 plan institucional (Norma A), 1 tiene responsable" in page
    assert "Anticorrupción" not in page


# --- A policy and a dimension, with their plans ---------------------------------------------------------------


def follow(house, policy, *, values=(4, "0.1")):
    """A plan of the policy with an activity for each value, as the first quarter of 2024 closed it."""
    shipped_lights()
    rows = tuple(
        ActivityContent(
            description=f"Actividad con {value}",
            months=MonthSet([1, 4]),
            responsibles=(ResponsibleContent(text=house.office.name, office=house.office),),
            indicators=(IndicatorContent(name="Talleres", target=4, unit="talleres"),),
        )
        for value in values
    )
    content = PlanContent(title="Plan de participación", activities=rows)
    make_published_plan(house.entity, content=content, kind="politica", policy=policy)
    first, *_ = make_year(house)
    with on_day(2024, 4, 5):
        for row, value in zip(Activity.objects.order_by("key"), values, strict=True):
            reported(house, row, first, value)
    with on_day(2024, 4, 20):
        close(house, first)


def test_a_policy_says_in_one_sentence_who_leads_what_is_promised_and_how_it_goes(client, house):
    policy = make_policy()
    adopt(house.entity, policy)
    lead(house.entity, policy, house.office)
    follow(house, policy)

    page = text_of(client, "/cartago/mipg/participacion/")

    assert (
        f"Lidera: {house.office.name}. Sus planes de 2024 prometen 2 actividades; al 31 de marzo de 2024 lleva"
        in page
    )
    assert ". 1 va atrasada." in page
    assert page.index(">Actividad con 0.1<") < page.index(">Actividad con 4<")
    assert f"/cartago/dependencias/{house.office.slug}/?vigencia=2024" in page
    assert 'href="/cartago/mipg/dimensiones/valores/?vigencia=2024"' in page
    assert 'href="/cartago/mipg/participacion/?vigencia=2024#avance"' in page


def test_a_policy_tells_what_changed_in_its_plans(client, house):
    policy = make_policy()
    adopt(house.entity, policy)
    published = make_published_plan(house.entity, kind="politica", policy=policy)
    assert "Qué cambió" not in text_of(client, "/cartago/mipg/participacion/")
    modified = modify_and_approve(published, house)

    page = text_of(client, "/cartago/mipg/participacion/")

    assert "Qué cambió en 2024" in page
    assert "de la versión 1 a la 2" in page
    assert modified.reason in page
    assert 'href="/cartago/planes/2024/plan-de-prueba/comparar/1/2/"' in page


def test_policies_and_dimensions_lead_to_the_ones_beside_them(client, cartago):
    adopt(cartago, make_policy())
    make_policy(number=14, name="Otra política", key="otra")
    first, last = text_of(client, "/cartago/mipg/participacion/"), text_of(client, "/cartago/mipg/otra/")
    assert "Política siguiente" in first
    assert "Política anterior" not in first
    assert "Política anterior" in last
    assert 'href="/cartago/mipg/participacion/?vigencia=2024"' in last


def test_a_dimension_shows_its_policies_with_leaders_plans_and_figures(client, house):
    policy = make_policy()
    adopt(house.entity, policy)
    make_policy(number=14, name="Otra política", key="otra")
    lead(house.entity, policy, house.office)
    follow(house, policy)

    page = text_of(client, "/cartago/mipg/dimensiones/valores/")

    assert "Reúne 2 políticas y en 2024 tiene 1 plan de acción publicado; al 31 de marzo de 2024 lleva" in page
    assert f"Lidera {house.office.name}" in page
    assert "Sin responsable publicado" in page
    assert "Sin planes publicados en 2024" in page
    assert 'href="/cartago/mipg/participacion/?vigencia=2024#avance"' in page
    assert "¿Cómo se calculó?" in page


def test_a_dimension_of_no_model_of_the_entity_is_not_found(client, cartago):
    adopt(cartago, make_policy())
    assert client.get("/cartago/mipg/dimensiones/no-existe/").status_code == 404
    assert client.get("/otra/mipg/dimensiones/valores/").status_code == 404


def test_the_board_leads_to_dimensions_and_offices(client, cartago):
    adopt(cartago, make_policy())
    page = text_of(client, "/cartago/mipg/")
    assert 'href="/cartago/mipg/dimensiones/valores/?vigencia=2024"' in page
    assert 'href="/cartago/dependencias/?vigencia=2024"' in page


@pytest.mark.parametrize("number", [1, 3])
def test_followed_policies_ask_the_same_queries_however_many_rows(
    client, house, django_assert_num_queries, number
):
    policy = make_policy()
    adopt(house.entity, policy)
    for other in range(number):
        lead(house.entity, make_policy(number=20 + other, name=f"Otra {other}", key=f"otra-{other}"), house.office)
    lead(house.entity, policy, house.office)
    follow(house, policy, values=range(1, number + 1))
    for address, queries in {
        "/cartago/mipg/participacion/": 25,
        "/cartago/mipg/dimensiones/valores/": 14,
    }.items():
        client.get(address)
        with django_assert_num_queries(queries, info=address):
            client.get(address)
