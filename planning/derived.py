"""What apps above write out of rows of the apps below: the audit trail tells them of each change, as it is made.

An app above cannot be imported from here, and no change goes without an event: so it says once, when it starts,
where its table of rewriters is, and none of the doors through which a row is changed has to remember them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.utils.module_loading import import_string

Rewriter = Callable[[object, object, str], None]
"""Takes the entity of the chain (None: all entities), the row or what was kept of a deleted one, and the event."""

_tables: list[str] = []


def written_by(path: str) -> None:
    """Name a table of rewriters by its dotted path: model labels («planning.office») with what to call."""
    if path not in _tables:
        _tables.append(path)


def is_read(obj) -> bool:
    """Whether anybody writes something out of rows of this kind."""
    return any(_rewriters(obj))


def rewrite(entity, obj, event: str) -> None:
    """Let whoever writes something out of rows of this kind do so."""
    for rewriter in _rewriters(obj):
        rewriter(entity, obj, event)


def _rewriters(obj) -> Iterator[Rewriter]:
    for path in _tables:
        table: Mapping[str, Rewriter] = import_string(path)
        if rewriter := table.get(obj._meta.label_lower):
            yield rewriter
