"""Which rows of a filled workbook are taken for which activity, and why the others are not."""

from __future__ import annotations

from collections import defaultdict

from actionplans.imports.opening.file_kind import Refused
from actionplans.imports.reading.offline_book import Line
from actionplans.imports.reading.parsed import Problem
from actionplans.imports.reading.text import clean
from actionplans.models import ReportingPeriod

from ..quarter.work import Work
from .rows import Identity, digest_of_shown, identity_of

OTHER_PERIOD = "El libro es de otro periodo: súbalo en la página de ese periodo, o descargue el de este."
OTHER_ENTITY = "El libro es de otra entidad: descargue el de esta."
CROSSED = (
    "Dice «{said}», pero su identificador es de la actividad {number}{indicator}: no se toma. "
    "Descargue el libro de nuevo y copie en él lo que escribió, sin mover filas."
)
NO_IDENTITY = "La fila no dice de qué actividad es: no se toma. Escriba en las filas que trae el libro."
FORGED = "El identificador de la fila fue cambiado: no se toma. Descargue el libro de nuevo."
TWICE = "La fila está repetida: se toma solo la primera."
NOT_YOURS = "La fila es de una actividad que no reporta esta dependencia en este periodo: no se toma."


def rows_by_activity(reading, period, known, strays) -> dict[int, dict[int, tuple[Identity, Line]]]:
    """The rows that are taken, by activity and indicator; the others are told in `strays`."""
    found: dict = defaultdict(dict)
    for line in reading.lines:
        identity = identity_of(line.identity)
        if identity is None:
            strays.append(stray(reading, line, FORGED if line.identity else NO_IDENTITY))
        elif identity.period != period.pk:
            raise Refused(_of_another(identity.period, period))
        elif identity.activity not in known:
            strays.append(stray(reading, line, NOT_YOURS))
        elif identity.shown != digest_of_shown(line.shown):
            strays.append(stray(reading, line, _crossed(line, identity, known[identity.activity])))
        elif identity.key in found[identity.activity]:
            strays.append(stray(reading, line, TWICE))
        else:
            found[identity.activity][identity.key] = identity, line
    return {activity: rows for activity, rows in found.items() if rows}


def _of_another(number: int, period) -> str:
    is_ours = ReportingPeriod.objects.filter(pk=number, entity=period.entity_id).exists()
    return OTHER_PERIOD if is_ours else OTHER_ENTITY


def _crossed(line: Line, identity: Identity, work: Work) -> str:
    """Whose answers these are nobody knows: the words of the row and its identity do not agree."""
    words = [line.shown["number"], line.shown["activity"], line.shown["indicator"]]
    said = ". ".join(clean(word)[:60] for word in words if word) or "nada"
    labels = [question.label for question in work.questions if question.key == identity.key]
    indicator = f", «{labels[0][:60]}»" if labels else ""
    return CROSSED.format(said=said, number=work.number, indicator=indicator)


def stray(reading, line, message) -> Problem:
    return Problem(severity="error", sheet=reading.sheet, cell=f"fila {line.row}", message=message)
