"""What came in from files."""

from django.conf import settings
from django.db import models

from planning.models import Entity

from .plan import PlanVersion


class FormTemplate(models.Model):
    """A workbook that an entity gave us, with where it holds what: the form in which its plans go out again.

    `layout` is what `actionplans.imports.layout` says of it. The file is never offered as it came.
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


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(version__in=PlanVersion.objects.visible_to(user))


class ImportRun(models.Model):
    """A file that became a draft: its name and digest, and all that was read in it.

    Follow-up texts found in the file stay in `reading`, to be offered as drafts of reports.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="import_runs", verbose_name="entidad")
    version = models.ForeignKey(
        PlanVersion, models.SET_NULL, null=True, related_name="import_runs", verbose_name="versión"
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
    reading = models.JSONField("lo que se leyó")
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
        ordering = ["-at"]

    def __str__(self):
        return f"{self.file_name} ({self.at:%d/%m/%Y})"
