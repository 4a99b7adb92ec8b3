"""What only opening a photo tells: whether it is whole, and where it was taken. Its bytes stay as they are."""

from __future__ import annotations

import struct
import zlib
from contextlib import contextmanager
from os import SEEK_END
from typing import IO

from PIL import Image, ImageFile, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
_POSITION = 0x8825
_LATITUDE = 2
_SMALLEST = (1, 1)
_MOST_PROGRESSIVE = 40_000_000  # a progressive JPG is held whole in memory
_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)


class TooManyPoints(Exception):
    """The picture claims more points than anybody's camera takes; it was not opened."""


def is_whole(file: IO[bytes]) -> bool:
    """Whether the picture is there to its last byte, at the cost of memory of a small one.

    Raises TooManyPoints. The file is left wherever reading ended.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as picture:
            return _CHECKS.get(picture.format, _jpeg_is_whole)(picture, file)
    except Image.DecompressionBombError:
        raise TooManyPoints from None
    except _UNREADABLE:
        return False


def _png_is_whole(picture, _) -> bool:
    """By the check sums of its parts, which are not unpacked."""
    picture.verify()
    return True


def _jpeg_is_whole(picture, _) -> bool:
    """Read to its end, and drawn at an eighth."""
    if picture.info.get("progressive") and picture.width * picture.height > _MOST_PROGRESSIVE:
        raise TooManyPoints
    picture.draft(None, _SMALLEST)
    with _cut_off_ones_refused():
        picture.load()
    return True


@contextmanager
def _cut_off_ones_refused():
    """WeasyPrint, once imported, tells Pillow to draw what it can of a picture that was cut off."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _webp_is_whole(_, file) -> bool:
    """By the length that it says of itself; opening has read what it is made of."""
    file.seek(0)
    said = int.from_bytes(file.read(8)[4:], "little")
    return file.seek(0, SEEK_END) >= said + 8


_CHECKS = {"PNG": _png_is_whole, "WEBP": _webp_is_whole}  # a JPG with several pictures has a name of its own


def holds_position(file: IO[bytes]) -> bool:
    """Reads the head of the picture alone; False for what cannot be read."""
    try:
        with Image.open(file, formats=FORMATS) as picture:
            return _LATITUDE in picture.getexif().get_ifd(_POSITION)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
