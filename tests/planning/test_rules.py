"""The table of who may do what, and the promise that lists and rules say the same."""

import datetime

import pytest

from actionplans.models import ActionPlan, ActivityVersion, PlanVersion
from planning.models import AuditEvent, Entity, Membership, Office, StrategicFramework, User
from tests.factories import make_draft, make_framework, make_published_plan

POSTS = ["anonymous", "superuser", "administrator", "planning", "leader", "committee", "auditor", "neighbour"]

# The specification's table, by hand: rule → posts that it lets pass in their own entity.
TABLE = {
    "mipg.edit_catalogue": {"superuser"},
    "planning.edit_glossary": {"superuser"},
    "planning.edit_framework": {"superuser", "administrator", "planning"},
    "planning.edit_office": {"superuser", "administrator", "planning"},
    "planning.edit_entity": {"superuser", "administrator", "planning"},
    "mipg.edit_leadership": {"superuser", "administrator", "planning"},
    "planning.edit_membership": {"superuser", "administrator"},
    "planning.edit_account": {"superuser"},
    "planning.read_audit": {"superuser", "administrator", "planning", "committee", "auditor"},
    "planning.export_audit": {"auditor"},
    "planning.view_entity_record": {
        "superuser", "administrator", "planning", "leader", "committee", "auditor",
    },
    "actionplans.edit_plan": {"planning"},
    "actionplans.import_plan": {"planning"},
    "actionplans.register_act": {"planning"},
    "actionplans.work_on_plans": {"planning", "committee"},
    "actionplans.export_plans": {"planning", "committee", "auditor"},
    "actionplans.report_progress": {"leader"},
    "actionplans.report_on_behalf": {"planning"},
    "actionplans.send_report": {"leader", "planning"},
    "actionplans.review_reports": {"planning"},
    "actionplans.verify_progress": {"auditor"},
    "actionplans.run_periods": {"planning"},
    "actionplans.follow_progress": {"planning", "committee", "auditor"},
    "actionplans.see_periods": {"administrator", "planning", "leader", "committee", "auditor"},
    "planning.hand_over_link": {"administrator"},
    "planning.edit_light": {"superuser", "administrator", "planning"},
    "actionplans.hand_over_work": {"administrator", "planning"},
}  # fmt: skip


@pytest.fixture
def people(house, neighbour, superuser):
    from django.contrib.auth.models import AnonymousUser

    posts = {post: getattr(house, post) for post in POSTS[2:7]}
    return {"anonymous": AnonymousUser(), "superuser": superuser, "neighbour": neighbour.planning, **posts}


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_lets_pass_exactly_the_posts_of_the_table(rule, people, house):
    assert {post for post, user in people.items() if user.has_perm(rule, house.entity)} == TABLE[rule]


def test_no_rule_stays_outside_a_test():
    import rules.permissions

    tested_elsewhere = {  # in the transitions' matrix, below with rows, or in tests/actionplans/following
        "actionplans.submit_plan", "actionplans.approve_plan", "actionplans.return_plan",
        "actionplans.read_version", "planning.read_framework",
        "actionplans.report_activity", "actionplans.contribute_to_activity", "actionplans.read_report",
        "actionplans.read_evidence", "actionplans.review_report", "actionplans.bring_evidence",
        "actionplans.classify_evidence", "actionplans.remove_evidence",
    }  # fmt: skip
    assert set(rules.permissions.permissions) == set(TABLE) | tested_elsewhere


@pytest.mark.parametrize("post", POSTS)
def test_the_list_of_versions_and_the_rule_agree(post, people, house, neighbour):
    make_published_plan(house.entity, title="Publicado", office=house.office)
    make_draft(house.entity, title="Borrador de la casa", office=house.office)
    make_draft(house.entity, title="Borrador sin dependencia")
    make_draft(neighbour.entity, title="Borrador del vecino", office=neighbour.office)
    user = people[post]
    listed = set(PlanVersion.objects.visible_to(user))
    assert listed == {v for v in PlanVersion.objects.all() if user.has_perm("actionplans.read_version", v)}
    assert len(listed) >= 1


@pytest.mark.parametrize(
    ("post", "drafts"),
    [
        ("anonymous", set()),
        ("superuser", set()),
        ("administrator", set()),
        ("planning", {"De la oficina", "De otra"}),
        ("leader", {"De la oficina"}),
        ("committee", {"De la oficina", "De otra"}),
        ("auditor", {"De la oficina", "De otra"}),
        ("neighbour", set()),
    ],
)
def test_drafts_are_read_by_those_of_the_table_and_a_leader_sees_those_of_the_own_office(
    post, drafts, people, house
):
    make_draft(house.entity, title="De la oficina", office=house.office)
    make_draft(house.entity, title="De otra")
    user = people[post]
    assert set(PlanVersion.objects.visible_to(user).values_list("title", flat=True)) == drafts
    assert ActionPlan.objects.visible_to(user).count() == len(drafts)
    assert ActivityVersion.objects.visible_to(user).count() == 3 * len(drafts)


@pytest.mark.parametrize("post", POSTS)
def test_the_list_of_frameworks_and_the_rule_agree(post, people, house, neighbour):
    make_framework(house.entity, slug="publicado")
    make_framework(house.entity, slug="reservado", is_published=False)
    make_framework(neighbour.entity, slug="del-vecino", is_published=False)
    user = people[post]
    rows = StrategicFramework.objects.all()
    assert set(rows.visible_to(user)) == {f for f in rows if user.has_perm("planning.read_framework", f)}


@pytest.mark.parametrize("post", POSTS)
def test_the_list_of_events_and_the_rule_agree(post, people, house, neighbour):
    make_draft(house.entity)
    make_draft(neighbour.entity)
    user = people[post]
    if post == "anonymous":
        return
    events = AuditEvent.objects.select_related("chain__entity")
    expected = {event for event in events if user.has_perm("planning.read_audit", event.chain)}
    assert set(AuditEvent.objects.visible_to(user)) == expected


def test_people_of_one_entity_see_no_record_of_another(house, neighbour):
    for user in (neighbour.administrator, neighbour.planning, neighbour.auditor):
        assert set(Entity.objects.visible_to(user)) == {neighbour.entity}
        assert set(Office.objects.visible_to(user)) == {neighbour.office}
        assert not Membership.objects.visible_to(user).filter(entity=house.entity).exists()


def test_a_membership_that_ended_gives_nothing(house):
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    house.planning.memberships.update(valid_from="2020-01-01", valid_to=yesterday)
    assert not house.planning.has_perm("actionplans.edit_plan", house.entity)
    assert not Entity.objects.visible_to(house.planning).exists()


def test_a_membership_that_has_not_begun_gives_nothing(house):
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    house.planning.memberships.update(valid_from=tomorrow)
    assert not house.planning.has_perm("actionplans.edit_plan", house.entity)


def test_an_inactive_account_may_do_nothing(house):
    house.planning.is_active = False
    assert not house.planning.has_perm("actionplans.edit_plan", house.entity)


def test_rules_without_an_object_refuse(house):
    for rule in set(TABLE) - {"mipg.edit_catalogue", "planning.edit_account"}:
        assert not house.planning.has_perm(rule), rule


def test_addresses_do_not_tell_apart_upper_and_lower_case_mail(house):
    assert User.objects.get_by_natural_key("PLANNING@Cartago.example") == house.planning
