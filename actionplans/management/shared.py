"""What all entities of an installation share: catalogue, obligations, kinds of plans, traffic lights, glossary."""

from __future__ import annotations

from django.db import transaction

from mipg.documents import load_catalogue, load_obligations, load_plan_kinds
from planning.documents import Loaded, load_glossary, load_traffic_lights, read

CATALOGUE = "mipg_catalogue.json"


@transaction.atomic
def load_shared() -> list[Loaded]:
    """Write what is not there yet; what people made of the rest stays, and leaves no event."""
    return [
        load_catalogue(read(CATALOGUE)),
        load_plan_kinds(read("institutional_plans.json")),
        load_obligations(read("obligations.json")),
        *load_traffic_lights(read("traffic_lights.json")),
        load_glossary(read("glossary.json")),
    ]


def tell(write, results: list[Loaded]) -> None:
    """A line for each thing that was loaded, and one for all that was there."""
    for loaded in results:
        if loaded.is_new:
            write(f"Cargado: {loaded.label}")
    known = sum(not loaded.is_new for loaded in results)
    if known:
        write(f"Ya estaba y no se tocó: {known} de {len(results)}.")
