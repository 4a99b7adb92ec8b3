"""Progress as JSON primitives, to be kept and sealed, and back."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from .facts import ProgressState
from .numbers import rounded
from .results import ActivityProgress, GroupProgress, IndicatorProgress, Step

_KINDS = {"activity": ActivityProgress, "group": GroupProgress, "indicator": IndicatorProgress}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_NESTED = ("indicators", "groups")
_DECIMALS = (
    "executed", "programmed", "to_date", "period_executed", "period_programmed", "of_period",
    "previous", "weight", "value", "target",
)  # fmt: skip


def as_data(progress: ActivityProgress | GroupProgress | IndicatorProgress) -> dict:
    """Only dicts, lists, texts, whole numbers, booleans and None; figures are texts of four decimals, half up."""
    data = {"type": _NAMES[type(progress)]}
    return data | {field.name: _written(field.name, getattr(progress, field.name)) for field in fields(progress)}


def from_data(data: dict) -> ActivityProgress | GroupProgress | IndicatorProgress:
    """The progress that `as_data` wrote, its figures as they were rounded; KeyError if it is none."""
    kind = _KINDS[data["type"]]
    return kind(**{field.name: _read(field.name, data[field.name]) for field in fields(kind)})


def _written(name: str, value):
    if name in _NESTED:
        return [as_data(one) for one in value]
    if name in _DECIMALS:
        return None if value is None else f"{rounded(value):f}"
    if name == "steps":
        return [{**step._asdict(), "inputs": [list(row) for row in step.inputs]} for step in value]
    if name == "left_out":
        return [[state.value, count] for state, count in value]
    return value.value if name == "state" else value


def _read(name: str, value):
    if name in _NESTED:
        return tuple(from_data(one) for one in value)
    if name in _DECIMALS:
        return None if value is None else Decimal(value)
    if name == "steps":
        return tuple(Step(**{**step, "inputs": tuple(tuple(row) for row in step["inputs"])}) for step in value)
    if name == "left_out":
        return tuple((ProgressState(state), count) for state, count in value)
    return ProgressState(value) if name == "state" else value
