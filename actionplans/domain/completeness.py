"""What a plan leaves unsaid, as the citizen will miss it (Ley 1474 de 2011, art. 74).

These are warnings: an entity publishes what it has, and nobody is made to invent a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from actionplans.enums import IndicatorKind
from actionplans.models import PlanVersion
from planning.words import comma

WHOLE = Decimal(100)
Groups = Sequence[tuple[str, Decimal | None]]
"""Components by name, each with what its activities weigh together; None where nobody weighed them."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing that is missing: in words, and in which activities (by number) where it is theirs."""

    text: str
    activities: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What the plan's own gaps are told from; `kept` activities are those that are not cancelled.

    A weight is None where nobody gave one. `groups` are the components that activities have, by name in
    the order of the plan ("" for none), each with what its activities weigh together.
    """

    has_objective: bool
    kept: int
    budgeted: int
    of_components: Decimal | None
    of_activities: Decimal | None
    groups: Groups


def gaps(version: PlanVersion) -> list[Gap]:
    """What is missing, the plan first; `version` comes from `with_activities()`, so nothing is queried."""
    kept = [activity for activity in version.activities.all() if not activity.is_cancelled]
    of_plan = [Gap(text=text) for text in texts_of_plan(_sums_of(version, kept))]
    return [*of_plan, *_gaps_of_activities(version, kept)]


def texts_of_plan(sums: Sums) -> Iterator[str]:
    """What the plan itself lacks, whatever counted it: rows at hand here, the database for a list."""
    if not sums.kept:
        yield "No se leerá qué se va a hacer: no tiene actividades."
    if not sums.has_objective:
        yield "No se leerá para qué es el plan: no tiene objetivo."
    if sums.kept and not sums.budgeted:
        yield "No se leerá cuánto cuesta: ninguna actividad tiene presupuesto."
    if sums.of_components not in (None, WHOLE):
        yield f"Las ponderaciones de los componentes suman {comma(sums.of_components)} % y no 100 %."
    if sums.of_activities in (None, WHOLE):
        return
    for component, total in sums.groups:
        if total not in (None, WHOLE):
            where = f" de «{component}»" if component else ""
            yield f"Las ponderaciones de las actividades{where} suman {comma(total)} % y no 100 %."


def weighing_of(sums: Sums) -> str:
    """What the activities weigh together, in words: in each component where the plan has several, else in all."""
    if sums.of_activities is None:
        return "Sin ponderar"
    apart = weighed_apart(sums.groups)
    if not apart:
        return f"Pesan {comma(sums.of_activities)} %"
    if all(total == WHOLE for _component, total in apart):
        return "Pesan 100 % en cada componente"
    return "No pesan 100 % en cada componente"


def weighed_apart(groups: Groups) -> Groups:
    """The components that weigh, where there are several and together they do not make 100 %; else none."""
    weighed = [(component, total) for component, total in groups if total is not None]
    return weighed if len(groups) > 1 and sum_of(total for _component, total in weighed) != WHOLE else []


def _sums_of(version, kept) -> Sums:
    groups: dict = {}
    for activity in kept:
        groups.setdefault(activity.component, []).append(activity.weight)
    return Sums(
        has_objective=bool(version.objective or version.objectives.all()),
        kept=len(kept),
        budgeted=sum(activity.budget is not None for activity in kept),
        of_components=sum_of(component.weight for component in version.components.all()),
        of_activities=sum_of(activity.weight for activity in kept),
        groups=[(component.name if component else "", sum_of(weights)) for component, weights in groups.items()],
    )


def sum_of(weights) -> Decimal | None:
    """What weights come to together; None where nobody gave one."""
    given = [weight for weight in weights if weight is not None]
    return sum(given) if given else None


def _gaps_of_activities(version, kept) -> Iterator[Gap]:
    of_component = {component.pk: component.indicators.all() for component in version.components.all()}
    measured = [(row, row.indicators.all() or of_component.get(row.component_id, ())) for row in kept]
    for text, is_missing in ACTIVITY_GAPS:
        numbers = tuple(row.activity.key for row, indicators in measured if is_missing(row, indicators))
        if numbers:
            yield Gap(text=text, activities=numbers)


def _nobody_recognised(activity, indicators):
    return not any(row.office_id for row in activity.responsibilities.all())


def _no_date(activity, indicators):
    return not (activity.months or activity.schedule_text or activity.starts or activity.ends)


def _no_deliverable(activity, indicators):
    return not activity.deliverable


def _no_indicator(activity, indicators):
    return not indicators


def _no_target(activity, indicators):
    return bool(indicators) and not any(_says_its_target(row) for row in indicators)


def _says_its_target(indicator) -> bool:
    """A yes or no needs none: it is reached with a yes."""
    is_yes_no = indicator.kind == IndicatorKind.YES_NO
    return is_yes_no or indicator.target is not None or bool(indicator.printed_target)


ACTIVITY_GAPS: tuple[tuple[str, Callable[..., bool]], ...] = (
    ("No se sabrá qué dependencia responde: ninguna está reconocida", _nobody_recognised),
    ("No se sabrá cuándo se hace: sin meses ni plazo", _no_date),
    ("No se sabrá qué entrega: sin producto o entregable", _no_deliverable),
    ("No se podrá medir: sin indicador", _no_indicator),
    ("Se medirá sin meta: el indicador no la dice", _no_target),
)
