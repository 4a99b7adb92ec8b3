"""Who may do what with plans. State is never asked here: that is the transition tables' matter.

A superuser runs the installation and has no part in an entity's plans; an administrator keeps its
people and offices.
"""

import rules

from actionplans.enums import DRAFT_READERS
from planning.enums import Role
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
