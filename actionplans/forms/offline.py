"""The filled workbook as a person sends it back."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError

LARGEST_MB = 5
LARGEST = LARGEST_MB * 1024 * 1024


def validate_size(upload) -> None:
    if upload.size > LARGEST:
        raise ValidationError(
            f"El libro pesa más de {LARGEST_MB} MB: quite las imágenes u hojas que le agregó y vuelva a subirlo."
        )


class OfflineUploadForm(forms.Form):
    file = forms.FileField(
        label="El libro que llenó",
        validators=[validate_size],
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "empty": "El libro está vacío: elija el que llenó.",
            "required": "Elija el libro que llenó.",
        },
        help_text=f"El mismo que descargó de aquí (.xlsx), de hasta {LARGEST_MB} MB.",
    )

    @property
    def name(self) -> str:
        return Path(self.cleaned_data["file"].name).name
