"""A report as it stands on a page: the activity, its form, what is attached and what may be offered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from actionplans.domain.following.drafts import StaleDraft, answers_of
from actionplans.forms.report import ReportForm, same_answers
from actionplans.forms.report_evidence import TYPED, EvidenceForm
from actionplans.models import Evidence
from actionplans.months import MONTH_NAMES
from planning.models import Office

from .imported_texts import ImportedText
from .own_work import Work

COPIED = ("narrative", "difficulties")
"""What is taken over from an earlier report: its figures are of other months."""


@dataclass(frozen=True)
class Difference:
    """A field of which two people wrote different things."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Sheet:
    """`form` and `extra` are None where nothing can be written here; `revision` is the draft's that was read."""

    work: Work
    form: ReportForm | None = None
    extra: EvidenceForm | None = None
    is_on_behalf: bool = False
    imported: ImportedText | None = None
    revision: int | None = None
    refusals: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    writer: str = ""
    attached: list[Evidence] = field(default_factory=list)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What to correct: the field's place on the page and the words."""
        found = [("", reason) for reason in self.refusals]
        for form in (self.form, self.extra):
            if form is None or not form.is_bound:
                continue
            found += [("", error) for error in form.non_field_errors()]
            for bound in form:
                place = bound.id_for_label or bound.auto_id
                found += [(place, f"{bound.label}: {error}") for error in bound.errors]
        return found

    @property
    def is_kept(self) -> bool:
        """Whether the draft has what the form says, but for an addition that is not attached."""
        said, kept = self.form.typed, self.work.answers
        return same_answers(
            {name: said[name] for name in said if name not in TYPED},
            {name: kept[name] for name in kept if name not in TYPED},
        )

    @property
    def sending_obstacles(self) -> list[str]:
        return self.work.sending_obstacles(on_behalf=self.is_on_behalf)

    @property
    def office(self) -> Office | None:
        return office_of(self.work)


def office_of(work: Work) -> Office | None:
    """The office that reports."""
    return next((row.office for row in work.promise.responsibilities.all() if row.reports), None)


def sheet_of(
    work: Work,
    is_on_behalf: bool,
    *,
    pieces=(),
    imported: ImportedText | None = None,
    copied: bool = False,
) -> Sheet:
    """The form as it waits to be written: the draft, or what was sent; never an earlier report unless `copied`."""
    answers = work.answers
    if copied and work.last:
        answers = with_copied(answers, work)
    return _sheet(work, is_on_behalf, pieces, imported, None, None, answers, _revision(work.draft))


def sheet_of_post(
    work: Work, is_on_behalf: bool, data, files, *, pieces=(), imported: ImportedText | None = None
) -> Sheet:
    """The form as a person sends it."""
    text = data.get("revision", "")
    revision = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
    return _sheet(work, is_on_behalf, pieces, imported, data, files, work.answers, revision)


def with_copied(answers: dict, work: Work) -> dict:
    """The words of the last report behind those that are there."""
    earlier = answers_of(work.last)
    texts = {name: "\n".join(filter(None, (answers.get(name), earlier.get(name)))) for name in COPIED}
    return {**answers, **{name: text for name, text in texts.items() if text}}


def with_conflict(sheet: Sheet, stale: StaleDraft) -> Sheet:
    """Both texts. The form keeps the person's own; saving it again is then a choice with open eyes."""
    draft = stale.draft
    theirs = draft.answers if draft else sheet.work.answers
    return replace(
        sheet,
        revision=_revision(draft),
        differences=tuple(differences(sheet.form, sheet.form.typed, theirs)),
        writer=str(draft.by) if draft else "",
    )


def differences(form: ReportForm, mine: dict, theirs: dict) -> list[Difference]:
    names = [name for name in [*form.fields, *TYPED] if (mine.get(name) or "") != (theirs.get(name) or "")]
    return [
        Difference(name, label_of(form, name), words_of(form, name, mine), words_of(form, name, theirs))
        for name in names
    ]


def label_of(form: ReportForm, name: str) -> str:
    if name in form.fields:
        return str(form.fields[name].label)
    return str(EvidenceForm.base_fields[name.removeprefix("evidence_")].label)


def words_of(form: ReportForm, name: str, answers: dict) -> str:
    """An answer as people read it."""
    said = answers.get(name) or ""
    if isinstance(said, list):
        return ", ".join(MONTH_NAMES[int(month) - 1] for month in said)
    choices = getattr(form.fields.get(name), "choices", None)
    if choices:
        return str(dict(choices).get(said, said))
    return "Sí" if said == "on" else said


def is_untouched(sheet: Sheet) -> bool:
    """Whether the form says what the page showed: nothing to keep."""
    return same_answers(sheet.form.typed, sheet.work.answers)


def _sheet(work, is_on_behalf, pieces, imported, data, files, answers, revision) -> Sheet:
    attached = work.evidence
    keys = {piece.pk for piece in attached}
    form = ReportForm(
        data,
        promise=work.promise,
        period=work.period,
        answers=answers,
        before=work.before,
        executed=work.executed,
        on_behalf=is_on_behalf,
    )
    extra = EvidenceForm(
        data,
        files,
        activity_id=work.activity_id,
        known=[piece for piece in pieces if piece.pk not in keys],
        answers=answers,
    )
    return Sheet(
        work=work,
        form=form,
        extra=extra,
        is_on_behalf=is_on_behalf,
        imported=imported,
        revision=revision,
        attached=attached,
    )


def _revision(draft) -> int | None:
    return draft.revision if draft else None
