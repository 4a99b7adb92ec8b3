"""Closed lists of this app. Their labels are what people read."""

from django.db import models

from planning.enums import Role

DRAFT_READERS = (Role.PLANNING, Role.COMMITTEE, Role.AUDITOR)
FOLLOW_UP_READERS = (Role.PLANNING, Role.COMMITTEE, Role.AUDITOR)


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


class PeriodScheme(models.TextChoices):
    """How often a plan is followed: quarters, or the four-month periods of the transparency programme."""

    QUARTER = "trimestre", "Trimestres"
    FOUR_MONTH = "cuatrimestre", "Cuatrimestres"

    @property
    def periods(self) -> int:
        return 4 if self == PeriodScheme.QUARTER else 3

    @property
    def months(self) -> int:
        """How many months each period has."""
        return 12 // self.periods


class PeriodStatus(models.TextChoices):
    """The life of a period. Whether an open one takes reports today is its dates' matter."""

    OPEN = "open", "Abierto"
    CLOSED = "closed", "Cerrado"
    REOPENED = "reopened", "Reabierto"


class ReportStatus(models.TextChoices):
    """The life of a report: it comes back as often as it must until it is validated."""

    PENDING = "pending", "Por enviar"
    SUBMITTED = "submitted", "Enviado, por validar"
    RETURNED = "returned", "Devuelto"
    VALIDATED = "validated", "Validado"


SENDABLE_STATUSES = (ReportStatus.PENDING, ReportStatus.RETURNED, ReportStatus.SUBMITTED)
"""From which a report is sent: until it is validated, who sent it may send it better."""


class ReviewOutcome(models.TextChoices):
    VALIDATED = "validated", "Validado"
    RETURNED = "returned", "Devuelto"
    TAKEN_BACK = "taken_back", "Validación retirada"


class ReportOrigin(models.TextChoices):
    """How the words of a report came in."""

    PORTAL = "portal", "Escrito en el portal"
    WORKBOOK = "libro", "Traído de un libro de Excel"
    IMPORT = "formato", "Tomado del seguimiento que traía el formato"


class Classification(models.TextChoices):
    """Who may see a piece of evidence."""

    PUBLIC = "publica", "Pública"
    RESERVED = "reservada", "Reservada o clasificada"
    PERSONAL = "datos-personales", "Contiene datos personales"


class FigureScope(models.TextChoices):
    """What a figure of a closing is about."""

    ACTIVITY = "actividad", "Actividad"
    PLAN = "plan", "Plan"
    POLICY = "politica", "Política"
    DIMENSION = "dimension", "Dimensión"
    OFFICE = "dependencia", "Dependencia"
    AXIS = "eje", "Eje"
    ENTITY = "entidad", "Entidad"


class IssuedKind(models.TextChoices):
    """What a file that left the portal is."""

    PLAN = "plan", "Plan de acción"
    DRAFT = "borrador", "Borrador de un plan de acción"
    CONSOLIDATED = "consolidado", "Consolidado de planes de acción"
    FOLLOW_UP = "seguimiento", "Informe de seguimiento"
    COMMITTEE = "comite", "Informe para el comité"
    CLOSING_ACT = "acta-de-cierre", "Acta de cierre"
    AUDIT_EXTRACT = "registro", "Extracto del registro de auditoría"
    OPEN_DATA = "datos", "Datos abiertos"


class SearchKind(models.TextChoices):
    """What a search may find."""

    PLAN = "plan", "Plan de acción"
    ACTIVITY = "actividad", "Actividad"
    POLICY = "politica", "Política de MIPG"
    FRAMEWORK = "marco", "Plataforma estratégica"
    EVIDENCE = "evidencia", "Evidencia"
