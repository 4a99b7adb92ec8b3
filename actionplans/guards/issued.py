"""What the list of issued files refuses: any change to what was printed on a file that is out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .triggers import ALWAYS, Guard

ISSUED = "actionplans_issuedfile"
OUT = "Lo que se emitió no cambia: un archivo nuevo lleva su propio código."


def guards(columns_of: Callable[[str], list[str]]) -> Iterator[Guard]:
    yield Guard(name="kept_issuedfile", table=ISSUED, refusal=OUT, update=ALWAYS, delete=ALWAYS)
