"""Addresses of pages of the house."""

from django.urls import reverse


def address(name, **kwargs):
    return reverse(name, kwargs={"entity": "cartago", **kwargs})
