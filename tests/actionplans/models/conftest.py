"""A year of an entity in which every kind of row that has constraints stands at least once; nothing guards it."""

import datetime
from decimal import Decimal

import pytest
from django.db import transaction

from actionplans import guards
from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.following.reporting.reviewing import verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.domain.plan import submit
from actionplans.management.shared import load_shared
from actionplans.models import Activity, ImportRun, IssuedFile, Job, Report
from mipg.models import PolicyLeadership
from tests.cast import make_house
from tests.factories import adopt, make_draft, make_framework, make_policy, make_published_plan
from tests.following import close, link, make_year, months, on_day, promised, reopen, report, reported, validate
from tests.steps import modify_and_approve


@pytest.fixture(scope="module", autouse=True)
def rows(django_db_setup, django_db_blocker):
    """The rows, made once for the module without triggers, and rolled back after it with the rest."""
    with django_db_blocker.unblock():
        making = transaction.atomic()
        making.__enter__()
        make_rows()
        guards.remove("default")
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        making.__exit__(None, None, None)


def make_rows() -> None:
    load_shared()
    house, policy = make_house("cartago"), make_policy(number=99, key="otra")
    adopt(house.entity, policy)
    make_framework(house.entity, first_year=2024, last_year=2027)
    PolicyLeadership.objects.create(
        entity=house.entity, policy=policy, office=house.office, role="leads", source="Decreto 1"
    )
    make_published_plan(house.entity, content=content(house), policy=policy, kind="politica")
    make_draft(house.entity, title="Borrador", office=house.office)
    submit(make_draft(house.entity, title="En revisión"), by=house.planning)
    modify_and_approve(make_published_plan(house.entity, title="Modificado"), house)
    follow(house)
    ImportRun.objects.create(entity=house.entity, file_name="plan.xlsx", file_digest="a" * 64)
    Job.objects.create(entity=house.entity, kind="prueba", title="Planes", requested_by=house.planning)
    IssuedFile.objects.create(
        entity=house.entity, code="7K3M9QXT2RVB", kind="plan", title="Plan", suffix="pdf", source="a" * 64,
        name="plan.pdf", sha256="b" * 64, size=1,
    )  # fmt: skip


def content(house) -> PlanContent:
    reporting = (ResponsibleContent(text=house.office.name, office=house.office, reports=True),)
    fairs = IndicatorContent(name="Mesas", target=Decimal(3), kind="count", accumulation="flow")
    said = {"component": "Participación", "months": months(1, 2), "responsibles": reporting}
    return PlanContent(
        title="De la política",
        components=(ComponentContent(name="Participación", indicators=(fairs,)),),
        activities=(
            ActivityContent(description="Mesas", indicators=(fairs,), tasks=("Citar",), **said),
            ActivityContent(description="Ferias", **said),
        ),
    )


def follow(house) -> None:
    """The first quarter, reported, corrected, closed, verified and reopened."""
    first_period, second_period, *_ = make_year(house)
    first, second = Activity.objects.filter(plan__kind="politica").order_by("key")
    with on_day(2024, 4, 5):
        sent = report(house, first, first_period, 2, evidence=(link(house),), executed_months=months(1))
        corrected = (ReadingContent(key=1, name="Mesas", value=Decimal(1)),)
        validate(house, sent, comment="Una mesa no tiene acta.", corrections=corrected)
        reported(house, second, first_period, declared=Decimal(40))
        second_period.extensions.create(
            activity=first,
            entity=house.entity,
            until=datetime.date(2024, 8, 1),
            reason="Lluvias",
            by=house.planning,
        )
        Report.objects.get(activity=first).contributions.create(
            entity=house.entity, office=house.office, text="Datos", by=house.leader
        )
    with on_day(2024, 4, 20):
        close(house, first_period)
        verify_progress(
            promised(first, first_period),
            first_period,
            by=house.auditor,
            value=Decimal(25),
            opinion="Falta un acta.",
        )
    with on_day(2024, 5, 2):
        reopen(house, first_period, [second], until=datetime.date(2024, 5, 20))
