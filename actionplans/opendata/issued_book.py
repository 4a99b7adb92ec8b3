"""The workbook of a year as an issued file: found by the number of what is published, else drawn once."""

from __future__ import annotations

from actionplans.enums import IssuedKind
from actionplans.models import ActivityVersion, IssuedFile
from actionplans.reports.issuing import Issue, fingerprint_of, issued_file, known_file, seen
from planning.content import WHOLE, stamp_of
from planning.models import Entity

from .columns import published
from .workbook import write_book

MOST_AT_ONCE = 300
"""Activities of a workbook that is drawn while the person waits."""


def known_book(entity: Entity, year: int) -> IssuedFile | None:
    """The workbook of what is published now, if it was drawn. Two queries."""
    return known_file(_issue(entity, year))


def issued_book(entity: Entity, year: int) -> IssuedFile:
    """The workbook of what is published now, whatever it takes; raises BeingDrawn where somebody else draws it."""
    issue = _issue(entity, year)
    return issued_file(issue, lambda mark, target: write_book(target, entity, year, mark))


def is_small(entity: Entity, year: int) -> bool:
    activities = ActivityVersion.objects.filter(version__in=published(entity, year))
    return activities[: MOST_AT_ONCE + 1].count() <= MOST_AT_ONCE


def _issue(entity: Entity, year: int) -> Issue:
    """Its source is the number of the entity's content: the date of update that it bears moves with that."""
    content = seen(stamp_of(entity.slug, [WHOLE]))
    return Issue(
        entity=entity,
        kind=IssuedKind.OPEN_DATA,
        suffix="xlsx",
        title=f"Datos abiertos de planeación, vigencia {year}",
        name=f"{entity.slug}-{year}-datos.xlsx",
        source=fingerprint_of("open data", year, content),
        content=content,
        is_public=True,
    )
