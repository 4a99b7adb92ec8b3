"""Two versions of a plan, field by field. Pure: canonical dicts in (`sealing.canonical`), values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from actionplans.domain.comparing.field_words import (
    ACTIVITY_LABELS,
    COMPONENT_LABELS,
    HEADER_LABELS,
    INDICATOR_LABELS,
    Names,
    in_words,
)
from actionplans.domain.comparing.word_marks import Piece, marked
from planning.words import joined


@dataclass(frozen=True, kw_only=True)
class Change:
    """A fact that differs, in words; "" where a version does not say it."""

    label: str
    old: str
    new: str

    @cached_property
    def _pieces(self) -> list[Piece]:
        return marked(self.old, self.new)

    @property
    def old_pieces(self) -> list[Piece]:
        return [piece for piece in self._pieces if piece.kind != "added"]

    @property
    def new_pieces(self) -> list[Piece]:
        return [piece for piece in self._pieces if piece.kind != "removed"]


@dataclass(frozen=True, kw_only=True)
class ActivityChange:
    """An activity that differs; `reason` is why it was cancelled."""

    key: int
    description: str
    changes: tuple[Change, ...] = ()
    reason: str = ""

    @property
    def label(self) -> str:
        return f"Lo que cambia de la actividad {self.key}"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    old_number: int
    new_number: int
    plan: tuple[Change, ...]
    changed: tuple[ActivityChange, ...]
    added: tuple[ActivityChange, ...]
    cancelled: tuple[ActivityChange, ...]
    restored: tuple[ActivityChange, ...]
    removed: tuple[ActivityChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.plan or self.changed or self.added or self.cancelled or self.restored or self.removed)

    @property
    def sentence(self) -> str:
        """«La versión 2 cambia 3 actividades, agrega 1 y cancela 1.»"""
        return f"La versión {self.new_number} {joined(self._deeds())}."

    def _deeds(self) -> list[str]:
        if self.is_empty:
            return [f"dice lo mismo que la versión {self.old_number}"]
        counted = [
            ("cambia", self.changed), ("agrega", self.added), ("cancela", self.cancelled),
            ("restablece", self.restored), ("quita", self.removed),
        ]  # fmt: skip
        deeds = [f"{verb} {len(rows)}" for verb, rows in counted if rows]
        if deeds:
            only = next(rows for _verb, rows in counted if rows)
            deeds[0] += " actividad" if len(only) == 1 else " actividades"
        if self.plan:
            deeds.append(f"cambia {len(self.plan)} {'dato' if len(self.plan) == 1 else 'datos'} del plan")
        return deeds


def compare(old: dict, new: dict, names: Names | None = None) -> Comparison:
    """What `new` says otherwise than `old`; `names` are the words for slugs and keys of other rows."""
    names = names or {}
    before, after = _by_key(old["activities"]), _by_key(new["activities"])
    common = [key for key in after if key in before]
    return Comparison(
        old_number=old["version"],
        new_number=new["version"],
        plan=tuple(_plan_changes(old, new, names)),
        changed=tuple(_changed(before, after, common, names)),
        added=tuple(_told(after[key]) for key in after if key not in before),
        cancelled=tuple(
            _told(after[key], reason=after[key]["cancel_reason"])
            for key in common
            if after[key]["cancelled"] and not before[key]["cancelled"]
        ),
        restored=tuple(
            _told(after[key]) for key in common if before[key]["cancelled"] and not after[key]["cancelled"]
        ),
        removed=tuple(_told(before[key]) for key in before if key not in after),
    )


def _by_key(activities) -> dict[int, dict]:
    return {activity["key"]: activity for activity in activities}


def _told(activity, changes=(), reason="") -> ActivityChange:
    return ActivityChange(
        key=activity["key"], description=activity["description"], changes=tuple(changes), reason=reason
    )


def _changed(before, after, common, names):
    for key in common:
        changes = tuple(_activity_changes(before[key], after[key], names))
        if changes:
            yield _told(after[key], changes)


def _activity_changes(old, new, names):
    yield from _fields(old, new, ACTIVITY_LABELS, names)
    yield from _indicator_changes(old["indicators"], new["indicators"], "", names)
    if old["cancelled"] == new["cancelled"]:
        yield from _fields(old, new, {"cancel_reason": "Motivo de la cancelación"}, names)


def _plan_changes(old, new, names):
    yield from _fields(old, new, HEADER_LABELS, names)
    yield from _texts(old["sections"], new["sections"], "Texto")
    yield from _texts(old["objectives"], new["objectives"], "Objetivo específico")
    yield from _component_changes(old["components"], new["components"], names)
    yield from _order(_by_key(old["activities"]), _by_key(new["activities"]), "Orden de las actividades")


def _component_changes(old, new, names):
    before, after = _numbered(old, "name"), _numbered(new, "name")
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        label = f"Componente «{name[0]}»"
        if was is None or now is None:
            yield Change(label=label, old=_summary(was, names), new=_summary(now, names))
            continue
        labels = {field: f"{label}: {said}" for field, said in COMPONENT_LABELS.items()}
        yield from _fields(was, now, labels, names)
        yield from _indicator_changes(was["indicators"], now["indicators"], f"{label}: ", names)
    yield from _order([name for name, _ in before], [name for name, _ in after], "Orden de los componentes")


def _summary(component, names) -> str:
    if component is None:
        return ""
    lines = [component["name"], component["description"], in_words("weight", component["weight"], names)]
    lines += [indicator[1] for indicator in component["indicators"]]
    return "\n".join(line for line in lines if line)


def _indicator_changes(old, new, prefix, names):
    """Indicators by their permanent number; one that is new or gone is told by its name and target."""
    before, after = {row[0]: row for row in old}, {row[0]: row for row in new}
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            yield Change(label=f"{prefix}Indicador", old=_indicator(was, names), new=_indicator(now, names))
            continue
        which = f" ({now[1]})" if len(after) > 1 else ""
        for place, (field, label) in enumerate(INDICATOR_LABELS.items(), start=1):
            if was[place] != now[place]:
                yield Change(
                    label=f"{prefix}{label}{which}",
                    old=in_words(field, was[place], names),
                    new=in_words(field, now[place], names),
                )
    yield from _order(list(before), list(after), f"{prefix}Orden de los indicadores")


def _indicator(row, names) -> str:
    if row is None:
        return ""
    lines = []
    for (field, label), raw in zip(INDICATOR_LABELS.items(), row[1:], strict=True):
        if value := in_words(field, raw, names):
            lines.append(value if field == "name" else f"{label}: {value}")
    return "\n".join(lines)


def _texts(old, new, kind):
    """Titled texts, matched by their titles."""
    before, after = _numbered(old, 0), _numbered(new, 0)
    for title in dict.fromkeys([*before, *after]):
        was, now = before.get(title), after.get(title)
        if was != now:
            yield Change(
                label=f"{kind} «{title[0]}»",
                old=(was[1] or was[0]) if was else "",
                new=(now[1] or now[0]) if now else "",
            )
    yield from _order([name for name, _ in before], [name for name, _ in after], f"Orden: {kind.lower()}")


def _numbered(rows: Iterable, name) -> dict:
    """Rows by their name and which of that name they are, so that two of one name stay two."""
    seen: dict = {}
    numbered = {}
    for row in rows:
        turn = seen[row[name]] = seen.get(row[name], 0) + 1
        numbered[row[name], turn] = row
    return numbered


def _order(old: Iterable, new: Iterable, label: str):
    """A change where what both have stands in another order."""
    old, new = list(old), list(new)
    before, after = [key for key in old if key in new], [key for key in new if key in old]
    if before != after:
        yield Change(label=label, old=_listed(before), new=_listed(after))


def _listed(keys) -> str:
    return "\n".join(f"{place}. {key}" for place, key in enumerate(keys, start=1))


def _fields(old: Mapping, new: Mapping, labels: Mapping[str, str], names):
    for field, label in labels.items():
        if old[field] != new[field]:
            yield Change(
                label=label, old=in_words(field, old[field], names), new=in_words(field, new[field], names)
            )
