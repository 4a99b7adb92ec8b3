"""The act of the committee: for one plan or for those of a session, all or none."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction

from actionplans import guards
from actionplans.domain.acts import register_act
from actionplans.domain.plan import approve, submit
from actionplans.domain.workflow import TransitionRefused
from actionplans.models import ApprovalAct, PlanVersion
from planning.models import AuditEvent
from tests.factories import make_draft, make_published_plan, today
from tests.steps import PDF, modify, scan


def in_review(house, title):
    return submit(make_draft(house.entity, title=title), by=house.planning)


def stored_files():
    folders, _ = default_storage.listdir("actos")
    return [name for folder in folders for name in default_storage.listdir(f"actos/{folder}")[1]]


@pytest.fixture(autouse=True)
def empty_storage(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    (tmp_path / "actos").mkdir()


def test_one_act_approves_the_thirty_plans_of_a_session(house):
    versions = [in_review(house, f"Plan {number}") for number in range(30)]
    act = register_act(versions, by=house.planning, name="Acta 1", date=today(), scan=scan())
    approved = PlanVersion.objects.published().filter(approval_act=act)
    assert approved.count() == 30
    assert set(approved.values_list("approved_by", "effective_from")) == {(None, today())}
    assert act.scan_sha256 == hashlib.sha256(PDF).hexdigest()
    with act.scan.open() as stored:
        assert stored.read() == PDF
    assert AuditEvent.objects.filter(event="register_act", new__act="Acta 1").count() == 30
    call_command("verify_audit", entity=house.entity.slug)


def test_one_refused_plan_stops_all_and_is_named(house):
    good, draft = in_review(house, "Plan bueno"), make_draft(house.entity, title="Plan en borrador")
    before = AuditEvent.objects.count()
    with pytest.raises(TransitionRefused, match="«Plan en borrador» 2024: El plan está en «Borrador»"):
        register_act([good, draft], by=house.planning, name="Acta 1", date=today(), scan=scan())
    assert not PlanVersion.objects.published().exists()
    assert (ApprovalAct.objects.count(), AuditEvent.objects.count(), stored_files()) == (0, before, [])


def test_a_session_without_plans_or_of_two_entities_is_refused(house, neighbour):
    with pytest.raises(TransitionRefused, match="al menos un plan"):
        register_act([], by=house.planning, name="Acta 1", date=today())
    mixed = [in_review(house, "Uno"), in_review(neighbour, "Otro")]
    with pytest.raises(TransitionRefused, match="una sola entidad"):
        register_act(mixed, by=house.planning, name="Acta 1", date=today())


@pytest.mark.parametrize("post", ["administrator", "leader", "committee", "auditor"])
def test_only_planning_registers_the_act(house, post):
    version = in_review(house, "Plan")
    with pytest.raises(PermissionDenied):
        register_act([version], by=getattr(house, post), name="Acta 1", date=today(), scan=scan())
    assert stored_files() == []


def test_a_second_session_for_the_same_plan_is_refused(house):
    version = in_review(house, "Plan")
    register_act([version], by=house.planning, name="Acta 1", date=today(), scan=scan())
    with pytest.raises(TransitionRefused, match="otra persona se adelantó"):
        register_act([version], by=house.planning, name="Acta 2", date=today(), scan=scan())
    assert ApprovalAct.objects.get().name == "Acta 1"


def test_an_act_for_a_modification_replaces_the_version_in_force(house):
    version = make_published_plan(house.entity)
    register_act([submit(modify(version, house), by=house.planning)], by=house.planning, name="A", date=today())
    assert list(version.plan.versions.order_by("number").values_list("status", flat=True)) == [
        "superseded",
        "approved",
    ]


def test_the_committee_may_name_its_act(house):
    version = approve(in_review(house, "Plan"), by=house.committee, act_name="Acta 5", act_date=today())
    assert (version.act, version.act_date, version.approved_by) == ("Acta 5", today(), house.committee)
    assert version.approval_act.scan_sha256 == ""
    assert AuditEvent.objects.about(version).get(event="approve").new["act"] == "Acta 5"


def test_naming_an_act_changes_nothing_where_the_approval_is_refused(house):
    version = approve(in_review(house, "Plan"), by=house.committee)
    with pytest.raises(TransitionRefused):
        approve(version, by=house.committee, act_name="Acta 5", act_date=today())
    assert not ApprovalAct.objects.exists()


def test_the_act_is_part_of_what_is_sealed(house, capsys):
    version = in_review(house, "Plan")
    act = register_act([version], by=house.planning, name="Acta 1", date=today(), scan=scan())
    ApprovalAct.objects.filter(pk=act.pk).update(name="Acta 2")
    with pytest.raises(Exception, match="no es el que se selló"):
        call_command("verify_audit")


def test_the_database_asks_that_somebody_approved(house):
    version = approve(in_review(house, "Plan"), by=house.committee)
    with guards.lifted(), pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(approved_by=None)


@pytest.mark.parametrize("fields", [{"name": ""}, {"scan": "actos/a.pdf"}, {"scan_sha256": "0" * 64}])
def test_an_act_is_whole(house, fields):
    good = {"entity": house.entity, "name": "Acta", "date": today(), "registered_by": house.planning}
    with pytest.raises(IntegrityError), transaction.atomic():
        ApprovalAct.objects.create(**good | fields)
