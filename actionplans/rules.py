"""Who may do what with plans. State is never asked here: that is the transition tables' matter.

A superuser runs the installation and has no part in an entity's plans; an administrator keeps its
people and offices.
"""

import rules

from actionplans.enums import DRAFT_READERS, FOLLOW_UP_READERS
from planning.enums import Role
from planning.models import Office
from planning.rules import has_role

writes_plans = has_role(Role.PLANNING)
sits_on_committee = has_role(Role.COMMITTEE)
reads_drafts = has_role(*DRAFT_READERS)


@rules.predicate
def is_public(user, version=None):
    return version is not None and version.is_public


@rules.predicate
def answers_for_an_activity(user, version=None):
    """One of the offices for which the person answers is responsible for an activity of the version."""
    if version is None or not user.is_authenticated:
        return False
    offices = user.office_ids_as(Role.LEADER)
    return version.activities.filter(responsibilities__office__in=offices).exists()


@rules.predicate
def submitted_it(user, version=None):
    return version is not None and version.submitted_by_id is not None and version.submitted_by_id == user.pk


@rules.predicate
def reports_the_activity(user, promise=None):
    """The person answers for the one office that reports the activity (an `ActivityVersion`)."""
    if promise is None or not user.is_authenticated:
        return False
    return promise.reporting_office_id in user.office_ids_as(Role.LEADER)


@rules.predicate
def contributes_to_the_activity(user, promise=None):
    """Another of the person's offices answers for it too."""
    if promise is None or not user.is_authenticated:
        return False
    offices = {row.office_id for row in promise.responsibilities.all() if row.office_id and not row.reports}
    return bool(offices & user.office_ids_as(Role.LEADER))


@rules.predicate
def is_listed(user, row=None):
    """The row is among those that its table shows to the person."""
    return (
        row is not None and user.is_authenticated and type(row).objects.visible_to(user).filter(pk=row.pk).exists()
    )


@rules.predicate
def sent_it(user, report=None):
    """The person sent what is to be reviewed, in the own name or on behalf of an office."""
    return report is not None and report.current_id is not None and report.current.by_id == user.pk


@rules.predicate
def validates_oneself(user, report=None):
    return report is not None and report.entity.allows_self_validation


@rules.predicate
def answers_for_the_office(user, office=None):
    """Asked of an `Office`; of an entity, for what no office brings, nobody does."""
    return isinstance(office, Office) and user.is_authenticated and office.pk in user.office_ids_as(Role.LEADER)


@rules.predicate
def own_office_brought_it(user, evidence=None):
    return evidence is not None and user.is_authenticated and evidence.office_id in user.office_ids_as(Role.LEADER)


follows_the_entity = has_role(*FOLLOW_UP_READERS)

rules.add_perm("actionplans.read_version", is_public | reads_drafts | answers_for_an_activity)
rules.add_perm("actionplans.edit_plan", writes_plans)
rules.add_perm("actionplans.import_plan", writes_plans)
rules.add_perm("actionplans.submit_plan", writes_plans)
rules.add_perm("actionplans.approve_plan", sits_on_committee & ~submitted_it)
rules.add_perm("actionplans.return_plan", sits_on_committee & ~submitted_it)
rules.add_perm("actionplans.register_act", writes_plans)  # the act decides; who types it in does not
rules.add_perm("actionplans.work_on_plans", has_role(Role.PLANNING, Role.COMMITTEE))
rules.add_perm("actionplans.export_plans", reads_drafts)  # who reads every draft takes every plan along
rules.add_perm("actionplans.report_progress", has_role(Role.LEADER))
rules.add_perm("actionplans.report_activity", reports_the_activity)
rules.add_perm("actionplans.contribute_to_activity", contributes_to_the_activity)
rules.add_perm("actionplans.report_on_behalf", has_role(Role.PLANNING))
rules.add_perm("actionplans.send_report", has_role(Role.LEADER, Role.PLANNING))
rules.add_perm("actionplans.read_report", is_listed)
rules.add_perm("actionplans.read_evidence", is_listed)
rules.add_perm("actionplans.bring_evidence", has_role(Role.PLANNING) | answers_for_the_office)
rules.add_perm("actionplans.classify_evidence", has_role(Role.PLANNING) | own_office_brought_it)
rules.add_perm("actionplans.remove_evidence", has_role(Role.PLANNING) | own_office_brought_it)
rules.add_perm("actionplans.review_reports", has_role(Role.PLANNING))
rules.add_perm("actionplans.review_report", has_role(Role.PLANNING) & (~sent_it | validates_oneself))
rules.add_perm("actionplans.verify_progress", has_role(Role.AUDITOR))
rules.add_perm("actionplans.run_periods", has_role(Role.PLANNING))
rules.add_perm(
    "actionplans.follow_progress", follows_the_entity
)  # dashboards, lists and files of the whole entity
rules.add_perm("actionplans.see_periods", has_role(*Role.values))
rules.add_perm("actionplans.hand_over_work", has_role(Role.ADMINISTRATOR, Role.PLANNING))
