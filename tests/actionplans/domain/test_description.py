"""docs/workflow.md says what the tables say."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from actionplans.domain.following.procedure import REPORT_TRANSITIONS
from actionplans.domain.procedure import PLAN_TRANSITIONS

PAGE = Path(__file__).parents[3] / "docs" / "workflow.md"


def test_the_page_equals_what_the_tables_give():
    out = StringIO()
    call_command("describe_workflow", stdout=out)
    assert PAGE.read_text() == out.getvalue(), "python manage.py describe_workflow > docs/workflow.md"


def test_every_step_is_drawn_and_explained():
    page = PAGE.read_text()
    for row in (*PLAN_TRANSITIONS, *REPORT_TRANSITIONS):
        assert f": {row.name}\n" in page
        assert f"| `{row.name}` | {row.label} |" in page
