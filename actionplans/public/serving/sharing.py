"""Answers that pages of any origin may read: the data is public, and no cookie changes it."""

from __future__ import annotations

from functools import wraps

from django.http import HttpResponse

READ = "GET, HEAD, OPTIONS"
TOLD = "ETag, Last-Modified, Content-Disposition"
ASKED = "If-None-Match, If-Modified-Since"
REMEMBERED_FOR = 24 * 60 * 60  # seconds that a browser need not ask again


def open_to_all(view):
    """Say so in every answer of the view, and when a browser asks beforehand."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Allow"] = response["Access-Control-Allow-Methods"] = READ
            response["Access-Control-Allow-Headers"] = ASKED
            response["Access-Control-Max-Age"] = str(REMEMBERED_FOR)
        else:
            response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = TOLD
        return response

    return answer
