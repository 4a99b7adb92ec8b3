"""The catalogue of the model, and what the document of Cartagena says of it."""

import pytest

from mipg.documents import load_catalogue, load_plan_kinds
from mipg.enums import LeadershipRole
from mipg.models import Actor, Adoption, InstitutionalPlan, InstitutionalPlanKind, ModelVersion, PolicyLeadership
from planning.documents import read
from tests.demo import documents  # noqa: F401 - an autouse fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue():
    return ModelVersion.objects.get()


def test_the_catalogue_has_seven_dimensions_and_nineteen_policies(catalogue):
    assert [dimension.number for dimension in catalogue.dimensions.all()] == list(range(1, 8))
    assert [policy.number for policy in catalogue.policies.all()] == list(range(1, 20))


def test_every_policy_hangs_from_its_official_dimension(catalogue):
    placed = catalogue.policies.select_related("dimension")
    assert [policy.dimension.number for policy in placed] == [
        1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5, 5, 5, 6, 7,
    ]  # fmt: skip


def test_names_that_documents_use_are_aliases(catalogue):
    aliases = {policy.number: policy.alias_list for policy in catalogue.policies.all()}
    assert "Talento Humano" in aliases[1]
    assert "Defensa Judicial" in aliases[9]
    assert "Servicio a las Ciudadanías" in aliases[11]
    assert {"Gestión Documental y Archivos", "Gestión Documental y de Archivos"} <= set(aliases[15])


def test_no_name_means_two_policies(catalogue):
    names = [name for policy in catalogue.policies.all() for name in {policy.name, *policy.alias_list}]
    assert len(names) == len(set(names))


def test_the_decree_lists_twelve_plans():
    assert [kind.number for kind in InstitutionalPlanKind.objects.all()] == list(range(1, 13))
    assert "Plan Anticorrupción" in InstitutionalPlanKind.objects.get(key="ptep").aliases


def test_a_catalogue_that_people_changed_is_left_alone(catalogue):
    catalogue.policies.filter(number=1).update(name="Otro nombre")
    catalogue.policies.filter(number=2).update(aliases="Código de integridad")
    before = list(catalogue.policies.values())
    assert not load_catalogue(read("mipg_catalogue.json")).is_new
    assert not load_plan_kinds(read("institutional_plans.json")).is_new
    assert list(catalogue.policies.values()) == before


def test_every_entity_applies_the_catalogue(catalogue):
    assert {adoption.entity.slug: adoption.year for adoption in Adoption.objects.select_related("entity")} == {
        "cartago": 2024,
        "concejo-cartago": 2024,
        "candelaria": 2024,
        "cartagena": 2025,
    }


def test_cartagena_names_who_leads_the_nineteen_policies():
    rows = PolicyLeadership.objects.filter(entity__slug="cartagena")
    assert rows.filter(source__startswith="Tabla de políticas").values("policy").distinct().count() == 19
    assert rows.filter(source__startswith="Tabla de actores").values("policy").distinct().count() == 16
    assert Actor.objects.filter(entity__slug="cartagena").count() == 15
    assert InstitutionalPlan.objects.filter(entity__slug="cartagena", year=2025).count() == 12


def leaders(key: str, table: str = "Tabla de políticas") -> list[tuple[str, str, str]]:
    rows = PolicyLeadership.objects.filter(policy__key=key, source__startswith=table).select_related("office")
    return [(row.responsible, row.role, row.task) for row in rows]


def test_leaders_are_offices_supports_tasks_or_a_committee():
    leads, supports = LeadershipRole.LEADS, LeadershipRole.SUPPORTS
    planning, general = "Secretaría de Planeación Distrital", "Secretaría General"
    assert leaders("transparencia") == [(general, leads, ""), (planning, supports, "")]
    assert leaders("control-interno") == [("Comité Institucional de coordinación de Control Interno", leads, "")]
    assert leaders("fortalecimiento-organizacional") == [
        (planning, leads, "entender la situación"),
        (general, leads, "diseñar o rediseñar lo necesario – arquitectura institucional"),
        ("Dirección Administrativa de Talento Humano", leads, "impacto en el presupuesto"),
        ("Secretaría de Hacienda", leads, "impacto en el presupuesto"),
        (planning, leads, "trabajo por procesos"),
    ]


def test_two_tables_may_disagree_and_both_are_kept():
    assert leaders("gestion-documental") == [("Secretaría General", "leads", "")]
    assert leaders("gestion-documental", "Tabla de actores") == [("Dirección de Archivo", "leads", "")]
    assert leaders("participacion-ciudadana", "Tabla de actores") == [
        ("Secretaría de Participación Ciudadana", "leads", "")
    ]


def test_policy_fifteen_stands_in_its_official_dimension_and_the_print_is_told():
    row = PolicyLeadership.objects.select_related("policy__dimension").get(
        policy__number=15, source__startswith="Tabla de políticas"
    )
    assert row.policy.dimension.name == "Información y Comunicación"
    assert row.printed_dimension == "Evaluación de Resultados"
    assert row.printed_policy == "15. Gestión Documental"
    assert "Evaluación de Resultados" in row.note


def test_a_dated_version_is_newer_than_one_without_a_date(catalogue):
    ModelVersion.objects.update(valid_from=None)
    dated = ModelVersion.objects.create(key="fechada", name="Fechada", valid_from="2019-01-01")
    assert ModelVersion.objects.first() == dated
