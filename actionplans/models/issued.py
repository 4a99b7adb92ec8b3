"""Files that left the portal: drawn once, kept, and known by the code printed on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from actionplans.enums import IssuedKind
from planning.models import Entity

from .closing import Closing
from .plan import PlanVersion


def issued_path(issued, file_name: str) -> str:
    """By entity and code: what is public in it is served through its own page, never by this path."""
    return f"emitidos/{issued.entity.slug}/{issued.code}.{issued.suffix}"


class IssuedFileQuerySet(models.QuerySet):
    def standing(self):
        """Those in whose place no other one was drawn."""
        return self.filter(replaced_by=None)


class IssuedFile(models.Model):
    """A file that left the portal with a code on it, never changed.

    Of what is kept there is one for each content and format: asked for again, the same bytes are given. `source`
    is the fingerprint of the values that were drawn. Of a copy that one person took along, drafts and follow-up
    within, no bytes are kept: `file` is empty and `source` is its own SHA-256. `content` tells the numbers of
    public content then, `chain_sequence` the last audit event: what tells whether anything changed since. `by` is
    empty for files that the public asks for.

    Where the stored bytes were lost or are no longer those of `sha256`, the row stays as the record of what went
    out, and the same values are drawn again as another file, which names it in `replaces`: of each content and
    format, one is not replaced.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="issued_files", verbose_name="entidad")
    code = models.CharField("código de verificación", max_length=16, unique=True)
    kind = models.CharField("qué es", max_length=20, choices=IssuedKind.choices)
    title = models.CharField("título", max_length=400)
    suffix = models.CharField("formato", max_length=5)
    source = models.CharField("huella de lo dibujado", max_length=64)
    version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="issued_files", verbose_name="versión"
    )
    closing = models.ForeignKey(
        Closing, models.PROTECT, null=True, blank=True, related_name="issued_files", verbose_name="cierre"
    )
    is_public = models.BooleanField("cualquiera puede descargarlo", default=False)
    file = models.FileField("archivo", upload_to=issued_path, max_length=200, blank=True)
    name = models.CharField("nombre del archivo", max_length=250)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("tamaño en bytes")
    content = models.CharField("números de lo publicado", max_length=400, blank=True)
    chain_sequence = models.PositiveBigIntegerField("último evento de la cadena", default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lo pidió"
    )
    at = models.DateTimeField("emitido", auto_now_add=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="reemplaza a"
    )

    objects = IssuedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "archivo emitido"
        verbose_name_plural = "archivos emitidos"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "kind", "source", "suffix"],
                condition=Q(replaces=None),
                name="issued_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=IssuedKind.values), name="issued_kind_known"),
            models.CheckConstraint(condition=~Q(sha256="") & ~Q(code=""), name="issued_is_sealed"),
            models.CheckConstraint(condition=Q(is_public=False) | ~Q(file=""), name="issued_public_is_kept"),
        ]

    def __str__(self):
        return f"{self.title} ({self.suffix.upper()}, {self.code})"

    @property
    def is_draft(self) -> bool:
        return self.kind == IssuedKind.DRAFT
