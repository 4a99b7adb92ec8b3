"""A closed report cannot change silently: by verb, by the ORM, in raw SQL; what gets through is found out."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from actionplans import guards
from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.domain.following.calendar.extensions import extend
from actionplans.domain.following.calendar.periods import change_dates
from actionplans.domain.following.closing import closing, snapshot
from actionplans.domain.following.reporting.discarding import discard_draft
from actionplans.domain.following.reporting.drafts import attach, save_draft
from actionplans.domain.following.reporting.reviewing import return_report, validate_report, verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent, contribute, submit_report
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import FigureScope
from actionplans.models import (
    ClosedFigure,
    Closing,
    Contribution,
    Correction,
    Evidence,
    Extension,
    Measurement,
    Reopening,
    Report,
    ReportingPeriod,
    ReportRevision,
    Validation,
    Verification,
)
from planning.management.refusal import Error
from tests.factories import activity_contents, make_published_plan
from tests.following import close, content, link, make_year, on_day, promised, report, validate

pytestmark = pytest.mark.walks_rows


@pytest.fixture
def closed(house):
    """A quarter with one validated report, closed; the rest of the test runs on a day of its own."""
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    plan = make_published_plan(
        house.entity,
        content=PlanContent(title="Plan", activities=activity_contents(2, house.office, indicators=(indicator,))),
    )
    period = make_year(house)[0]
    first = plan.activities.get(position=1)
    with on_day(2024, 4, 3):
        promise = promised(first, period)
        sent = submit_report(promise, period, content(4, evidence=(link(house),)), by=house.leader)
        corrected = [ReadingContent(key=1, name="Talleres", value=3)]
        validate(house, sent, corrections=corrected, comment="Solo tres tienen acta.")
        verify_progress(promise, period, by=house.auditor, value=25, opinion="Se vieron dos actas.")
        Contribution.objects.create(
            report=sent, entity=house.entity, office=house.office, text="a", by=house.leader
        )
        later = datetime.date(2024, 5, 1)
        extend(period, [first.activity], by=house.planning, until=later, reason="Se cayó la red")
        close(house, period)
        yield Report.objects.get()


def proved(capsys=None) -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    return out.getvalue()


def test_the_untouched_house_is_proved(closed):
    assert "1 cierres de periodo, iguales a lo que se selló." in proved()


@pytest.fixture
def of_the_first_edition(house, monkeypatch):
    """A closing whose snapshot says nothing of later cuts, as those of the first edition."""

    def figure_data(figure, *, whole=snapshot.figure_data):
        return {name: said for name, said in whole(figure).items() if name != "ahead"}

    monkeypatch.setattr(snapshot, "EDITION", 1)
    monkeypatch.setattr(snapshot, "figure_data", figure_data)
    monkeypatch.setattr(closing, "with_ahead", lambda at: at)
    make_published_plan(house.entity, office=house.office)
    period = make_year(house)[0]
    with on_day(2024, 4, 3):
        yield close(house, period)


def test_a_closing_of_the_first_edition_is_proved_and_guarded_as_it_was(of_the_first_edition):
    assert not any("ahead" in figure for figure in of_the_first_edition.snapshot["figures"])
    assert "1 cierres de periodo, iguales a lo que se selló." in proved()

    with guards.lifted():
        assert ClosedFigure.objects.filter(scope=FigureScope.ENTITY).update(ahead=["99.0000"])
    with pytest.raises(Error, match="las cifras que se publican no son las del cierre"):
        proved()


def test_every_verb_refuses(closed, house):
    promise, period = promised(closed.activity, closed.period), closed.period
    evidence = link(house, url="https://ejemplo.gov.co/otro.pdf")
    attempts = [
        lambda: report(house, closed.activity, period, 9),
        lambda: report(house, closed.activity, period, 9, by=house.planning, on_behalf=True, source="Oficio"),
        lambda: save_draft(promise, period, {"narrative": "x"}, by=house.leader, revision=None),
        lambda: attach(promise, period, evidence, by=house.leader),
        lambda: discard_draft(promise, period, by=house.leader, mark=""),
        lambda: validate_report(closed, by=house.planning, number=1),
        lambda: return_report(closed, by=house.planning, number=1, comment="x"),
        lambda: change_dates(period, by=house.planning, opens=period.opens, closes=period.closes),
        lambda: extend(period, [closed.activity], by=house.planning, until=datetime.date(2024, 5, 1), reason="x"),
        lambda: close(house, period),
    ]
    for attempt in attempts:
        with pytest.raises(TransitionRefused):
            attempt()
    with pytest.raises(Exception, match="contribute_to_activity"):
        contribute(promise, period, house.office, by=house.leader, text="x")
    assert proved()


CHANGES = [
    (Report, {"status": "pending"}),
    (ReportRevision, {"narrative": "otra"}),
    (ReportRevision, {"executed_months": 7}),
    (Measurement, {"value": 9}),
    (Validation, {"comment": "otro"}),
    (Correction, {"value": 9}),
    (Contribution, {"text": "b"}),
    (Verification, {"value": 99}),
    (Closing, {"digest": "0" * 64}),
    (Closing, {"snapshot": {}}),
    (ClosedFigure, {"executed": 99}),
    (ClosedFigure, {"ahead": ["99.0000", "99.0000", "100.0000"]}),
    (ReportingPeriod, {"status": "open", "sequence": 0}),
    (ReportingPeriod, {"status": "reopened"}),
    (ReportingPeriod, {"closes": datetime.date(2030, 1, 1)}),
    (Evidence, {"url": "https://otra.gov.co/"}),
    (Closing, {"note": "Otra constancia"}),
    (Closing, {"chain_head": "0" * 64}),
    (Closing, {"at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)}),
    (Extension, {"reason": "Otro motivo"}),
]


def _named(value) -> str:
    return getattr(value, "__name__", None) or str(value)


def _change(model, values):
    """By the ORM, as somebody would in the shell; of the periods, the closed one."""
    rows = model.objects.filter(sequence=1) if model is ReportingPeriod else model.objects.all()
    rows.update(**values)


@pytest.mark.parametrize(("model", "values"), CHANGES, ids=_named)
def test_the_database_refuses_the_orm(closed, model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        _change(model, values)


@pytest.mark.parametrize(("model", "values"), CHANGES, ids=_named)
def test_who_takes_the_guards_away_is_found_out(closed, model, values):
    with guards.lifted():
        _change(model, values)
    with pytest.raises(Error):
        proved()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE actionplans_report SET status = 'pending'",
        "UPDATE actionplans_reportrevision SET narrative = 'otra'",
        "UPDATE actionplans_measurement SET value = 9",
        "UPDATE actionplans_closedfigure SET executed = 99",
        "UPDATE actionplans_closedfigure SET ahead = '[]'",
        "UPDATE actionplans_closing SET digest = ''",
        "INSERT INTO actionplans_reportrevision_evidence (reportrevision_id, evidence_id)"
        " SELECT r.id, e.id + 0 FROM actionplans_reportrevision r, actionplans_evidence e",
        "INSERT INTO actionplans_report (activity_id, period_id, entity_id, status, updated_at)"
        " SELECT a.id, p.id, p.entity_id, 'pending', CURRENT_TIMESTAMP FROM actionplans_activity a,"
        " actionplans_reportingperiod p WHERE p.sequence = 1 AND a.id NOT IN"
        " (SELECT activity_id FROM actionplans_report)",
    ],
)
def test_the_database_refuses_raw_sql(closed, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "model", [Measurement, Correction, Verification, Extension, ClosedFigure], ids=lambda m: m.__name__
)
def test_what_is_deleted_is_refused_or_found_out(closed, model):
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all().delete()
        return
    model.objects.all().delete()
    with pytest.raises(Error):
        proved()


def test_a_reopening_that_the_trail_does_not_know_is_refused_after_the_fact(closed, house):
    """Whoever writes the row of a reopening by hand still leaves a period without its event."""
    from actionplans.models import ApprovalAct

    act = ApprovalAct.objects.create(
        entity=house.entity, name="Acta falsa", date=datetime.date(2024, 5, 1), registered_by=house.planning
    )
    Reopening.objects.create(
        closing=Closing.objects.get(),
        entity=house.entity,
        reason="x",
        act=act,
        until=datetime.date(2024, 6, 1),
        by=house.planning,
        at=datetime.datetime.now(datetime.UTC),
    )
    with pytest.raises(Error, match="reapertura"):
        proved()


def test_the_admin_has_no_door_to_what_was_reported():
    from django.contrib.admin import site

    registered = {model for model in site._registry if model._meta.app_label == "actionplans"}
    assert registered.isdisjoint({model for model, _ in CHANGES} | {Reopening})


def forged_verification(closed, house):
    Verification.objects.create(
        activity=closed.activity,
        period=closed.period,
        entity=house.entity,
        value=99,
        opinion="Concepto que nadie escribió",
        by=house.auditor,
        at=datetime.datetime.now(datetime.UTC),
    )


def forged_extension(closed, house):
    Extension.objects.create(
        period=closed.period,
        activity=closed.activity,
        entity=house.entity,
        until=datetime.date(2030, 1, 1),
        reason="x",
        by=house.planning,
    )


def published_evidence(closed, house):
    Evidence.objects.update(classification="reservada", ground="x")


@pytest.mark.parametrize("forge", [forged_verification, forged_extension, published_evidence])
def test_what_the_trail_does_not_know_is_found_out(closed, house, forge):
    forge(closed, house)
    with pytest.raises(Error, match=r"no sabe de esta fila|no es la que alguien decidió"):
        proved()
