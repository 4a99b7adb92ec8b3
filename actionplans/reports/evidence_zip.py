"""The evidence of a selection as a ZIP: the files, an index of what each one shows, and the sums to check them."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.text import slugify

from actionplans.enums import IssuedKind
from actionplans.models import Contribution, Evidence, Report, ReportRevision

from .follow_up.selection import FollowUpSelection, NoEvidence
from .issued.issuing import Issue, issued_bytes
from .issued.verification import Mark
from .issued.verification_sheet import write_verification
from .plan.data_sheet import HEADING_FILL
from .plan.tables import BOM, escaped
from .workbooks.book import Book
from .zip_stream import Member, safe_name, zip_pieces

MOST_AT_ONCE, MOST_FILES_AT_ONCE = 30 * 1024 * 1024, 300
"""Bytes and files that are sent while the person waits."""
SUMS, CSV_INDEX, BOOK_INDEX, READ_ME = "SHA256SUMS", "indice.csv", "indice.xlsx", "LEEME.txt"
CHUNK = 256 * 1024
AS_LINK, FOUND, CHANGED, GONE = "enlace", "coincide", "NO COINCIDE", "NO ESTÁ"


@dataclass(frozen=True)
class Use:
    """One piece of evidence of one report; `path` is where its file is in the archive, empty for a link."""

    report: Report
    evidence: Evidence
    office: str
    path: str


@dataclass
class Archive:
    """The uses in their order. `checks` fills while the files are read: what each stored file turned out to be."""

    selection: FollowUpSelection
    uses: tuple[Use, ...]
    checks: dict[int, str] = field(default_factory=dict)

    @property
    def files(self) -> dict[int, tuple[Evidence, str]]:
        """Each file once, wherever it serves."""
        return {use.evidence.pk: (use.evidence, use.path) for use in self.uses if not use.evidence.is_link}

    @property
    def size(self) -> int:
        return sum(evidence.size for evidence, _ in self.files.values())

    @property
    def is_small(self) -> bool:
        return self.size <= MOST_AT_ONCE and len(self.files) <= MOST_FILES_AT_ONCE


def evidence_archive(selection: FollowUpSelection) -> Archive:
    """The evidence of the sent reports that the reader may see. Raises NoEvidence without any."""
    visible = Evidence.objects.visible_to(selection.reader).select_related("office")
    reports = _reports(selection, visible)
    paths: dict[int, str] = {}
    uses = []
    for report in reports:
        for evidence, office in _evidence_of(report):
            path = "" if evidence.is_link else paths.setdefault(evidence.pk, _path(report, evidence))
            uses.append(Use(report, evidence, office, path))
    if not uses:
        raise NoEvidence
    return Archive(selection, tuple(uses))


def archive_pieces(archive: Archive, progress: Callable = lambda *said: None) -> Iterator[bytes]:
    return zip_pieces(_members(archive, progress))


def write_archive(archive: Archive, target: Path, progress: Callable) -> None:
    with target.open("wb") as file:
        file.writelines(archive_pieces(archive, progress))


def _reports(selection: FollowUpSelection, visible) -> list[Report]:
    found: list[Report] = []
    added = Contribution.objects.select_related("office").prefetch_related(Prefetch("evidence", visible))
    current = ReportRevision.objects.select_related("promise__version__plan").prefetch_related(
        Prefetch("evidence", visible)
    )
    for period in selection.periods():
        rows = Report.objects.visible_to(selection.reader).filter(
            period=period, activity__in=selection.promised(period).order_by().values("activity")
        )
        found += (
            rows.filter(current__isnull=False)
            .select_related("activity", "period")
            .prefetch_related(Prefetch("current", current), Prefetch("contributions", added))
            .order_by("activity__plan", "activity__key")
        )
    return found


def _evidence_of(report: Report) -> Iterator[tuple[Evidence, str]]:
    """With the office that brought it; what several bring is told once."""
    seen = set()
    own = [(evidence, evidence.office) for evidence in report.current.evidence.all()]
    others = [(evidence, row.office) for row in report.contributions.all() for evidence in row.evidence.all()]
    for evidence, office in [*own, *others]:
        if evidence.pk not in seen:
            seen.add(evidence.pk)
            yield evidence, office.name if office else ""


def _path(report: Report, evidence: Evidence) -> str:
    """«plan-de-archivo/actividad-3/trimestre-i/41-acta.pdf»: of the first activity that it shows."""
    promise = report.current.promise
    plan = promise.version.plan.slug[:60].strip("-")
    number = slugify(promise.printed_number)[:20] or promise.position
    return f"{plan}/actividad-{number}/{slugify(report.period.name)}/{evidence.pk}-{safe_name(evidence.name)}"


def _members(archive: Archive, progress: Callable) -> Iterator[Member]:
    """The files first: the index tells what came of reading each one."""
    now = timezone.localtime()
    total = len(archive.files)
    for number, (evidence, path) in enumerate(archive.files.values()):
        progress(number, total, evidence.name)
        try:
            stored = evidence.file.open("rb")
        except FileNotFoundError:
            archive.checks[evidence.pk] = GONE
            continue
        with stored:
            chunks = _checked(archive, evidence, stored)
            yield Member(path=path, at=timezone.localtime(evidence.at), chunks=chunks, size=evidence.size)
    progress(total, total, "Escribiendo el índice")
    written = {CSV_INDEX: _csv(archive), BOOK_INDEX: _book(archive), READ_ME: _read_me(archive, now)}
    sums = [f"{evidence.sha256}  {path}\n" for evidence, path in archive.files.values()]
    sums += [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in written.items()]
    written[SUMS] = "".join(sums).encode()
    for name, content in written.items():
        yield Member(path=name, at=now, chunks=[content], size=len(content), is_compressed=False)


def _checked(archive: Archive, evidence: Evidence, stored) -> Iterable[bytes]:
    """The bytes of the file as they are; whether they are the ones that came is noted at the end."""
    digest = hashlib.sha256()
    while chunk := stored.read(CHUNK):
        digest.update(chunk)
        yield chunk
    archive.checks[evidence.pk] = FOUND if digest.hexdigest() == evidence.sha256 else CHANGED


COLUMNS: dict[str, tuple[float, Callable[[Archive, Use], Any]]] = {
    "plan": (40, lambda archive, use: use.report.current.promise.version.title),
    "numero": (8, lambda archive, use: _number(use)),
    "clave": (8, lambda archive, use: use.report.activity.key),
    "actividad": (50, lambda archive, use: use.report.current.promise.description),
    "periodo": (22, lambda archive, use: str(use.report.period)),
    "reporte": (20, lambda archive, use: use.report.get_status_display()),
    "evidencia": (10, lambda archive, use: use.evidence.pk),
    "nombre": (44, lambda archive, use: use.evidence.name),
    "que_muestra": (40, lambda archive, use: use.evidence.description),
    "clase": (24, lambda archive, use: use.evidence.get_classification_display()),
    "por_que_no_es_publica": (40, lambda archive, use: use.evidence.ground),
    "dependencia": (34, lambda archive, use: use.office),
    "fecha": (12, lambda archive, use: timezone.localdate(use.evidence.at)),
    "bytes": (12, lambda archive, use: None if use.evidence.is_link else use.evidence.size),
    "sha256": (66, lambda archive, use: use.evidence.sha256),
    "archivo": (70, lambda archive, use: use.path),
    "enlace": (60, lambda archive, use: use.evidence.url),
    "al_empacar": (14, lambda archive, use: archive.checks.get(use.evidence.pk, AS_LINK)),
}


def _number(use: Use) -> str:
    promise = use.report.current.promise
    return promise.printed_number or str(promise.position)


def _rows(archive: Archive) -> Iterator[list[Any]]:
    for use in archive.uses:
        yield [value(archive, use) for _, value in COLUMNS.values()]


def _csv(archive: Archive) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([escaped(v) if isinstance(v, str) else v for v in row] for row in _rows(archive))
    return (BOM + file.getvalue()).encode()


def _book(archive: Archive) -> bytes:
    title = f"Evidencias · {archive.selection.title}"
    issue = Issue(
        entity=archive.selection.entity,
        kind=IssuedKind.FOLLOW_UP,
        suffix="xlsx",
        title=title,
        name=BOOK_INDEX,
        by=archive.selection.reader,
    )
    return issued_bytes(issue, lambda mark: _drawn_book(archive, title, mark))


def _drawn_book(archive: Archive, title: str, mark: Mark) -> bytes:
    file = io.BytesIO()
    with Book(file, title=title, author=archive.selection.entity.name) as book:
        page = book.sheet("Evidencias", [width for width, _ in COLUMNS.values()], fits=False)
        heading = book.style(bold=True, bg_color=f"#{HEADING_FILL}")
        cell = book.style(valign="top", text_wrap=False)
        page.write([(name, heading) for name in COLUMNS])
        page.worksheet.freeze_panes(1, 0)
        for row in _rows(archive):
            page.write_sparsely(row, cell)
        page.worksheet.autofilter(0, 0, max(1, page.row - 1), len(COLUMNS) - 1)
        write_verification(book, mark)
    return file.getvalue()


def _read_me(archive: Archive, now: datetime.datetime) -> bytes:
    selection = archive.selection
    lost = [pk for pk, found in archive.checks.items() if found != FOUND]
    lines = [
        f"Evidencias · {selection.title}",
        f"{selection.entity.name}. Hecho el {now:%d/%m/%Y} a las {now:%H:%M}.",
        *([selection.entity.example_notice] if selection.entity.has_example_data else []),
        "",
        "Van las evidencias de lo último que se envió de cada actividad y de los aportes de otras dependencias, "
        "con las reservadas y las que tienen datos personales: cuide a quién entrega esta carpeta.",
        f"{CSV_INDEX} e {BOOK_INDEX} dicen qué muestra cada una. Una misma evidencia puede servir a varias "
        "actividades: su archivo va una sola vez. Los enlaces van en el índice, sin archivo.",
        f"Para comprobar que ningún archivo cambió desde que se aportó: sha256sum -c {SUMS}",
        "En Windows: Get-FileHash -Algorithm SHA256 NOMBRE",
    ]
    if lost:
        lines += ["", f"ATENCIÓN: {len(lost)} no están como se aportaron. Vea la columna al_empacar del índice."]
    return "\r\n".join([*lines, ""]).encode()
