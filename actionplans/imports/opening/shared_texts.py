"""The texts that a workbook stores once for all of its cells."""

import re
from collections.abc import Sequence
from io import BytesIO

from openpyxl.reader.strings import read_string_table

from actionplans.imports.opening.xml_text import CHARACTERS, OddXml, unescaped

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>\s*)?<sst(?: [^<>]*)?>\s*")
_PLAIN = re.compile(rb'<si><t(?: xml:space="preserve")?>(' + CHARACTERS + rb")</t></si>\s*")
_CLOSING = re.compile(rb"</sst>\s*")
_SCHEMA = b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def shared_texts(xml: bytes) -> Sequence[str]:
    """The texts in order. Those without formats inside are read by a pattern; the others by openpyxl."""
    try:
        return _plain(xml)
    except (OddXml, UnicodeDecodeError):
        return read_string_table(BytesIO(xml))


def _plain(xml: bytes) -> list[str]:
    opening = _OPENING.match(xml)
    if (
        not opening
        or _SCHEMA not in opening[0]
        or (b"encoding" in opening[0] and b"UTF-8" not in opening[0].upper())
    ):
        raise OddXml
    texts: list[str] = []
    at, match = opening.end(), _PLAIN.match
    while found := match(xml, at):
        texts.append(unescaped(found[1]))
        at = found.end()
    if not _CLOSING.fullmatch(xml, at):
        raise OddXml
    # openpyxl takes this mark of Excel's out, wherever it stands.
    return [text.replace("x005F_", "") if "x005F_" in text else text for text in texts]
