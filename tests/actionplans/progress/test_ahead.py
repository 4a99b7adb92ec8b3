"""What enters the mean of a later cut: whatever enters the one of now, and nothing else."""

from decimal import Decimal

import pytest

from actionplans.progress import ActivityProgress, at_later_cut, roll_up
from actionplans.progress import ProgressState as State
from tests.actionplans.progress.making import dec


def one(executed, programmed, weight=None, state=State.MEASURED):
    return ActivityProgress(
        key=1,
        label="Actividad",
        state=state,
        executed=dec(executed),
        programmed=dec(programmed),
        weight=dec(weight),
    )


def later(*members):
    """The share programmed of members (now, due at the later cut)."""
    return roll_up([at_later_cut(now, dec(due)) for now, due in members]).programmed


def test_what_was_not_due_yet_counts_with_what_is_due_then():
    begun, not_due = one(20, 25), one(None, 0, state=State.NOT_SCHEDULED)
    # (75 + 50) ÷ 2: without the second, of which nothing was reported, it would be 75.
    assert later((begun, 75), (not_due, 50)) == Decimal("62.5")


def test_weights_are_those_of_now():
    begun, not_due = one(20, 25, weight=80), one(None, 0, weight=20, state=State.NOT_SCHEDULED)
    assert later((begun, 75), (not_due, 50)) == 70


@pytest.mark.parametrize(
    "left_out",
    [
        one(None, 50, state=State.NOT_REPORTED),
        one(None, None, state=State.CANCELLED),
        one(30, None, state=State.NO_SCHEDULE),
        one(None, None, state=State.PRIOR),
    ],
    ids=lambda member: member.state,
)
def test_what_does_not_count_now_does_not_count_then(left_out):
    assert later((one(20, 25), 75), (left_out, 90)) == 75
    assert later((left_out, 90)) is None


def test_what_was_executed_stays_as_it_is():
    assert at_later_cut(one(20, 25), Decimal(75)).executed == 20
