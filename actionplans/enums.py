"""Closed lists of this app. Their labels are what people read."""

from django.db import models

from planning.enums import Role

DRAFT_READERS = (Role.PLANNING, Role.COMMITTEE, Role.AUDITOR)


class PlanKind(models.TextChoices):
    POLICY = "politica", "Plan de acción de una política"
    INSTITUTIONAL = "institucional", "Plan institucional"
    MIPG = "implementacion-mipg", "Implementación de MIPG"
    IMPROVEMENT = "mejoramiento", "Plan de mejoramiento"
    OTHER = "otro", "Otro plan de acción"


class VersionStatus(models.TextChoices):
    """The life of a version: one draft at a time, one approved at a time, replaced ones kept."""

    DRAFT = "draft", "Borrador"
    IN_REVIEW = "in_review", "En revisión"
    APPROVED = "approved", "Aprobado"
    SUPERSEDED = "superseded", "Sustituido"

    @property
    def is_public(self) -> bool:
        return self in PUBLIC_STATUSES


PUBLIC_STATUSES = (VersionStatus.APPROVED, VersionStatus.SUPERSEDED)
OPEN_STATUSES = (VersionStatus.DRAFT, VersionStatus.IN_REVIEW)


class Origin(models.TextChoices):
    """Where the content of a version came from."""

    PORTAL = "portal", "Escrito en el portal"
    WORKBOOK = "libro", "Importado de un libro de Excel"
    DOCUMENT = "documento", "Tomado de un documento oficial publicado"


class ResponsibilityRole(models.TextChoices):
    LEADS = "leads", "Responde"
    SUPPORTS = "supports", "Apoya"


class IndicatorKind(models.TextChoices):
    COUNT = "count", "Conteo"
    LEVEL = "level", "Nivel"
    CAPACITY = "capacity", "Capacidad"
    RATIO = "ratio", "Razón o porcentaje"
    YES_NO = "yes_no", "Sí o no"


class Accumulation(models.TextChoices):
    FLOW = "flow", "Se suma"
    RUNNING_TOTAL = "running_total", "Ya viene acumulado"
    LAST = "last", "Vale el último"


class Direction(models.TextChoices):
    INCREASING = "increasing", "Subir"
    DECREASING = "decreasing", "Bajar"
    MAINTAIN = "maintain", "Mantener"


class JobStatus(models.TextChoices):
    """The life of a job: it waits, runs, and ends in one of three ways."""

    WAITING = "waiting", "En espera"
    RUNNING = "running", "En curso"
    DONE = "done", "Terminado"
    FAILED = "failed", "No se pudo"
    CANCELLED = "cancelled", "Cancelado"


OPEN_JOBS = (JobStatus.WAITING, JobStatus.RUNNING)
