"""Settings of the tests: the portal's own, with a fast hasher and mail kept in memory."""

import os

os.environ.setdefault("SECRET_KEY", "clave-de-las-pruebas-que-no-protege-nada-y-es-larga-0123456789")
os.environ.setdefault("HTTPS", "0")

from config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
ALLOW_DEMO = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # done where it is asked for
DRAW_AHEAD = False  # a file costs a second, and most tests are not about files
CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # noqa: F405
WHITENOISE_AUTOREFRESH = True  # tests read static files where they are written
