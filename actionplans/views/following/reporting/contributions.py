"""What the other offices of an activity add to its report: a text and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import PermissionDenied

from actionplans.domain.following.reporting.drafts import StaleDraft
from actionplans.domain.following.reporting.sending import CONTRIBUTE, contribute
from actionplans.domain.workflow import TransitionRefused
from actionplans.forms.report_evidence import EvidenceForm
from actionplans.models import Contribution, Evidence
from planning.models import Office

from ..quarter.own_work import Work, pieces_of
from .desks import own_offices
from .forms import whole_number

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
    """The form of one of the person's offices; `row` is what it says by now.

    `is_stale`: somebody wrote meanwhile, the same person in another place where `is_own`; nothing was saved.
    """

    office: Office
    row: Contribution | None
    form: ContributionForm
    extra: EvidenceForm
    attached: list[Evidence] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    is_saved: bool = False
    is_stale: bool = False
    is_own: bool = False

    @property
    def revision(self) -> int | None:
        return self.row.revision if self.row else None

    @property
    def theirs(self) -> str:
        """What stands, where it is not what the person wrote over."""
        return self.row.text if self.is_stale and self.row else ""

    @property
    def conflict(self) -> str:
        """Who wrote meanwhile; empty where nobody did."""
        if not self.is_stale:
            return ""
        if self.is_own:
            return "Usted lo cambió en otra pestaña o en otro equipo"
        return f"{self.row.by if self.row else 'Otra persona'} lo cambió mientras usted lo escribía"


def contribution_sheets(work: Work, offices: tuple[Office, ...]) -> list[ContributionSheet]:
    """One for each of the person's offices that answers for the activity without reporting it."""
    return [_sheet(work, office) for office in _contributing(work, offices)]


def write_contribution(request, work: Work, *, attaches: bool = True) -> ContributionSheet:
    """Keep what the office adds; the sheet says what came of it. Its evidence is brought only where `attaches`."""
    offices = _contributing(work, own_offices(request.user, work.period.entity))
    office = next((office for office in offices if str(office.pk) == request.POST.get("office")), None)
    if office is None:
        raise PermissionDenied(CONTRIBUTE)
    sheet = _sheet(work, office, request.POST, request.FILES if attaches else None, attaches=attaches)
    is_valid = sheet.form.is_valid()
    if not is_valid or (attaches and not sheet.extra.is_valid()):
        return sheet
    try:
        sheet.row = _save(request, work, sheet)
    except StaleDraft as stale:
        sheet.row, sheet.is_stale = stale.draft, True
        sheet.is_own = stale.draft is not None and stale.draft.by_id == request.user.pk
        return sheet
    except TransitionRefused as refusal:
        sheet.refusals = refusal.reasons
        return sheet
    sheet.attached = list(sheet.row.evidence.all())
    sheet.is_saved = not (attaches and sheet.extra.errors)
    return sheet


def _save(request, work, sheet) -> Contribution:
    kept = [piece for piece in sheet.attached if str(piece.pk) != request.POST.get("detach")]
    brought = []
    if sheet.extra.is_bound and sheet.extra.says_something:
        brought = sheet.extra.bring(work.period.entity, by=request.user, office=sheet.office, beside=kept)
    return contribute(
        work.promise,
        work.period,
        sheet.office,
        by=request.user,
        text=sheet.form.cleaned_data["text"],
        evidence=list(dict.fromkeys([*kept, *brought])),
        revision=whole_number(request.POST.get("revision", "")),
    )


def _contributing(work, offices) -> list[Office]:
    answering = {row.office_id for row in work.promise.responsibilities.all() if row.office_id and not row.reports}
    return [office for office in offices if office.pk in answering]


def _sheet(work, office, data=None, files=None, *, attaches=True) -> ContributionSheet:
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
            data if attaches else None,
            files,
            activity_id=f"{work.activity_id}-{office.pk}",
            known=[piece for piece in pieces_of(office, work.period) if piece.pk not in keys],
        ),
        attached=attached,
    )
