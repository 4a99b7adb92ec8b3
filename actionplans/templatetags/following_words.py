"""How a deadline is told, on pages and in mails."""

from django import template

from planning.words import count, long_date

register = template.Library()


@register.filter
def deadline_words(row) -> str:
    """«vence el 15 de abril de 2024», «venció el 15 de abril de 2024»; `row` has `last_day` and `days`."""
    return f"{'venció' if row.days < 0 else 'vence'} el {long_date(row.last_day)}"


@register.filter
def standing_words(row) -> str:
    """What was begun or given back of what is owed; empty where nothing was: `row` is an `Owed`."""
    if row.is_returned:
        return f"Planeación lo devolvió: «{row.asked}»" if row.asked else "El periodo se reabrió para corregirlo"
    return "Hay un borrador sin enviar" if row.is_begun else ""


@register.filter
def days_words(days: int) -> str:
    """«Faltan 7 días», «Vence hoy», «3 días de retraso»."""
    if days < 0:
        return f"{count(-days, 'día', 'días')} de retraso"
    if days == 0:
        return "Vence hoy"
    return f"{'Falta' if days == 1 else 'Faltan'} {count(days, 'día', 'días')}"
