"""Which activity of a file is which of a draft. Pure: texts and numbers in, places out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from actionplans.domain.contents.content import ActivityContent
from planning.folding import fold

ALIKE_BY_NUMBER = 0.55
"""Two activities of one printed number are the same from this likeness on: one was reworded, not replaced."""
ALIKE_ALONE = 0.82
"""Without a common number, only texts this alike are the same activity."""
TRUSTED = 0.5
"""The permanent numbers of a file count where at least so many of them still say what the draft says."""
MOST_COMPARED = 400_000
"""Pairs of texts that are compared; beyond that many left over, only equal texts and numbers pair."""


def pairs(current: Sequence[ActivityContent], incoming: Sequence[ActivityContent]) -> dict[int, int]:
    """From the place of an incoming activity to that of the current one that it is; never two to one.

    First those of one permanent number, then of one text, then of one printed number with a text alike,
    last those whose texts are alike, the most alike first.
    """
    matching = _Matching(current, incoming)
    matching.by_key()
    matching.by_text()
    matching.by_number()
    matching.by_likeness()
    return matching.found


class _Matching:
    def __init__(self, current, incoming):
        self.current, self.incoming = current, incoming
        self.old = [fold(activity.description) for activity in current]
        self.new = [fold(activity.description) for activity in incoming]
        self.found: dict[int, int] = {}
        self.taken: set[int] = set()

    def _pair(self, new: int, old: int) -> None:
        self.found[new] = old
        self.taken.add(old)

    def _free_old(self) -> list[int]:
        return [place for place in range(len(self.old)) if place not in self.taken]

    def _free_new(self) -> list[int]:
        return [place for place in range(len(self.new)) if place not in self.found]

    def by_key(self) -> None:
        known = {activity.key: place for place, activity in enumerate(self.current)}
        named = [
            (new, known[activity.key])
            for new, activity in enumerate(self.incoming)
            if activity.key is not None and activity.key in known
        ]
        still = sum(self._likeness(new, old) >= ALIKE_ALONE for new, old in named)
        if not named or still < TRUSTED * len(named):
            return
        for new, old in named:
            if old not in self.taken:
                self._pair(new, old)

    def by_text(self) -> None:
        """Equal texts; where several are equal, those of one printed number first, then in their order."""
        for with_number in (True, False):
            places = defaultdict(list)
            for old in self._free_old():
                places[self._name(self.old[old], self.current[old], with_number)].append(old)
            for new in self._free_new():
                if same := places[self._name(self.new[new], self.incoming[new], with_number)]:
                    self._pair(new, same.pop(0))

    def by_number(self) -> None:
        numbers = defaultdict(list)
        for old in self._free_old():
            numbers[self.current[old].printed_number].append(old)
        for new in self._free_new():
            number = self.incoming[new].printed_number
            alike = numbers[number] if number else []
            best = max(alike, key=lambda old: self._likeness(new, old), default=None)
            if best is not None and self._likeness(new, best) >= ALIKE_BY_NUMBER:
                alike.remove(best)
                self._pair(new, best)

    def by_likeness(self) -> None:
        old_left, new_left = self._free_old(), self._free_new()
        if len(old_left) * len(new_left) > MOST_COMPARED:
            return
        scored = [(self._likeness(new, old), new, old) for new in new_left for old in old_left]
        for score, new, old in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
            if score < ALIKE_ALONE:
                return
            if new not in self.found and old not in self.taken:
                self._pair(new, old)

    def _likeness(self, new: int, old: int) -> float:
        return fuzz.ratio(self.new[new], self.old[old]) / 100

    @staticmethod
    def _name(text, activity, with_number):
        return (text, activity.printed_number) if with_number else text
