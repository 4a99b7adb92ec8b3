"""Which strategic framework a page shows, and what it says of it in one sentence."""

from collections.abc import Iterable

from planning.models import StrategicFramework
from planning.words import counted, joined


def choose_framework(frameworks: Iterable[StrategicFramework], year: int) -> StrategicFramework | None:
    """The one in force in `year`, else the newest; an adopted document before a candidate's programme."""

    def rank(framework):
        in_force = framework.first_year <= year <= framework.last_year
        return in_force, framework.is_adopted, framework.last_year, framework.first_year, framework.slug

    return max(frameworks, key=rank, default=None)


def framework_sentence(framework: StrategicFramework, today) -> str:
    """What the document holds, and whether it still counts. Needs its parts prefetched."""
    axes = framework.axes.all()
    contents = [
        counted(len(framework.pillars.all()), "pilar", "pilares"),
        counted(len(axes), "eje estratégico", "ejes estratégicos"),
        counted(sum(len(axis.objectives.all()) for axis in axes), "objetivo", "objetivos"),
        counted(
            sum(len(line.programmes.all()) for axis in axes for line in axis.lines.all()),
            "programa",
            "programas",
        ),
    ]
    said = joined([words for words in contents if words])
    what = f"Contiene {said}" if said else "Contiene los textos de la entidad"
    if framework.has_expired(today):
        return f"{what}. Su periodo, {framework.period}, ya terminó."
    if framework.first_year > today.year:
        return f"{what}. Su periodo, {framework.period}, aún no empieza."
    return f"{what}, para el periodo {framework.period}."
