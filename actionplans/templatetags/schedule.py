"""The markup of a plan's table that repeats in every row, written in as few pieces as it can be."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from actionplans.public.months import MonthCell, cells_of
from planning.words import figure, money

register = template.Library()

PATTERNS = 4096
"""So many rows of months are kept: plans repeat a few of the possible ones."""


@register.simple_tag
def month_strip(row, page) -> SafeString:
    """The twelve cells of a row, or one that says that nothing is programmed."""
    if not row.has_months:
        return mark_safe('<td class="no-months quarter" colspan="12">Sin programación</td>')
    masks = row.said.months.mask, row.executed.mask, row.missed.mask
    return _strip(*masks, page.current_month, page.period_months)


@lru_cache(PATTERNS)
def _strip(scheduled: int, executed: int, missed: int, current: int | None, period: int) -> SafeString:
    cells = cells_of(scheduled, executed, missed, current, period)
    return format_html_join("", '<td class="month{}">{}</td>', ((_css(cell), _mark(cell)) for cell in cells))


def _css(cell: MonthCell) -> str:
    return f"{' quarter' if cell.starts_period else ''}{' now' if cell.is_current else ''}"


def _mark(cell: MonthCell) -> SafeString | str:
    if not cell.css:
        return ""
    return format_html('<span class="{}"></span><span class="visually-hidden">{}</span>', cell.css, cell.words)


@register.simple_tag
def activity_lines(row, has_schedule: bool) -> SafeString | str:
    """What the cell of an activity says under its name: pairs of a description list, none without any."""
    lines = format_html_join(
        "", "<div><dt>{}:</dt> <dd>{}</dd></div>", ((label, words) for label, words in _pairs(row.said) if words)
    )
    if has_schedule:
        lines = format_html('<div class="only-phone"><dt>{}</dt><dd></dd></div>{}', row.schedule, lines)
    return format_html('<dl class="activity-lines">{}</dl>', lines) if lines else ""


@register.simple_tag
def indicator_cell(row, component) -> SafeString:
    """The indicators of an activity with what each is to reach; where it has none, whether its component has."""
    indicators = row.said.indicators
    if not indicators:
        words = "El del componente" if component and component.indicators else "Sin indicador"
        return format_html('<span class="muted">{}</span>', words)
    return format_html_join(
        "",
        '<div><span class="only-phone muted">Indicador: </span>{}{}</div>',
        ((one.name, _goal(one, row.tells_no_target)) for one in indicators),
    )


def _goal(indicator, is_told: bool) -> SafeString | str:
    """`is_told`: the state of the activity's figure already says that no target is defined."""
    if is_told and not indicator.has_goal:
        return ""
    return format_html('<br><span class="muted">{}</span>', indicator.goal)


def _pairs(said):
    leads, supports, tasks = said.leads, said.supports, said.tasks
    yield "Plazo", said.deadline
    yield "Tarea" if len(tasks) == 1 else f"{len(tasks)} tareas", " · ".join(tasks)
    yield "Responden" if len(leads) > 1 else "Responde", "; ".join(leads)
    yield "Apoyan" if len(supports) > 1 else "Apoya", "; ".join(supports)
    yield "Ponderación", f"{figure(said.weight)} %" if said.weight is not None else ""
    yield "Presupuesto", money(said.budget)
