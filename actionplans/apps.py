from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from actionplans import guards, search_words
from planning import derived


class ActionplansConfig(AppConfig):
    name = "actionplans"
    verbose_name = "Planes de acción"

    def ready(self):
        pre_migrate.connect(guards.remove_before_migrating, sender=self)
        post_migrate.connect(guards.install_after_migrating, sender=self)
        post_migrate.connect(search_words.install_after_migrating, sender=self)
        derived.written_by("actionplans.domain.finding.changes.REWRITERS")
