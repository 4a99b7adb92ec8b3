"""A ZIP that is sent while it is being made: no more of it is in memory than the piece on its way."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

MEDIA_TYPE = "application/zip"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST_STEM = 80
_EARLIEST = datetime.datetime(1980, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file of the archive. `size` may be 0 where nobody knows it; what is packed already `is_compressed`."""

    path: str
    at: datetime.datetime
    chunks: Iterable[bytes]
    size: int = 0
    is_compressed: bool = True


def zip_pieces(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive piece by piece; each member is asked for when the one before it has been sent."""
    tube = _Tube()
    with zipfile.ZipFile(tube, "w") as archive:
        for member in members:
            with archive.open(_info(member), "w") as out:
                for chunk in member.chunks:
                    out.write(chunk)
                    yield from tube.taken()
            yield from tube.taken()
    yield from tube.taken()


def safe_name(name: str) -> str:
    """A file's name that every system unpacks: no folders, nothing that a system reserves, not too long."""
    clean = _FORBIDDEN.sub("-", name).strip(" .-") or "archivo"
    path = PurePosixPath(clean)
    suffix = path.suffix[:12]
    return f"{clean.removesuffix(path.suffix)[:_LONGEST_STEM].rstrip(' .-') or 'archivo'}{suffix}"


def _info(member: Member) -> zipfile.ZipInfo:
    at = max(member.at.replace(tzinfo=None), _EARLIEST)
    info = zipfile.ZipInfo(member.path, at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED if member.is_compressed else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.file_size = member.size  # so that a large one is announced as such
    return info


class _Tube:
    """What the archive writes to. It cannot be sought in, so sizes and sums stand behind each member."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> Iterator[bytes]:
        pieces, self._pieces = self._pieces, []
        if pieces:
            yield b"".join(pieces)
