"""Addresses of the API and of its documentation."""

from django.urls import URLPattern, include, path, re_path

from . import documentation
from .description import api
from .door import door

PATTERNS, _app, NAMESPACE = api.urls


def _opened(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, door(pattern.callback), pattern.default_args, pattern.name)


of_version_1 = [
    path("openapi.json", door(documentation.openapi), name="openapi"),
    *(_opened(pattern) for pattern in PATTERNS if pattern.name != "api-root"),
    # Without the last stroke an address is first tried with it.
    re_path(r"^(?:.*/)?$", door(documentation.not_there), name="unknown"),
]

urlpatterns = [
    path("api/v1/", include((of_version_1, NAMESPACE))),
    path("api/docs", documentation.docs, name="api_docs"),
]
