"""Closed lists of this app."""

from django.db import models


class LeadershipRole(models.TextChoices):
    LEADS = "leads", "Lidera"
    SUPPORTS = "supports", "Apoya"
