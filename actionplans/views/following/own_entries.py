"""A report that the person sent and may not validate: who else can, and what to do where nobody can."""

from __future__ import annotations

from dataclasses import dataclass

from actionplans.domain.following.figures.measuring import suspended_validation
from actionplans.domain.following.reminding.recipients import holders_of
from actionplans.enums import ReportStatus
from planning.enums import Role
from planning.models import User

from .review_queue import REVIEW_THIS

REVIEW, SETTING = "actionplans.review_reports", "planning.edit_entity"


@dataclass(frozen=True)
class OwnEntry:
    """`others` may validate it; where there are none, `administrators` give the function to somebody.

    `changes_the_setting`: whether the person may say that the planning office validates what it reports itself.
    """

    others: tuple[User, ...]
    administrators: tuple[User, ...]
    changes_the_setting: bool


def own_entry(user, report) -> OwnEntry | None:
    """None where the report waits for no answer, or the person may give it, or may give none at all."""
    waits = report.status == ReportStatus.SUBMITTED or suspended_validation(report)
    if not waits or not report.takes_review or not user.has_perm(REVIEW, report):
        return None
    if user.has_perm(REVIEW_THIS, report):
        return None
    others = tuple(row for row in holders_of(report.entity, Role.PLANNING) if row != user)
    administrators = () if others else tuple(holders_of(report.entity, Role.ADMINISTRATOR))
    return OwnEntry(others, administrators, user.is_staff and user.has_perm(SETTING, report.entity))
