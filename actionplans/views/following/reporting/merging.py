"""Two people in one report: what each changed goes together, and only what both changed is a conflict. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b

Marks = Mapping[str, str]
"""A short mark of each answer that a page showed, by the name of its field; what was empty has none."""

MOST = 4000
"""Characters of the marks that a page may send back."""


def marks_of(answers: dict) -> dict[str, str]:
    return {name: _mark(said) for name, said in answers.items() if said}


def read_marks(text: str) -> Marks | None:
    """What a page sent back of its marks; None where it cannot be read, and then nothing is put together."""
    try:
        said = json.loads(text[:MOST])
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def joined(was: Marks | None, mine: dict, theirs: dict) -> tuple[dict, list[str]]:
    """Both texts in one, the own one where both changed a field; and the names of those fields."""
    answers, clashes = {}, []
    for name in dict.fromkeys([*mine, *theirs]):
        own, other = mine.get(name) or "", theirs.get(name) or ""
        said = own
        if own != other:
            is_untouched = was is not None and _mark(own) == was.get(name, "")
            is_only_mine = was is not None and _mark(other) == was.get(name, "")
            if is_untouched:
                said = other
            elif not is_only_mine:
                clashes.append(name)
        if said:
            answers[name] = said
    return answers, clashes


def _mark(said) -> str:
    return blake2b(json.dumps(said).encode(), digest_size=6).hexdigest() if said else ""
