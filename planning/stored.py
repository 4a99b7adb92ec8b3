"""What the storage really holds of a file."""

from __future__ import annotations

import hashlib

from django.db.models.fields.files import FieldFile


def sha256_of(file: FieldFile) -> str | None:
    """Of the bytes that the storage has, read piece by piece; None where it has none."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stored:
            for piece in stored.chunks():
                digest.update(piece)
    except FileNotFoundError:
        return None
    return digest.hexdigest()
