"""Closed lists of this app."""

from django.db import models


class LeadershipRole(models.TextChoices):
    LEADS = "leads", "Lidera"
    SUPPORTS = "supports", "Apoya"


class ObligationCheck(models.TextChoices):
    """How the portal knows whether a duty was met."""

    ACTION_PLANS = "planes", "Hay planes de acción publicados"
    INSTITUTIONAL_PLANS = "institucionales", "Los planes institucionales están publicados"
    QUARTERS = "trimestre", "Cada trimestre está cerrado"
    FOUR_MONTHS = "cuatrimestre", "Cada cuatrimestre está cerrado"
