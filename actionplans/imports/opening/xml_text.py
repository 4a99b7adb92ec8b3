"""Text between the tags of XML that is read by patterns, as a parser would give it."""

import re

CHARACTERS = rb"[^<\x00-\x08\x0b\x0c\x0e-\x1f]*"
"""What may stand between two tags."""

_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));|&")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class OddXml(Exception):
    """XML that the patterns do not know; nothing is said of whether it is right."""


def unescaped(raw: bytes) -> str:
    """The text of what stands between two tags. Raises OddXml or UnicodeDecodeError for what is no text."""
    text = raw.decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match) -> str:
    name, decimal, hexadecimal = entity.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
    legal = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF
    if not legal:
        raise OddXml
    return chr(code)
