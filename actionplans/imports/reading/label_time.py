"""The time that a column label names: "ENERO - MARZO", "T1 PLANEADO 2025", "Trimestre I / P", "ene / E"."""

import re
from typing import NamedTuple

from actionplans.imports.reading.dates import MONTH, MONTHS

PLANNED = frozenset(
    ["p", "prog", "programado", "programada", "planeado", "planeada", "planificado", "proyectado", "prg"]
)
EXECUTED = frozenset(
    ["e", "ejec", "ejecutado", "ejecutada", "realizado", "realizada", "real", "logrado", "cumplido"]
)
ROMAN = {
    word: number
    for number, word in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], start=1
    )
}
WORDS = {word: n for n, words in enumerate(
    ("primer primero 1er 1ro", "segundo 2do", "tercer tercero 3er 3ro", "cuarto 4to"), start=1)
    for word in words.split()}  # fmt: skip
LENGTHS = {"bimestre": 2, "trimestre": 3, "trim": 3, "cuatrimestre": 4, "semestre": 6, "sem": 6}

_ORDINAL = rf"(?:{'|'.join([*WORDS, *sorted(ROMAN, key=len, reverse=True), '1[0-2]', '[1-9]'])})"
_UNIT = rf"(?:{'|'.join(LENGTHS)})s?"
_SPAN = re.compile(rf"(?:(?P<before>{_ORDINAL}) (?P<unit>{_UNIT})|(?P<unit2>{_UNIT}) (?P<after>{_ORDINAL}))")
_LETTERED = re.compile(r"([tq]) ?([1-4])|s ?([12])")
_MONTHS = re.compile(rf"(?:mes (?:de )?)?({MONTH})(?: (?:a |al )?({MONTH}))?")
_MONTH_NUMBER = re.compile(r"mes (\d{1,2})")
_MONTHS_LISTED = re.compile(rf"({MONTH})(?: (?:y )?{MONTH})+")
_YEAR = re.compile(r"\b(?:del? )?(?:ano |vigencia )?20\d\d\b")


class LabelTime(NamedTuple):
    """Months covered, the ordinal of the quarter or other span, who it counts for, and the words left over."""

    months: tuple[int, ...]
    ordinal: int
    length: int
    executed: bool | None
    rest: str


def label_time(label: str) -> LabelTime | None:
    """Read a normalised label; None when it names no month nor part of a year."""
    text = " ".join(_YEAR.sub(" ", label).split())
    kept = [word for word in text.split() if word not in PLANNED | EXECUTED]
    executed = role(text)
    for candidate, rest in _candidates(kept):
        if span := _span(candidate):
            return LabelTime(*span, executed, rest)
    return None


def role(label: str) -> bool | None:
    """Whether a label counts what was executed (True) or programmed (False); None when it does not say."""
    words = set(label.split())
    if bool(words & EXECUTED) != bool(words & PLANNED):
        return bool(words & EXECUTED)
    return {"ejecucion": True, "programacion": False}.get(label)


def numeral(label: str) -> int | None:
    """A bare ordinal: "1" … "12", "I" … "XII"."""
    if label.isdecimal() and len(label) <= 2 and 1 <= int(label) <= 12:
        return int(label)
    return ROMAN.get(label)


def _candidates(words: list[str]) -> list[tuple[str, str]]:
    """The words as a whole, then their beginnings and endings with what they leave over."""
    cuts = [(words[:size], words[size:]) for size in range(len(words), 0, -1)]
    cuts += [(words[size:], words[:size]) for size in range(1, len(words))]
    return [(" ".join(chosen), " ".join(w for w in rest if w not in {"del", "de", "al"})) for chosen, rest in cuts]


def _span(text: str) -> tuple[tuple[int, ...], int, int] | None:
    if found := _MONTHS.fullmatch(text):
        first, last = MONTHS[found[1]], MONTHS[found[2] or found[1]]
        return (tuple(range(first, last + 1)), (last + 2) // 3, last - first + 1) if first <= last else None
    if found := _MONTH_NUMBER.fullmatch(text):
        return span_months(int(found[1]), 1)
    if _MONTHS_LISTED.fullmatch(text):
        months = [MONTHS[word] for word in text.split() if word in MONTHS]
        return tuple(sorted(set(months))), (max(months) + 2) // 3, len(set(months))
    if found := _SPAN.fullmatch(text):
        word = found["before"] or found["after"]
        length = LENGTHS[(found["unit"] or found["unit2"]).rstrip("s")]
        return span_months(WORDS.get(word) or numeral(word) or 0, length)
    if found := _LETTERED.fullmatch(text):
        return span_months(int(found[2] or found[3]), 3 if found[1] else 6)
    return None


def span_months(ordinal: int, length: int) -> tuple[tuple[int, ...], int, int] | None:
    """The months of the n-th span of a year: of quarter 2, April to June."""
    if not 1 <= ordinal * length <= 12:
        return None
    return tuple(range((ordinal - 1) * length + 1, ordinal * length + 1)), ordinal, length
