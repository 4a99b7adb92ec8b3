"""The workbook of a year as an issued file: found by the numbers of what is published, by its values, or drawn.

The numbers of an entity move with anything that it publishes, and with what all entities share; the workbook of a
year is another one only when its own values are others. What numbers stand for which values is remembered where
all processes look, so that the values are read once after each change.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.core.cache import cache

from actionplans.enums import IssuedKind
from actionplans.models import ActivityVersion, IssuedFile
from actionplans.reports.issued.issuing import BeingDrawn, Issue, is_whole, issued_file, seen
from actionplans.reports.issued.verification import Mark
from planning.content import WHOLE, stamp_of
from planning.models import Entity

from .book_values import BookValues, fingerprint_of_book
from .columns import published
from .workbook import write_book

MOST_AT_ONCE = 300
"""Activities of a workbook that is read and drawn while the person waits."""
REMEMBERED_FOR = 24 * 60 * 60  # seconds
NAME = re.compile(r"-(\d+)-datos\.xlsx")


def known_book(entity: Entity, year: int) -> IssuedFile | None:
    """The workbook of what is published now, where that is known without reading it. At most four queries."""
    return _known(entity, year, _content_of(entity))


def issued_book(entity: Entity, year: int) -> IssuedFile:
    """The workbook of what is published now, whatever it takes.

    Raises BeingDrawn where somebody else draws it, or the values changed while it was drawn.
    """
    content = _content_of(entity)  # before the values: what changes meanwhile is seen the next time
    found = _known(entity, year, content)
    if found and is_whole(found):
        return found
    source = _fingerprint(entity, year, content)
    return issued_file(
        _issue(entity, year, content, source), lambda mark, target: _draw(target, entity, year, mark, source)
    )


def is_todays_book(issued: IssuedFile) -> bool | None:
    """Whether its year's workbook would be the very same today; None where that is not known and long to read."""
    entity, year, content = issued.entity, _year_of(issued), _content_of(issued.entity)
    found = _known(entity, year, content)
    if found:
        return found == issued
    return issued.source == _fingerprint(entity, year, content) if is_small(entity, year) else None


def is_small(entity: Entity, year: int) -> bool:
    activities = ActivityVersion.objects.filter(version__in=published(entity, year))
    return activities[: MOST_AT_ONCE + 1].count() <= MOST_AT_ONCE


def _content_of(entity: Entity) -> str:
    return seen(stamp_of(entity.slug, [WHOLE]))


def _known(entity: Entity, year: int, content: str) -> IssuedFile | None:
    books = IssuedFile.objects.standing().filter(
        entity=entity, kind=IssuedKind.OPEN_DATA, name=_name(entity, year), is_public=True
    )
    if found := books.filter(content=content).first():
        return found
    source = cache.get(_place(entity, year, content))
    return books.filter(source=source).first() if source else None


def _fingerprint(entity: Entity, year: int, content: str) -> str:
    """Of the values of the year that go with those numbers of the entity."""
    place = _place(entity, year, content)
    source = cache.get(place)
    if source is None:
        source = fingerprint_of_book(entity, year)
        cache.set(place, source, REMEMBERED_FOR)
    return source


def _draw(target: Path, entity: Entity, year: int, mark: Mark, source: str) -> None:
    values = BookValues(entity, year)
    write_book(target, entity, year, mark, values)
    if values.fingerprint() != source:  # a file never bears the fingerprint of values that are not in it
        raise BeingDrawn


def _issue(entity: Entity, year: int, content: str, source: str) -> Issue:
    return Issue(
        entity=entity,
        kind=IssuedKind.OPEN_DATA,
        suffix="xlsx",
        title=f"Datos abiertos de planeación, vigencia {year}",
        name=_name(entity, year),
        source=source,
        content=content,
        is_public=True,
    )


def _name(entity: Entity, year: int) -> str:
    return f"{entity.slug}-{year}-datos.xlsx"


def _year_of(issued: IssuedFile) -> int:
    """As its name says, which is what tells apart the workbooks of an entity."""
    return int(NAME.search(issued.name).group(1))


def _place(entity: Entity, year: int, content: str) -> str:
    return f"open-data-book:{entity.pk}:{year}:{content.replace(' ', ':')}"
