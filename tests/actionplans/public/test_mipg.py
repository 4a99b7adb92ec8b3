"""The MIPG board and the page of a policy."""

import pytest

from mipg.enums import LeadershipRole
from mipg.models import Actor, InstitutionalPlan, InstitutionalPlanKind, PolicyLeadership
from tests.factories import adopt, make_entity, make_office, make_policy, make_published_plan

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


@pytest.fixture
def cartago(db):
    return make_entity("cartago")


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

    with django_assert_num_queries(14):
        client.get("/cartago/mipg/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_policy_asks_the_same_queries_however_many_rows(client, cartago, django_assert_num_queries, number):
    fill(cartago, number)

    with django_assert_num_queries(10):
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
