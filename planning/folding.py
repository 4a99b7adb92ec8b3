"""Text without what people type differently: accents, case, repeated spaces. Pure."""

import unicodedata


def fold(text: str) -> str:
    """`text` in lower case, without accents (ñ too) and with single spaces, to search and compare by."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())
