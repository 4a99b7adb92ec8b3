"""What goes with a report as evidence: files or a link, with who may see them, and pieces brought before."""

from __future__ import annotations

from django import forms

from actionplans.domain.following.evidence.bringing import bring_file, bring_link, help_words
from actionplans.domain.following.evidence.kinds import BY_MEDIA_TYPE, clean_name
from actionplans.domain.following.evidence.links import full_link, link_flaw
from actionplans.domain.following.evidence.twins import class_clashes
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import Classification
from actionplans.models import Evidence

ACCEPT = "image/*,.pdf,.docx,.xlsx,.pptx,.odt,.ods"
PREFIX = "evidence"
TYPED = tuple(f"{PREFIX}_{name}" for name in ("url", "description", "classification", "ground"))
"""What a draft keeps of an addition that is not attached yet."""
MOST_FILES = 20
CLASS_WORDS = [
    (Classification.PUBLIC, "Pública: cualquier persona la puede ver"),
    (Classification.RESERVED, "Reservada o clasificada: no se publica"),
    (Classification.PERSONAL, "Contiene datos personales: no se publica"),
]


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self, **attrs):
        super().__init__({"multiple": True, **attrs})

    def value_from_datadict(self, data, files, name):
        return files.getlist(name)


class FilesField(forms.FileField):
    """Any number of files; a list, empty when none was chosen."""

    def clean(self, data, initial=None):
        files = [upload for upload in data or () if upload]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Elija hasta {MOST_FILES} archivos cada vez.")
        return files


class EvidenceForm(forms.Form):
    """One addition: its files and its link share class and ground. It may be empty.

    `known` are the pieces that the office may attach again.
    """

    file = FilesField(label="Archivos", required=False, widget=ManyFiles(accept=ACCEPT))
    url = forms.CharField(
        label="O un enlace",
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}),
    )
    description = forms.CharField(label="¿Qué muestra?", required=False, max_length=250)
    classification = forms.ChoiceField(
        label="¿Quién la puede ver?", required=False, choices=CLASS_WORDS, widget=forms.RadioSelect
    )
    ground = forms.CharField(
        label="¿Por qué no es pública?",
        required=False,
        help_text="La norma y qué contiene, por ejemplo «Ley 1581 de 2012: cédulas y firmas».",
    )
    reuse = forms.TypedMultipleChoiceField(
        label="Evidencias que ya aportó este año", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, files=None, *, activity_id, known=(), answers: dict | None = None):
        initial = {name.removeprefix(f"{PREFIX}_"): (answers or {}).get(name, "") for name in TYPED}
        super().__init__(data, files, auto_id=f"a{activity_id}-%s", initial=initial, use_required_attribute=False)
        self.fields["file"].help_text = help_words()
        self.notes: list[str] = []
        self.known = {piece.pk: piece for piece in known}
        if self.known:
            self.fields["reuse"].choices = [(piece.pk, str(piece)) for piece in known]
        else:
            del self.fields["reuse"]

    def add_prefix(self, field_name):
        """«evidence_url»: one name for the page, the script and the workbook."""
        return f"{PREFIX}_{field_name}"

    @property
    def says_something(self) -> bool:
        """Whether there is something to attach; a class chosen without a file is not."""
        return any(bool(self.cleaned_data.get(name)) for name in ("file", "url", "reuse"))

    @property
    def is_begun(self) -> bool:
        """Whether the page shows it open: something was typed, or has to be corrected."""
        return bool(self.is_bound and self.errors) or any(self.initial.values())

    def clean_url(self):
        """Told before anything is brought: the workbook's preview and the list to be sent ask no further."""
        url = full_link(self.cleaned_data["url"])
        if url and (flaw := link_flaw(url)):
            raise forms.ValidationError(flaw)
        return url

    def clean_reuse(self):
        return [self.known[pk] for pk in self.cleaned_data["reuse"]]

    def clean(self):
        data = super().clean()
        if (data.get("file") or data.get("url")) and "classification" not in self.errors:
            if not data.get("classification"):
                self.add_error("classification", "Elija quién la puede ver.")
            elif data["classification"] != Classification.PUBLIC and not data.get("ground"):
                self.add_error("ground", "Diga por qué no es pública: la norma que lo permite y qué contiene.")
        if self.errors and data.get("file"):
            self.add_error("file", "El navegador no guarda los archivos elegidos: elíjalos otra vez.")
        return data

    def bring(self, entity, *, by, office, beside=()) -> list[Evidence]:
        """Bring what was given, each piece by itself: what is right stays although another is refused.

        `beside` are the pieces that the report has. Refusals become errors of their fields, what was there
        already and stays as it was becomes `notes`; `says_something` and a valid form are asked before.
        """
        data, brought = self.cleaned_data, []
        told = {name: data[name] for name in ("classification", "ground", "description")}
        told |= {"by": by, "office": office}
        for piece in data.get("reuse", ()):
            self._one(brought, "reuse", _again, piece, beside=[*beside, *brought])
        for upload in data["file"]:
            told["beside"] = [*beside, *brought]
            row = self._one(brought, "file", bring_file, entity, upload, **told)
            self._note(row, upload.name)
        if data["url"]:
            told["beside"] = [*beside, *brought]
            row = self._one(brought, "url", bring_link, entity, data["url"], **told)
            self._note(row)
        return brought

    def _one(self, brought: list, field: str, bring, *args, **kwargs) -> Evidence | None:
        try:
            row = bring(*args, **kwargs)
        except TransitionRefused as refusal:
            self.add_error(field, refusal.reasons)
            return None
        if row not in brought:
            brought.append(row)
        return row

    def _note(self, row: Evidence | None, name: str = "") -> None:
        """Where the same was there already, its name, words and ground stay: the person is told."""
        if row is None:
            return
        data = self.cleaned_data
        typed = (data["description"].strip(), "" if row.is_public else data["ground"].strip())
        has_name = row.is_link or clean_name(name, BY_MEDIA_TYPE[row.media_type]) == row.name
        if typed != (row.description, row.ground) or not has_name:
            self.notes.append(_as_it_was(row))


def _again(piece: Evidence, beside) -> Evidence:
    clashes = class_clashes(piece.classification, beside, sha256=piece.sha256, url=piece.url)
    if clashes:
        raise TransitionRefused(clashes)
    return piece


def _as_it_was(row: Evidence) -> str:
    name = f" ({row.name})" if row.description and not row.is_link else ""
    what = "El enlace" if row.is_link else "El archivo"
    return f"{what} ya estaba como «{row}»{name}: queda como estaba, sin lo que escribió ahora."
