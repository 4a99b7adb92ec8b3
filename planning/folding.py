"""Text without what people type differently: accents, case, repeated spaces. Pure."""

import re
import unicodedata

_LATIN_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]")
_BEYOND_LATIN = re.compile("[^\x00-\u036f\u2000-\u206f]")


def fold(text: str) -> str:
    """`text` in lower case, without accents (ñ too) and with single spaces, to search and compare by."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    if _BEYOND_LATIN.search(decomposed):
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    else:
        plain = _LATIN_MARKS.sub("", decomposed)
    return " ".join(plain.split())
