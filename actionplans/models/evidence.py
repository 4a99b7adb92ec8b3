"""Evidence: files and links that show what was done, kept away from who may not see them."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from actionplans.enums import FOLLOW_UP_READERS, Classification
from planning.enums import Role
from planning.models import Entity, Office


def evidence_path(evidence, file_name: str) -> str:
    """A name of ours: the person's own is kept in a column, where it can do no harm."""
    return f"evidencias/{evidence.entity.slug}/{uuid.uuid4().hex}{Path(file_name).suffix.lower()}"


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Planning and the office that brought it; who else follows the entity, or answers for the report, sees
        what goes with a report that was sent or with a contribution: nobody else reads drafts.
        """
        if not user.is_authenticated:
            return self.none()
        sent, added = self.model.revisions.through.objects, self.model.contributions.through.objects
        reports = self.model._meta.get_field("revisions").related_model._meta.get_field("report").related_model
        own = reports.objects.visible_to(user)
        readers = user.entity_ids_as(*(role for role in FOLLOW_UP_READERS if role != Role.PLANNING))
        was_told = Exists(sent.filter(evidence=OuterRef("pk"))) | Exists(added.filter(evidence=OuterRef("pk")))
        return self.filter(
            Q(entity__in=user.entity_ids_as(Role.PLANNING))
            | Q(entity__in=readers) & Q(was_told)
            | Q(entity__in=user.entity_ids_as(Role.LEADER))
            & (
                Q(office__in=user.office_ids_as(Role.LEADER))
                | Q(pk__in=sent.filter(reportrevision__report__in=own).values("evidence"))
                | Q(pk__in=added.filter(contribution__report__in=own).values("evidence"))
            )
        )


class Evidence(models.Model):
    """One file or one link, brought once and attached wherever it serves.

    What it is never changes; who may see it (`classification`, its ground, the redacted copy) may. `office`
    is the one that brought it: who answers for that office may attach it again. `link_status` is what the last
    visit to the link found, empty until one was made.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="evidence", verbose_name="entidad")
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dependencia"
    )
    description = models.CharField("qué muestra", max_length=250, blank=True)
    url = models.URLField("enlace", max_length=1000, blank=True)
    file = models.FileField("archivo", upload_to=evidence_path, max_length=200, blank=True)
    name = models.CharField("nombre", max_length=250)
    media_type = models.CharField("tipo", max_length=120, blank=True)
    size = models.PositiveBigIntegerField("tamaño en bytes", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    classification = models.CharField("clasificación", max_length=20, choices=Classification.choices)
    ground = models.TextField("por qué no es pública", blank=True)
    redacted_file = models.FileField(
        "copia con lo reservado tachado", upload_to=evidence_path, max_length=200, blank=True
    )
    redacted_name = models.CharField("nombre de la copia", max_length=250, blank=True)
    redacted_media_type = models.CharField("tipo de la copia", max_length=120, blank=True)
    redacted_size = models.PositiveBigIntegerField("tamaño de la copia", default=0)
    redacted_sha256 = models.CharField("SHA-256 de la copia", max_length=64, blank=True)
    link_status = models.CharField("respuesta del enlace", max_length=120, blank=True)
    link_checked_at = models.DateTimeField("enlace visitado", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="aportó")
    at = models.DateTimeField("cuándo", auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "evidencia"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="") & ~Q(sha256="")) | (~Q(url="") & Q(file="", sha256="", size=0)),
                name="evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values), name="evidence_classification_known"
            ),
            models.CheckConstraint(
                condition=Q(classification=Classification.PUBLIC) | ~Q(ground=""),
                name="evidence_withheld_says_why",
            ),
            models.CheckConstraint(
                condition=Q(redacted_file="", redacted_sha256="", redacted_name="")
                | (~Q(redacted_file="") & ~Q(redacted_sha256="") & ~Q(redacted_name="")),
                name="evidence_redacted_whole",
            ),
        ]
        indexes = [models.Index(fields=["entity", "sha256"], name="evidence_by_digest")]

    def __str__(self):
        return self.description or self.name

    def content_topics(self, event: str) -> tuple[str, ...] | None:
        """Bringing it publishes nothing, and it is removed only while it serves nothing; its class may show."""
        return () if event in ("bring_evidence", "remove_evidence", "delete") else None

    @property
    def is_link(self) -> bool:
        return bool(self.url)

    @property
    def is_public(self) -> bool:
        return self.classification == Classification.PUBLIC
