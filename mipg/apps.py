from django.apps import AppConfig


class MipgConfig(AppConfig):
    name = "mipg"
    verbose_name = "MIPG"
