"""The portal as it is served, for benchmarks: no debugging, pages kept, and the bare view beside it."""

import os

from config.test_settings import *  # noqa: F403
from config.test_settings import env

ROOT_URLCONF = "tests.benchmarks.served_urls"
WHITENOISE_AUTOREFRESH = False
CACHES = CACHES | {"pages": env.cache_url("CACHE_URL", default="locmemcache://")}  # noqa: F405
STORAGES = STORAGES | {  # noqa: F405 - real names of files, as they are sent
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}
STATIC_ROOT = os.environ["STATIC_ROOT"]
if os.environ.get("MARK_ANSWERS"):
    MIDDLEWARE = ["tests.benchmarks.marks.Worker", *MIDDLEWARE, "tests.benchmarks.marks.Made"]  # noqa: F405
