"""Plans and the day by which a norm wants them published: how many were, and what that makes of the duty."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from planning.words import joined

from .duty import Outcome


@dataclass(frozen=True)
class Published:
    """Of `asked` plans: `days` of those published, in order; `undated` are published too, on an unknown day."""

    asked: int
    days: tuple[datetime.date, ...]
    undated: int
    due: datetime.date | None

    @classmethod
    def of(cls, days: Iterable[datetime.date | None], due: datetime.date | None, asked: int | None = None):
        days = list(days)
        known = tuple(sorted(day for day in days if day))
        return cls(len(days) if asked is None else asked, known, len(days) - len(known), due)

    @property
    def number(self) -> int:
        return len(self.days) + self.undated

    @property
    def in_time(self) -> int:
        return sum(self.due is None or day <= self.due for day in self.days)

    @property
    def late(self) -> int:
        return len(self.days) - self.in_time

    def outcome(self, on: datetime.date) -> Outcome:
        if self.number < self.asked or not self.asked:
            if self.due is None or on <= self.due:
                return Outcome.TO_COME
            return Outcome.SHORT if self.number else Outcome.ABSENT
        if self.undated and not (self.in_time and self.late):
            return Outcome.UNKNOWN
        if self.late:
            return Outcome.PARTLY if self.in_time else Outcome.LATE
        return Outcome.MET

    @property
    def graded(self) -> str:
        """«9 a tiempo, 1 después del plazo y 1 sin fecha conocida»; empty where nothing was published."""
        parts = [
            f"{number} {words}"
            for number, words in (
                (self.in_time, "a tiempo"),
                (self.late, "después del plazo"),
                (self.undated, "sin fecha conocida"),
            )
            if number
        ]
        return joined(parts)
