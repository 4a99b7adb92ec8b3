"""What the public may find: a row for each thing that is published, written by the verbs that publish it."""

from django.db import models
from django.db.models import Q

from actionplans.enums import SearchKind
from planning.models import Entity

from .plan import ActionPlan


class SearchEntry(models.Model):
    """One published thing with its words. Nothing unpublished has a row, so that no search can find it.

    `text` is what is shown around a hit, a line for each thing said; `folded` its words and those of the title, as
    `domain.finding.words.searched` leaves them. `key` names the thing inside its kind; `path` is its address after
    the entity's. On PostgreSQL the table has a column more: see `search_words`.
    """

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="+", verbose_name="entidad")
    kind = models.CharField("qué es", max_length=20, choices=SearchKind.choices)
    key = models.CharField("identificador", max_length=200)
    plan = models.ForeignKey(ActionPlan, models.CASCADE, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField("vigencia", null=True, blank=True)
    policy = models.CharField("política", max_length=120, blank=True)
    title = models.TextField("título")
    text = models.TextField("texto", blank=True)
    folded = models.TextField("texto para buscar")
    path = models.CharField("dirección", max_length=300)

    class Meta:
        verbose_name = "entrada de búsqueda"
        verbose_name_plural = "entradas de búsqueda"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "kind", "key"], name="search_entry_once"),
            models.CheckConstraint(condition=Q(kind__in=SearchKind.values), name="search_kind_known"),
        ]
        indexes = [models.Index(fields=["kind", "entity"], name="search_by_kind")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.title}"
