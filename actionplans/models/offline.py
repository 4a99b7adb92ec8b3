"""Workbooks filled without internet, between their preview and the drafts that they become."""

from django.conf import settings
from django.db import models

from planning.models import Entity

from .period import ReportingPeriod


class OfflineUploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A preview shows drafts: only who brought the file sees it."""
        return self.filter(by=user) if user.is_authenticated else self.none()


class OfflineUpload(models.Model):
    """A filled workbook as it came. It changes nothing until it is applied, and is gone then.

    One for each person and period: a further one takes its place.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+", verbose_name="periodo")
    name = models.CharField("archivo", max_length=250)
    content = models.BinaryField("libro")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="subió")
    at = models.DateTimeField("cuándo", auto_now=True)

    objects = OfflineUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "libro diligenciado sin internet"
        verbose_name_plural = "libros diligenciados sin internet"
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["period", "by"], name="offline_upload_once")]

    def __str__(self):
        return self.name
