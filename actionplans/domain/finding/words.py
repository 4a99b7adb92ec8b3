"""Words as a search sees them: folded, cut to what they share, and marked where they stand in a text. Pure.

PostgreSQL stems by its Spanish dictionary. What is here forgives plurals where there is none, and finds the place
of a hit in a text that the database only says to match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from planning.folding import fold

LONGEST_ASKED = 200  # characters of what somebody types
MOST_WORDS = 8
SNIPPET = 240  # characters around a hit
BEFORE_HIT = 80

Pieces = list[tuple[str, bool]]
"""A text in order, each piece with whether it is a hit."""

_WORD = re.compile(r"[^\W_]+")
_OPEN_ENDING = re.compile(r"([au])cion\b")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SAYS_NOTHING = """
    a al ante como con contra cual cuando de del desde donde e el ella ellas ellos en entre era es esa ese eso esta
    estan estas este esto estos fue ha han hasta hay la las le les lo los mas me mi mis muy nada ni no nos o os
    otra otras otro otros para pero por porque que quien quienes se ser si sin sobre son su sus tambien te tiene
    todo todos tu un una uno unos y ya yo
"""
_LONG_ENDINGS = """
    aciones uciones amientos imientos amiento imiento acion ucion adores adoras idades mente iendo ando ador adora
    idad ados adas idos idas ivos ivas icos icas ado ada ido ida ivo iva ico ica aran eran iran ara era ira ar er
    ir
"""
_STOP_WORDS = frozenset(_SAYS_NOTHING.split())
_ENDINGS = ((tuple(_LONG_ENDINGS.split()), 4), (("es", "os", "as", "a", "o", "e", "s"), 3))
"""What a word may lose, in this order, and how many letters must be left."""


def plain(text: str) -> str:
    """What somebody typed, as it may be shown again: without control characters and not without end."""
    return " ".join(_CONTROL.sub(" ", text[:LONGEST_ASKED]).split())


def asked_words(text: str) -> tuple[str, ...]:
    """The words that are looked for, folded, each once; those that every text has say nothing."""
    words = dict.fromkeys(words_of(text[:LONGEST_ASKED]))
    return tuple(word for word in words if word not in _STOP_WORDS)[:MOST_WORDS]


def words_of(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def searched(title: str, text: str) -> str:
    """What is searched: the words alone, each between spaces; those of the title on a line before the others."""
    return f" {' '.join(words_of(title))} \n {' '.join(words_of(text))} "


def with_endings_restored(words: str) -> str:
    """Folded words with the accent that the Spanish dictionary needs: it knows «participación» by its ending."""
    return _OPEN_ENDING.sub(r"\1ción", words)


def forms(word: str) -> list[str]:
    """What `searched` holds of a text with the word in singular or plural: how it goes on, or a whole word."""
    found = [f" {word} " if _is_exact(word) else f" {word}"]
    for ending, other in (("ces", "z"), ("es", ""), ("s", ""), ("z", "ces")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            found.append(f" {word.removesuffix(ending)}{other} ")
    return found


def beginning(word: str) -> str:
    """What `searched` holds wherever a word of the same root stands."""
    return f" {word} " if _is_exact(word) else f" {root(word)}"


@lru_cache(maxsize=4096)
def root(word: str) -> str:
    """What a folded word shares with its plural and its kin: «participacion» and «participar» have one."""
    for endings, shortest in _ENDINGS:
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= shortest:
                return word[: -len(ending)]
    return word


def marked(text: str, words: Sequence[str]) -> Pieces:
    """The text in pieces, with the hits told apart."""
    pieces: Pieces = []
    end = 0
    for start, stop in _hits(text, words):
        if start > end:
            pieces.append((text[end:start], False))
        pieces.append((text[start:stop], True))
        end = stop
    if end < len(text):
        pieces.append((text[end:], False))
    return pieces


def snippet(text: str, words: Sequence[str]) -> Pieces:
    """The line of the text that holds most of the words, cut around the first of them; else how it begins."""
    line = max(text.split("\n"), key=lambda line: len(_told(line, words)))
    return marked(_cut(line, next((start for start, _stop in _hits(line, words)), 0)), words)


def _told(line: str, words: Sequence[str]) -> set[str]:
    folded = f" {' '.join(words_of(line))} "
    return {word for word in words if beginning(word) in folded}


def _hits(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        token = fold(match.group())
        if any(_is_hit(token, word) for word in words):
            yield match.span()


def _is_hit(token: str, word: str) -> bool:
    if token == word:
        return True
    return not _is_exact(word) and (token.startswith(word) or root(token) == root(word))


def _is_exact(word: str) -> bool:
    """Numbers, codes and short words are meant as they are."""
    return len(word) < 4 or any(char.isdigit() for char in word)


def _cut(line: str, hit: int) -> str:
    start = 0
    if hit > BEFORE_HIT and len(line) > SNIPPET:
        start = line.find(" ", hit - BEFORE_HIT, hit) + 1 or hit
    end = len(line)
    if end - start > SNIPPET:
        end = line.rfind(" ", hit, start + SNIPPET)
        end = end if end > hit else start + SNIPPET
    return f"{'… ' if start else ''}{line[start:end].strip()}{' …' if end < len(line) else ''}"
