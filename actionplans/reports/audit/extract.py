"""The audit trail as files: a row for each event, with all that proves it. Memory does not grow with the trail."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils import timezone

from actionplans.domain.event_names import event_name
from actionplans.enums import IssuedKind
from planning.canonical import canonical_json
from planning.models import AuditChain, AuditEvent

from ..issued.issuing import Issue, issued_copy
from ..issued.verification import Mark
from ..issued.verification_sheet import write_verification
from ..plan.data_sheet import HEADING_FILL
from ..plan.tables import BOM, escaped
from ..workbooks.book import Book
from ..workbooks.cells import LONGEST_TEXT
from .selection import AuditChoice

EVENTS, GUIDE = "Hechos", "Cómo verificar"
MOST_AT_ONCE = 5_000
"""Events of a workbook that is written while the person waits: a second or two."""
CUT = " […] (texto más largo que una celda: está completo en el archivo CSV)"
_AT_A_TIME = 1_000


def _kind_of(event: AuditEvent) -> str:
    """What people call the table of a row: «versión de plan»."""
    try:
        return str(apps.get_model(event.object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return event.object_type


def _local(event: AuditEvent) -> str:
    return f"{timezone.localtime(event.at):%d/%m/%Y %H:%M:%S}"


COLUMNS: dict[str, tuple[str, float, Callable[[AuditEvent], Any]]] = {
    "secuencia": ("número del hecho en la cadena de la entidad", 9, lambda e: e.sequence),
    "cuando": ("día y hora de Colombia", 18, _local),
    "quien": ("nombre de la cuenta, o «Sistema» si lo hizo una orden del portal", 34, lambda e: e.actor),
    "que": ("qué se hizo", 30, event_name),
    "clase": ("clase de lo que cambió", 18, _kind_of),
    "sobre_que": ("lo que cambió, como se llamaba ese día", 44, lambda e: e.object_label),
    "comentario": ("lo que escribió quien lo hizo", 40, lambda e: e.comment),
    "antes": ("valores de antes, en JSON", 40, lambda e: canonical_json(e.old)),
    "despues": ("valores de después, en JSON", 40, lambda e: canonical_json(e.new)),
    "cuando_utc": (
        "el mismo momento en UTC, como entra en la huella", 32,
        lambda e: e.at.astimezone(datetime.UTC).isoformat(),
    ),
    "hecho": ("identificador del hecho en el portal", 20, lambda e: e.event),
    "tipo": ("tabla de lo que cambió", 26, lambda e: e.object_type),
    "fila": ("fila de esa tabla", 9, lambda e: e.object_id),
    "cuenta": ("número de la cuenta; vacío si lo hizo el sistema", 9, lambda e: e.actor_id),
    "identificador": ("identificador único del hecho", 38, lambda e: str(e.public_id)),
    "sal": ("texto al azar que protege la huella del contenido", 34, lambda e: e.salt),
    "huella_contenido": ("SHA-256 del contenido", 66, lambda e: e.content_digest),
    "huella_anterior": ("huella del hecho anterior de la cadena", 66, lambda e: e.previous),
    "huella": ("SHA-256 del hecho", 66, lambda e: e.digest),
}  # fmt: skip
"""Name of the column → what it says, its width in a workbook, and its value."""


def guide(choice: AuditChoice) -> list[str]:
    """How anybody proves the extract without the portal, and how far the chain went when it was made."""
    chain = AuditChain.objects.filter(entity=choice.entity).first()
    now = timezone.localtime()
    head = f"hecho n.º {chain.sequence}, huella {chain.head}" if chain else "sin hechos"
    return [
        f"Extracto de la auditoría de {choice.entity.name}, hecho el {now:%d/%m/%Y} a las {now:%H:%M}.",
        *([choice.entity.example_notice] if choice.entity.has_example_data else ()),
        f"Cabeza de la cadena en ese momento: {head}.",
        "Está completo."
        if choice.is_whole
        else "Está filtrado: entre dos filas pueden faltar hechos de la cadena.",
        "huella_contenido es el SHA-256 de esta lista escrita en JSON sin espacios, con las claves en orden "
        "alfabético y en UTF-8: [sal, antes, despues, comentario, sobre_que, quien].",
        "huella es el SHA-256, escrito del mismo modo, de [huella_anterior, secuencia, identificador, cuando_utc, "
        "cuenta, hecho, tipo, fila, huella_contenido]; cuenta es un número, o null cuando está vacía.",
        "Dos hechos seguidos encajan cuando huella_anterior del segundo es la huella del primero. La huella del "
        "último hecho es la cabeza de la cadena, que cada acta de cierre lleva impresa.",
        "Un texto del CSV que comienza por apóstrofo y luego =, +, - o @ se protegió para que ninguna hoja de "
        "cálculo lo ejecute: quite el apóstrofo antes de calcular la huella.",
        "Quien administra el portal prueba la cadena entera con la orden verify_audit.",
    ]


def csv_lines(choice: AuditChoice) -> Iterator[bytes]:
    """The file piece by piece, as it is read from the database."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield (BOM + writer.writerow(COLUMNS)).encode()
    for event in _read(choice):
        yield writer.writerow([_csv_cell(value) for value in _values(event)]).encode()


def file_name(choice: AuditChoice, suffix: str) -> str:
    return f"{choice.entity.slug}-auditoria-{timezone.localdate():%Y-%m-%d}.{suffix}"


def write_workbook(choice: AuditChoice, target: Path, progress=lambda done, total, step="": None) -> None:
    """The events on one sheet, on another how to verify them, and on the last one how to verify the file."""
    issue = Issue(
        entity=choice.entity,
        kind=IssuedKind.AUDIT_EXTRACT,
        suffix="xlsx",
        title=f"Auditoría de {choice.entity.name}",
        name=file_name(choice, "xlsx"),
        by=choice.reader,
    )
    issued_copy(issue, lambda mark, path: _write_events(choice, path, progress, mark), target)


def _write_events(choice: AuditChoice, target: Path, progress, mark: Mark) -> None:
    total = choice.events().count()
    with Book(target, title=f"Auditoría de {choice.entity.name}", author=choice.entity.name) as book:
        page = book.sheet(EVENTS, [width for _, width, _ in COLUMNS.values()], fits=False)
        heading = book.style(bold=True, bg_color=f"#{HEADING_FILL}")
        page.write([(name, heading) for name in COLUMNS])
        page.worksheet.freeze_panes(1, 1)
        page.worksheet.repeat_rows(0)
        cell = book.style(valign="top", text_wrap=False)
        for done, event in enumerate(_read(choice)):
            if done % _AT_A_TIME == 0:
                progress(done, total, "Escribiendo los hechos")
            page.write_sparsely([_fitting(value) for value in _values(event)], cell, height=15)
        page.worksheet.autofilter(0, 0, max(1, page.row - 1), len(COLUMNS) - 1)
        _write_guide(book, choice)
        write_verification(book, mark)


def _write_guide(book: Book, choice: AuditChoice) -> None:
    page = book.sheet(GUIDE, [22, 110])
    bold, plain = book.style(bold=True), book.style(valign="top")
    for line in guide(choice):
        page.write([(line, plain), (None, plain)], height=30)
        page.merge(page.row - 1, 0, page.row - 1, 1)
    page.skip()
    page.write([("Columna", bold), ("Qué dice", bold)])
    for name, (words, _, _) in COLUMNS.items():
        page.write([(name, plain), (words, plain)])


def _read(choice: AuditChoice) -> Iterable[AuditEvent]:
    return choice.events().iterator(chunk_size=_AT_A_TIME)


def _values(event: AuditEvent) -> list[Any]:
    return [value(event) for _, _, value in COLUMNS.values()]


def _csv_cell(value: Any) -> Any:
    return escaped(value) if isinstance(value, str) else value


def _fitting(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return value[: LONGEST_TEXT - len(CUT)] + CUT
    return value


class _Echo:
    """What the CSV writer writes to: it gives the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
