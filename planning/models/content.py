"""How often what the public reads has changed: the numbers that kept pages are filed under."""

from django.db import models
from django.db.models import Q

from .entity import Entity


class ContentVersion(models.Model):
    """The number of a topic of an entity's public content; no entity: of what all of them share.

    `planning/content.py` is the only writer and says what topics there are. Numbers are microseconds of the clock,
    always above the one before, so that not even a restored database shows one twice.
    """

    entity = models.ForeignKey(Entity, models.CASCADE, null=True, blank=True, related_name="+")
    topic = models.CharField(max_length=160, blank=True, db_index=True)
    number = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "número de lo publicado"
        verbose_name_plural = "números de lo publicado"
        constraints = [
            models.UniqueConstraint(fields=["entity", "topic"], name="content_topic_once"),
            models.UniqueConstraint(fields=["topic"], condition=Q(entity=None), name="content_shared_topic_once"),
        ]

    def __str__(self):
        return f"{self.entity_id or 'todas'} {self.topic}: {self.number}"
