"""What a reading says that the database could not hold: too long, out of range, the wrong way round."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from actionplans.domain.content import ActivityContent, ComponentContent, IndicatorContent, PlanContent
from actionplans.models import ActivityVersion, Component, Indicator, PlanSection, PlanVersion

from .parsed import Problem, Reading


def unstorable(content: PlanContent, reading: Reading) -> list[Problem]:
    """The content's flaws as errors, each at the cell of its activity."""
    problems = [_problem(reading, None, message) for message in _refused_fields(_header_row(content))]
    for parsed, activity in zip(reading.activities, content.activities, strict=True):
        problems += [_problem(reading, parsed.cell, message) for message in _activity_flaws(activity)]
    for component in content.components:
        row = Component(name=component.name, weight=component.weight)
        problems += [_problem(reading, None, message) for message in _component_flaws(component, row)]
    for title, _ in content.sections:
        problems += [_problem(reading, None, message) for message in _refused_fields(PlanSection(title=title))]
    return problems


def _component_flaws(content: ComponentContent, row: Component) -> Iterator[str]:
    yield from _refused_fields(row)
    for indicator in content.indicators:
        yield from _indicator_flaws(indicator)


def _header_row(content: PlanContent) -> PlanVersion:
    return PlanVersion(
        title=content.title,
        form_code=content.form_code,
        form_version=content.form_version,
        source=content.source,
        number=1,
    )


def _activity_flaws(content: ActivityContent) -> Iterator[str]:
    row = ActivityVersion(
        position=1,
        description=content.description,
        printed_number=content.printed_number,
        weight=content.weight,
        budget=content.budget,
    )
    yield from _refused_fields(row)
    for indicator in content.indicators:
        yield from _indicator_flaws(indicator)
    if content.starts and content.ends and content.ends < content.starts:
        yield "La actividad termina antes de empezar: revise las fechas."


def _indicator_flaws(content: IndicatorContent) -> list[str]:
    return _refused_fields(Indicator(position=1, **(vars(content) | {"key": 1})))


def _refused_fields(row) -> list[str]:
    relations = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=relations | {"name", "position"})
    except ValidationError as refusal:
        return [
            f"{row._meta.get_field(name).verbose_name.capitalize()}: {' '.join(messages)}"
            for name, messages in refusal.message_dict.items()
        ]
    return []


def _problem(reading, cell, message) -> Problem:
    return Problem(severity="error", sheet=reading.sheet, cell=cell, message=message)
