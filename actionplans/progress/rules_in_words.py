"""The rule of a group's figure, in one sentence for people."""

from __future__ import annotations

from collections.abc import Sequence

from .averaging import Average, Member
from .facts import ProgressState
from .results import GroupProgress


def rule_of(group: GroupProgress, entries: Sequence[Member], result: Average) -> str:
    """«Promedio simple de 3 de 5 actividades: todas cuentan igual, porque no tienen pesos.»."""
    is_of_groups = any(entry.is_group for entry in entries)
    of = f"{group.members_counted} de {group.members_total} {'partes' if is_of_groups else 'actividades'}"
    if is_of_groups and group.members_total == 1:
        method = "Sale de una sola parte: es la misma cifra"
    elif result.is_weighted:
        method = f"Promedio ponderado de {of}: cada una cuenta según el peso que tiene en el plan"
        if group.members_counted < group.members_total:
            method += ", y el peso de las que no entran se reparte entre las demás"
    else:
        method = f"Promedio simple de {of}: todas cuentan igual, porque {_why_simple(entries)}"
    parts = [method]
    if group.left_out:
        parts.append(f"actividades que no entran: {_by_state(group)}")
    nothing_due = sum(entry.is_counted and entry.state == ProgressState.NOT_SCHEDULED for entry in entries)
    if nothing_due:
        parts.append(f"todavía sin nada programado, cuentan con 0 % programado: {nothing_due}")
    if group.cancelled:
        parts.append(f"canceladas, no cuentan: {group.cancelled}")
    return f"{'; '.join(parts)}."


def nothing_counted(group: GroupProgress) -> tuple[ProgressState, str]:
    """The state and the reason of a group without figure: the state of all its activities, if it is one."""
    if not group.total:
        if group.cancelled:
            return ProgressState.CANCELLED, "todas las actividades están canceladas"
        return ProgressState.UNDEFINED, "no hay actividades"
    states = [state for state, _ in group.left_out]
    state = states[0] if len(states) == 1 else ProgressState.UNDEFINED
    return state, f"ninguna actividad se puede calcular ({_by_state(group)})"


def _why_simple(entries: Sequence[Member]) -> str:
    weights = [entry.weight for entry in entries]
    if not any(weight is not None for weight in weights):
        return "no tienen pesos"
    if None in weights:
        return "no todas tienen peso"
    if sum(weights) != 100:
        return "los pesos que tienen en su plan no suman 100 entre ellas"
    return "las que entran pesan 0"


def _by_state(group: GroupProgress) -> str:
    return ", ".join(f"{state.label} ({count})" for state, count in group.left_out)
