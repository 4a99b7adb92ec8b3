"""Verbs on plans: what they do, what they refuse, and the trace that they leave."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from actionplans import guards
from actionplans.domain import plan as verbs
from actionplans.domain.acts import register_act
from actionplans.domain.contents.content import PlanContent
from actionplans.domain.plan import PlanExists
from actionplans.domain.procedure import PLAN_TRANSITIONS
from actionplans.domain.sealing import digest
from actionplans.domain.workflow import TransitionRefused, available
from actionplans.enums import Origin, VersionStatus
from actionplans.models import ApprovalAct, PlanVersion
from planning.models import AuditEvent
from tests.factories import activity_contents, make_draft, make_published_plan, today
from tests.steps import modify_and_approve

STATUSES = [VersionStatus.DRAFT, VersionStatus.IN_REVIEW, VersionStatus.APPROVED, VersionStatus.SUPERSEDED]
POSTS = ["administrator", "planning", "leader", "committee", "auditor", "superuser", "neighbour_planning"]

# Written by hand from the procedure: planning formulates and registers the act, the committee decides, nobody
# else moves a plan.
ALLOWED = {
    ("submit", VersionStatus.DRAFT, "planning"),
    ("return", VersionStatus.IN_REVIEW, "committee"),
    ("approve", VersionStatus.IN_REVIEW, "committee"),
    ("register_act", VersionStatus.IN_REVIEW, "planning"),
}

TAKE = {
    "submit": verbs.submit,
    "return": lambda version, by: verbs.return_(version, by=by, comment="motivo"),
    "approve": verbs.approve,
    "register_act": lambda version, by: register_act([version], by=by, name="Acta 1", date=today()),
}


def events_of(version):
    return list(AuditEvent.objects.about(version).order_by("sequence").values_list("event", flat=True))


def version_in(status, house):
    """A version brought to `status` by the procedure itself."""
    version = make_draft(house.entity, office=house.office, by=house.planning)
    if status != VersionStatus.DRAFT:
        version = verbs.submit(version, by=house.planning)
    if status in (VersionStatus.APPROVED, VersionStatus.SUPERSEDED):
        version = verbs.approve(version, by=house.committee)
    if status == VersionStatus.SUPERSEDED:
        modify_and_approve(version, house)
        version.refresh_from_db()
    assert version.status == status
    return version


def test_every_step_of_the_table_is_in_the_matrix():
    assert {row.name for row in PLAN_TRANSITIONS} == set(TAKE) == {step for step, _, _ in ALLOWED}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("post", POSTS)
def test_each_person_may_take_exactly_the_steps_of_the_procedure(status, post, house, neighbour, superuser):
    people = {post: getattr(house, post) for post in POSTS[:5]}
    people |= {"superuser": superuser, "neighbour_planning": neighbour.planning}
    version = version_in(status, house)
    expected = {step for step, source, who in ALLOWED if (source, who) == (status, post)}
    assert {step.transition.name for step in available(PLAN_TRANSITIONS, version, people[post])} == expected
    for name, take in TAKE.items():
        sid = transaction.savepoint()
        before = AuditEvent.objects.count(), ApprovalAct.objects.count()
        try:
            take(version, by=people[post])
            done = True
        except (PermissionDenied, TransitionRefused):
            done = False
            assert (AuditEvent.objects.count(), ApprovalAct.objects.count()) == before
            assert PlanVersion.objects.get(pk=version.pk).status == status
            assert mail.outbox == []
        assert done == (name in expected)
        transaction.savepoint_rollback(sid)


def test_a_plan_goes_from_draft_to_the_public_and_every_step_leaves_its_trace(house):
    version = version_in(VersionStatus.APPROVED, house)
    assert events_of(version) == ["create", "submit", "approve"]
    assert version.digest == digest(version)
    assert version.approved_by == house.committee
    assert PlanVersion.objects.published().get() == version


def test_a_second_click_is_refused_without_a_second_event(house):
    draft = version_in(VersionStatus.DRAFT, house)
    verbs.submit(draft, by=house.planning)
    with pytest.raises(TransitionRefused, match="otra persona se adelantó"):
        verbs.submit(draft, by=house.planning)
    assert events_of(draft) == ["create", "submit"]


def test_nobody_approves_what_the_same_person_submitted(house):
    house.planning.memberships.create(entity=house.entity, role="committee")
    version = verbs.submit(make_draft(house.entity), by=house.planning)
    del house.planning.current_memberships
    with pytest.raises(PermissionDenied):
        verbs.approve(version, by=house.planning)


def test_the_database_itself_refuses_that_one_person_submits_and_approves(house):
    version = version_in(VersionStatus.APPROVED, house)
    with guards.lifted(), pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(approved_by=house.planning)


def test_returning_needs_a_reason(house):
    version = version_in(VersionStatus.IN_REVIEW, house)
    with pytest.raises(TransitionRefused, match="Escriba el motivo"):
        verbs.return_(version, by=house.committee, comment="  ")
    assert verbs.return_(version, by=house.committee, comment="Falta el indicador").status == "draft"
    assert AuditEvent.objects.about(version).get(event="return").comment == "Falta el indicador"


def test_an_empty_plan_is_not_submitted(house):
    with pytest.raises(TransitionRefused, match="no tiene actividades"):
        verbs.submit(make_draft(house.entity, activities=0), by=house.planning)


def test_approving_a_new_version_replaces_the_one_in_force(house):
    replaced = version_in(VersionStatus.SUPERSEDED, house)
    assert PlanVersion.objects.published().get(plan=replaced.plan).number == 2
    assert events_of(replaced)[-1] == "supersede"


def test_an_official_document_is_published_without_an_act_or_an_approver(house):
    version = make_published_plan(house.entity)
    assert (version.status, version.origin, version.act, version.approved_by) == (
        "approved",
        "documento",
        "",
        None,
    )
    assert events_of(version) == ["create", "publish"]


def test_only_an_official_document_is_published_that_way(house):
    with pytest.raises(TransitionRefused):
        verbs.publish_document(make_draft(house.entity))


@pytest.mark.parametrize("title", ["Plan de prueba", "PLAN DE  PRUEBA", "plan dé prueba"])
def test_a_second_plan_of_the_same_title_and_year_is_refused(house, title):
    make_draft(house.entity)
    with pytest.raises(PlanExists):
        make_draft(house.entity, title=title)


def test_another_year_and_another_entity_may_use_the_title(house, neighbour):
    make_draft(house.entity)
    make_draft(house.entity, year=2025)
    make_draft(neighbour.entity)
    assert PlanVersion.objects.count() == 3


def test_titles_that_give_the_same_address_get_different_ones(house):
    slugs = [make_draft(house.entity, title=title).plan.slug for title in ("Plan A", "Plan: a", "¡Plan, a!")]
    assert slugs == ["plan-a", "plan-a-2", "plan-a-3"]


def test_a_draft_written_again_keeps_the_identities_of_its_activities(house):
    version = make_draft(house.entity, activities=3)
    before = list(version.activities.values_list("activity", flat=True))
    content = PlanContent(title="Plan de prueba", activities=activity_contents(5))
    verbs.rewrite_draft(version, content, by=house.planning, origin=Origin.WORKBOOK)
    assert list(version.activities.values_list("activity", flat=True))[:3] == before
    assert version.activities.count() == 5
    assert events_of(version) == ["create", "rewrite"]


def test_what_is_no_draft_is_not_written_again(house):
    version = version_in(VersionStatus.IN_REVIEW, house)
    with pytest.raises(TransitionRefused, match="ya no es un borrador"):
        verbs.rewrite_draft(version, PlanContent(title="Otro"), by=house.planning, origin=Origin.PORTAL)


@pytest.mark.parametrize("count", [1, 30])
def test_writing_a_plan_costs_the_same_queries_for_any_number_of_activities(
    house, count, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40):
        make_draft(house.entity, activities=count, office=house.office)


def test_the_first_office_that_leads_is_proposed_to_report(house):
    version = make_draft(house.entity, activities=1, office=house.office)
    responsible = version.activities.get().responsibilities.get()
    assert (responsible.office, responsible.reports) == (house.office, True)


def test_whom_nobody_recognised_is_kept_in_words_and_does_not_report(house):
    version = make_draft(house.entity, activities=1)
    responsible = version.activities.get().responsibilities.get()
    assert (responsible.office, responsible.text, responsible.reports) == (None, "Todas las dependencias", False)


def test_the_seal_changes_with_any_word_and_with_nothing_else(house):
    version = make_draft(house.entity)
    sealed = digest(version)
    version.save()
    assert digest(version) == sealed
    version.activities.filter(position=2).update(description="Otra cosa")
    assert digest(version) != sealed


def test_a_published_activity_changed_behind_its_back_breaks_the_seal(house, capsys):
    version = make_published_plan(house.entity)
    call_command("verify_audit")
    assert "1 versiones publicadas" in capsys.readouterr().out
    with guards.lifted():  # as who owns the database could
        version.activities.filter(position=1).update(description="Otra promesa")
    with pytest.raises(CommandError, match=f"fila {version.pk}.*no es el que se selló"):
        call_command("verify_audit", entity="cartago")


def test_a_published_version_that_disappears_or_is_sealed_anew_is_missed(house):
    gone, forged = make_published_plan(house.entity), make_published_plan(house.entity, title="Otro")
    pk = gone.pk
    with guards.lifted():
        gone.activities.all().delete()
        gone.delete()
        forged.activities.filter(position=1).update(description="Otra promesa")
        PlanVersion.objects.filter(pk=forged.pk).update(digest=digest(forged))
    with pytest.raises(CommandError) as refusal:
        call_command("verify_audit", entity="cartago")
    assert f"(fila {pk}): se publicó y ya no está" in str(refusal.value)
    assert f"(fila {forged.pk}): su sello no es el que se publicó" in str(refusal.value)


def test_a_second_approval_says_that_it_is_approved_already(house):
    approved = version_in(VersionStatus.APPROVED, house)
    with pytest.raises(TransitionRefused, match="«Aprobado»"):
        verbs.approve(approved, by=house.committee)
    approved.refresh_from_db()
    assert approved.status == VersionStatus.APPROVED
