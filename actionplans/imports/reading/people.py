"""The offices that texts of a workbook name, each text worked out once and within a budget of time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from actionplans.imports.opening.deadline import NEVER, Deadline
from actionplans.imports.reading import offices as office_names
from actionplans.imports.reading.offices import OfficeName
from actionplans.imports.reading.parsed import ParsedResponsible
from actionplans.imports.reading.text import clean, normalise

MOST_CHARACTERS = 400_000
"""Characters of all the different texts that are compared with the offices; beyond, they are only kept."""

_SUPPORT = r"(?:con\s+)?(?:el\s+)?apoy(?:o|a|an)(?:\s+(?:de(?:l)?(?:\s+la)?|por))?"
_LEAD = r"l[ií]der(?:a|es)?|responsable(?:s)?(?:\s+principal)?|dirige"
_LABEL = re.compile(rf"(?i)(?<!\w)(?:(?P<support>{_SUPPORT})|(?P<lead>{_LEAD}))\s*:\s*")
_WITH_SUPPORT = re.compile(r"(?i)[\s,;(]*\bcon\s+(?:el\s+)?apoyo\s+(?:del?|de\s+la)\s+")


class People:
    """Reads the offices of one workbook; `offices` are those of the entity.

    `chosen` tells what a person said of some names, by their normalised text: the office's slug, or None.
    """

    def __init__(
        self,
        offices: Sequence[OfficeName],
        deadline: Deadline = NEVER,
        chosen: Mapping[str, str | None] | None = None,
    ) -> None:
        self.offices = offices
        self._chosen = chosen or {}
        self._deadline = deadline
        self._left = MOST_CHARACTERS
        self._lists: dict[str, list[ParsedResponsible]] = {}
        self._people: dict[tuple[str, bool], ParsedResponsible] = {}

    def named_in(self, text: str) -> list[ParsedResponsible]:
        """The offices of a text, in order; those after "apoyo:" or "con apoyo de" support the ones before."""
        if text not in self._lists:
            self._deadline.check()
            found = [self._person(name, helps) for part, helps in _parts(text) for name in self._split(part)]
            self._lists[text] = found
        return self._lists[text]

    def person(self, text: str) -> ParsedResponsible | None:
        """A text that names one office."""
        return self._person(" ".join(text.split()), False) if text.strip() else None

    def _split(self, text: str) -> list[str]:
        if not self._affords(text):
            return [clean(text)] if text.strip() else []
        return office_names.split(text, self.offices)

    def _person(self, name: str, supports: bool) -> ParsedResponsible:
        if (name, supports) not in self._people:
            self._people[name, supports] = replace(self.matched(name), supports=supports)
        return self._people[name, supports]

    def matched(self, name: str) -> ParsedResponsible:
        """A name, exactly as printed, with the office that it means: the one that a person said, if any did."""
        if self._chosen and (known := normalise(name)) in self._chosen:
            slug = self._chosen[known]
            if slug is None:
                return ParsedResponsible(text=name, settled=True)
            if slug in {office.slug for office in self.offices}:
                return ParsedResponsible(text=name, suggestion=slug, score=1.0, certain=True)
        slug, score, certain = None, 0.0, False
        if self._affords(name):
            slug, score, certain = office_names.match(name, self.offices)
        return ParsedResponsible(
            text=name, suggestion=slug, score=score, certain=certain, settled=not self.offices
        )

    def _affords(self, text: str) -> bool:
        self._left -= len(text)
        return self._left >= 0


def _parts(text: str) -> list[tuple[str, bool]]:
    """The text cut at "Líder:", "Apoyo:" and "con apoyo de", each piece with whether it names who supports."""
    if len(text) > office_names.LONGEST:
        return [(text, False)]
    marked = _WITH_SUPPORT.sub("\nApoyo: ", text)
    if not _LABEL.search(marked):
        return [(text, False)]
    parts: list[tuple[str, bool]] = []
    begin, helps = 0, False
    for found in _LABEL.finditer(marked):
        parts.append((marked[begin : found.start()], helps))
        begin, helps = found.end(), bool(found["support"])
    parts.append((marked[begin:], helps))
    return [(part.strip(" \t\n,;()-"), helps) for part, helps in parts if part.strip(" \t\n,;()-")]
