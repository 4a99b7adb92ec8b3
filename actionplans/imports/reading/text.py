"""How printed text is compared: one normal form for labels, office names and words of time."""

import re
import unicodedata
from functools import lru_cache

_OPTIONAL_PLURAL = re.compile(r"\(\s*(?:s|es|a|as|os)\s*\)", re.IGNORECASE)
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n\s*(?=[a-záéíóúñ])", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\b[^\W\d_]\.[^\W\d_]\b")
_LONG_BLANK = re.compile(r"\s{20,}")
_NOT_A_WORD = re.compile(r"(?:[^\w%#]|_)+")
_ODD_LETTER = re.compile(r"[^\x00-\u017f\u2000-\u206f]")
_ODD_BLANK = re.compile(r"[\r\n\xa0]|\s{20}|_x000D_")


def normalise(text: object) -> str:
    """Lower case, without accents, punctuation, optional plurals "(S)" or double spaces; keeps % and #.

    >>> normalise("TAREA (S) QUE  AYUDA\\nA IMPLEMENTAR")
    'tarea que ayuda a implementar'
    """
    text = str(text)
    return _known(text) if len(text) <= 200 else _normalised(text)


def _normalised(text: str) -> str:
    if "-" in text:
        text = _HYPHENATED.sub("", text)
    if "(" in text:
        text = _OPTIONAL_PLURAL.sub(" ", text)
    if "." in text:
        text = _INITIALS.sub(lambda found: found.group().replace(".", ""), text)
    if _ODD_LETTER.search(text):
        return _letter_by_letter(text).strip()
    return " ".join(text.translate(_LETTERS).split())


def _letter_by_letter(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.replace("°", " ").replace("%", " % "))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).casefold()
    return _NOT_A_WORD.sub(" ", text)


_LETTERS = {code: _letter_by_letter(chr(code)) for code in (*range(0x180), *range(0x2000, 0x2070))}
"""What becomes of each letter of Spanish texts, worked out once."""

_known = lru_cache(maxsize=32_768)(_normalised)


def clean(value: object) -> str:
    """Text as printed, without outer blanks nor trailing blanks of lines; absurdly long blanks become one."""
    return _cleaned(str(value))


# One cell's text may be shown by many: each is kept once.
@lru_cache(maxsize=1024)
def _cleaned(text: str) -> str:
    if not _ODD_BLANK.search(text):
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("_x000D_", "")
    text = _LONG_BLANK.sub(lambda blank: "\n" if "\n" in blank.group() else " ", text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
