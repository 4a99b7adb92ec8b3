"""The procedure as a page of documentation: the transition tables, and in words what none of them governs."""

from __future__ import annotations

import rules.permissions

from actionplans.domain.following.procedure import REPORT_TRANSITIONS, VALIDATE
from actionplans.domain.procedure import APPROVE, PLAN_TRANSITIONS, REGISTER_ACT
from actionplans.domain.workflow import Transition
from actionplans.enums import PeriodStatus, ReportStatus, VersionStatus

BEGINNING = END = "[*]"

# What moves or makes a version without being a step that a person takes on it.
AROUND_A_VERSION = (
    (BEGINNING, VersionStatus.DRAFT, "create, import or start_modification"),
    (VersionStatus.DRAFT, END, "discard"),
    (VersionStatus.APPROVED, VersionStatus.SUPERSEDED, "another version is approved"),
    (BEGINNING, VersionStatus.APPROVED, "publish an official document as it is"),
)

AROUND_A_REPORT = ((BEGINNING, ReportStatus.PENDING, "the first draft"),)

LIFE_OF_A_PERIOD = (
    (BEGINNING, PeriodStatus.OPEN, "open_year"),
    (PeriodStatus.OPEN, PeriodStatus.CLOSED, "close_period"),
    (PeriodStatus.CLOSED, PeriodStatus.REOPENED, "reopen_period, by an act, for named activities"),
    (PeriodStatus.REOPENED, PeriodStatus.CLOSED, "close_period, sequence n + 1"),
)

HEAD = """\
# Workflow

Written by `python manage.py describe_workflow`. Steps, the rows below each diagram, come from the tables in
`actionplans/domain/`. The other moves and the paragraphs are told in `actionplans/domain/description.py`: no table
governs them, tests walk them.

"""

ABOUT_VERSIONS = """
Nobody approves what the same person submitted; `register_act` is not an exception, because the committee's
act decides and planning only types it in, with its scan. Approving seals the version and replaces the one in
force. What a version leaves unsaid is a warning on the way, never an obstacle.

An approved plan changes by a modification: `start_modification` copies the version in force into the next
draft, with a reason and the month from which it counts. At most one version of a plan is open. Activities keep
their identity: one that was approved is cancelled, with its reason, and never removed or renumbered. Months
that were over when they were approved are «anteriores a la aprobación»: they are never late.

`discard` deletes a draft; the first version takes the plan with it, and the audit trail keeps that it existed.
"""


ABOUT_REPORTS = """
Only the office that reports sends, or planning on its behalf with the source named; until planning validates, a
better version may be sent. Every version sent stays, with its reviews. Nobody validates what the same person sent,
unless the entity says that its planning office does; then every figure says so. Corrected readings stand beside
the reported ones. What was validated and went back by a reopening may be upheld while nothing was sent since: a
further validation repeats the values that counted. Control interno's verifications are a dated layer that changes
no state.

Every step first locks the period and asks whether it takes reports: from its first day to its last one, longer
by an extension, by planning until the closing, never once it is closed.
"""

ABOUT_PERIODS = """
Closing freezes a snapshot (canonical JSON, its SHA-256, the bands in use, the head of the audit chain) and
publishes its figures. Reopening needs a reason and an act and names the activities; their reports go back to their
offices and the closing that was stays as it is. Triggers hold all of it on both databases, and `verify_audit`
proves it.
"""


def describe() -> str:
    """The page in Markdown: diagrams, steps, and what the tables do not say."""
    versions = _life("A version of a plan", VersionStatus, PLAN_TRANSITIONS, AROUND_A_VERSION)
    reports = _life("A report", ReportStatus, REPORT_TRANSITIONS, AROUND_A_REPORT)
    periods = _life("A period", PeriodStatus, (), LIFE_OF_A_PERIOD)
    return f"{HEAD}{versions}{ABOUT_VERSIONS}\n{reports}{ABOUT_REPORTS}\n{periods}{ABOUT_PERIODS}"


def _life(title: str, statuses, transitions, around) -> str:
    """A heading, the diagram and, where there are steps, their table."""
    names = [f"    {status}: {status.label}\n" for status in statuses]
    steps = [
        f"    {source} --> {row.target}: {row.name}\n" for row in transitions for source in sorted(row.sources)
    ]
    moves = [f"    {source} --> {target}: {words}\n" for source, target, words in around]
    diagram = "".join(names + steps + moves)
    return f"## {title}\n\n```mermaid\nstateDiagram-v2\n{diagram}```\n{_table(statuses, transitions)}"


def _table(statuses, transitions) -> str:
    if not transitions:
        return ""
    head = "\n| step | on the page | from | to | who | asks for |\n|---|---|---|---|---|---|\n"
    return head + "".join(_row(row, statuses) for row in transitions)


def _row(row: Transition, statuses) -> str:
    sources = ", ".join(statuses(source).label for source in sorted(row.sources))
    target = statuses(row.target).label
    who = rules.permissions.permissions[row.permission].name.replace("|", "\\|")
    return f"| `{row.name}` | {row.label} | {sources} | {target} | `{who}` | {_asked(row)} |\n"


def _asked(row: Transition) -> str:
    asked = {
        APPROVE: "the act and its date, optional",
        REGISTER_ACT: "the act, its date and scan",
        VALIDATE: "corrected readings, optional",
    }.get(row, "")
    promised = row.guard and row in PLAN_TRANSITIONS
    parts = ["a comment" if row.needs_comment else "", "something promised" if promised else "", asked]
    return "; ".join(part for part in parts if part)
