"""Prove that nobody changed the past: audit chains, seals of published versions, closings, stored files."""

from collections.abc import Iterator

from django.core.management.base import BaseCommand

from actionplans.domain.following.closing import proving
from actionplans.domain.sealing import digest
from actionplans.enums import PUBLIC_STATUSES
from actionplans.models import Evidence, IssuedFile, PlanVersion, ReportingPeriod
from planning import audit
from planning.management.refusal import Error
from planning.models import AuditChain, AuditEvent, Entity
from planning.stored import sha256_of

PUBLICATIONS = ("publish", "approve", "register_act")


class Command(BaseCommand):
    help = (
        "Comprueba las cadenas de auditoría, los sellos de los planes publicados, los cierres de periodo, las "
        "evidencias guardadas y los archivos emitidos, de una entidad o de todas."
    )

    def add_arguments(self, parser):
        parser.add_argument("--entity", metavar="ENTIDAD", help="por ejemplo, cartago; si no, todas")
        parser.add_argument(
            "--skip-files", action="store_true", help="no lee los archivos guardados, que pueden ser muchos"
        )

    def handle(self, *args, **options):
        chains = AuditChain.objects.select_related("entity").order_by("entity__name")
        versions = PlanVersion.objects.filter(status__in=PUBLIC_STATUSES).select_related("plan", "entity")
        slug = options["entity"]
        if slug:
            if not Entity.objects.filter(slug=slug).exists():
                raise Error(f"No hay una entidad «{slug}».")
            chains, versions = chains.filter(entity__slug=slug), versions.filter(entity__slug=slug)
        flaws = [
            *self._chain_flaws(chains),
            *self._seal_flaws(versions),
            *_trail_flaws(chains, versions),
            *self._closing_flaws(chains),
        ]
        if not options["skip_files"]:
            flaws += [*self._evidence_flaws(slug), *self._issued_flaws(slug)]
        if flaws:
            raise Error("\n".join(flaws))

    def _chain_flaws(self, chains) -> Iterator[str]:
        for chain in chains:
            flaws = audit.verify(chain)
            yield from map(_line, flaws)
            if not flaws:
                self.stdout.write(f"{chain}: {chain.sequence} eventos, cadena completa ({chain.head[:16]}…).")

    def _seal_flaws(self, versions) -> Iterator[str]:
        whole = 0
        for version in versions.iterator():
            if digest(version) == version.digest:
                whole += 1
            else:
                yield f"{version.entity}, «{version}» (fila {version.pk}): su contenido no es el que se selló."
        self.stdout.write(f"{whole} versiones publicadas, iguales a lo que se selló.")

    def _closing_flaws(self, chains) -> Iterator[str]:
        entities = chains.exclude(entity=None).values("entity")
        periods = ReportingPeriod.objects.filter(entity__in=entities).select_related("entity")
        found = list(proving.flaws_of(periods, AuditEvent.objects.filter(chain__in=chains)))
        if not found:
            closed = sum(period.sequence for period in periods)
            self.stdout.write(f"{closed} cierres de periodo, iguales a lo que se selló.")
        yield from found

    def _evidence_flaws(self, slug) -> Iterator[str]:
        """Every file and redacted copy is read once, piece by piece."""
        rows = Evidence.objects.exclude(file="").select_related("entity").order_by("pk")
        whole = 0
        for row in (rows.filter(entity__slug=slug) if slug else rows).iterator():
            pieces = [("su archivo", row.file, row.sha256)]
            if row.redacted_file:
                pieces.append(("su copia tachada", row.redacted_file, row.redacted_sha256))
            for what, file, expected in pieces:
                stored = sha256_of(file)
                whole += stored == expected
                if stored != expected:
                    how = "ya no está" if stored is None else "no es el que se aportó"
                    yield f"{row.entity}, evidencia n.º {row.pk} ({file.name}): {what} {how}."
        self.stdout.write(f"{whole} archivos de evidencia, iguales a lo que se aportó.")

    def _issued_flaws(self, slug) -> Iterator[str]:
        """Every stored file is read once, piece by piece: about a second for some hundreds of megabytes."""
        rows = IssuedFile.objects.exclude(file="").select_related("entity", "replaced_by").order_by("pk")
        whole = 0
        for row in (rows.filter(entity__slug=slug) if slug else rows).iterator():
            stored = sha256_of(row.file)
            if stored == row.sha256:
                whole += 1
            else:
                what = "ya no está" if stored is None else "no es el que se emitió"
                successor = getattr(row, "replaced_by", None)
                since = f" Lo reemplaza {successor.code}." if successor else ""
                yield f"{row.entity}, archivo emitido {row.code} ({row.file.name}): {what}.{since}"
        self.stdout.write(f"{whole} archivos emitidos, iguales a lo que se emitió.")


def _trail_flaws(chains, versions) -> Iterator[str]:
    """What was published according to the trail and is not there, or bears another seal."""
    seals = {str(pk): seal for pk, seal in versions.values_list("pk", "digest")}
    published = AuditEvent.objects.filter(
        chain__in=chains, object_type=PlanVersion._meta.label_lower, event__in=PUBLICATIONS
    )
    for event in published.select_related("chain__entity").order_by("chain", "sequence").iterator():
        row = f"{event.chain}, «{event.object_label}» (fila {event.object_id})"
        if event.object_id not in seals:
            yield f"{row}: se publicó y ya no está."
        elif event.new["digest"] != seals[event.object_id]:
            yield f"{row}: su sello no es el que se publicó."


def _line(flaw) -> str:
    what = f" — {flaw.event.event} · {flaw.event.object_label}" if flaw.event else ""
    row = f" (fila {flaw.event.pk})" if flaw.event else ""
    return f"{flaw.chain}, evento n.º {flaw.sequence}{row}: {flaw.reason}{what}."
