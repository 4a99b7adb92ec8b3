"""Whether a photo says where it was taken: people are told before it is published. Its bytes stay as they are."""

from __future__ import annotations

from typing import IO

from PIL import Image, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
_POSITION = 0x8825
_LATITUDE = 2


def holds_position(file: IO[bytes]) -> bool:
    """Reads the head of the picture alone; False for what cannot be read."""
    try:
        with Image.open(file, formats=FORMATS) as picture:
            return _LATITUDE in picture.getexif().get_ifd(_POSITION)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
