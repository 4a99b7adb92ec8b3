"""Read a workbook, or the table of a Word document, into a draft plan."""

import hashlib
import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from actionplans.domain.plan import PlanExists, same_plan
from actionplans.domain.workflow import TransitionRefused
from actionplans.imports import read_plan
from actionplans.imports.apply import content_of, import_reading, office_names, title_for
from actionplans.imports.period_targets import period_problems
from actionplans.imports.reading.parsed import Problem, Reading
from actionplans.imports.storable import unstorable
from mipg.models import Policy
from planning.management.refusal import Error
from planning.models import Entity, User


class Command(BaseCommand):
    help = "Lee un libro de Excel o una tabla de Word (MESG-AS-F17 u otro plan de acción) y lo deja como borrador."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="ARCHIVO", help="libro .xlsx o .xlsm, o documento .docx")
        parser.add_argument("--entity", required=True, metavar="ENTIDAD", help="por ejemplo, cartago")
        parser.add_argument("--year", type=int, metavar="VIGENCIA", help="si el archivo no la dice")
        parser.add_argument("--title", default="", metavar="TÍTULO", help="título del plan")
        parser.add_argument("--policy", type=int, metavar="N", help="número de la política de MIPG")
        parser.add_argument(
            "--sheet", metavar="HOJA", help="hoja del libro o «Tabla 2» del documento; si no, se busca"
        )
        parser.add_argument("--replace-draft", action="store_true", help="reescribe el borrador que ya exista")
        parser.add_argument("--dry-run", action="store_true", help="lee y revisa, sin guardar nada")
        parser.add_argument("--json", action="store_true", help="responde con un objeto JSON y nada más")
        parser.add_argument("--by", metavar="CORREO", help="cuenta de planeación que importa")

    def handle(self, *args, **options):
        _print_whatever_the_terminal_lacks()
        reading, plan_id = self._run(options)
        if options["json"]:
            answer = {"ok": reading.ok, **reading.as_dict(), "plan_id": plan_id}
            speaks_utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
            self.stdout.write(json.dumps(answer, ensure_ascii=not speaks_utf8))
        else:
            self._tell(reading, plan_id)
        if not reading.ok:
            errors = [problem for problem in reading.problems if problem.severity == "error"]
            raise Error("\n".join(_line(problem) for problem in errors))

    def _run(self, options) -> tuple[Reading, int | None]:
        """The reading, with what the portal adds to its problems, and the id of the plan if one was saved."""
        try:
            entity = _entity(options["entity"])
            by = _importer(options["by"], entity)
        except Error as refusal:
            return _refused(str(refusal)), None
        path = Path(options["file"])
        reading = read_plan(path, year=options["year"], sheet=options["sheet"], offices=office_names(entity))
        if not reading.ok:
            return reading, None
        try:
            policy = _policy(options["policy"], entity, reading.year)
        except Error as refusal:
            return _refused(str(refusal), reading), None
        title = options["title"].strip() or title_for(reading, path.name, policy)
        content = content_of(reading, entity, title=title)
        known = same_plan(entity, reading.year, title)
        reading = reading.with_problems([*unstorable(content, reading), *period_problems(content, reading, known)])
        if not reading.ok or options["dry_run"]:
            return reading, None
        workbook = path.read_bytes()
        if hashlib.sha256(workbook).hexdigest() != reading.file_digest:
            return _refused("El archivo cambió mientras se leía: repita la orden.", reading), None
        try:
            version = import_reading(
                reading,
                content,
                entity,
                by=by,
                file_name=path.name,
                file_digest=reading.file_digest,
                policy=policy,
                replace_draft=options["replace_draft"],
                workbook=workbook,
            )
        except PlanExists as refusal:
            return _refused(_already_there(refusal.plan, title), reading), None
        except TransitionRefused as refusal:
            return _refused(str(refusal), reading), None
        return reading, version.plan_id

    def _tell(self, reading, plan_id):
        for problem in (*reading.problems, *reading.missing):
            if problem.severity == "warning":
                self.stdout.write(f"Aviso. {_line(problem)}")
        if reading.ok:
            done = f"Borrador guardado: plan {plan_id}." if plan_id else "Solo se revisó: no se guardó nada."
            self.stdout.write(f"{done} Vigencia {reading.year}, {len(reading.activities)} actividades.")


def _print_whatever_the_terminal_lacks() -> None:
    """A letter that the terminal cannot show must not make what was saved look refused."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _line(problem: Problem) -> str:
    # The place in a document names its table; a cell of a workbook needs its sheet.
    in_table = problem.cell and " " in problem.cell
    sheet = f"hoja {problem.sheet}" if problem.sheet and not in_table else None
    place = ", ".join(filter(None, [sheet, problem.cell]))
    return f"{place}: {problem.message}" if place else problem.message


def _refused(message: str, reading: Reading | None = None) -> Reading:
    return (reading or Reading()).with_problems([Problem(severity="error", message=message)])


def _entity(slug: str) -> Entity:
    entity = Entity.objects.filter(slug=slug).first()
    if entity is None:
        known = ", ".join(Entity.objects.values_list("slug", flat=True)) or "ninguna todavía"
        raise Error(f"No hay una entidad «{slug}». Las que hay: {known}.")
    return entity


def _importer(email: str | None, entity) -> User | None:
    if not email:
        return None
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None or not user.has_perm("actionplans.import_plan", entity):
        raise Error(f"«{email}» no es una cuenta de planeación de {entity}: no puede importar planes.")
    return user


def _policy(number: int | None, entity, year: int) -> Policy | None:
    if number is None:
        return None
    policy = Policy.objects.in_force(entity, year).filter(number=number).first()
    if policy is None:
        raise Error(f"El modelo que aplica {entity} en {year} no tiene la política {number}.")
    return policy


def _already_there(plan, title: str) -> str:
    newest = plan.versions.first()
    return (
        f"Ya existe «{newest.title}» de {plan.year} (plan {plan.pk}, {newest.get_status_display().lower()}). "
        "Si es un borrador y quiere reescribirlo, agregue --replace-draft; si es otro plan, dele otro título "
        "con --title."
    )
