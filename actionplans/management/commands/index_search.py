"""Write again what the public may find, from what is published now."""

from django.core.management.base import BaseCommand

from actionplans.domain.finding.rebuilding import index_entity
from planning.management.refusal import Error
from planning.models import Entity
from planning.words import count


class Command(BaseCommand):
    help = (
        "Reconstruye el índice del buscador público, de una entidad o de todas. Se puede repetir: el resultado es "
        "el mismo."
    )

    def add_arguments(self, parser):
        parser.add_argument("--entity", metavar="ENTIDAD", help="por ejemplo, cartago; si no, todas")

    def handle(self, *args, entity=None, **options):
        entities = Entity.objects.order_by("slug")
        if entity:
            entities = entities.filter(slug=entity)
            if not entities:
                raise Error(f"No hay una entidad «{entity}».")
        for row in entities.iterator():
            written = count(index_entity(row), "entrada", "entradas")
            self.stdout.write(f"{row.slug}: {written} en el buscador.")
