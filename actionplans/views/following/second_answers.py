"""What planning may do with a report that was answered: review it once more, or leave a reopened one as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from actionplans.domain.following.figures.measuring import suspended_validation
from actionplans.domain.following.reporting.reviewing import reconsider_report, uphold_report
from actionplans.enums import ReportStatus
from actionplans.forms.review import ReconsiderForm, UpholdForm
from actionplans.views.transitions import take

RECONSIDER, UPHOLD = "volver-a-revisar", "dejar-como-estaba"


@dataclass(frozen=True)
class SecondAnswer:
    form: type[forms.Form]
    prefix: str
    verb: Callable
    done: str


SECOND = {
    RECONSIDER: SecondAnswer(
        ReconsiderForm,
        "otra",
        reconsider_report,
        "Se retiró la validación: el reporte está otra vez por validar.",
    ),
    UPHOLD: SecondAnswer(
        UpholdForm, "igual", uphold_report, "El reporte quedó como estaba: lo que se validó cuenta otra vez."
    ),
}


def second_forms(request, report) -> dict[str, forms.Form]:
    """One for each, filled with what was posted to it."""
    posted = request.POST.get("action")
    number = {"number": report.current.number}
    return {
        action: row.form(request.POST if action == posted else None, initial=number, prefix=row.prefix)
        for action, row in SECOND.items()
    }


def answer_again(request, report, action: str, form: forms.Form) -> bool:
    """Whether the answer was taken; else its form or a message says why not."""
    row = SECOND[action]
    return form.is_valid() and bool(take(request, row.done, row.verb, report, **form.cleaned_data))


def offered(user, report, permissions: dict[str, str]) -> str | None:
    """The one that this person may give now; `report` knows whether its period `takes_review`."""
    action = None
    if report.status == ReportStatus.VALIDATED:
        action = RECONSIDER
    elif suspended_validation(report):
        action = UPHOLD
    return action if action and report.takes_review and user.has_perm(permissions[action], report) else None
