"""Write a plan to a file, in its own form."""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand

from actionplans.models import PlanVersion
from actionplans.reports.issued.plans import issued_plan, plan_copy
from actionplans.reports.plan.files import FORMATS, Format
from actionplans.reports.plan.pdf import PdfUnavailable
from planning.management.refusal import Error

STANDARD_OUTPUT = "-"
AS_TEXT = ("csv", "json")


class Command(BaseCommand):
    help = "Escribe un plan en un archivo: en el formato de la entidad (xlsx), en PDF, en CSV o en JSON."

    def add_arguments(self, parser):
        parser.add_argument("plan_id", type=int, metavar="PLAN", help="el número que dice import_plan")
        parser.add_argument("--version", dest="number", type=int, metavar="N", help="si no, la más reciente")
        parser.add_argument("--format", required=True, choices=list(FORMATS), help="formato del archivo")
        parser.add_argument(
            "-o", "--output", required=True, metavar="ARCHIVO", help="«-» para csv o json en pantalla"
        )

    def create_parser(self, prog_name, subcommand, **kwargs):
        # Django's own --version gives way to the plan's.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, *args, **options):
        output, format_ = options["output"], FORMATS[options["format"]]
        if output == STANDARD_OUTPUT and format_.suffix not in AS_TEXT:
            raise Error("Solo csv y json se pueden escribir en pantalla. Indique un archivo con -o.")
        version = _version(options["plan_id"], options["number"])
        try:
            content = _content(version, format_)
        except PdfUnavailable as reason:
            raise Error(str(reason)) from None
        if output == STANDARD_OUTPUT:
            self._print(content)
            return
        _write(Path(output), content)
        self.stdout.write(
            f"«{version.title}» {version.plan.year}, versión {version.number}: {output} ({len(content)} bytes)."
        )

    def _print(self, content: bytes) -> None:
        binary = getattr(sys.stdout, "buffer", None)
        if binary is not None and self.stdout._out is sys.stdout:
            binary.write(content)
            binary.flush()
        else:
            self.stdout.write(content.decode(), ending="")


def _content(version: PlanVersion, format_: Format) -> bytes:
    """The file that everybody gets of a published version; a copy with its own code of a draft."""
    if not (version.is_public and format_.is_issued):
        return plan_copy(version, format_)[1]
    with issued_plan(version, format_.suffix).file.open("rb") as stored:
        return stored.read()


def _version(plan_id: int, number: int | None) -> PlanVersion:
    versions = PlanVersion.objects.filter(plan=plan_id).select_related("plan__entity").order_by("-number")
    if not versions.exists():
        raise Error(f"No hay un plan {plan_id}. El número es el que dice import_plan al guardarlo.")
    version = versions.filter(number=number).first() if number is not None else versions.first()
    if version is None:
        known = ", ".join(str(known) for known in versions.values_list("number", flat=True))
        raise Error(f"El plan {plan_id} no tiene la versión {number}. Las que hay: {known}.")
    return version


def _write(path: Path, content: bytes) -> None:
    """The whole file or none: whoever reads the path never finds a half."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as refusal:
        raise Error(f"No se puede escribir en «{path.parent}»: {refusal.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except OSError as refusal:
        Path(name).unlink(missing_ok=True)
        raise Error(f"No se puede escribir «{path}»: {refusal.strerror}.") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
