"""Prove the audit trail."""

from django.core.management.base import BaseCommand

from planning import audit
from planning.management.refusal import Error
from planning.models import AuditChain, Entity


class Command(BaseCommand):
    help = "Comprueba la cadena de auditoría de una entidad o de todas, y la del sistema."

    def add_arguments(self, parser):
        parser.add_argument("--entity", metavar="ENTIDAD", help="por ejemplo, cartago; si no, todas")

    def handle(self, *args, **options):
        chains = AuditChain.objects.select_related("entity").order_by("entity__name")
        if options["entity"]:
            if not Entity.objects.filter(slug=options["entity"]).exists():
                raise Error(f"No hay una entidad «{options['entity']}».")
            chains = chains.filter(entity__slug=options["entity"])
        flaws = []
        for chain in chains:
            found = audit.verify(chain)
            flaws += found
            if not found:
                self.stdout.write(f"{chain}: {chain.sequence} eventos, cadena completa ({chain.head[:16]}…).")
        if flaws:
            raise Error("\n".join(_line(flaw) for flaw in flaws))


def _line(flaw) -> str:
    what = f" — {flaw.event.event} · {flaw.event.object_label}" if flaw.event else ""
    row = f" (fila {flaw.event.pk})" if flaw.event else ""
    return f"{flaw.chain}, evento n.º {flaw.sequence}{row}: {flaw.reason}{what}."
