"""A plan begun as another year's: what holds is there, what belongs to the old year is not, and it is told."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.domain.beginning import create_from
from actionplans.domain.carrying import Carrying, Keep
from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.contents.reading import content_of_version
from actionplans.domain.plan import PlanExists, create_plan
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import PlanKind, VersionStatus
from actionplans.models import ActionPlan, ActivityVersion, FormTemplate, ImportRun
from actionplans.months import MonthSet
from actionplans.reports.plan.builders import own_form
from mipg.models import Adoption, InstitutionalPlan, InstitutionalPlanKind, ModelVersion, Policy
from planning.models import AuditEvent
from tests.factories import make_draft, make_framework, make_office, make_policy, make_published_plan

YEAR = 2025


def write(house, *activities, **fields):
    content = PlanContent(
        **{"title": "Plan de archivo 2024", "objective": "Ordenar", "activities": activities} | fields
    )
    return create_plan(house.entity, 2024, content, by=house.planning)


def begin(house, version, **options):
    begun = create_from(version, YEAR, by=house.planning, **options)
    return content_of_version(begun.version), begun


def by(office, **fields):
    return ResponsibleContent(text=office.name, office=office, **fields)


def test_what_holds_in_every_year_is_copied(house):
    indicator = IndicatorContent(
        name="Cajas", target=Decimal(4), target_1=Decimal(1), baseline=Decimal(2), unit="cajas"
    )
    activity = ActivityContent(
        description="Ordenar", detail="Por series", months=MonthSet([2, 3]), deliverable="Inventario",
        weight=Decimal(100), tasks=("Limpiar", "Rotular"), component="Archivo", printed_number="1.1",
        indicators=(indicator,), responsibles=(by(house.office),),
    )  # fmt: skip
    form = {"form_code": "F17", "form_version": "2", "form_approval_date": datetime.date(2024, 1, 15)}
    component = ComponentContent(name="Archivo", weight=Decimal(100))
    version = write(house, activity, components=(component,), sections=(("Marco", "Ley"),), **form)
    content, begun = begin(house, version)
    expected = content_of_version(version)
    assert content == replace(expected, title="Plan de archivo 2025")
    assert (begun.version.status, begun.version.number) == (VersionStatus.DRAFT, 1)
    assert (begun.version.plan.year, begun.version.plan.entity) == (YEAR, house.entity)
    assert begun.notes == (
        "El título quedó así: «Plan de archivo 2025».",
        "No se trajeron los presupuestos, los resultados, la fecha del plan y su nota.",
    )


def test_what_belongs_to_the_old_year_is_moved_or_emptied_and_told(house):
    activity = ActivityContent(
        description="Rendir la cuenta de 2024", schedule_text="Hasta el 30/11/2024", budget=Decimal(1000),
        starts=datetime.date(2024, 2, 29), ends=datetime.date(2024, 11, 30),
        indicators=(IndicatorContent(name="Informes", printed_result="3 de 4"),),
    )  # fmt: skip
    version = write(
        house, activity, plan_date=datetime.date(2024, 1, 20), note="Tiene dos anexos", source="Acta 1"
    )
    content, begun = begin(house, version)
    row = content.activities[0]
    assert (row.starts, row.ends) == (datetime.date(2025, 2, 28), datetime.date(2025, 11, 30))
    assert (row.schedule_text, row.budget, row.indicators[0].printed_result) == ("Hasta el 30/11/2025", None, "")
    assert row.description == "Rendir la cuenta de 2024"
    assert (content.plan_date, content.note, content.source) == (None, "", "")
    assert set(begun.notes) >= {
        "Las fechas de inicio y fin pasaron de 2024 a 2025.",
        "Los años de los plazos escritos pasaron como de 2024 a 2025.",
        "El texto de la actividad 1 nombra 2024: revíselo.",
    }


@pytest.mark.parametrize(
    ("printed", "carried"),
    [
        ("De noviembre de 2024 a febrero de 2025", "De noviembre de 2025 a febrero de 2026"),
        ("Según la Ley 1474 de 2011", "Según la Ley 1474 de 2011"),
    ],
)
def test_every_year_of_a_deadline_moves_as_much(house, printed, carried):
    version = write(house, ActivityContent(description="Una", schedule_text=printed))
    assert begin(house, version)[0].activities[0].schedule_text == carried


def test_the_period_in_a_title_is_a_fact_and_stays(house):
    carrying = Carrying(from_year=2024, to_year=2025, office_now=lambda office: office)
    content = replace(content_of_version(write(house)), title="Plan estratégico 2024-2027")
    assert carrying.plan(content).title == "Plan estratégico 2024-2027"
    assert carrying.plan(replace(content, title="Plan 2024")).title == "Plan 2025"


def test_living_offices_are_still_named_beside_one_that_is_gone(house):
    gone = make_office(house.entity, "Comité externo", valid_to=datetime.date(2024, 12, 31))
    version = write(house, ActivityContent(description="Una"), participating_offices=(house.office, gone))
    content, _ = begin(house, version)
    assert content.participating_offices == (house.office,)
    assert content.printed_participants == (house.office.name, "Comité externo")


def test_the_form_of_the_entity_goes_along(house):
    template = FormTemplate.objects.create(
        entity=house.entity,
        name="f.xlsx",
        content=b"libro",
        digest="0" * 64,
        sheet="Plan",
        layout={"sheet": "Plan"},
    )
    version = write(house, ActivityContent(description="Una"))
    run = ImportRun.objects.create(
        entity=house.entity, version=version, file_name="f.xlsx", file_digest="0" * 64, form_template=template
    )
    begun = begin(house, version)[1].version
    assert own_form(begun).content == b"libro"
    run.delete()
    assert own_form(begun) is None


def test_weights_targets_and_budgets_are_kept_or_left_as_asked(house):
    indicator = IndicatorContent(
        name="Cajas", target=Decimal(4), target_2=Decimal(2), printed_target="4", unit="cajas"
    )
    activity = ActivityContent(
        description="Ordenar", weight=Decimal(100), budget=Decimal(9), indicators=(indicator,), component="Archivo"
    )
    version = write(house, activity, components=(ComponentContent(name="Archivo", weight=Decimal(100)),))
    nothing, _begun = begin(
        house, version, keep=Keep(weights=False, targets=False, budgets=False), title="Sin nada"
    )
    row = nothing.activities[0]
    assert (row.weight, row.budget, nothing.components[0].weight) == (None, None, None)
    assert row.indicators[0] == IndicatorContent(name="Cajas", unit="cajas", key=1)
    everything, begun = begin(house, version, keep=Keep(budgets=True), title="Con todo")
    assert (everything.activities[0].weight, everything.activities[0].budget) == (Decimal(100), Decimal(9))
    assert begun.notes == ("No se trajeron los resultados, la fecha del plan y su nota.",)


def test_cancelled_activities_stay_behind_and_numbers_begin_again(house):
    version = write(house, *(ActivityContent(description=text) for text in ("Una", "Otra", "Tercera")))
    ActivityVersion.objects.filter(version=version, position=1).update(is_cancelled=True, cancel_reason="No va")
    content, begun = begin(house, version)
    assert [(row.key, row.description) for row in content.activities] == [(1, "Otra"), (2, "Tercera")]
    assert "No se trajo lo cancelado: 1 actividad cancelada." in begun.notes


@pytest.fixture
def offices(house):
    """One that another replaced, which itself was replaced; one that nobody replaced."""
    ended = {"valid_to": datetime.date(2024, 6, 30)}
    last = make_office(house.entity, "Secretaría Nueva")
    middle = make_office(house.entity, "Secretaría de Paso", successor=last, **ended)
    return {
        "last": last,
        "old": make_office(house.entity, "Secretaría Vieja", successor=middle, **ended),
        "gone": make_office(house.entity, "Oficina Suprimida", **ended),
    }


def test_retired_offices_give_way_to_who_replaced_them(house, offices):
    version = write(
        house,
        ActivityContent(description="Una", responsibles=(by(offices["old"], reports=True), by(house.office))),
        formulating_office=offices["old"],
        participating_offices=(offices["old"], offices["last"]),
    )
    content, begun = begin(house, version)
    first, second = content.activities[0].responsibles
    assert (first.office, first.text, first.reports) == (offices["last"], "Secretaría Nueva", True)
    assert (second.office, second.reports) == (house.office, False)
    assert content.formulating_office == offices["last"]
    assert content.participating_offices == (offices["last"],)
    assert "«Secretaría Vieja» ya no existe: en su lugar quedó «Secretaría Nueva»." in begun.notes


def test_an_office_that_nobody_replaces_stays_as_text_and_another_one_reports(house, offices):
    version = write(
        house,
        ActivityContent(description="Una", responsibles=(by(offices["gone"], reports=True), by(house.office))),
        formulating_office=offices["gone"],
        participating_offices=(offices["gone"],),
    )
    content, begun = begin(house, version)
    first, second = content.activities[0].responsibles
    assert (first.office, first.text, first.reports) == (None, "Oficina Suprimida", False)
    assert second.reports
    assert (content.formulating_office, content.printed_formulating_office) == (None, "Oficina Suprimida")
    assert (content.participating_offices, content.printed_participants) == ((), ("Oficina Suprimida",))
    assert any("Oficina Suprimida" in note and "Elija otra" in note for note in begun.notes)


def test_two_offices_that_became_one_answer_once(house, offices):
    version = write(
        house,
        ActivityContent(description="Una", responsibles=(by(offices["last"]), by(offices["old"], reports=True))),
    )
    content, _begun = begin(house, version)
    assert [(r.office, r.reports) for r in content.activities[0].responsibles] == [(offices["last"], True)]


def test_offices_that_replace_each_other_in_a_circle_end_as_text(house):
    ended = {"valid_to": datetime.date(2024, 6, 30)}
    one = make_office(house.entity, "Una", **ended)
    other = make_office(house.entity, "Otra", successor=one, **ended)
    one.successor = other
    one.save()
    content, _begun = begin(house, write(house, ActivityContent(description="Una", responsibles=(by(one),))))
    assert content.activities[0].responsibles[0].office is None


def test_objectives_of_a_framework_that_ended_are_unlinked(house):
    objectives = []
    for slug, last_year in (("viejo", 2024), ("vigente", 2027)):
        framework = make_framework(house.entity, slug=slug, last_year=last_year)
        axis = framework.axes.create(position=1, name="Eje")
        objectives.append(axis.objectives.create(position=1, name=f"Objetivo {slug}"))
    version = write(house, ActivityContent(description="Una", objectives=tuple(objectives)))
    content, begun = begin(house, version)
    assert content.activities[0].objectives == (objectives[1],)
    assert any("2020–2024" in note for note in begun.notes)


@pytest.fixture
def newer_model(house):
    """From 2025 on the house applies another model version."""
    version = ModelVersion.objects.create(key="mipg-v6", name="MIPG, versión 6")
    dimension = version.dimensions.create(number=1, key="una", name="Una")
    Adoption.objects.create(entity=house.entity, year=2025, model_version=version)
    return dimension


def test_the_policy_is_the_one_of_the_model_of_the_new_year(house, newer_model):
    old = make_policy()
    Adoption.objects.create(entity=house.entity, year=2024, model_version=old.model_version)
    new = Policy.objects.create(
        model_version=newer_model.model_version, dimension=newer_model, number=1, key=old.key, name="Participación"
    )
    version = make_published_plan(house.entity, policy=old)
    _content, begun = begin(house, version)
    assert (begun.version.plan.policy, begun.version.plan.kind) == (new, PlanKind.POLICY)
    assert "La política se llama ahora «Participación»." in begun.notes


def test_a_policy_that_is_gone_is_told_and_the_plan_goes_on_without(house, newer_model):
    old = make_policy()
    version = make_published_plan(house.entity, policy=old)
    _content, begun = begin(house, version)
    assert (begun.version.plan.policy, begun.version.plan.kind) == (None, PlanKind.OTHER)
    assert any("sin política" in note for note in begun.notes)


def test_an_institutional_plan_is_the_one_of_the_new_year(house):
    kind = InstitutionalPlanKind.objects.create(number=1, key="pinar", name="PINAR")
    rows = {
        year: InstitutionalPlan.objects.create(entity=house.entity, year=year, kind=kind) for year in (2024, 2025)
    }
    version = make_draft(house.entity, kind=PlanKind.INSTITUTIONAL, institutional_plan=rows[2024])
    _content, begun = begin(house, version)
    assert begun.version.plan.institutional_plan == rows[2025]
    other = make_draft(house.entity, title="Otro", kind=PlanKind.INSTITUTIONAL, institutional_plan=rows[2024])
    later = create_from(other, 2026, by=house.planning)
    assert later.version.plan.institutional_plan is None
    assert any("2026" in note for note in later.notes)


def test_the_trail_tells_from_which_version_it_came(house):
    version = write(house, ActivityContent(description="Una"))
    _content, begun = begin(house, version)
    event = AuditEvent.objects.get(event="copy_plan")
    assert event.object_id == str(begun.version.pk)
    assert event.new == {"plan": "Plan de archivo 2024", "year": 2024, "version": 1}
    assert "No se trajeron los presupuestos" in event.comment


def test_nothing_is_made_where_it_exists_already_or_may_not_be(house, neighbour):
    version = write(house)
    for person in (house.committee, house.leader, neighbour.planning):
        with pytest.raises(PermissionDenied):
            create_from(version, YEAR, by=person)
    with pytest.raises(TransitionRefused, match="posterior a 2024"):
        create_from(version, 2024, by=house.planning)
    create_from(version, YEAR, by=house.planning)
    with pytest.raises(PlanExists):
        create_from(version, YEAR, by=house.planning)
    assert ActionPlan.objects.count() == 2


def test_the_number_of_queries_does_not_depend_on_the_activities(house):
    counted = []
    for number in (2, 3, 40):  # the first one also reads what the person may do
        version = make_draft(house.entity, title=f"Plan de {number}", activities=number, office=house.office)
        with CaptureQueriesContext(connection) as queries:
            create_from(version, YEAR, by=house.planning)
        counted.append(len(queries))
    assert counted[1] == counted[2]
