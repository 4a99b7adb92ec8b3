"""Addresses of the portal. They are stable: people and machines keep them."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
