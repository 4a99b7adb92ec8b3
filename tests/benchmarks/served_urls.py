"""The portal's addresses and a bare view beside them, which answers a constant as long as a page of the portal."""

import os

from django.http import HttpResponse
from django.urls import include, path

from config.urls import urlpatterns as portal

CONSTANT = os.urandom(int(os.environ.get("CONSTANT_BYTES", "1000")) // 2).hex()


def constant(request):
    return HttpResponse(CONSTANT)


urlpatterns = [path("constante/", constant), path("", include(portal))]
