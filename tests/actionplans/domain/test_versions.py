"""Modifying an approved plan: what is copied, what may happen to the copy, what is refused."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.domain import plan as verbs
from actionplans.domain import versions
from actionplans.domain.contents.content import (
    ComponentContent,
    IndicatorContent,
    PlanContent,
)
from actionplans.domain.sealing import canonical
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import Origin
from actionplans.models import ActionPlan, Activity, PlanVersion
from planning.models import AuditEvent, Axis, Objective
from tests.at_once import together
from tests.factories import activity_contents, make_draft, make_framework, make_published_plan
from tests.steps import approve_by_act, modify, modify_and_approve

FORM = "fixtures/forms/MESG-AS-F17-participacion-ciudadana-2024.xlsx"
MARCH = datetime.date(2024, 3, 1)


def rich_content(office, number=3):
    indicator = IndicatorContent(name="Informes", target=2, unit="informes")
    return PlanContent(
        title="Plan completo",
        objective="Lograrlo",
        printed_participants=("Todas",),
        participating_offices=(office,),
        sections=(("Introducción", "Texto"),),
        objectives=(("Servir", "Mejor"),),
        components=(ComponentContent(name="Uno", weight=100, indicators=(indicator,)),),
        activities=activity_contents(number, office, component="Uno", tasks=("A", "B"), indicators=(indicator,)),
    )


def published(house, number=3):
    """A published plan that has something of everything, an activity that serves an objective too."""
    draft = verbs.create_plan(
        house.entity, 2024, rich_content(house.office, number), by=None, origin=Origin.DOCUMENT
    )
    axis = Axis.objects.create(framework=make_framework(house.entity), position=1, name="Eje")
    draft.activities.first().objectives.add(Objective.objects.create(axis=axis, position=1, name="Objetivo"))
    return verbs.publish_document(draft)


def said(version):
    own = ("version", "origin", "reason", "effective_from", "act")
    return {name: value for name, value in canonical(version).items() if name not in own}


def test_a_modification_starts_as_all_that_the_approved_version_says(house):
    version = published(house)
    draft = versions.start_modification(version, by=house.planning, reason=" Llegó una ley ", effective_from=MARCH)
    assert said(draft) == said(version)
    assert list(draft.activities.values_list("activity")) == list(version.activities.values_list("activity"))
    assert (draft.number, draft.status, draft.origin) == (2, "draft", "portal")
    assert (draft.reason, draft.effective_from, draft.digest) == ("Llegó una ley", MARCH, "")
    event = AuditEvent.objects.about(draft).get()
    assert (event.event, event.comment, event.new["copy_of"]) == ("start_modification", "Llegó una ley", 1)


def test_while_the_draft_is_written_the_public_reads_the_approved_version(house):
    version = published(house)
    modify(version, house)
    assert PlanVersion.objects.published().get() == version
    second = approve_by_act(PlanVersion.objects.get(number=2), house)
    assert PlanVersion.objects.published().get() == second


@pytest.mark.parametrize("post", ["administrator", "leader", "committee", "auditor"])
def test_only_planning_modifies(house, post):
    version = published(house)
    with pytest.raises(PermissionDenied):
        versions.start_modification(version, by=getattr(house, post), reason="Algo", effective_from=MARCH)
    assert PlanVersion.objects.count() == 1


def test_the_planning_office_of_another_entity_does_not_modify(house, neighbour):
    version = published(house)
    with pytest.raises(PermissionDenied):
        versions.start_modification(version, by=neighbour.planning, reason="Algo", effective_from=MARCH)


@pytest.mark.parametrize(
    ("reason", "day", "why"),
    [("  ", MARCH, "Escriba el motivo"), ("Algo", datetime.date(2025, 1, 1), "un mes de 2024")],
)
def test_a_modification_needs_a_reason_and_a_month_of_the_year(house, reason, day, why):
    version = published(house)
    before = AuditEvent.objects.count()
    with pytest.raises(TransitionRefused, match=why):
        versions.start_modification(version, by=house.planning, reason=reason, effective_from=day)
    assert (PlanVersion.objects.count(), AuditEvent.objects.count()) == (1, before)


def test_there_is_one_modification_at_a_time(house):
    version = published(house)
    modify(version, house)
    with pytest.raises(TransitionRefused, match="Ya hay una modificación en curso: la versión 2"):
        modify(version, house)


def test_only_the_version_in_force_is_modified(house):
    version = published(house)
    modify_and_approve(version, house)
    with pytest.raises(TransitionRefused, match="Solo se modifica la versión aprobada"):
        modify(version, house)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_modify_at_once_open_one_draft(house):
    if connection.vendor != "postgresql":
        pytest.skip("en SQLite los que escriben hacen fila: se prueba en PostgreSQL")
    version = published(house)
    results = together(*[lambda: modify(version, house)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["PlanVersion", "TransitionRefused"]
    assert PlanVersion.objects.count() == 2


def queries_of_a_copy(house, number):
    version = published(house, number)
    with CaptureQueriesContext(connection) as captured:
        modify(version, house)
    inserts = {q["sql"].split("(")[0] for q in captured if q["sql"].startswith("INSERT")}
    others = [q for q in captured if not q["sql"].startswith("INSERT")]
    return len(others), inserts


def test_a_copy_costs_the_same_for_nine_activities_and_for_three_hundred(house, neighbour):
    """SQLite takes long inserts in batches: the statements are the same, some of them repeated."""
    assert queries_of_a_copy(house, 9) == queries_of_a_copy(neighbour, 300)


# --- Discarding -----------------------------------------------------------------------------------


def test_discarding_a_modification_leaves_the_approved_version_as_it_was(house):
    version = published(house)
    before = said(version)
    draft = modify(version, house)
    versions.discard_draft(draft, by=house.planning)
    assert said(version) == before
    assert PlanVersion.objects.get() == version
    event = AuditEvent.objects.about(version.plan).get()
    assert (event.event, event.object_label) == ("discard", "Plan completo 2024, versión 2")
    assert modify(version, house).number == 2


def test_discarding_the_first_draft_takes_the_plan_with_it_and_the_trail_remembers(house):
    draft = make_draft(house.entity)
    plan = draft.plan
    versions.discard_draft(draft, by=house.planning)
    assert not ActionPlan.objects.exists()
    assert not Activity.objects.exists()
    assert AuditEvent.objects.about(plan).get().old["activities"] == 3


def test_what_is_no_draft_is_not_discarded(house):
    version = published(house)
    with pytest.raises(TransitionRefused, match="ya no es un borrador"):
        versions.discard_draft(version, by=house.planning)
    with pytest.raises(PermissionDenied):
        versions.discard_draft(modify(version, house), by=house.committee)
    assert PlanVersion.objects.count() == 2


# --- Activities of a modification -----------------------------------------------------------------


def test_a_cancelled_activity_stays_with_its_reason_and_its_number(house):
    draft = modify(published(house), house)
    activity = draft.activities.get(activity__key=2)
    versions.cancel_activity(activity, by=house.planning, reason="Sin presupuesto")
    approved = approve_by_act(draft, house)
    kept = approved.activities.get(activity__key=2)
    assert (kept.is_cancelled, kept.cancel_reason) == (True, "Sin presupuesto")
    event = AuditEvent.objects.about(draft).get(event="cancel_activity")
    assert (event.comment, event.new["activity"]) == ("Sin presupuesto", 2)


def test_a_cancelled_activity_may_be_restored_in_the_draft(house):
    draft = modify(published(house), house)
    activity = draft.activities.get(activity__key=2)
    versions.cancel_activity(activity, by=house.planning, reason="Sin presupuesto")
    versions.restore_activity(activity, by=house.planning)
    activity.refresh_from_db()
    assert (activity.is_cancelled, activity.cancel_reason) == (False, "")
    with pytest.raises(TransitionRefused, match="no está cancelada"):
        versions.restore_activity(activity, by=house.planning)


def test_cancelling_is_refused_twice_without_reason_and_for_what_nobody_approved(house):
    draft = modify(published(house), house)
    identity = Activity.objects.create(plan=draft.plan, entity=house.entity, key=4)
    new = draft.activities.create(activity=identity, position=4, description="Nueva")
    known = draft.activities.get(activity__key=1)
    for activity, reason, why in [(new, "Algo", "quítela del borrador"), (known, " ", "Escriba el motivo")]:
        with pytest.raises(TransitionRefused, match=why):
            versions.cancel_activity(activity, by=house.planning, reason=reason)
    versions.cancel_activity(known, by=house.planning, reason="Algo")
    with pytest.raises(TransitionRefused, match="ya está cancelada"):
        versions.cancel_activity(known, by=house.planning, reason="Algo")


def test_activities_of_an_approved_version_are_not_cancelled(house):
    version = published(house)
    with pytest.raises(TransitionRefused, match="ya no es un borrador"):
        versions.cancel_activity(version.activities.first(), by=house.planning, reason="Algo")


def test_a_modification_without_an_approved_activity_is_not_submitted(house):
    draft = modify(published(house), house)
    draft.activities.filter(activity__key__in=[1, 3]).delete()
    with pytest.raises(TransitionRefused, match=r"Falta lo que se aprobó antes \(actividad 1, 3\)"):
        verbs.submit(draft, by=house.planning)


def test_a_modification_is_not_written_from_a_file(house, capsys):
    draft = modify(make_published_plan(house.entity), house)
    with pytest.raises(TransitionRefused, match="modifica un plan aprobado"):
        verbs.rewrite_draft(draft, PlanContent(title="Otro"), by=house.planning, origin=Origin.WORKBOOK)
    options = {"entity": "cartago", "year": 2024, "title": draft.title, "replace_draft": True}
    with pytest.raises(CommandError, match="modifica un plan aprobado") as refusal:
        call_command("import_plan", FORM, **options)
    assert refusal.value.returncode == 2
