"""What a PDF says, whatever its lines and its compression."""

import re
import zlib


def unpacked(content: bytes) -> bytes:
    """The PDF with its compressed streams laid open."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"".join(zlib.decompressobj().decompress(s) for s in streams if s[:1] == b"x")


def words(text: str) -> str:
    return re.sub(r"[\s•]+", "", text)
