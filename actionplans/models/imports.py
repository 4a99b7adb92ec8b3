"""What came in from files."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mipg.models import Policy
from planning.enums import Role
from planning.models import Entity

from .plan import PlanVersion


class FormTemplate(models.Model):
    """A workbook that an entity gave us, with where it holds what: the form in which its plans go out again.

    `layout` is what `actionplans.imports.reading.layout` says of it. The file is never offered as it came.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="form_templates", verbose_name="entidad")
    name = models.CharField("archivo", max_length=250)
    content = models.BinaryField("libro")
    digest = models.CharField("SHA-256 del archivo", max_length=64)
    sheet = models.CharField("hoja", max_length=250)
    layout = models.JSONField("dónde está cada dato")

    class Meta:
        verbose_name = "formato propio"
        verbose_name_plural = "formatos propios"
        ordering = ["entity", "name"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "digest", "sheet"], name="form_template_once_per_entity")
        ]

    def __str__(self):
        return f"{self.name} ({self.sheet})"


class ColumnTemplate(models.Model):
    """What an entity's people said that the columns of their own layout hold, to be taken again next time.

    `titles_digest` tells the layout by its column titles; `meanings` has the code of each title.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="column_templates", verbose_name="entidad")
    name = models.CharField("nombre", max_length=120)
    titles_digest = models.CharField("huella de los títulos", max_length=64)
    meanings = models.JSONField("qué es cada columna")
    at = models.DateTimeField("cuándo", auto_now=True)

    class Meta:
        verbose_name = "plantilla de lectura"
        verbose_name_plural = "plantillas de lectura"
        ordering = ["entity", "name"]
        constraints = [models.UniqueConstraint(fields=["entity", "name"], name="column_template_name_once")]

    def __str__(self):
        return self.name

    def content_topics(self, event: str) -> tuple[str, ...]:
        """It brings drafts only."""
        return ()


class ImportSource(models.TextChoices):
    WORKBOOK = "libro", "Libro de Excel"
    DOCUMENT = "documento", "Documento de Word"
    PASTED = "pegado", "Filas pegadas"


class ImportState(models.TextChoices):
    """The life of an import: it changes nothing in a plan until it is applied."""

    WAITING = "leyendo", "Leyéndose"
    READ = "leido", "Por aplicar"
    APPLIED = "aplicado", "Aplicada"
    UNDONE = "deshecho", "Deshecha"
    DISCARDED = "descartado", "Descartada"

    @property
    def is_open(self) -> bool:
        return self in OPEN_STATES


OPEN_STATES = (ImportState.WAITING, ImportState.READ)
HEAVY = ("content", "reading", "found", "corrections", "choices", "before")
"""Columns that a list of imports does not fetch."""


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who may import see the imports of their entity, the files with them."""
        return self.filter(entity__in=user.entity_ids_as(Role.PLANNING)) if user.is_authenticated else self.none()

    def light(self):
        return self.defer(*HEAVY)


class ImportRun(models.Model):
    """A file, or pasted rows, on its way to a plan: what was read in it, what people answered, what became of it.

    Follow-up texts found in the file stay in `reading`, to be offered as drafts of reports. `found` is what
    the preview shows, `before` what the draft said until the import (None: there was no plan), and
    `applied_digest` what it said right after: while it still does, the import can be undone.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="import_runs", verbose_name="entidad")
    state = models.CharField("estado", max_length=12, choices=ImportState.choices, default=ImportState.APPLIED)
    source = models.CharField(
        "qué llegó", max_length=12, choices=ImportSource.choices, default=ImportSource.WORKBOOK
    )
    target = models.ForeignKey(
        PlanVersion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="borrador que actualiza",
    )
    version = models.ForeignKey(
        PlanVersion, models.SET_NULL, null=True, blank=True, related_name="import_runs", verbose_name="versión"
    )
    at = models.DateTimeField("cuándo", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="quién",
    )
    file_name = models.CharField("archivo", max_length=250)
    file_digest = models.CharField("SHA-256 del archivo", max_length=64)
    content = models.BinaryField("archivo o texto", null=True)
    year = models.PositiveSmallIntegerField("vigencia indicada", null=True, blank=True)
    sheet = models.CharField("hoja indicada", max_length=250, blank=True)
    title = models.CharField("título indicado", max_length=250, blank=True)
    policy = models.ForeignKey(
        Policy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="política"
    )
    corrections = models.JSONField("correcciones", default=dict, blank=True)
    choices = models.JSONField("lo elegido", default=dict, blank=True)
    reading = models.JSONField("lo que se leyó", default=dict)
    found = models.JSONField("lo que muestra la vista previa", default=dict, blank=True)
    before = models.JSONField("lo que decía el borrador", null=True, blank=True)
    applied_digest = models.CharField("huella después de aplicar", max_length=64, blank=True)
    form_template = models.ForeignKey(
        FormTemplate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name="formato propio",
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "importación"
        verbose_name_plural = "importaciones"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(condition=Q(source__in=ImportSource.values), name="import_source_known"),
        ]
        indexes = [models.Index(fields=["entity", "-at"], name="import_newest_first")]

    def __str__(self):
        return f"{self.file_name} ({self.at:%d/%m/%Y})"

    def content_topics(self, event: str) -> tuple[str, ...]:
        """It brings drafts only."""
        return ()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_new_plan(self) -> bool:
        """Applied, it made the plan; undone, it takes it away."""
        return self.before is None
