"""What people type to bring a plan: a file or pasted rows first, then the answers to what was read."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplans.enums import VersionStatus
from actionplans.imports.opening.file_kind import MAX_FILE_BYTES
from actionplans.imports.reading.fiscal_year import FIRST, LAST
from actionplans.imports.reading.pasted import MAX_CHARACTERS
from actionplans.models import ImportSource, PlanVersion
from mipg.models import Policy

LONGEST_NAME = 250
SOURCES = {".docx": ImportSource.DOCUMENT}
PASTED_NAME = "Filas pegadas"


class DraftChoice(forms.ModelChoiceField):
    def label_from_instance(self, version):
        number = f", versión {version.number}" if version.is_modification else ""
        return f"{version.title}, {version.plan.year}{number}"


def open_drafts(entity):
    """The drafts of the entity that a file may update."""
    return (
        PlanVersion.objects.filter(entity=entity, status=VersionStatus.DRAFT)
        .select_related("plan")
        .order_by("-plan__year", "title", "number")
    )


def validate_size(upload) -> None:
    if upload.size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        raise ValidationError(
            f"El archivo pesa más de {limit} MB. Quite imágenes u hojas que no sean del plan y reintente."
        )
    if len(upload.name) > LONGEST_NAME:
        raise ValidationError(f"El nombre del archivo es muy largo: déjelo en {LONGEST_NAME} letras o menos.")


class UploadForm(forms.Form):
    """One of file and pasted rows; the rest may be left for the preview."""

    file = forms.FileField(
        label="Archivo del plan",
        required=False,
        validators=[validate_size],
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.docx"}),
        help_text="El libro de Excel que ya tiene (.xlsx o .xlsm) o el documento de Word con la tabla (.docx), "
        f"de hasta {MAX_FILE_BYTES // 1024 // 1024} MB.",
    )
    pasted = forms.CharField(
        label="O pegue las filas copiadas de Excel",
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Con la fila de encabezados, si la tiene.",
    )
    target = DraftChoice(
        label="Qué hacer con lo que traiga",
        queryset=PlanVersion.objects.none(),
        required=False,
        empty_label="Un plan nuevo (o el borrador que tenga el mismo título)",
        help_text="Si elige un borrador, verá qué cambia antes de aplicarlo.",
    )
    year = forms.IntegerField(
        label="Vigencia",
        required=False,
        min_value=FIRST,
        max_value=LAST,
        help_text="Solo si el archivo no la dice.",
    )
    policy = forms.ModelChoiceField(
        label="Política de MIPG", queryset=Policy.objects.none(), required=False, empty_label="Ninguna"
    )
    title = forms.CharField(
        label="Título del plan", required=False, max_length=250, help_text="Si no lo escribe, se toma del archivo."
    )

    def __init__(self, *args, entity, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = open_drafts(entity)
        self.fields["policy"].queryset = Policy.objects.in_force(entity, timezone.localdate().year)

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        pasted = data["pasted"].strip()
        if bool(data.get("file")) == bool(pasted):
            message = (
                "Elija una sola cosa: el archivo o las filas pegadas."
                if pasted
                else "Elija el archivo del plan, o pegue sus filas."
            )
            self.add_error("file", message)
        return data

    def source(self) -> tuple[str, str, bytes]:
        """What kind of thing came, its name and its bytes."""
        upload = self.cleaned_data["file"]
        if not upload:
            return ImportSource.PASTED, PASTED_NAME, self.cleaned_data["pasted"].encode()
        name = Path(upload.name).name
        return SOURCES.get(Path(name).suffix.lower(), ImportSource.WORKBOOK), name, upload.read()
