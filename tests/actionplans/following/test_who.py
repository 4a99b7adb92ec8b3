"""Who may do what with reports and evidence, post by post; and that lists and rules say the same."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from actionplans.domain.contents.content import PlanContent, ResponsibleContent
from actionplans.domain.following.reporting.drafts import ON_BEHALF, REPORT, attach
from actionplans.domain.following.reporting.sending import CONTRIBUTE, contribute, submit_report
from actionplans.enums import ResponsibilityRole
from actionplans.models import Evidence, Report
from planning.enums import Role
from tests.factories import activity_contents, make_office, make_published_plan, make_user
from tests.following import content, link, make_year, on_day, promised

POSTS = (
    "anonymous", "superuser", "administrator", "planning", "leader", "supporter", "stranger", "committee",
    "auditor", "neighbour", "other_leader",
)  # fmt: skip


@pytest.fixture
def sent(house):
    """A report sent by the leader's office, to which a second one contributes; with one piece of evidence."""
    support = make_office(house.entity, "Secretaría de Apoyo", slug="apoyo")
    responsibles = (
        ResponsibleContent(text=house.office.name, office=house.office),
        ResponsibleContent(text=support.name, office=support, role=ResponsibilityRole.SUPPORTS),
    )
    activities = activity_contents(1, house.office, responsibles=responsibles)
    plan = make_published_plan(house.entity, content=PlanContent(title="Plan", activities=activities))
    period = make_year(house)[0]
    with on_day(2024, 4, 3):
        promise = promised(plan.activities.get(), period)
        return submit_report(promise, period, content(evidence=(link(house),)), by=house.leader)


@pytest.fixture
def people(house, neighbour, superuser, sent):
    support = house.entity.offices.get(slug="apoyo")
    strange = make_office(house.entity, "Secretaría Ajena", slug="ajena")
    leader = Role.LEADER
    return {
        "anonymous": AnonymousUser(),
        "superuser": superuser,
        **{post: getattr(house, post) for post in ("administrator", "planning", "leader", "committee", "auditor")},
        "supporter": make_user("apoyo@cartago.example", house.entity, leader, offices=[support]),
        "stranger": make_user("ajena@cartago.example", house.entity, leader, offices=[strange]),
        "neighbour": neighbour.planning,
        "other_leader": neighbour.leader,
    }


READERS = {"planning", "leader", "supporter", "committee", "auditor"}
MATRIX = {
    REPORT: {"leader"},
    CONTRIBUTE: {"supporter"},
    ON_BEHALF: {"planning"},
}


@pytest.mark.parametrize("rule", MATRIX)
def test_who_writes_about_an_activity(rule, sent, people):
    promise = promised(sent.activity, sent.period)
    assert {post for post, user in people.items() if user.has_perm(rule, promise)} == MATRIX[rule]


@pytest.mark.parametrize("rule", ["actionplans.read_report", "actionplans.read_evidence"])
def test_who_reads_a_report_and_its_evidence(rule, sent, people):
    row = sent if rule.endswith("report") else Evidence.objects.get()
    assert {post for post, user in people.items() if user.has_perm(rule, row)} == READERS


@pytest.mark.parametrize("post", POSTS)
def test_lists_and_rules_agree(post, sent, people):
    user = people[post]
    assert set(Report.objects.visible_to(user)) == {
        r for r in [sent] if user.has_perm("actionplans.read_report", r)
    }
    evidence = Evidence.objects.get()
    assert Evidence.objects.visible_to(user).filter(pk=evidence.pk).exists() == (post in READERS)


def test_only_planning_reviews_and_never_what_the_same_person_sent(house, sent, people):
    may = {post for post, user in people.items() if user.has_perm("actionplans.review_report", sent)}
    assert may == {"planning"}
    sent.current.by = house.planning
    assert not house.planning.has_perm("actionplans.review_report", sent)
    house.entity.allows_self_validation = sent.entity.allows_self_validation = True
    assert house.planning.has_perm("actionplans.review_report", sent)


WRITERS = {"planning", "leader"}
SEEN_BY = {"loose": WRITERS, "drafted": WRITERS, "sent": READERS, "superseded": READERS, "contributed": READERS}


@pytest.mark.parametrize("state", SEEN_BY)
def test_evidence_is_read_by_more_people_only_once_it_was_told(state, house, sent, people):
    """What nobody sent is of who brought it and of planning; the list, the rule and the page say the same."""
    piece = link(house, url="https://ejemplo.gov.co/otra.pdf")
    promise, period = promised(sent.activity, sent.period), sent.period
    with on_day(2024, 4, 4):
        if state == "drafted":
            attach(promise, period, piece, by=house.leader)
        if state in ("sent", "superseded"):
            submit_report(promise, period, content(evidence=(piece,)), by=house.leader)
        if state == "superseded":
            submit_report(promise, period, content(narrative="Otra vez"), by=house.leader)
        if state == "contributed":
            office = house.entity.offices.get(slug="apoyo")
            people["supporter"].memberships.update(valid_from=datetime.date(2020, 1, 1))
            contribute(promise, period, office, by=people["supporter"], text="Aporte", evidence=[piece])
    listed = {post for post in POSTS if piece in Evidence.objects.visible_to(people[post])}
    ruled = {post for post in POSTS if people[post].has_perm("actionplans.read_evidence", piece)}
    assert listed == ruled == SEEN_BY[state]
