"""Who has not reported: by office, with the days that are left, and a message ready to send."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.domain.following.calendar.periods import current, words
from actionplans.domain.following.reminding.owed import OfficeOwes, by_office, owed_in
from actionplans.domain.following.reminding.recipients import leaders_by_office
from actionplans.models import ReportingPeriod
from actionplans.views.access import entity_page
from planning.mail import compose


@dataclass(frozen=True, kw_only=True)
class Row:
    """An office that owes, and what may be written to it; `link` opens the mail program."""

    owes: OfficeOwes
    message: str
    link: str


@require_safe
@entity_page("actionplans.work_on_plans")
def missing(request, entity):
    """The offices that owe a report of a period, who is latest first."""
    today = timezone.localdate()
    periods = list(ReportingPeriod.objects.filter(entity=entity, opens__lte=today).order_by("-opens", "-pk"))
    asked = request.GET.get("periodo", "")
    period = next((row for row in periods if str(row.pk) == asked), None) or current(entity, today)
    offices = by_office(owed_in(period, today), leaders_by_office(entity, today)) if period else []
    address = request.build_absolute_uri(reverse("follow_up_entity", args=[entity.slug]))
    return render(
        request,
        "actionplans/following/missing.html",
        {
            "entity": entity,
            "section": "revision",
            "periods": periods,
            "period": period,
            "when": words(period) if period else "",
            "has_begun": bool(period) and period.opens <= today,
            "rows": [_row(office, entity, period, address) for office in offices],
            "owed": sum(len(office.owed) for office in offices),
        },
    )


def _row(owes, entity, period, address) -> Row:
    letter = compose("missing", "", entity=entity, period=period, owes=owes, address=address)
    people = ",".join(quote(user.email, safe="@") for user in owes.people)
    question = f"subject={quote(letter.subject)}&body={quote(letter.body.replace(chr(10), chr(13) + chr(10)))}"
    return Row(
        owes=owes,
        message=f"{letter.subject}\n\n{letter.body}",
        link=f"mailto:{people}?{question}",
    )
