"""Addresses of the API and of its documentation.

Each answers with and without its last stroke: a redirection in between would be one that a page of another origin
may not follow.
"""

from django.urls import URLPattern, include, path, re_path

from . import documentation
from .description import api
from .door import door

PATTERNS, _app, NAMESPACE = api.urls


def _opened(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, door(pattern.callback), pattern.default_args, pattern.name)


def _without_stroke(pattern: URLPattern) -> URLPattern:
    return path(str(pattern.pattern).removesuffix("/"), pattern.callback, name=pattern.name)


_tables = [_opened(pattern) for pattern in PATTERNS if pattern.name != "api-root"]
_unknown = door(documentation.not_there, is_fixed=True)
of_version_1 = [
    path("", door(documentation.index, is_fixed=True), name="index"),
    path("openapi.json", door(documentation.openapi, is_fixed=True), name="openapi"),
    *map(_without_stroke, _tables),
    *_tables,  # of two of one name, links are written as the later one
    re_path(r"^.+$", _unknown, name="unknown"),
]

urlpatterns = [
    path("api/v1", door(documentation.index, is_fixed=True)),
    path("api/v1/", include((of_version_1, NAMESPACE))),
    path("api/docs/", documentation.docs),
    path("api/docs", documentation.docs, name="api_docs"),
]
