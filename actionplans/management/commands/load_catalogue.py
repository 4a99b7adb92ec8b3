"""Load what the nation fixes and all entities share: the first thing that a new installation needs."""

from django.core.management.base import BaseCommand

from actionplans.management.shared import load_shared, tell


class Command(BaseCommand):
    help = (
        "Carga lo que es igual para todas las entidades: el catálogo de MIPG, los planes institucionales, las "
        "obligaciones de cada año, los semáforos y el glosario. Se puede repetir: lo que ya existe no se toca. "
        "No crea entidades ni cuentas."
    )

    def handle(self, *args, **options):
        tell(self.stdout.write, load_shared())
