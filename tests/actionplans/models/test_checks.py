"""What the database refuses of one row: for each check, what it takes and what it refuses by that check's name."""

import datetime
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F
from django.utils import timezone

from tests.demo import our_models

pytestmark = pytest.mark.django_db

DAY, LATER = datetime.date(2024, 5, 1), datetime.date(2024, 6, 1)


@dataclass(frozen=True)
class Case:
    """`taken` and `refused` are values for a row of the model, found by `where`; only the second break `check`."""

    model: str
    check: str
    taken: dict
    refused: dict
    where: dict = field(default_factory=dict)


def ends(model, check, begins="valid_from", ends="valid_to"):
    """No sooner than it begins."""
    return Case(model, check, {begins: DAY, ends: DAY}, {begins: LATER, ends: DAY})


def share(model, check, name, **where):
    """From 0 to 100, or nothing."""
    return Case(model, check, {name: 100}, {name: -1}, where), Case(model, check, {name: None}, {name: 101}, where)


CASES = (
    Case("ApprovalAct", "act_has_a_name", {"name": "Acta"}, {"name": ""}),
    Case(
        "ApprovalAct",
        "act_scan_whole",
        {"scan": "a.pdf", "scan_name": "a.pdf", "scan_sha256": "a" * 64},
        {"scan": "a.pdf", "scan_name": "a.pdf", "scan_sha256": ""},
    ),
    Case("ActionPlan", "plan_of_a_policy_names_it", {"kind": "otro", "policy": None}, {"kind": "politica"}),
    Case("PlanVersion", "version_number_from_one", {"number": 7}, {"number": 0}),
    Case("PlanVersion", "version_public_is_sealed", {"digest": "a" * 64}, {"digest": ""}, {"status": "approved"}),
    Case("PlanVersion", "version_public_is_sealed", {"digest": ""}, {"digest": "a" * 64}, {"status": "draft"}),
    Case(
        "PlanVersion", "version_submission_whole", {"submitted_at": None, "submitted_by": None},
        {"submitted_at": timezone.now()}, {"status": "draft"},
    ),
    Case(
        "PlanVersion", "version_was_submitted", {"origin": "documento"},
        {"origin": "portal", "submitted_by": None, "submitted_at": None}, {"status": "in_review"},
    ),
    Case(
        "PlanVersion", "version_approved_by_another", {"approved_by": None},
        {"approved_by": F("submitted_by")}, {"status": "in_review"},
    ),
    Case(
        "PlanVersion", "version_somebody_approved", {"origin": "documento", "approval_act": None},
        {"origin": "portal"}, {"status": "approved", "submitted_by__isnull": False},
    ),
    *share("Component", "component_weight_is_percentage", "weight"),
    Case("Activity", "activity_key_from_one", {"key": 70}, {"key": 0}),
    *share("ActivityVersion", "activity_weight_is_percentage", "weight"),
    Case("ActivityVersion", "activity_budget_not_negative", {"budget": 0}, {"budget": -1}),
    ends("ActivityVersion", "activity_ends_after_it_starts", "starts", "ends"),
    Case("ActivityVersion", "activity_says_something", {"description": "Algo"}, {"description": ""}),
    Case(
        "ActivityVersion", "activity_cancel_reason_when_cancelled",
        {"is_cancelled": True, "cancel_reason": "Ya no va"}, {"is_cancelled": False},
    ),
    Case(
        "Responsibility", "responsible_names_somebody", {"text": "Todas", "office": None, "reports": False},
        {"text": ""},
    ),
    Case(
        "Responsibility", "responsible_who_reports_is_an_office",
        {"text": "Todas", "office": None, "reports": False}, {"reports": True},
    ),
    Case(
        "ReportingPeriod", "period_ordinal_of_its_scheme", {"scheme": "cuatrimestre", "ordinal": 3},
        {"ordinal": 4}, {"ordinal": 4},
    ),
    Case("ReportingPeriod", "period_ordinal_of_its_scheme", {"ordinal": 4}, {"ordinal": 5}, {"ordinal": 4}),
    Case(
        "ReportingPeriod", "period_ends_after_it_starts", {"starts": DAY, "ends": LATER}, {"ends": DAY},
        {"ordinal": 4},
    ),
    Case("ReportingPeriod", "period_closes_after_it_opens", {"opens": DAY, "closes": DAY}, {"opens": LATER}),
    Case(
        "ReportingPeriod", "period_closed_has_a_closing", {"status": "closed", "sequence": 1}, {"sequence": 0},
        {"ordinal": 4},
    ),
    Case("ReportingPeriod", "period_closed_has_a_closing", {}, {"sequence": 1}, {"ordinal": 4}),
    Case("Extension", "extension_has_a_reason", {"reason": "Lluvias"}, {"reason": ""}),
    Case("Evidence", "evidence_is_a_file_or_a_link", {"url": "https://a.co"}, {"file": "a.pdf"}),
    Case(
        "Evidence", "evidence_is_a_file_or_a_link", {"url": "", "file": "a.pdf", "sha256": "a" * 64},
        {"sha256": ""},
    ),
    Case(
        "Evidence", "evidence_withheld_says_why", {"classification": "reservada", "ground": "Ley 1712"},
        {"ground": ""},
    ),
    Case(
        "Evidence", "evidence_redacted_whole",
        {"redacted_file": "b.pdf", "redacted_name": "b.pdf", "redacted_sha256": "b" * 64}, {"redacted_sha256": ""},
    ),
    Case("Report", "report_sent_says_something", {"status": "pending", "current": None}, {"status": "submitted"}),
    *share("ReportRevision", "report_declared_is_percentage", "declared"),
    Case(
        "ReportRevision", "report_on_behalf_names_its_source", {"is_on_behalf": True, "source": "Correo"},
        {"source": ""},
    ),
    Case(
        "ReportRevision", "report_without_progress_says_why",
        {"is_without_progress": True, "difficulties": "Lluvias"}, {"difficulties": ""},
    ),
    Case(
        "ReportRevision", "report_says_what_was_done", {"is_without_progress": False, "narrative": "Mesas"},
        {"narrative": ""},
    ),
    Case("Validation", "return_says_why", {"outcome": "returned", "comment": "Falta"}, {"comment": ""}),
    Case("Validation", "correction_says_why", {"corrected_declared": 5, "comment": "Suma mal"}, {"comment": ""}),
    *share("Validation", "corrected_declared_is_percentage", "corrected_declared", comment__gt=""),
    Case("Verification", "verification_has_an_opinion", {"opinion": "Falta"}, {"opinion": ""}),
    Case("Verification", "verified_not_negative", {"value": 120}, {"value": -1}),
    Case("Closing", "closing_from_one", {"sequence": 9}, {"sequence": 0}),
    Case("Reopening", "reopening_has_a_reason", {"reason": "Un error"}, {"reason": ""}),
    Case(
        "Indicator", "indicator_of_an_activity_or_of_a_component", {},
        {"component": None, "activity_version": None},
    ),
    Case("IssuedFile", "issued_is_sealed", {"sha256": "a" * 64}, {"sha256": ""}),
    Case("IssuedFile", "issued_is_sealed", {"code": "OTRO"}, {"code": ""}),
    Case("IssuedFile", "issued_public_is_kept", {"is_public": True, "file": "a.pdf"}, {"file": ""}),
    Case(
        "Job", "job_ended_has_its_moment", {"status": "done", "finished_at": timezone.now()}, {"finished_at": None}
    ),
    Case("Job", "job_ended_has_its_moment", {"finished_at": None}, {"finished_at": timezone.now()}),
    Case(
        "InstitutionalPlanKind", "institutional_plan_kind_ends_after_it_begins",
        {"first_year": 2024, "last_year": 2024}, {"last_year": 2023},
    ),
    ends("PolicyLeadership", "leadership_ends_after_it_begins"),
    Case(
        "PolicyLeadership", "leadership_names_somebody", {"office": None, "printed_responsible": "Planeación"},
        {"printed_responsible": ""},
    ),
    Case("Obligation", "obligation_day_whole", {"due_day": 31, "due_month": 1}, {"due_month": None}),
    Case("Obligation", "obligation_years_in_order", {"first_year": 2024, "last_year": 2024}, {"last_year": 2023}),
    Case("Entity", "entity_slug_not_reserved", {"slug": "otra"}, {"slug": "gestion"}),
    ends("Office", "office_ends_after_it_begins"),
    Case("Office", "office_not_its_own_parent", {"parent": None}, {"parent": F("pk")}),
    Case("AuditChain", "chain_of_an_entity_or_of_the_system", {}, {"is_system": True}, {"is_system": False}),
    Case("StrategicFramework", "framework_ends_after_it_begins", {"first_year": 2027}, {"first_year": 2028}),
    Case("TrafficLightBand", "band_floor_not_negative", {"floor": 1}, {"floor": -1}, {"floor": 0}),
    ends("Membership", "membership_ends_after_it_begins"),
)  # fmt: skip

CHECKS = {
    check.name: (model, check)
    for model in our_models()
    for check in model._meta.constraints
    if isinstance(check, CheckConstraint)
}
TWELVE_BITS = {"activity_months_are_twelve_bits", "report_months_are_twelve_bits"}  # tests/actionplans/months


def closed_list(check) -> str:
    """The column of a check that asks for one of a list, and nothing else; empty for any other."""
    children = check.condition.children
    lookup = children[0][0] if len(children) == 1 and isinstance(children[0], tuple) else ""
    return lookup.removesuffix("__in") if lookup.endswith("__in") and not check.condition.negated else ""


LISTS = {name: closed_list(check) for name, (_, check) in CHECKS.items() if closed_list(check)}


def broken(row) -> set[str]:
    """The checks that the row as it is in memory breaks."""
    found = set()
    for check in (check for model, check in CHECKS.values() if model is type(row)):
        try:
            check.validate(type(row), row)
        except ValidationError:
            found.add(check.name)
    return found


def refused_by(rows, **values) -> str:
    """What the database says; the row stays as it was."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(**values)
    return str(refusal.value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)
def test_a_check_takes_the_one_and_refuses_the_other_by_its_name(case):
    model, _check = CHECKS[case.check]
    assert model.__name__ == case.model
    row = model.objects.filter(**case.where).order_by("pk").first()
    assert row, "the rows of the module have none"
    rows = model.objects.filter(pk=row.pk)
    if case.taken:
        assert rows.update(**case.taken) == 1
    assert case.check in refused_by(rows, **case.refused)


@pytest.mark.parametrize("name", LISTS)
def test_a_closed_list_takes_its_values_alone(name):
    model, _check = CHECKS[name]
    row = model.objects.order_by("pk").first()
    assert row, "the rows of the module have none"
    assert broken(row) == set()
    setattr(row, LISTS[name], "x")
    said = refused_by(model.objects.filter(pk=row.pk), **{LISTS[name]: "x"})
    assert name in broken(row)
    assert any(one in said for one in broken(row)), "of several that it breaks, the database names one"


def test_no_check_is_left_out():
    assert {case.check for case in CASES} | set(LISTS) | TWELVE_BITS == set(CHECKS)
