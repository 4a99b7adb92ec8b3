"""A report as it stands on a page: the activity, its form, what is attached and what may be offered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from actionplans.domain.following.reporting.drafts import answers_of
from actionplans.forms.report import ReportForm
from actionplans.forms.report_answers import CONFIRMED, same_answers
from actionplans.forms.report_evidence import TYPED, EvidenceForm
from actionplans.models import Evidence
from actionplans.months import MONTH_NAMES
from planning.models import Office

from ..quarter.work import Work
from .imported_texts import ImportedText
from .merging import Marks, marks_of, read_marks

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
    """`form` and `extra` are None where nothing can be written here; `revision` is the draft's that was read.

    `seen` is the number of the sent revision that the page showed, `was` the marks of the answers that it showed.
    `conflict` says who wrote meanwhile.
    """

    work: Work
    form: ReportForm | None = None
    extra: EvidenceForm | None = None
    is_on_behalf: bool = False
    imported: ImportedText | None = None
    revision: int | None = None
    seen: int = 0
    was: Marks | None = None
    refusals: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    conflict: str = ""
    attached: list[Evidence] = field(default_factory=list)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What to correct: the field's place on the page and the words. A conflict comes first, alone."""
        if self.conflict:
            return []
        found = [("", reason) for reason in self.refusals]
        for form in (self.form, self.extra):
            if form is None or not form.is_bound:
                continue
            found += [("", error) for error in form.non_field_errors()]
            for bound in form:
                place = bound.id_for_label or bound.auto_id
                whose = "" if bound.name.startswith(CONFIRMED) else f"{bound.label}: "
                found += [(place, f"{whose}{error}") for error in bound.errors]
        return found

    @property
    def was_json(self) -> str:
        return json.dumps(marks_of(self.work.answers))

    @property
    def is_about_evidence(self) -> bool:
        """Whether all that is to be corrected is in what is being attached."""
        return not self.refusals and not (self.form.is_bound and self.form.errors)

    @property
    def errors_title(self) -> str:
        if not self.is_kept:
            return "No se pudo guardar. Lo que escribió sigue en esta página: cópielo si lo necesita."
        if self.is_about_evidence:
            return "La evidencia no se pudo adjuntar. Lo que escribió está guardado en el borrador."
        return "Falta algo para enviarlo. Lo que escribió está guardado en el borrador."

    @property
    def is_kept(self) -> bool:
        """Whether the draft has what the form says, but for an addition that is not attached."""
        if self.work.writing_obstacles:
            return False
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
    return work.promise.reporting_office


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
    sheet = _sheet(work, is_on_behalf, pieces, imported, None, None, answers, revision_of(work.draft))
    return replace(sheet, seen=work.seen)


def sheet_of_post(
    work: Work, is_on_behalf: bool, data, files, *, pieces=(), imported: ImportedText | None = None
) -> Sheet:
    """The form as a person sends it."""
    sheet = _sheet(
        work, is_on_behalf, pieces, imported, data, files, work.answers, whole_number(data.get("revision", ""))
    )
    return replace(sheet, seen=whole_number(data.get("seen", "")) or 0, was=read_marks(data.get("was", "")))


def whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def with_copied(answers: dict, work: Work) -> dict:
    """The words of the last report behind those that are there."""
    earlier = answers_of(work.last)
    texts = {name: "\n".join(filter(None, (answers.get(name), earlier.get(name)))) for name in COPIED}
    return {**answers, **{name: text for name, text in texts.items() if text}}


def differences(form: ReportForm, mine: dict, theirs: dict, names=None) -> list[Difference]:
    """The fields that say something else in each; of `names` alone where given."""
    asked = [name for name in [*form.fields, *TYPED] if (mine.get(name) or "") != (theirs.get(name) or "")]
    return [
        Difference(name, label_of(form, name), words_of(form, name, mine), words_of(form, name, theirs))
        for name in asked
        if not name.startswith(CONFIRMED) and (names is None or name in names)
    ]


def unsent_of(work: Work) -> list[Difference]:
    """What was typed over what was sent and cannot be sent as things are, field by field."""
    return typed_of(work) if work.unsent_words else []


def typed_of(work: Work, is_on_behalf: bool = False) -> list[Difference]:
    """What the draft says and was not sent so, field by field; `theirs` is what was sent."""
    form = _sheet(work, is_on_behalf, (), None, None, None, work.answers, None).form
    return differences(form, work.draft.answers, work.sent_answers)


def label_of(form: ReportForm, name: str) -> str:
    if name in form.fields:
        return str(form.fields[name].label)
    return str(EvidenceForm.base_fields[name.removeprefix("evidence_")].label)


def words_of(form: ReportForm, name: str, answers: dict) -> str:
    """An answer as people read it."""
    said = answers.get(name) or ""
    if isinstance(said, list):
        return ", ".join(MONTH_NAMES[int(month) - 1] for month in said)
    asked = form.fields.get(name) or EvidenceForm.base_fields.get(name.removeprefix("evidence_"))
    choices = getattr(asked, "choices", None)
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


def revision_of(draft) -> int | None:
    return draft.revision if draft else None
