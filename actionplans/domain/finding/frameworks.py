"""What is found of the strategic framework: each published document, and each of its axes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actionplans.enums import SearchKind
from planning.models import Axis, StrategicFramework

from .entries import Row, entry, replace, said


def index_frameworks(entity) -> int:
    """Write what is found of an entity's published frameworks, in place of what was."""
    published = StrategicFramework.objects.published().filter(entity=entity)
    documents = published.prefetch_related("sections", "pillars", "approaches", "principles", "values")
    axes = (
        Axis.objects.filter(framework__in=published)
        .select_related("framework")
        .prefetch_related("objectives", "lines__programmes__purposes")
        .order_by("framework", "position")
    )
    return replace(entity, [SearchKind.FRAMEWORK], [*map(_document_row, documents), *map(_axis_row, axes)])


def _document_row(framework: StrategicFramework) -> Row:
    return entry(
        framework.entity_id,
        SearchKind.FRAMEWORK,
        framework.slug,
        title=framework.title,
        path=f"plataforma-estrategica/?marco={framework.slug}",
        lines=[
            f"{framework.get_kind_display()} {framework.period}",
            said("Misión", framework.mission),
            said("Visión", framework.vision),
            said("Objetivo general", framework.general_objective),
            said("Lo emite", framework.issuing_office),
            said("Acto de adopción", framework.adoption_act),
            *_named("Pilar", framework.pillars.all()),
            *_named("Enfoque", framework.approaches.all()),
            *_named("Principio", framework.principles.all()),
            *_named("Valor", framework.values.all()),
            said("Sobre este documento", framework.note),
            *(line for row in framework.sections.all() for line in (row.title, *row.body.splitlines())),
        ],
    )


def _axis_row(axis: Axis) -> Row:
    framework = axis.framework
    return entry(
        framework.entity_id,
        SearchKind.FRAMEWORK,
        f"{framework.slug}/{axis.key}",
        title=axis.name,
        path=f"plataforma-estrategica/{framework.slug}/ejes/{axis.key}/",
        lines=[
            f"Eje {axis.position} · {framework.title} {framework.period}",
            axis.description,
            *_named("Objetivo", axis.objectives.all()),
            *_line_lines(axis.lines.all()),
        ],
    )


def _line_lines(lines) -> Iterator[str]:
    for line in lines:
        yield from _named("Línea", [line])
        for programme in line.programmes.all():
            yield from _named("Programa", [programme])
            yield said("Propósitos", *(purpose.text for purpose in programme.purposes.all()))


def _named(label: str, parts: Iterable) -> Iterator[str]:
    for part in parts:
        yield said(label, part.name, part.description)
