"""The portal's addresses and a bare view before them, which answers the text of a file as it is."""

import os
from pathlib import Path

from django.http import HttpResponse
from django.urls import include, path

from config.urls import urlpatterns as portal

CONSTANT = Path(os.environ["CONSTANT_FILE"]).read_bytes() if "CONSTANT_FILE" in os.environ else b""


def constant(request):
    return HttpResponse(CONSTANT)


urlpatterns = [path("constante/", constant), path("", include(portal))]
