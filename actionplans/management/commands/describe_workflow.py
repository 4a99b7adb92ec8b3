"""Write docs/workflow.md from the transition tables: `describe_workflow > docs/workflow.md`."""

from django.core.management.base import BaseCommand

from actionplans.domain.description import describe


class Command(BaseCommand):
    help = "Describe el procedimiento de los planes, con su diagrama, tal como está en las tablas del programa."

    def handle(self, *args, **options):
        self.stdout.write(describe(), ending="")
