from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from actionplans import guards


class ActionplansConfig(AppConfig):
    name = "actionplans"
    verbose_name = "Planes de acción"

    def ready(self):
        pre_migrate.connect(guards.remove_before_migrating, sender=self)
        post_migrate.connect(guards.install_after_migrating, sender=self)
