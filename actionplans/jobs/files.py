"""A temporary file that a kind of work fills and hands over."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def file_to_hand_over(suffix: str) -> Iterator[Path]:
    """A path to write to: kept for the outcome of the job, removed where the work fails."""
    with tempfile.NamedTemporaryFile(suffix=f".{suffix}", delete=False) as file:
        path = Path(file.name)
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise
