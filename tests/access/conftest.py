"""A row of everything that an address may be about, in the house."""

import pytest

from actionplans.domain.following.evidence.bringing import bring_file
from actionplans.domain.following.reporting.offline import keep_upload
from actionplans.jobs import Kind, Outcome, start
from actionplans.jobs.kinds import KINDS
from actionplans.models import ActionPlan
from tests.factories import adopt, make_draft, make_framework, make_policy, make_published_plan
from tests.following import close, make_year, report
from tests.messy_workbook import messy_workbook
from tests.steps import bring, modify_and_approve, scan

from .expected import POSTS


def a_file(job, progress):
    return Outcome(name="planes.csv", content_type="text/csv", content=b"a;b")


@pytest.fixture
def site(house, neighbour, superuser, monkeypatch):
    """A published plan, a draft, a framework, a policy, a job and an import of the house; all the people."""
    policy = make_policy()
    adopt(house.entity, policy)
    make_framework(house.entity).axes.create(position=1, name="Eje")
    make_published_plan(house.entity, title="Publicado", office=house.office, policy=policy)
    draft = make_draft(house.entity, title="Borrador", office=house.office)
    people = {post: getattr(house, post) for post in POSTS[2:7]}
    monkeypatch.setitem(KINDS, "prueba", Kind(work=a_file, permission="actionplans.edit_plan"))
    start("prueba", entity=house.entity, by=house.planning, title="Planes", params={}, small=True)
    modify_and_approve(make_published_plan(house.entity, title="Modificado"), house)
    bring(house, messy_workbook())
    first, second, *_ = make_year(house)
    report(house, _first_activity("publicado"), second, by=house.planning, on_behalf=True, source="Correo")
    close(house, first)
    keep_upload(second, name="lleno.xlsx", content=b"nada", by=house.leader)
    bring_file(house.entity, scan(), by=house.leader, office=house.office, classification="publica")
    return draft, {"superuser": superuser, "neighbour": neighbour.planning, **people}


def _first_activity(plan):
    return ActionPlan.objects.get(slug=plan).activities.get(key=1)
