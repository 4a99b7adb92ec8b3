"""Prove the audit trail."""

from django.core.management.base import BaseCommand, CommandError

from planning import audit
from planning.models import AuditChain, Entity

REFUSED = 2


class Command(BaseCommand):
    help = "Comprueba la cadena de auditoría de una entidad o de todas, y la del sistema."

    def add_arguments(self, parser):
        parser.add_argument("--entity", metavar="ENTIDAD", help="por ejemplo, cartago; si no, todas")

    def handle(self, *args, **options):
        chains = AuditChain.objects.select_related("entity").order_by("entity__name")
        if options["entity"]:
            if not Entity.objects.filter(slug=options["entity"]).exists():
                raise CommandError(f"No hay una entidad «{options['entity']}».", returncode=REFUSED)
            chains = chains.filter(entity__slug=options["entity"])
        flaws = []
        for chain in chains:
            found = audit.verify(chain)
            flaws += found
            if not found:
                self.stdout.write(f"{chain}: {chain.sequence} eventos, cadena completa ({chain.head[:16]}…).")
        if flaws:
            raise CommandError("\n".join(_line(flaw) for flaw in flaws), returncode=REFUSED)


def _line(flaw) -> str:
    what = f" — {flaw.event.event} · {flaw.event.object_label}" if flaw.event else ""
    row = f" (fila {flaw.event.pk})" if flaw.event else ""
    return f"{flaw.chain}, evento n.º {flaw.sequence}{row}: {flaw.reason}{what}."
