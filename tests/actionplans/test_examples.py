"""The example year that the demo loads: every state that a newcomer should meet, made by the real verbs."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from actionplans.domain.following.calendar.duties import Duty
from actionplans.domain.following.figures.standing import standing
from actionplans.enums import (
    Classification,
    IndicatorKind,
    PeriodScheme,
    PeriodStatus,
    ReportStatus,
    VersionStatus,
)
from actionplans.models import (
    ActionPlan,
    ActivityVersion,
    ClosedFigure,
    Closing,
    Contribution,
    Evidence,
    Extension,
    Indicator,
    PlanVersion,
    Reopening,
    Report,
    ReportDraft,
    ReportingPeriod,
    ReportRevision,
    Validation,
    Verification,
)
from actionplans.progress import ProgressState
from actionplans.reports.closing.act import closing_act
from planning.models import AuditEvent, Entity, Membership
from planning.models.entity import EXAMPLE_NOTICE
from tests.demo import demo  # noqa: F401 - an autouse fixture

pytestmark = pytest.mark.django_db

PLANS = Q(plan__slug__endswith="-ejemplo")


@pytest.fixture
def cartago():
    return Entity.objects.get(slug="cartago")


@pytest.fixture
def approved(cartago):
    return PlanVersion.objects.get(PLANS, plan__entity=cartago, status=VersionStatus.APPROVED)


def period_of(entity, ordinal, scheme=PeriodScheme.QUARTER):
    return ReportingPeriod.objects.get(entity=entity, scheme=scheme, ordinal=ordinal)


def report_of(entity, ordinal, key) -> Report:
    return Report.objects.get(entity=entity, period__ordinal=ordinal, activity__key=key)


# --- Plans ----------------------------------------------------------------------------------------


def test_every_entity_has_a_plan_in_motion_marked_as_example():
    for entity in Entity.objects.all():
        assert entity.has_example_data
        versions = PlanVersion.objects.filter(PLANS, plan__entity=entity)
        assert versions
        for version in versions:
            assert version.title.endswith("(ejemplo)")
            assert version.note.startswith("Datos de ejemplo")
            assert "ejemplo" in version.act
            assert version.plan.policy


def test_the_published_documents_take_no_part_in_the_example():
    documents = ActionPlan.objects.exclude(slug__endswith="-ejemplo")
    assert documents.count() == 3
    assert not Report.objects.filter(activity__plan__in=documents).exists()
    assert not ClosedFigure.objects.filter(plan__in=documents).exists()


def test_indicators_of_every_kind_and_activities_without(approved):
    rows = Indicator.objects.filter(activity_version__version=approved)
    assert {(row.kind, row.accumulation, row.direction) for row in rows} == {
        (IndicatorKind.YES_NO, "", "increasing"),
        (IndicatorKind.LEVEL, "last", "increasing"),
        (IndicatorKind.LEVEL, "last", "decreasing"),
        (IndicatorKind.COUNT, "running_total", "increasing"),
        (IndicatorKind.COUNT, "flow", "increasing"),
        (IndicatorKind.CAPACITY, "last", "increasing"),
        (IndicatorKind.RATIO, "flow", "increasing"),
        (IndicatorKind.RATIO, "last", "maintain"),
    }
    assert rows.filter(target=None).exclude(kind=IndicatorKind.YES_NO).count() == 1
    assert rows.exclude(baseline=None).count() == 2
    activities = approved.activities.annotate(indicated=Count("indicators"))
    assert activities.filter(indicated=0).count() == 1
    assert [row.position for row in activities if not row.months] == [9]


def test_components_and_their_activities_weigh_a_hundred(approved):
    components = approved.components.all()
    assert sum(component.weight for component in components) == 100
    for component in components:
        live = component.activities.filter(is_cancelled=False)
        assert sum(activity.weight for activity in live) == 100


def test_activities_serve_objectives_of_the_published_framework(approved):
    assert approved.activities.filter(objectives__axis__framework__is_published=True).distinct().count() == 10


def test_an_activity_is_cancelled_by_a_modification_of_july(cartago, approved):
    assert (approved.number, approved.effective_from.month, approved.effective_from.day) == (2, 7, 1)
    assert ActivityVersion.objects.get(version=approved, is_cancelled=True).cancel_reason
    duties = {row.promise.activity.key: row.duty for row in standing(period_of(cartago, 3)).activities.values()}
    assert duties[5] == Duty.CANCELLED
    assert duties[1] == Duty.FINISHED


def test_one_plan_is_followed_every_four_months():
    plan = ActionPlan.objects.get(scheme=PeriodScheme.FOUR_MONTH)
    statuses = ReportingPeriod.objects.of_plan(plan).order_by("ordinal").values_list("status", flat=True)
    assert list(statuses) == [PeriodStatus.CLOSED, PeriodStatus.OPEN, PeriodStatus.OPEN]
    assert plan.entity.slug == "candelaria"


# --- What was reported ----------------------------------------------------------------------------


def test_quarters_one_and_two_are_closed_and_the_third_takes_reports():
    today = timezone.localdate()
    for entity in Entity.objects.all():
        rows = ReportingPeriod.objects.filter(entity=entity, scheme=PeriodScheme.QUARTER).order_by("ordinal")
        assert [row.status for row in rows] == ["closed", "closed", "open", "open"]
        assert rows[2].opens <= today <= rows[2].closes
        assert rows[3].opens > today


def test_a_report_was_returned_and_mended(cartago):
    report = report_of(cartago, 1, 4)
    assert report.status == ReportStatus.VALIDATED
    outcomes = Validation.objects.filter(revision__report=report).order_by("pk")
    assert [(row.revision.number, row.outcome) for row in outcomes.select_related("revision")] == [
        (1, "returned"),
        (2, "validated"),
    ]


def test_one_report_says_that_nothing_was_done_and_why(cartago):
    revision = report_of(cartago, 1, 9).current
    assert revision.is_without_progress
    assert revision.difficulties


def test_planning_corrected_a_value_and_the_reported_one_stays(cartago):
    revision = report_of(cartago, 1, 2).current
    validation = revision.validations.get()
    assert revision.measurements.get().value == 66
    assert validation.corrections.get().value == 64
    assert validation.comment


def test_planning_reported_on_behalf_with_its_source_and_who_is_alone_validates_it():
    alone = Entity.objects.get(slug="concejo-cartago")
    assert alone.allows_self_validation
    told = ReportRevision.objects.filter(is_on_behalf=True).exclude(source="")
    assert Validation.objects.get(revision__in=told.filter(entity=alone)).is_self
    assert told.get(entity__slug="cartago").report.status == ReportStatus.SUBMITTED
    assert not Entity.objects.exclude(pk=alone.pk).filter(allows_self_validation=True).exists()


def test_the_second_quarter_was_opened_again_for_one_activity_and_both_figures_stay(cartago):
    period = period_of(cartago, 2)
    reopening = Reopening.objects.get(entity=cartago)
    assert (reopening.closing.period, reopening.act.date) == (period, timezone.localdate())
    inventory = reopening.activities.get()
    figures = ClosedFigure.objects.filter(closing__period=period, activity=inventory).order_by("closing__sequence")
    assert [row.executed for row in figures] == [Decimal("79.1667"), Decimal("49.1667")]


def test_control_interno_verified_three_activities_after_the_closing(cartago):
    rows = Verification.objects.filter(entity=cartago).order_by("activity__key")
    assert [(row.activity.key, row.value) for row in rows.select_related("activity")] == [
        (1, 100),
        (3, 45),
        (6, None),
    ]
    last = Closing.objects.get(period=period_of(cartago, 2), sequence=2)
    assert all(row.period_id == last.period_id and row.at > last.at for row in rows)


def test_the_third_quarter_is_in_motion(cartago):
    states = dict(Report.objects.filter(entity=cartago, period__ordinal=3).values_list("activity__key", "status"))
    assert states == {
        2: ReportStatus.VALIDATED,
        3: ReportStatus.SUBMITTED,
        4: ReportStatus.PENDING,
        6: ReportStatus.RETURNED,
        7: ReportStatus.VALIDATED,
        8: ReportStatus.SUBMITTED,
    }
    assert ReportDraft.objects.get(report__entity=cartago).report.activity.key == 4
    contribution = Contribution.objects.get(entity=cartago)
    assert contribution.report.activity.key == 4
    extension = Extension.objects.get(entity=cartago)
    assert (extension.activity.key, extension.until > extension.period.closes) == (10, True)
    owed = [
        row for row in standing(period_of(cartago, 3)).activities.values() if row.duty.is_owed and not row.report
    ]
    assert sorted(row.promise.activity.key for row in owed) == [9, 10]


def test_figures_are_measured_declared_and_in_states_without_one(cartago):
    closing = Closing.objects.get(period=period_of(cartago, 2), sequence=2)
    states = dict(closing.figures.filter(scope="actividad").values_list("activity__key", "state"))
    assert states[3] == ProgressState.MEASURED
    assert states[8] == ProgressState.DECLARED
    assert states[9] == ProgressState.NO_SCHEDULE
    assert states[10] == ProgressState.NO_TARGET
    assert states[5] == ProgressState.NOT_SCHEDULED


# --- Evidence -------------------------------------------------------------------------------------


def test_evidence_of_every_class_with_the_grounds_of_what_is_withheld(cartago):
    rows = Evidence.objects.filter(entity=cartago)
    withheld = rows.exclude(classification=Classification.PUBLIC)
    assert {row.classification for row in rows} == set(Classification)
    assert all(row.ground for row in withheld)
    assert rows.get(classification=Classification.PERSONAL).redacted_sha256
    assert not rows.get(classification=Classification.RESERVED).redacted_file
    assert rows.exclude(url="").count() == 1
    assert {row.media_type for row in rows.filter(url="")} == {"application/pdf", "image/png"}
    assert rows.annotate(used=Count("revisions__report__activity", distinct=True)).filter(used__gt=1).exists()


# --- How it was loaded ----------------------------------------------------------------------------


def test_nothing_is_backdated():
    today = timezone.localdate()
    for model in (ReportRevision, Validation, Closing, Verification, AuditEvent):
        assert {timezone.localdate(at) for at in model.objects.values_list("at", flat=True)} == {today}
    published = PlanVersion.objects.values_list("published_at", flat=True)
    assert {timezone.localdate(at) for at in published} == {today}


def test_posts_do_what_their_role_does():
    done = {
        "send_report": {"lider", "planeacion"},
        "validate_report": {"planeacion"},
        "return_report": {"planeacion"},
        "approve": {"comite"},
        "close_period": {"planeacion"},
        "verify_progress": {"control"},
    }
    for event, posts in done.items():
        actors = AuditEvent.objects.filter(event=event).values_list("actor", flat=True)
        assert {actor.partition("(")[2].partition("@")[0] for actor in actors} == posts


def test_the_chains_and_the_closings_hold():
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert "10 cierres de periodo, iguales a lo que se selló." in said.getvalue()


# --- The notice -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/cartago/", "/cartago/planes/2024/participacion-ciudadana/", "/candelaria/mipg/"]
)
def test_public_pages_say_so(address, client):
    assert EXAMPLE_NOTICE in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["management_entity", "board", "period_list", "review", "evidence_links"])
def test_staff_pages_say_so(name, client):
    client.force_login(Membership.objects.get(user__email="planeacion@cartago.example").user)
    assert EXAMPLE_NOTICE in client.get(reverse(name, args=["cartago"])).content.decode()


def test_the_list_of_entities_says_which_show_them(client):
    assert client.get("/").content.decode().count("Muestra datos de ejemplo") == 4


def test_acts_of_closing_say_so(cartago):
    closing = Closing.objects.select_related("period__entity").get(period=period_of(cartago, 2), sequence=2)
    said = render_to_string("reports/closing_act.html", {"act": closing_act(closing)})
    assert f'<p class="notice">{EXAMPLE_NOTICE}</p>' in said


def test_an_entity_without_them_says_nothing(client):
    Entity.objects.filter(slug="cartago").update(has_example_data=False)
    assert "Datos de ejemplo:" not in client.get("/cartago/planes/2024/participacion-ciudadana/").content.decode()
