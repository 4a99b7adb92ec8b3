"""Visit the links that were brought as evidence, and say which ones nobody can open."""

from django.core.management.base import BaseCommand
from django.db.models import F

from actionplans.domain.following.evidence.visits import OPENS, visit_links
from actionplans.models import Evidence
from planning.management.refusal import Error
from planning.models import Entity


class Command(BaseCommand):
    help = "Visita los enlaces aportados como evidencia, primero los que hace más que no se visitan."

    def add_arguments(self, parser):
        parser.add_argument("--entity", metavar="DIRECCIÓN", help="solo los de esa entidad")
        parser.add_argument("--limit", type=int, default=200, metavar="N", help="cuántos visitar (200)")

    def handle(self, *args, entity=None, limit, **options):
        links = Evidence.objects.exclude(url="").select_related("entity", "office")
        if entity:
            if not Entity.objects.filter(slug=entity).exists():
                raise Error(f"No hay una entidad «{entity}».")
            links = links.filter(entity__slug=entity)
        if limit < 1:
            raise Error("Diga cuántos enlaces visitar: uno o más.")
        visited = list(self._visited(links.order_by(F("link_checked_at").asc(nulls_first=True), "pk")[:limit]))
        dead = [row for row in visited if row.link_status != OPENS]
        self.stdout.write(f"Enlaces visitados: {len(visited)}. No abren: {len(dead)}.")

    def _visited(self, links):
        for row in visit_links(links):
            if row.link_status != OPENS:
                self.stdout.write(f"{row.entity.slug}\t{row.office or '—'}\t{row.link_status}\t{row.url}")
            yield row
