"""The audit trail's rows. `planning/audit.py` is the only writer."""

import uuid

from django.db import models
from django.db.models import Q

from planning.enums import AUDIT_READERS

from .entity import Entity


class AuditChain(models.Model):
    """The head of one chain: an entity's, or the system's where the entity is empty."""

    entity = models.OneToOneField(
        Entity, models.PROTECT, null=True, blank=True, related_name="audit_chain", verbose_name="entidad"
    )
    is_system = models.BooleanField(default=False)
    sequence = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_system"], condition=Q(is_system=True), name="one_system_chain"),
            models.CheckConstraint(
                condition=Q(is_system=True, entity=None) | Q(is_system=False, entity__isnull=False),
                name="chain_of_an_entity_or_of_the_system",
            ),
        ]

    def __str__(self):
        return str(self.entity) if self.entity_id else "Sistema"


class AuditEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Events of the entities where the person's role reads the trail; a superuser reads all."""
        if user.is_superuser:
            return self
        return self.filter(chain__entity__in=user.entity_ids_as(*AUDIT_READERS))

    def about(self, obj):
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))


class AuditEvent(models.Model):
    """Who did what to which row, when, with the values before and after. Append-only.

    Names are kept as text beside ids and nothing but the chain is a foreign key, so that history
    outlives what it speaks of. `digest` covers every other column; `content_digest` stands for the
    texts, salted, so that a text removed by order of a judge leaves the chain provable.
    """

    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="events", verbose_name="cadena")
    sequence = models.PositiveBigIntegerField("n.º")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField("cuándo")
    actor_id = models.BigIntegerField("n.º de la cuenta", null=True, blank=True)
    actor = models.CharField("quién", max_length=400, blank=True)
    event = models.CharField("qué", max_length=60)
    object_type = models.CharField("tipo", max_length=60)
    object_id = models.CharField("fila", max_length=40)
    object_label = models.CharField("sobre qué", max_length=300)
    old = models.JSONField("antes", default=dict)
    new = models.JSONField("después", default=dict)
    comment = models.TextField("comentario", blank=True)
    salt = models.CharField("sal", max_length=32)
    content_digest = models.CharField("huella del contenido", max_length=64)
    previous = models.CharField("huella anterior", max_length=64, blank=True)
    digest = models.CharField("huella", max_length=64)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "evento de auditoría"
        verbose_name_plural = "eventos de auditoría"
        ordering = ["chain", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="audit_sequence_once_per_chain"),
        ]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_by_object")]

    def __str__(self):
        return f"{self.chain} n.º {self.sequence}: {self.event} · {self.object_label}"
