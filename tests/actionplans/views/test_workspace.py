"""The planning office's list of plans, and the ways to begin one."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from actionplans.domain.plan import submit
from actionplans.enums import PlanKind, VersionStatus
from actionplans.forms.beginning import year_at_hand
from actionplans.models import ActionPlan, PlanVersion
from mipg.models import Adoption, InstitutionalPlan, InstitutionalPlanKind, ModelVersion
from planning.models import AuditEvent
from tests.factories import adopt, make_draft, make_policy, make_published_plan
from tests.steps import modify_and_approve

LIST = "/gestion/cartago/"


@pytest.fixture
def planning(client, house):
    client.force_login(house.planning)
    return client


@pytest.fixture
def policy(house):
    policy = make_policy()
    adopt(house.entity, policy, year=2020)
    return policy


def words_of(answer):
    return answer.content.decode()


def titles(answer):
    return [row.version.title for group in answer.context["groups"] for row in group.rows]


# --- The list ------------------------------------------------------------------------------------------------


def test_the_list_begins_with_the_newest_vigencia_and_shows_all_when_asked(house, planning):
    make_draft(house.entity, title="Viejo", year=2023)
    make_draft(house.entity, title="Nuevo", year=2024)
    assert titles(planning.get(LIST)) == ["Nuevo"]
    assert titles(planning.get(LIST, {"vigencia": "2023"})) == ["Viejo"]
    assert titles(planning.get(LIST, {"vigencia": "todas"})) == ["Nuevo", "Viejo"]


def test_it_narrows_by_policy_and_by_state(house, planning, policy):
    make_published_plan(house.entity, title="De la política", policy=policy)
    make_draft(house.entity, title="Borrador")
    submit(make_draft(house.entity, title="Enviado"), by=house.planning)
    assert titles(planning.get(LIST)) == ["Enviado", "Borrador", "De la política"]
    assert titles(planning.get(LIST, {"politica": policy.key})) == ["De la política"]
    for state, expected in (("draft", "Borrador"), ("in_review", "Enviado"), ("approved", "De la política")):
        assert titles(planning.get(LIST, {"estado": state})) == [expected]


def test_replaced_versions_are_listed_only_where_asked_for(house, planning):
    modify_and_approve(make_published_plan(house.entity, title="Modificado"), house)
    numbers = {
        state: [
            row.version.number
            for group in planning.get(LIST, {"estado": state}).context["groups"]
            for row in group.rows
        ]
        for state in ("", "superseded")
    }
    assert numbers == {"": [2], "superseded": [1]}


def test_a_value_that_is_not_offered_is_said_and_filters_nothing(house, planning):
    make_draft(house.entity, title="Borrador")
    answer = planning.get(LIST, {"vigencia": "1066", "estado": "roto"})
    assert titles(answer) == ["Borrador"]
    assert "Escoja una de las opciones de la lista." in words_of(answer)


def test_filters_without_result_say_so(house, planning, policy):
    make_published_plan(house.entity, title="Publicado", policy=policy)
    answer = planning.get(LIST, {"politica": policy.key, "estado": "approved"})
    assert titles(answer) == ["Publicado"]
    page = words_of(planning.get(LIST, {"politica": policy.key, "estado": "draft"}))
    assert "No hay borradores" in page


def test_each_row_tells_what_is_missing_how_much_it_weighs_and_who_changed_it(house, planning):
    make_draft(house.entity, title="Borrador", activities=3, by=house.planning)
    page = words_of(planning.get(LIST))
    assert "No se sabrá qué entrega: sin producto o entregable (3 actividades)" in page
    assert "Sin ponderar" in page
    assert str(house.planning) in page


def test_policies_of_the_vigencia_without_plan_are_listed_with_the_way_to_make_it(house, planning, policy):
    other = make_policy(14, "Control Interno", "control")
    make_draft(house.entity, policy=policy)
    answer = planning.get(LIST)
    assert answer.context["missing_policies"] == [other]
    assert "en-blanco/?vigencia=2024&amp;politica=control" in words_of(answer)
    assert planning.get(LIST, {"estado": "draft"}).context["missing_policies"] == []
    assert planning.get(LIST, {"vigencia": "todas"}).context["missing_policies"] == []


def test_an_entity_without_plans_is_told_how_to_begin_in_the_portal(house, planning):
    page = words_of(planning.get(LIST))
    assert reverse("plan_new", args=["cartago"]) in page
    assert "import_plan" not in page
    assert "python" not in page


def test_the_committee_reads_the_list_and_is_offered_nothing_to_write(house, client, policy):
    make_draft(house.entity, title="Borrador")
    client.force_login(house.committee)
    answer = client.get(LIST)
    assert titles(answer) == ["Borrador"]
    page = words_of(answer)
    assert "Crear un plan" not in page
    assert "Crear su plan" not in page
    assert "Abrir la hoja" not in page


def test_nothing_of_another_entity_is_listed_or_counted(house, neighbour, planning, policy):
    make_draft(neighbour.entity, title="Ajeno", year=2030, policy=policy)
    make_published_plan(neighbour.entity, title="Ajeno publicado", year=2031)
    make_draft(house.entity, title="Propio")
    answer = planning.get(LIST)
    assert titles(answer) == ["Propio"]
    assert "Ajeno" not in words_of(answer)
    assert answer.context["filters"].fields["vigencia"].choices == [
        ("todas", "Todas las vigencias"),
        (str(year_at_hand()), str(year_at_hand())),
        ("2024", "2024"),
    ]


def test_a_long_list_comes_in_pages_and_empty_groups_are_explained_once(house, planning, monkeypatch):
    monkeypatch.setattr("actionplans.views.workspace.ON_A_PAGE", 2)
    for number in range(3):
        make_draft(house.entity, title=f"Plan {number}")
    first, second = planning.get(LIST), planning.get(LIST, {"pagina": "2"})
    assert (titles(first), titles(second)) == (["Plan 0", "Plan 1"], ["Plan 2"])
    assert "Todavía no hay planes publicados" in words_of(first)
    assert "Todavía no hay planes publicados" not in words_of(second)


# --- From nothing --------------------------------------------------------------------------------------------


def blank(**data):
    return {"year": "2026", "kind": PlanKind.OTHER, "title": "Plan de archivo", "objective": "Ordenar", **data}


@pytest.fixture
def create(planning):
    return lambda **data: planning.post(reverse("plan_blank", args=["cartago"]), blank(**data))


def errors_of(answer):
    return answer.context["form"].errors


def test_a_blank_plan_is_a_draft_whose_sheet_opens(house, create):
    answer = create()
    version = PlanVersion.objects.get()
    assert answer.url == reverse("sheet", args=["cartago", version.pk])
    assert (version.title, version.objective, version.status) == (
        "Plan de archivo",
        "Ordenar",
        VersionStatus.DRAFT,
    )
    assert (version.plan.year, version.plan.kind, version.entity) == (2026, PlanKind.OTHER, house.entity)
    assert AuditEvent.objects.get(event="create").actor_id == house.planning.pk


def test_a_policy_names_its_plan(create, policy):
    create(kind=PlanKind.POLICY, policy=policy.key, title="")
    version = PlanVersion.objects.get()
    assert version.title == f"Plan de acción de {policy.name}"
    assert (version.plan.policy, version.plan.kind) == (policy, PlanKind.POLICY)


def test_a_plan_of_a_policy_needs_one_that_the_model_of_that_year_has(house, create, policy):
    assert "policy" in errors_of(create(kind=PlanKind.POLICY))
    newer = ModelVersion.objects.create(key="mipg-v6", name="MIPG, versión 6")
    Adoption.objects.create(entity=house.entity, year=2026, model_version=newer)
    assert errors_of(create(kind=PlanKind.POLICY, policy=policy.key)) == {
        "policy": ["Esa política no está en el modelo que la entidad aplica en 2026."]
    }
    assert not ActionPlan.objects.exists()


def test_an_institutional_plan_is_of_the_same_vigencia_and_of_the_entity(house, neighbour, create):
    kind = InstitutionalPlanKind.objects.create(number=1, key="pinar", name="Plan Institucional de Archivos")
    own, old = (
        InstitutionalPlan.objects.create(entity=house.entity, year=year, kind=kind) for year in (2026, 2025)
    )
    foreign = InstitutionalPlan.objects.create(entity=neighbour.entity, year=2026, kind=kind)
    for wrong in (old, foreign):
        assert "institutional_plan" in errors_of(create(institutional_plan=wrong.pk))
    create(kind=PlanKind.INSTITUTIONAL, institutional_plan=own.pk, title="")
    version = PlanVersion.objects.get()
    assert (version.title, version.plan.institutional_plan) == ("Plan Institucional de Archivos", own)


def test_a_plan_needs_a_title(create):
    assert errors_of(create(title="")) == {"title": ["Escriba el título del plan."]}


def test_a_title_that_is_there_already_names_that_plan_with_a_link(house, create):
    version = make_draft(house.entity, title="Plan de Archivo", year=2026)
    answer = create(title="PLAN DE ARCHÍVO")
    assert f'<a href="{reverse("version", args=["cartago", version.pk])}">Plan de Archivo</a>' in words_of(answer)
    assert ActionPlan.objects.count() == 1


def test_the_button_of_a_policy_fills_the_form_in(planning, policy):
    answer = planning.get(reverse("plan_blank", args=["cartago"]), {"vigencia": "2025", "politica": policy.key})
    assert answer.context["form"].initial == {"year": 2025, "policy": policy.key}
    broken = planning.get(reverse("plan_blank", args=["cartago"]), {"vigencia": "²²²²", "politica": "nada"})
    assert broken.status_code == 200


# --- From the plan of another year ---------------------------------------------------------------------------


@pytest.fixture
def begin(planning):
    def begin_(source, **data):
        address = reverse("plan_from", args=["cartago"])
        return planning.post(
            address, {"source": source.pk, "year": "2025", "weights": "on", "targets": "on", **data}
        )

    return begin_


def test_last_year_s_plan_becomes_a_draft_and_what_to_check_is_said(house, begin, planning):
    source = make_published_plan(house.entity, title="Plan 2024", office=house.office)
    answer = begin(source)
    version = PlanVersion.objects.get(plan__year=2025)
    assert answer.url == reverse("sheet", args=["cartago", version.pk])
    assert (version.title, version.activities.count()) == ("Plan 2025", 3)
    page = words_of(planning.get(reverse("version", args=["cartago", version.pk])))
    assert "El borrador quedó creado desde «Plan 2024» 2024." in page
    assert "No se trajeron los presupuestos" in page
    assert "Se tomó de un plan anterior" in page  # and the history keeps it


def test_sources_are_one_version_of_each_plan_approved_ones_first(house, neighbour, planning):
    make_draft(house.entity, title="A medias", year=2024)
    modify_and_approve(make_published_plan(house.entity, title="Modificado", year=2023), house)
    make_published_plan(house.entity, title="Reciente", year=2024)
    make_published_plan(neighbour.entity, title="Ajeno")
    form = planning.get(reverse("plan_from", args=["cartago"])).context["form"]
    labels = [label for _value, label in form.fields["source"].choices][1:]
    assert labels == [
        "Reciente, 2024 (aprobado, versión 1)",
        "Modificado, 2023 (aprobado, versión 2)",
        "A medias, 2024 (borrador, versión 1)",
    ]


def test_the_plan_of_another_entity_is_no_source(neighbour, house, begin):
    answer = begin(make_published_plan(neighbour.entity, title="Ajeno"))
    assert "source" in errors_of(answer)
    assert not house.entity.plans.exists()


def test_the_vigencia_must_be_a_later_one(house, begin):
    source = make_draft(house.entity, year=2025)
    assert errors_of(begin(source)) == {"year": ["Escriba una vigencia posterior a 2025, la de ese plan."]}


def test_a_plan_of_that_title_and_year_is_named_with_a_link(house, begin):
    source = make_draft(house.entity, title="Plan de prueba")
    known = make_draft(house.entity, title="Plan de prueba", year=2025)
    assert reverse("version", args=["cartago", known.pk]) in words_of(begin(source))
    begin(source, title="Otro título")
    assert PlanVersion.objects.filter(title="Otro título", plan__year=2025).exists()


def test_without_plans_there_is_nothing_to_begin_from_and_it_says_so(planning):
    assert "Todavía no hay planes de los que partir" in words_of(
        planning.get(reverse("plan_from", args=["cartago"]))
    )


@pytest.mark.parametrize("name", ["plan_blank", "plan_from"])
def test_only_who_writes_plans_creates_them(name, house, neighbour, client):
    source = make_published_plan(house.entity)
    data = blank(source=source.pk, year="2025")
    for person in (house.committee, house.leader, house.auditor, house.administrator, neighbour.planning):
        client.force_login(person)
        assert client.post(reverse(name, args=["cartago"]), data).status_code in (403, 404)
    assert ActionPlan.objects.count() == 1


@pytest.mark.parametrize(("day", "year"), [(datetime.date(2026, 8, 31), 2026), (datetime.date(2026, 9, 1), 2027)])
def test_towards_the_end_of_a_year_the_next_one_is_proposed(day, year, monkeypatch):
    monkeypatch.setattr("actionplans.forms.beginning.timezone", SimpleNamespace(localdate=lambda: day))
    assert year_at_hand() == year
