"""The course of a year on a page: `{% year_charts history %}`, with its table; nothing before the second cut."""

from django import template

from actionplans.public.figures import year_charts as drawings

register = template.Library()


@register.inclusion_tag("components/year_charts.html")
def year_charts(history):
    """`history` are the closings of one thing, oldest first, each with its period at hand."""
    return {"charts": drawings.year_charts(history)}
