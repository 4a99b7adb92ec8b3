"""The months of a year in which something is scheduled: a value, kept as twelve bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

MONTH_NAMES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
ALL_MONTHS = range(1, 13)
FULL_MASK = 0b1111_1111_1111


class MonthSet:
    """An immutable set of months 1–12, ordered, hashable; January is the lowest bit of `mask`."""

    __slots__ = ("mask",)

    def __init__(self, months: Iterable[int] = ()):
        mask = 0
        for month in months:
            if month not in ALL_MONTHS:
                raise ValueError(f"No es un mes del 1 al 12: {month!r}")
            mask |= 1 << (month - 1)
        object.__setattr__(self, "mask", mask)

    def __setattr__(self, name, value):
        raise AttributeError("A MonthSet does not change.")

    def __reduce__(self):
        return MonthSet, (tuple(self),)

    @classmethod
    def from_mask(cls, mask: int) -> MonthSet:
        """The set kept as `mask` (0–4095); ValueError outside."""
        if not 0 <= mask <= FULL_MASK:
            raise ValueError(f"No son doce meses: {mask!r}")
        months = object.__new__(cls)
        object.__setattr__(months, "mask", mask)
        return months

    @classmethod
    def quarter(cls, number: int) -> MonthSet:
        """The three months of quarter 1–4."""
        if number not in range(1, 5):
            raise ValueError(f"No es un trimestre del 1 al 4: {number!r}")
        return cls(range(3 * number - 2, 3 * number + 1))

    def __iter__(self) -> Iterator[int]:
        return (month for month in ALL_MONTHS if self.mask >> (month - 1) & 1)

    def __contains__(self, month: object) -> bool:
        return month in ALL_MONTHS and bool(self.mask >> (month - 1) & 1)

    def __len__(self) -> int:
        return self.mask.bit_count()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MonthSet) and self.mask == other.mask

    def __hash__(self) -> int:
        return hash((MonthSet, self.mask))

    def __or__(self, other: MonthSet) -> MonthSet:
        return MonthSet.from_mask(self.mask | other.mask)

    def __and__(self, other: MonthSet) -> MonthSet:
        return MonthSet.from_mask(self.mask & other.mask)

    def __sub__(self, other: MonthSet) -> MonthSet:
        return MonthSet.from_mask(self.mask & ~other.mask)

    def __repr__(self) -> str:
        return f"MonthSet({list(self)})"

    def up_to(self, month: int) -> MonthSet:
        """The months not later than `month`."""
        return MonthSet(m for m in self if m <= month)

    def __str__(self) -> str:
        """The months in words, runs of three or more shortened: «febrero, abril a junio y diciembre»."""
        parts = [part for run in self._runs() for part in _words(run)]
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} y {parts[-1]}"

    def _runs(self) -> list[list[int]]:
        runs: list[list[int]] = []
        for month in self:
            if runs and runs[-1][-1] == month - 1:
                runs[-1].append(month)
            else:
                runs.append([month])
        return runs


def _words(run: list[int]) -> list[str]:
    names = [MONTH_NAMES[month - 1] for month in run]
    return [f"{names[0]} a {names[-1]}"] if len(names) > 2 else names
