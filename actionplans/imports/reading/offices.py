"""Which office of the entity a printed text means, and where one office ends in a cell that names several."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from actionplans.imports.reading.text import clean, normalise

LONGEST = 1_000
"""Characters of the longest text that is still read as a list of offices: more is a narrative."""
SUGGESTED_FROM = 0.8
"""Below this similarity an office is not even suggested."""

ABBREVIATIONS = {
    "sec": "secretaria", "secr": "secretaria", "sria": "secretaria", "scria": "secretaria", "srio": "secretario",
    "of": "oficina", "ofic": "oficina", "ofc": "oficina", "dir": "direccion", "direc": "direccion",
    "dpto": "departamento", "depto": "departamento", "dept": "departamento", "dep": "dependencia",
    "subsec": "subsecretaria", "subdir": "subdireccion", "coord": "coordinacion", "adm": "administrativa",
    "admon": "administracion", "admin": "administrativa", "mpal": "municipal", "mun": "municipal",
    "gral": "general", "jur": "juridica", "ases": "asesora", "gob": "gobierno", "hda": "hacienda",
    "pcion": "planeacion", "plan": "planeacion", "serv": "servicios", "soc": "social", "infra": "infraestructura",
    "com": "comite", "inst": "instituto", "des": "desarrollo", "econ": "economico", "amb": "ambiente",
}  # fmt: skip
OFFICE_WORDS = frozenset(
    [
        "secretaria",
        "secretario",
        "oficina",
        "direccion",
        "director",
        "departamento",
        "comite",
        "subsecretaria",
        "subdireccion",
        "coordinacion",
        "alcaldia",
        "despacho",
        "unidad",
        "area",
        "gerencia",
        "personeria",
        "concejo",
        "contraloria",
        "instituto",
        "jefatura",
        "division",
        "grupo",
        "empresa",
        "tesoreria",
        "consejo",
        "asesor",
        "inspeccion",
        "comisaria",
        "hospital",
        "gestora",
    ]
)
_LINK_WORDS = frozenset({"de", "del", "la", "las", "los", "el", "y", "e", "para", "a"})

_TOKEN = re.compile(r"[^\W_]+\.?")
_HARD_BREAK = re.compile(r"<br\s*/?>|;|\s[·•|]\s|^\s*[·•]\s*", re.IGNORECASE | re.MULTILINE)
_SOFT_BREAK = re.compile(r"\n+|\s*/\s*|\s+[-–—]\s+|,\s*|\s+[ye]\s+(?:(?:la|el)\s+)?")
_ENOUGH = 160
_TRIM = " \t\n,;/-–—·•"


class OfficeName(NamedTuple):
    """The names by which an entity's office is known."""

    slug: str
    name: str
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()


class Match(NamedTuple):
    """The most similar office, if any. `certain` only when the text is one of its names, however abbreviated."""

    slug: str | None
    score: float
    certain: bool


def match(text: str, offices: Iterable[OfficeName]) -> Match:
    """Compare a printed office with the known ones; two offices of the same name are never certain."""
    wanted = comparable(text) if len(text) <= LONGEST else ""
    if not wanted:
        return Match(None, 0.0, False)
    offices = list(offices)
    exact = [office.slug for office in offices if wanted in {comparable(name) for name in _names(office)}]
    if exact:
        return Match(exact[0], 1.0, len(set(exact)) == 1)
    scored = [(_similarity(wanted, comparable(name)), office.slug) for office in offices for name in _full(office)]
    score, slug = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return Match(slug, score, False) if score >= SUGGESTED_FROM else Match(None, score, False)


@lru_cache(maxsize=16_384)
def comparable(text: str) -> str:
    """The normal form of an office: words written out, without links ("de", "y", "la").

    >>> comparable("Sec. de Hacienda")
    'secretaria hacienda'
    """
    return " ".join(word for word in expand(text).split() if word not in _LINK_WORDS)


def expand(text: str) -> str:
    """Normalised text with the abbreviations of offices written out."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in normalise(text).split())


def _names(office: OfficeName) -> list[str]:
    return [name for name in (office.name, office.abbreviation, *office.aliases) if name]


def _full(office: OfficeName) -> list[str]:
    return [name for name in (office.name, *office.aliases) if name]


def _similarity(wanted: str, known: str) -> float:
    """Similarity of two names; a shortened name ("Planeación") is a suggestion, never more than 0.85."""
    same = fuzz.ratio(wanted, known) / 100
    distinctive = [word for word in wanted.split() if word not in OFFICE_WORDS]
    shortened = bool(distinctive) and set(wanted.split()) <= set(known.split())
    return min(0.99, max(same, 0.85 if shortened else 0.0))


def split(text: str, offices: Sequence[OfficeName] = ()) -> list[str]:
    """The offices named in one cell, each as printed. Known names are kept whole, whatever commas they hold."""
    if len(text) > LONGEST:
        return [clean(text)]
    pieces: list[str] = []
    for part in _HARD_BREAK.split(clean(text)):
        for piece, known in _around_known(part, offices):
            pieces.extend([piece] if known else _split_unknown(piece, offices))
    trimmed = [" ".join(re.sub(r"^\s*[ye]\s", "", piece).strip(_TRIM).split()) for piece in pieces]
    named = [piece for piece in trimmed if piece]
    return named if len(named) > 1 else [" ".join(clean(text).split())][: len(named)]


def _around_known(text: str, offices: Sequence[OfficeName]) -> list[tuple[str, bool]]:
    """Cut the text at the longest known names, which must end where the text pauses."""
    tokens = [(found.start(), found.end(), expand(found.group())) for found in _TOKEN.finditer(text)]
    variants = sorted({tuple(expand(name).split()) for office in offices for name in _full(office)}, key=len)
    pieces: list[tuple[str, bool]] = []
    done = position = 0
    while position < len(tokens):
        size = _known_length(text, tokens, position, variants, offices)
        if not size:
            position += 1
            continue
        start, end = tokens[position][0], tokens[position + size - 1][1]
        pieces += [(text[done:start], False), (text[start:end], True)]
        done, position = end, position + size
    return [*pieces, (text[done:], False)]


def _known_length(
    text: str, tokens: list, position: int, variants: list[tuple[str, ...]], offices: Sequence[OfficeName]
) -> int:
    before = text[: tokens[position][0]].rstrip(" \t")
    if before and before[-1] not in ",;/-–—\n" and not re.search(r"(?:^|\s)[ye](?:\s+la)?$", before):
        return 0
    for variant in reversed(variants):
        words = tuple(token[2] for token in tokens[position : position + len(variant)])
        if words == variant and _pauses(text[tokens[position + len(variant) - 1][1] :], offices):
            return len(variant)
    return 0


def _pauses(rest: str, offices: Sequence[OfficeName]) -> bool:
    """Whether the name is over: "Planeación, Medio Ambiente" goes on, "Planeación, Oficina…" does not."""
    pause = re.match(r"[ \t]*(?:[,/\n–—]|-\s|[ye]\s)\s*(?:(?:la|el)\s)?", rest)
    return not rest.strip() or bool(pause and _looks_like_office(rest[pause.end() :], offices))


def _split_unknown(text: str, offices: Sequence[OfficeName]) -> list[str]:
    """Cut only before what looks like an office, so that "Planeación, Medio Ambiente" stays one."""
    pieces: list[str] = []
    begin = 0
    for found in _SOFT_BREAK.finditer(text):
        left, right = text[begin : found.start()], text[found.end() :]
        own_line = "\n" in found.group() and right[:1].isupper() and not left.rstrip().endswith((",", " de", " y"))
        if _looks_like_office(right, offices) and (own_line or _looks_like_office(left, offices)):
            pieces.append(left)
            begin = found.end()
    return [*pieces, text[begin:]]


def _looks_like_office(text: str, offices: Sequence[OfficeName]) -> bool:
    text = text[:_ENOUGH]
    words = expand(text).split()
    if words and words[0] in OFFICE_WORDS:
        return True
    fragment = _SOFT_BREAK.split(text.strip(), maxsplit=1)[0].strip()
    initials = fragment.isalpha() and fragment.isupper() and 2 <= len(fragment) <= 6
    return initials or any(comparable(fragment) == comparable(name) for o in offices for name in _names(o))
