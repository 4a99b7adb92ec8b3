"""The procedure as a page of documentation, from the transition tables. Nothing here changes anything."""

from __future__ import annotations

import rules.permissions

from actionplans.domain.procedure import APPROVE, PLAN_TRANSITIONS, REGISTER_ACT
from actionplans.domain.workflow import Transition
from actionplans.enums import VersionStatus

BEGINNING = END = "[*]"

# What moves or makes a version without being a step that a person takes on it.
AROUND = (
    (BEGINNING, VersionStatus.DRAFT, "create, import or start_modification"),
    (VersionStatus.DRAFT, END, "discard"),
    (VersionStatus.APPROVED, VersionStatus.SUPERSEDED, "another version is approved"),
    (BEGINNING, VersionStatus.APPROVED, "publish an official document as it is"),
)

HEAD = """\
# Workflow

Written by `python manage.py describe_workflow` from the tables in `actionplans/domain/`; a test keeps it equal.

## A version of a plan

```mermaid
stateDiagram-v2
"""

FOOT = """
Nobody approves what the same person submitted; `register_act` is not an exception, because the committee's
act decides and planning only types it in, with its scan. Approving seals the version and replaces the one in
force. What a version leaves unsaid is a warning on the way, never an obstacle.

An approved plan changes by a modification: `start_modification` copies the version in force into the next
draft, with a reason and the month from which it counts. At most one version of a plan is open. Activities keep
their identity: one that was approved is cancelled, with its reason, and never removed or renumbered. Months
that were over when they were approved are «anteriores a la aprobación»: they are never late.

`discard` deletes a draft; the first version takes the plan with it, and the audit trail keeps that it existed.
"""


def describe() -> str:
    """The page in Markdown: diagram, steps, and what the tables do not say."""
    return f"{HEAD}{_diagram()}```\n\n{_table()}{FOOT}"


def _diagram() -> str:
    names = [f"    {status}: {status.label}\n" for status in VersionStatus]
    steps = [
        f"    {source} --> {row.target}: {row.name}\n"
        for row in PLAN_TRANSITIONS
        for source in sorted(row.sources)
    ]
    around = [f"    {source} --> {target}: {words}\n" for source, target, words in AROUND]
    return "".join(names + steps + around)


def _table() -> str:
    head = "| step | on the page | from | to | who | asks for |\n|---|---|---|---|---|---|\n"
    return head + "".join(_row(row) for row in PLAN_TRANSITIONS)


def _row(row: Transition) -> str:
    sources = ", ".join(VersionStatus(source).label for source in sorted(row.sources))
    target = VersionStatus(row.target).label
    who = rules.permissions.permissions[row.permission].name
    return f"| `{row.name}` | {row.label} | {sources} | {target} | `{who}` | {_asked(row)} |\n"


def _asked(row: Transition) -> str:
    asked = {APPROVE: "the act and its date, optional", REGISTER_ACT: "the act, its date and scan"}.get(row, "")
    parts = ["a comment" if row.needs_comment else "", "something promised" if row.guard else "", asked]
    return "; ".join(part for part in parts if part)
