"""Addresses of the portal. They are stable: people and machines keep them."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from planning.views import admin_login, favicon

urlpatterns = [
    path("favicon.ico", favicon),
    # The admin asks for credentials where everybody else does: same throttling, same second step.
    path("admin/login/", admin_login),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
    path("cuenta/", include("planning.account_urls")),
    path("", include("actionplans.urls")),
    path("", include("actionplans.api.urls")),
    path("", include("actionplans.public.urls")),
]
