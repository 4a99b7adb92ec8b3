"""Removing evidence brought by mistake: row and file go, the trail stays, and nobody's proofs disappear."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from actionplans.domain.contents.content import PlanContent, ResponsibleContent
from actionplans.domain.following.evidence.bringing import bring_file, bring_link, bring_redacted
from actionplans.domain.following.evidence.removal import remove_evidence
from actionplans.domain.following.reporting.drafts import attach
from actionplans.domain.following.reporting.sending import contribute
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ResponsibilityRole
from actionplans.models import Evidence
from planning.enums import Role
from planning.models import AuditEvent
from tests.evidence_files import PDF, upload
from tests.factories import activity_contents, make_office, make_published_plan, make_user
from tests.following import promised, report

pytestmark = pytest.mark.django_db


def bring(house, content=PDF, **said):
    told = {"by": house.leader, "office": house.office, "classification": "publica", **said}
    return bring_file(house.entity, upload(content, "acta.pdf"), **told)


def refused(row, by):
    with pytest.raises(TransitionRefused) as refusal:
        remove_evidence(row, by=by)
    assert Evidence.objects.filter(pk=row.pk).exists()
    return str(refusal.value)


@pytest.mark.parametrize("post", ["leader", "planning"])
def test_row_and_files_go_and_the_trail_keeps_what_they_were(house, post, django_capture_on_commit_callbacks):
    row = bring(house, classification="datos-personales", ground="Ley 1581: cédulas")
    row = bring_redacted(row, upload(PDF + b"2", "tachada.pdf"), by=house.leader)
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(row, by=getattr(house, post))
    assert not Evidence.objects.exists()
    assert [default_storage.exists(name) for name in (row.file.name, row.redacted_file.name)] == [False, False]
    event = AuditEvent.objects.get(event="remove_evidence")
    assert (event.object_id, event.old["name"], event.old["size"]) == (str(row.pk), "acta.pdf", len(PDF))
    assert (event.old["sha256"], event.old["redacted_sha256"]) == (row.sha256, row.redacted_sha256)
    remove_evidence(row, by=house.leader)  # pressed twice
    assert AuditEvent.objects.filter(event="remove_evidence").count() == 1


def test_the_file_stays_until_the_row_is_gone_for_certain(house, monkeypatch, django_capture_on_commit_callbacks):
    row = bring(house)
    monkeypatch.setattr(Evidence, "delete", lambda self: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        remove_evidence(row, by=house.leader)
    assert default_storage.exists(row.file.name)
    assert not AuditEvent.objects.filter(event="remove_evidence").exists()


def test_a_link_goes_too(house):
    row = bring_link(
        house.entity, "www.ejemplo.gov.co/a", by=house.leader, office=house.office, classification="publica"
    )
    assert row.url == "https://www.ejemplo.gov.co/a"
    remove_evidence(row, by=house.leader)
    assert AuditEvent.objects.get(event="remove_evidence").old["url"] == row.url


def test_what_was_sent_once_stays_although_a_later_version_goes_without_it(house, plan, first):
    row, activity = bring(house), plan.activities.first()
    report(house, activity, first, evidence=(row,))
    report(house, activity, first, narrative="Otra vez")
    assert "ya se envió" in refused(row, house.leader)
    assert "ya se envió" in refused(row, house.planning)


def test_what_goes_with_a_contribution_stays(house, plan, first):
    office = make_office(house.entity, "Apoyo")
    helper = make_user("apoyo@cartago.example", house.entity, Role.LEADER, offices=[office])
    responsibles = (
        ResponsibleContent(text=house.office.name, office=house.office),
        ResponsibleContent(text=office.name, office=office, role=ResponsibilityRole.SUPPORTS),
    )
    shared = PlanContent(
        title="Compartido", activities=activity_contents(1, house.office, responsibles=responsibles)
    )
    promise = promised(make_published_plan(house.entity, content=shared).activities.get(), first)
    row = bring(house)
    contribute(promise, first, office, by=helper, text="Aporte", evidence=[row])
    assert "aporte" in refused(row, house.planning)


def test_the_office_takes_it_out_of_its_own_drafts_and_planning_only_out_of_those_it_writes(house, plan, first):
    one, two, _ = plan.activities.all()
    row = bring(house)
    draft = attach(promised(one, first), first, row, by=house.leader)
    assert "borrador" in refused(row, house.planning)
    attach(promised(two, first), first, row, by=house.planning, on_behalf=True)
    remove_evidence(row, by=house.leader)
    assert not draft.evidence.exists()
    assert AuditEvent.objects.filter(event="detach_evidence").count() == 2
    other = bring(house, PDF + b"2")
    attach(promised(two, first), first, other, by=house.planning, on_behalf=True)
    remove_evidence(other, by=house.planning)
    assert not Evidence.objects.exists()


def test_nobody_else_removes(house, neighbour):
    row = bring(house)
    strange = make_user(
        "ajena@cartago.example", house.entity, Role.LEADER, offices=[make_office(house.entity, "Ajena")]
    )
    for by in (house.committee, house.auditor, house.administrator, strange, neighbour.planning, neighbour.leader):
        with pytest.raises(PermissionDenied):
            remove_evidence(row, by=by)
    assert Evidence.objects.count() == 1
