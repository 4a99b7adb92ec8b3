"""Fill a trial installation with many entities and years of plans, to see how the portal bears it."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import ProgrammingError, connection
from django.utils import timezone

from actionplans.management.load.loading import Asked, load
from planning.management.refusal import Error
from planning.words import count, whole

LIMITS = {"entities": 5000, "years": 15, "plans": 200, "activities": 1000}
PERIODS = 4
WORDS = {"entities": "entidades", "years": "vigencias", "plans": "planes", "activities": "actividades"}


class Command(BaseCommand):
    help = (
        "Genera entidades de ejemplo con años de planes publicados, reportes, evidencias y cierres, para probar "
        "el portal con mucho contenido. Con la misma semilla genera lo mismo. Solo en un equipo de prueba."
    )

    def add_arguments(self, parser):
        parser.add_argument("--entities", type=int, default=1, metavar="N", help="cuántas entidades")
        parser.add_argument("--years", type=int, default=1, metavar="N", help="cuántas vigencias, hasta esta")
        parser.add_argument("--plans", type=int, default=20, metavar="N", help="cuántos planes por vigencia")
        parser.add_argument("--activities", type=int, default=50, metavar="N", help="cuántas actividades por plan")
        parser.add_argument(
            "--closed",
            type=int,
            default=PERIODS,
            metavar="N",
            help="cuántos trimestres de cada vigencia se reportan y cierran, de los que ya pasaron (0 a 4)",
        )
        parser.add_argument(
            "--unchecked",
            action="store_true",
            help="sin que la base compruebe llaves ni guardas: el doble de rápido, solo en PostgreSQL y con una "
            "cuenta que la administre",
        )
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="semilla")

    def handle(self, *args, **options):
        if not settings.ALLOW_DEMO:
            raise Error(
                "La carga llena el portal de entidades que no existen: no se genera en un portal en servicio. En "
                "un equipo de prueba, repita la orden con ALLOW_DEMO=1."
            )
        asked = _asked(options)
        began = time.monotonic()

        def tell(number, town):
            seconds = time.monotonic() - began
            self.stderr.write(
                f"{number} de {asked.entities} · {town.entity.name} · "
                f"{whole(asked.total // asked.entities * number)} actividades · {seconds:.0f} s"
            )

        try:
            slugs = load(asked, tell)
        except ProgrammingError as error:
            if "session_replication_role" not in str(error):
                raise
            raise Error("Sin comprobar solo carga quien administra la base: quite --unchecked.") from error
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # else the database would plan as if nothing had come
        entities = count(len(slugs), "entidad", "entidades")
        self.stdout.write(f"Se generaron {entities} con {whole(asked.total)} actividades; la primera: {slugs[0]}.")


def _asked(options) -> Asked:
    if options["unchecked"] and connection.vendor != "postgresql":
        raise Error("Sin comprobar solo se carga en PostgreSQL: quite --unchecked.")
    for name, most in LIMITS.items():
        if not 1 <= options[name] <= most:
            raise Error(f"Pida de 1 a {whole(most)} {WORDS[name]}: --{name} {options[name]} no sirve.")
    if not 0 <= options["closed"] <= PERIODS:
        raise Error(f"Pida de 0 a {PERIODS} trimestres cerrados: --closed {options['closed']} no sirve.")
    last = timezone.localdate().year
    return Asked(
        entities=options["entities"],
        years=tuple(range(last - options["years"] + 1, last + 1)),
        seed=options["seed"],
        plans=options["plans"],
        activities=options["activities"],
        closed=options["closed"],
        unchecked=options["unchecked"],
    )
