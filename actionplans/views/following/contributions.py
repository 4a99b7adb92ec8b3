"""What the other offices of an activity add to its report: a text and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied

from actionplans.domain.following.drafts import StaleDraft
from actionplans.domain.following.reporting import CONTRIBUTE, contribute
from actionplans.domain.workflow import TransitionRefused
from actionplans.forms.report_evidence import EvidenceForm
from actionplans.models import Contribution, Evidence
from planning.models import Office

from .desks import own_offices
from .own_work import Work, pieces_of

LONGEST = 8000


class ContributionForm(forms.Form):
    text = forms.CharField(
        label="¿Qué aportó su dependencia?",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass
class ContributionSheet:
    """The form of one of the person's offices; `row` is what it said so far."""

    office: Office
    row: Contribution | None
    form: ContributionForm
    extra: EvidenceForm
    attached: list[Evidence] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    theirs: str = ""

    @property
    def revision(self) -> int | None:
        return self.row.revision if self.row else None


def contribution_sheets(work: Work, offices: tuple[Office, ...]) -> list[ContributionSheet]:
    """One for each of the person's offices that answers for the activity without reporting it."""
    return [_sheet(work, office) for office in _contributing(work, offices)]


def post_contribution(request, work: Work) -> ContributionSheet | None:
    """Keep what the office adds. Returns the sheet to correct, None when it was saved."""
    offices = _contributing(work, own_offices(request.user, work.period.entity))
    office = next((office for office in offices if str(office.pk) == request.POST.get("office")), None)
    if office is None:
        raise PermissionDenied(CONTRIBUTE)
    sheet = _sheet(work, office, request.POST, request.FILES)
    is_valid = sheet.form.is_valid()
    if not (sheet.extra.is_valid() and is_valid):
        return sheet
    try:
        _save(request, work, sheet)
    except StaleDraft as stale:
        sheet.theirs, sheet.row = (stale.draft.text, stale.draft) if stale.draft else ("", None)
        return sheet
    except TransitionRefused as refusal:
        sheet.refusals = refusal.reasons
        return sheet
    if sheet.extra.errors:
        sheet.row = Contribution.objects.filter(report__activity=work.activity_id, report__period=work.period).get(
            office=office
        )
        sheet.attached = list(sheet.row.evidence.all())
        return sheet
    messages.success(request, f"El aporte de {office.name} quedó guardado.")
    return None


def _save(request, work, sheet) -> None:
    kept = [piece for piece in sheet.attached if str(piece.pk) != request.POST.get("detach")]
    brought = []
    if sheet.extra.says_something:
        brought = sheet.extra.bring(work.period.entity, by=request.user, office=sheet.office)
    text = request.POST.get("revision", "")
    contribute(
        work.promise,
        work.period,
        sheet.office,
        by=request.user,
        text=sheet.form.cleaned_data["text"],
        evidence=list(dict.fromkeys([*kept, *brought])),
        revision=int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None,
    )


def _contributing(work, offices) -> list[Office]:
    answering = {row.office_id for row in work.promise.responsibilities.all() if row.office_id and not row.reports}
    return [office for office in offices if office.pk in answering]


def _sheet(work, office, data=None, files=None) -> ContributionSheet:
    row = work.contribution_of({office.pk})
    attached = list(row.evidence.all()) if row else []
    keys = {piece.pk for piece in attached}
    return ContributionSheet(
        office=office,
        row=row,
        form=ContributionForm(
            data, initial={"text": row.text if row else ""}, auto_id=f"c{work.activity_id}-{office.pk}-%s"
        ),
        extra=EvidenceForm(
            data,
            files,
            activity_id=f"{work.activity_id}-{office.pk}",
            known=[piece for piece in pieces_of(office, work.period) if piece.pk not in keys],
        ),
        attached=attached,
    )
