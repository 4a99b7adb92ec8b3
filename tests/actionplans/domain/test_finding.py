"""What is found follows what is published, in the same transaction; and nothing else is ever found."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.finding.asking import MOST_HITS, Asked, find, matching
from actionplans.domain.finding.entries import LONGEST_TEXT, entry, write
from actionplans.domain.finding.plans import index_versions
from actionplans.domain.finding.rebuilding import index_entity
from actionplans.domain.finding.words import asked_words
from actionplans.domain.following.evidence.bringing import bring_redacted, reclassify
from actionplans.domain.plan import submit
from actionplans.enums import Classification, SearchKind
from actionplans.models import PlanVersion, SearchEntry
from actionplans.search_words import INDEX
from mipg.enums import LeadershipRole
from mipg.models import (
    Adoption,
    Dimension,
    InstitutionalPlan,
    InstitutionalPlanKind,
    ModelVersion,
    PolicyLeadership,
)
from planning import audit
from planning.management.refusal import Error
from planning.models import Axis, Objective
from tests.actionplans.following.evidence_files import PDF, upload
from tests.factories import (
    adopt,
    make_draft,
    make_framework,
    make_office,
    make_policy,
    make_published_plan,
)
from tests.following import close, link, make_year, on_day, reopen, report, reported
from tests.steps import approve_by_act, modify

pytestmark = pytest.mark.django_db
GROUND = "Ley 1581 de 2012: datos de menores"


def found(entity, text, **said) -> list[str]:
    hits = find(Asked(words=asked_words(text), entity=entity and entity.pk, **said))
    titles = SearchEntry.objects.in_bulk([hit.pk for hit in hits])
    return [titles[hit.pk].title for hit in hits]


def plan_of(entity, *descriptions, title="Plan de archivos", **fields):
    activities = tuple(ActivityContent(description=text, **fields) for text in descriptions)
    return make_published_plan(entity, content=PlanContent(title=title, activities=activities))


# --- Plans and their activities --------------------------------------------------------------------


def test_a_published_plan_is_found_by_what_it_says_and_by_what_its_activities_say(house):
    content = PlanContent(
        title="Plan de archivos",
        objective="Ordenar la memoria",
        form_code="MESG-AS-F17",
        sections=(("Marco legal", "Acuerdo 001 de 2024"),),
        objectives=(("Conservar", "lo que vale"),),
        components=(ComponentContent(name="Diagnóstico", indicators=(IndicatorContent(name="Inventarios"),)),),
        activities=(
            ActivityContent(
                description="Levantar el inventario",
                detail="Con fichas",
                tasks=("Contar cajas",),
                deliverable="Cuadro de series",
                component="Diagnóstico",
                indicators=(IndicatorContent(name="Metros lineales", formula="medidos / totales"),),
                responsibles=(ResponsibleContent(text="Sec. Gobierno", office=house.office),),
            ),
        ),
    )
    make_published_plan(house.entity, content=content)
    plan, activity = "Plan de archivos", "Levantar el inventario"
    for text in ("archivos", "memoria", "F17", "acuerdo 001", "conservar vale"):
        assert plan in found(house.entity, text), text
    for text in ("fichas", "cajas", "cuadro series", "metros", "totales", "gobierno", "Secretaría Planeación"):
        assert found(house.entity, text) == [activity], text
    assert set(found(house.entity, "diagnóstico")) == {plan, activity}
    assert found(house.entity, "2024") == [plan, activity]


@pytest.mark.parametrize("text", ["PARTICIPACIÓN", "participacion", "Participación ciudadanas", "participaciones"])
def test_accents_case_and_number_do_not_count(house, text):
    plan_of(house.entity, "Promover la participación ciudadana")
    assert found(house.entity, text) == ["Promover la participación ciudadana"]


def test_every_word_counts(house):
    plan_of(house.entity, "Comprar cajas", "Comprar estantes")
    assert found(house.entity, "comprar cajas") == ["Comprar cajas"]
    assert found(house.entity, "comprar sillas") == []


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="en SQLite no hay diccionario")
def test_kin_are_found_on_postgresql(house):
    plan_of(house.entity, "Promover la participación")
    assert found(house.entity, "participar") == ["Promover la participación"]


def test_words_that_say_nothing_find_nothing(house):
    plan_of(house.entity, "De la a la zeta")
    for text in ("", "de la", "%", "_", "'", '"', "\x00", "\\", "🙂", "() & | ! :*", "tengo"):
        assert found(house.entity, text) == [], text


def test_the_title_goes_first_and_then_the_newest_year(house):
    plan_of(house.entity, "Otra cosa", title="Primero", detail="cajas", deliverable="de 2024")
    content = PlanContent(title="Plan viejo", activities=(ActivityContent(description="Comprar cajas"),))
    make_published_plan(house.entity, content=content, year=2023)
    plan_of(house.entity, "Vender cajas", title="Segundo")
    assert found(house.entity, "cajas") == ["Vender cajas", "Comprar cajas", "Otra cosa"]


def test_drafts_and_plans_in_review_are_not_found(house):
    draft = make_draft(house.entity, title="Plan secreto", office=house.office)
    assert found(house.entity, "secreto") == []
    submit(draft, by=house.planning)
    assert found(house.entity, "secreto") == []
    assert not SearchEntry.objects.exists()


def test_a_modification_is_found_once_it_is_approved_and_what_it_replaced_no_more(house):
    first = plan_of(house.entity, "Comprar cajas", "Medir estantes")
    draft = modify(first, house)
    draft.activities.filter(position=1).update(description="Comprar carpetas")
    assert found(house.entity, "carpetas") == []
    approve_by_act(draft, house)
    assert found(house.entity, "carpetas") == ["Comprar carpetas"]
    assert found(house.entity, "cajas") == []
    assert found(house.entity, "estantes") == ["Medir estantes"]


def test_what_an_office_is_called_now_is_found(house, client):
    make_published_plan(house.entity, office=house.office, activities=1, title="Plan")
    house.office.name = "Dirección de Bibliotecas"
    with transaction.atomic():
        house.office.save()
        audit.record(house.entity, house.office, "change", by=None)
    assert found(house.entity, "bibliotecas") == ["Actividad número 1"]


def test_a_very_long_plan_is_cut_and_does_not_weigh(house):
    body = "palabra " * (LONGEST_TEXT // 4)
    content = PlanContent(title="Plan", objective="Objetivo claro", sections=(("Anexo", body),))
    make_published_plan(house.entity, content=content)
    row = SearchEntry.objects.get(kind=SearchKind.PLAN)
    assert len(row.text) == LONGEST_TEXT
    assert found(house.entity, "claro") == ["Plan"]


# --- Whose and which -------------------------------------------------------------------------------


def test_an_entity_finds_its_own_and_the_portal_everybodys(house, neighbour):
    plan_of(house.entity, "Comprar cajas rojas")
    plan_of(neighbour.entity, "Comprar cajas verdes")
    assert found(house.entity, "cajas") == ["Comprar cajas rojas"]
    assert sorted(found(None, "cajas")) == ["Comprar cajas rojas", "Comprar cajas verdes"]


def test_what_is_found_can_be_narrowed(house):
    policy = make_policy()
    make_published_plan(house.entity, title="Cajas de una política", kind="politica", policy=policy, activities=1)
    make_published_plan(house.entity, title="Cajas de antes", year=2023, activities=1)
    one, other = "Cajas de una política", "Cajas de antes"
    assert found(house.entity, "cajas", kind="plan") == [one, other]
    assert found(house.entity, "cajas", year=2023) == [other, "Actividad número 1"]
    assert found(house.entity, "cajas", policy=policy.key, kind="plan") == [one]
    assert found(house.entity, "cajas", policy="o'tra\\") == []


# --- Evidence --------------------------------------------------------------------------------------


@pytest.fixture
def plan(house):
    return make_published_plan(house.entity, office=house.office, title="Plan")


@pytest.fixture
def quarter(house, plan):
    with on_day(2024, 4, 5):
        yield make_year(house)[0]


def test_evidence_is_found_once_the_period_is_closed(house, plan, quarter):
    row = link(house, description="Fotos de la feria")
    reported(house, plan.activities.first(), quarter, evidence=(row,))
    assert found(house.entity, "feria") == []
    close(house, quarter)
    assert found(house.entity, "feria") == ["Fotos de la feria"]
    assert found(house.entity, "actividad número", kind="evidencia") == ["Fotos de la feria"]


def test_what_nobody_validated_or_sent_is_not_found(house, plan, quarter):
    sent, loose = link(house, description="Enviada"), link(house, "https://otra.example/", description="Suelta")
    report(house, plan.activities.first(), quarter, evidence=(sent,))
    close(house, quarter)
    assert found(house.entity, "enviada") == found(house.entity, "suelta") == []
    assert loose.description == "Suelta"


def test_of_what_is_withheld_only_what_its_page_says_is_found(house, plan, quarter):
    told = {"classification": Classification.RESERVED, "ground": GROUND, "description": "Denuncia de Fulana"}
    row = link(house, "https://ejemplo.gov.co/expediente", **told)
    reported(house, plan.activities.first(), quarter, evidence=(row,))
    close(house, quarter)
    hidden = f"Evidencia n.º {row.pk}, que no es pública"
    assert found(house.entity, "datos menores") == [hidden]
    for secret in ("Fulana", "denuncia", "expediente"):
        assert found(house.entity, secret) == []
    reclassify(row, by=house.planning, classification=Classification.PUBLIC, ground="Ya se resolvió")
    assert found(house.entity, "fulana") == ["Denuncia de Fulana"]
    assert found(house.entity, "menores") == []
    reclassify(row, by=house.planning, classification=Classification.PERSONAL, ground=GROUND)
    assert found(house.entity, "fulana") == []


def test_that_there_is_a_redacted_copy_is_found_and_its_name_is_not(house, plan, quarter):
    row = link(house, classification=Classification.RESERVED, ground=GROUND)
    reported(house, plan.activities.first(), quarter, evidence=(row,))
    close(house, quarter)
    bring_redacted(row, upload(PDF + b"tachada", "fulana.pdf"), by=house.planning)
    assert len(found(house.entity, "copia tachado")) == 1
    assert found(house.entity, "fulana") == []


def test_what_no_longer_counts_leaves_with_the_next_closing(house, plan, quarter):
    old, new = link(house, description="Vieja"), link(house, "https://otra.example/", description="Nueva")
    reported(house, plan.activities.first(), quarter, evidence=(old,))
    close(house, quarter)
    reopen(house, quarter, [plan.activities.first()], until=quarter.closes)
    reported(house, plan.activities.first(), quarter, evidence=(new,))
    assert (found(house.entity, "vieja"), found(house.entity, "nueva")) == (["Vieja"], [])
    quarter.refresh_from_db()
    close(house, quarter)
    assert (found(house.entity, "vieja"), found(house.entity, "nueva")) == ([], ["Nueva"])


# --- Framework and policies ------------------------------------------------------------------------


def objective_form(objective, **changes):
    return {"axis": objective.axis_id, "position": 1, "name": objective.name, "description": "", **changes}


def test_the_framework_is_found_as_the_admin_leaves_it(house, client):
    framework = make_framework(house.entity, mission="Servir con alegría", is_published=False)
    axis = Axis.objects.create(framework=framework, position=1, name="Gobierno eficaz")
    objective = Objective.objects.create(axis=axis, position=1, name="Atender mejor")
    assert index_entity(house.entity) == 0
    framework.is_published = True
    with transaction.atomic():
        framework.save()
        audit.record(house.entity, framework, "change", by=None)
    assert found(house.entity, "alegría") == ["Plan de desarrollo"]
    assert found(house.entity, "atender") == ["Gobierno eficaz"]

    client.force_login(house.planning)
    address = f"/admin/planning/objective/{objective.pk}/change/"
    assert client.post(address, objective_form(objective, name="Escuchar más")).status_code == 302
    assert found(house.entity, "escuchar") == ["Gobierno eficaz"]
    assert found(house.entity, "atender") == []
    assert client.post(f"/admin/planning/objective/{objective.pk}/delete/", {"post": "yes"}).status_code == 302
    assert found(house.entity, "escuchar") == []


def test_a_policy_is_found_by_who_leads_it_and_under_its_new_name(house):
    policy = make_policy()
    adopt(house.entity, policy)
    make_published_plan(house.entity, title="Plan", kind="politica", policy=policy, activities=1)
    assert found(house.entity, "participación", kind="politica") == []
    with transaction.atomic():
        row = PolicyLeadership.objects.create(
            entity=house.entity, policy=policy, office=house.office, role=LeadershipRole.LEADS, source="Decreto 12"
        )
        audit.record(house.entity, row, "add", by=None)
    assert found(house.entity, "secretaría planeación", kind="politica") == [policy.name]
    policy.name = "Escucha activa"
    with transaction.atomic():
        policy.save()
        audit.record(None, policy, "change", by=None)
    assert found(house.entity, "escucha activa") == ["Escucha activa", "Plan"]


def test_a_policy_is_found_the_same_on_any_day(house):
    policy = make_policy()
    with transaction.atomic():
        for number, (name, last) in enumerate(
            (("Ana", datetime.date(2024, 6, 30)), ("Secretaría", None)), start=1
        ):
            row = PolicyLeadership.objects.create(
                entity=house.entity, policy=policy, printed_responsible=f"{name} de planeación", valid_to=last,
                role=LeadershipRole.LEADS, source="Decreto 12", position=number,
            )  # fmt: skip
        audit.record(house.entity, row, "add", by=None)
    before = said_everywhere()
    for day in ((2024, 1, 15), (2030, 1, 15)):
        with on_day(*day):
            index_entity(house.entity)
            assert said_everywhere() == before
    assert found(house.entity, "ana planeación", kind="politica") == [policy.name]


def test_a_policy_is_said_as_the_model_that_the_entity_adopted_last_says_it(house):
    policy = make_policy()
    newer = ModelVersion.objects.create(key="mipg-v6", name="MIPG, versión 6")
    dimension = Dimension.objects.create(model_version=newer, number=3, key="valores", name="Valores")
    make_policy(name="Escuchar a la gente", model_version=newer, dimension=dimension)
    row = PolicyLeadership.objects.create(
        entity=house.entity, policy=policy, office=house.office, role=LeadershipRole.LEADS, source="Decreto 12"
    )
    adopt(house.entity, policy, year=2024)
    with transaction.atomic():
        audit.record(house.entity, row, "add", by=None)
    assert found(house.entity, "secretaría planeación", kind="politica") == [policy.name]
    adoption = Adoption.objects.create(entity=house.entity, year=2026, model_version=newer)
    with transaction.atomic():
        audit.record(house.entity, adoption, "add", by=None)
    assert found(house.entity, "secretaría planeación", kind="politica") == ["Escuchar a la gente"]


def test_a_plan_is_found_under_the_new_name_of_its_institutional_plan(house):
    kind = InstitutionalPlanKind.objects.create(number=1, key="pinar", name="Archivos", norm="Decreto 612")
    other = InstitutionalPlanKind.objects.create(number=2, key="paa", name="Adquisiciones", norm="Decreto 612")
    row = InstitutionalPlan.objects.create(entity=house.entity, year=2024, kind=kind)
    make_published_plan(house.entity, title="Ordenar", kind="institucional", institutional_plan=row, activities=1)
    assert found(house.entity, "archivos") == ["Ordenar"]
    with transaction.atomic():
        kind.name = "Memoria escrita"
        kind.save()
        audit.record(None, kind, "change", by=None)
    assert (found(house.entity, "archivos"), found(house.entity, "memoria escrita")) == ([], ["Ordenar"])
    with transaction.atomic():
        row.kind = other
        row.save()
        audit.record(house.entity, row, "change", by=None)
    assert (found(house.entity, "memoria"), found(house.entity, "adquisiciones")) == ([], ["Ordenar"])


def test_many_events_at_once_are_written_too(house):
    framework = make_framework(house.entity, mission="Servir con alegría")
    with transaction.atomic():
        audit.record_all(house.entity, [audit.Fact(obj=framework, event="add")])
    assert found(house.entity, "alegría") == ["Plan de desarrollo"]


# --- Rebuilding ------------------------------------------------------------------------------------


def said_everywhere():
    columns = [field.attname for field in SearchEntry._meta.concrete_fields if not field.primary_key]
    return sorted(SearchEntry.objects.values_list(*columns), key=str)


def test_rebuilding_says_what_the_verbs_said_however_often(house, neighbour, plan, quarter, capsys):
    reported(house, plan.activities.first(), quarter, evidence=(link(house, description="Fotos"),))
    close(house, quarter)
    plan_of(neighbour.entity, "Comprar cajas")
    before = said_everywhere()
    assert len(before) == 7
    call_command("index_search")
    assert said_everywhere() == before
    call_command("index_search", entity="cartago")
    assert said_everywhere() == before
    assert capsys.readouterr().out.splitlines() == [
        "candelaria: 2 entradas en el buscador.",
        "cartago: 5 entradas en el buscador.",
        "cartago: 5 entradas en el buscador.",
    ]


def test_rebuilding_mends_one_entity_and_leaves_the_others(house, neighbour):
    make_published_plan(house.entity)
    make_published_plan(neighbour.entity)
    SearchEntry.objects.update(title="Dañado")
    call_command("index_search", entity="cartago", verbosity=0)
    assert set(SearchEntry.objects.filter(title="Dañado").values_list("entity__slug", flat=True)) == {"candelaria"}


def test_an_entity_that_is_not_there_is_said():
    with pytest.raises(Error, match="No hay una entidad «nadie»"):
        call_command("index_search", entity="nadie")


@pytest.mark.parametrize("number", [3, 30])
def test_a_batch_is_written_with_few_questions(house, number, django_assert_max_num_queries):
    version = make_published_plan(house.entity, activities=number, office=house.office)
    draft = make_draft(house.entity, title="Borrador")
    with django_assert_max_num_queries(13):  # one statement of INSERT for so many values
        assert index_versions([version.pk, draft.pk]) == number + 1
    assert SearchEntry.objects.filter(plan=draft.plan).count() == 0


def test_many_versions_are_written_in_batches(house, monkeypatch):
    monkeypatch.setattr("actionplans.domain.finding.plans.VERSIONS_AT_ONCE", 2)
    for number in range(5):
        make_published_plan(house.entity, title=f"Plan {number}", activities=1)
    SearchEntry.objects.all().delete()
    published = PlanVersion.objects.published().values_list("pk", flat=True)
    assert index_versions(published, fresh=True) == 10 == SearchEntry.objects.count()


# --- Cost ------------------------------------------------------------------------------------------


def many(entity, number, title="Comprar cajas", words=""):
    rows = (
        entry(
            entity.pk, SearchKind.ACTIVITY, str(row), title=f"{title} {row}", lines=[f"un plan {words}"], path="x/"
        )
        for row in range(number)
    )
    return write(list(rows))


def test_more_than_a_page_can_order_is_cut(house):
    many(house.entity, MOST_HITS + 5)
    assert len(find(Asked(words=("plan",), entity=house.entity.pk))) == MOST_HITS + 1


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="el índice es de PostgreSQL")
@pytest.mark.parametrize("filters", [{}, {"kind": "actividad"}, {"year": 2024}])
@pytest.mark.parametrize("whose", ["one", "all"])
def test_postgresql_reads_the_index_and_never_every_entry(house, neighbour, whose, filters):
    text = " ".join(f"palabra{number}" for number in range(60))
    many(house.entity, 50, words=text)
    many(neighbour.entity, 5000, "Vender sillas", words=text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(%s)", [INDEX])  # as VACUUM does, which no transaction may
        cursor.execute("ANALYZE actionplans_searchentry")
    asked = Asked(words=("plan", "cajas"), entity=house.entity.pk if whose == "one" else None, **filters)
    explained = matching(asked).explain(analyze=True)
    assert INDEX in explained
    assert "Seq Scan" not in explained
    assert len(find(asked)) == (0 if "year" in filters else 50)


def test_the_office_that_nobody_names_changes_nothing(house):
    make_published_plan(house.entity, office=house.office)
    before = said_everywhere()
    lonely = make_office(house.entity, "Archivo")
    with transaction.atomic():
        audit.record(house.entity, lonely, "add", by=None)
    assert said_everywhere() == before
