"""What tests of writing ask and do: drafts kept, the report that came of them, a link half typed."""

from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.models import Report, ReportDraft
from tests.factories import make_user
from tests.following import promised

WHOLE = {"value_1": "22", "narrative": "Dos talleres.", "months": ["8"]}


def the_report(desk, number):
    return Report.objects.get(activity=desk.activities[number], period=desk.quarter)


def draft_of(desk, number):
    return ReportDraft.objects.get(report__activity=desk.activities[number], report__period=desk.quarter)


def keep(desk, number, answers, *, by=None, revision=None):
    promise = promised(desk.activities[number], desk.quarter)
    return save_draft(promise, desk.quarter, answers, by=by or desk.house.leader, revision=revision)


def colleague(desk):
    return make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])


def link_typed(classification):
    return {"evidence_url": "https://ejemplo.gov.co/a", "evidence_classification": classification}
