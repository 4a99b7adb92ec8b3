"""Whether what came is read at once or by a job: told by what there is to read, not by the pictures in it."""

import zipfile
from io import BytesIO

MOST_AT_ONCE = 1_500_000
"""Bytes of rows, unpacked: some 1,500 activities of a usual form, read in about a second."""

_ROWS = ("xl/worksheets/", "word/document")


def is_big(content: bytes) -> bool:
    """Whether reading it would keep the person waiting. What is no archive is rows as text."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist() if part.filename.startswith(_ROWS))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        size = len(content)
    return size > MOST_AT_ONCE
