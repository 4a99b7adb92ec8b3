"""By which bands a figure was read, in words: where each begins, and in which one the figure fell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from .lights import Band
from .numbers import percent


def light_words(to_date: Decimal | None, light: Band | None, bands: Sequence[Band]) -> list[str]:
    """«Semáforo: lo ejecutado es 88,5 % de lo programado a la fecha y cae en «Al día», desde 80 %.»; the bands.

    Nothing where there is no light. `bands` are those by which it was read; where they are not known, only the
    one that the figure fell in is told.
    """
    if light is None:
        return []
    of_programmed = f"lo ejecutado es {_percent(to_date)} de lo programado a la fecha y "
    fell = f"Semáforo: {of_programmed if to_date is not None else ''}cae en {_one(light)}."
    return [fell, f"Franjas que se usaron: {bands_words(bands)}."] if light in bands else [fell]


def bands_words(bands: Sequence[Band]) -> str:
    """«Al día», desde 80 %; «En riesgo», desde 60 % y menos de 80 %; «Atrasada», menos de 60 %."""
    ordered = sorted(bands, key=lambda band: band.floor, reverse=True)
    below = [_between(band, above) for above, band in pairwise(ordered)]
    return "; ".join([*map(_one, ordered[:1]), *below])


def _one(band: Band) -> str:
    return f"«{band.label}», desde {_percent(band.floor)}"


def _between(band: Band, above: Band) -> str:
    if not band.floor:
        return f"«{band.label}», menos de {_percent(above.floor)}"
    return f"{_one(band)} y menos de {_percent(above.floor)}"


def _percent(value: Decimal) -> str:
    """Never broken over two lines."""
    return percent(value).replace(" ", "\N{NO-BREAK SPACE}")
