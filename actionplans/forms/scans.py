"""The copy of an act that a person uploads: what it may be, told by its content."""

from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError

from planning.words import MEGABYTE, megabytes

LARGEST = 10 * MEGABYTE
LONGEST_NAME = 120

# How each kind of file begins, with the extensions that it may bear.
KINDS = {
    b"%PDF-": (".pdf",),
    b"\x89PNG\r\n\x1a\n": (".png",),
    b"\xff\xd8\xff": (".jpg", ".jpeg"),
}
MEDIA_TYPES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def validate_scan(upload) -> None:
    """A PDF, PNG or JPEG of up to 10 MB whose content is what its extension says."""
    if upload.size > LARGEST:
        size = megabytes(upload.size)
        raise ValidationError(f"El archivo pesa {size} y el máximo son 10 MB: redúzcalo y vuelva a subirlo.")
    if len(upload.name) > LONGEST_NAME:
        raise ValidationError(f"El nombre del archivo es muy largo: déjelo en {LONGEST_NAME} letras o menos.")
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    extensions = next((names for start, names in KINDS.items() if head.startswith(start)), ())
    if Path(upload.name).suffix.lower() not in extensions:
        raise ValidationError("El archivo no es un PDF, JPG o PNG, o su extensión no dice lo que es.")


def scan_field(**options) -> forms.FileField:
    return forms.FileField(
        label="Copia del acto",
        validators=[validate_scan],
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(MEDIA_TYPES)}),
        help_text="PDF, JPG o PNG de hasta 10 MB. Solo la verá el personal de la entidad.",
        **options,
    )
