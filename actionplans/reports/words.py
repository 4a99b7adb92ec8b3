"""How a form prints lists."""

from __future__ import annotations

from collections.abc import Sequence

from actionplans.imports.reading.offices import split


def listed(names: Sequence[str]) -> str:
    """Offices in one line: with commas where they can still be told apart, else with semicolons."""
    with_commas = ", ".join(names)
    return with_commas if split(with_commas) == list(names) else "; ".join(names)


def as_items(texts: Sequence[str]) -> str:
    """One text as it is, several as a list of bullets."""
    lines = [" ".join(text.split()) if len(texts) > 1 else text for text in texts]
    return "\n".join(f"• {line}" for line in lines) if len(lines) > 1 else "".join(lines)
