"""The administrative act that approves plans."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from planning.models import Entity


def scan_path(act, file_name: str) -> str:
    """A name of ours: the person's own is kept in a column, where it can do no harm."""
    return f"actos/{act.entity.slug}/{uuid.uuid4().hex}{Path(file_name).suffix.lower()}"


class ApprovalActQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Acts of the entities where the person works: a scan shows signatures, the public reads its name."""
        return self.filter(entity__in=Entity.objects.visible_to(user))


class ApprovalAct(models.Model):
    """An act of the committee; one session may approve many plans. The scan is private to the entity's staff."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="approval_acts", verbose_name="entidad")
    name = models.CharField("acto", max_length=250)
    date = models.DateField("fecha del acto")
    scan = models.FileField("copia del acto", upload_to=scan_path, max_length=200, blank=True)
    scan_name = models.CharField("nombre del archivo", max_length=250, blank=True)
    scan_sha256 = models.CharField("SHA-256 del archivo", max_length=64, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="registró"
    )
    registered_at = models.DateTimeField("registrado", auto_now_add=True)

    objects = ApprovalActQuerySet.as_manager()

    class Meta:
        verbose_name = "acto de aprobación"
        verbose_name_plural = "actos de aprobación"
        ordering = ["entity", "-date", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="act_has_a_name"),
            models.CheckConstraint(
                condition=Q(scan="", scan_sha256="", scan_name="")
                | (~Q(scan="") & ~Q(scan_sha256="") & ~Q(scan_name="")),
                name="act_scan_whole",
            ),
        ]

    def __str__(self):
        return self.name
