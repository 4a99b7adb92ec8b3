"""Who answers for the model in an entity, in the words of the documents that say so."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mipg.enums import LeadershipRole
from planning.fields import WebAddressField
from planning.models import Entity, Office
from planning.models.entity import refuse_office_of_another_entity

from .catalogue import InstitutionalPlanKind, Policy


class OfEntityQuerySet(models.QuerySet):
    """Rows that everybody may read on the public pages and that staff see for their own entities."""

    def visible_to(self, user):
        return self.filter(entity__in=Entity.objects.visible_to(user))

    def in_force(self, on: datetime.date | None = None):
        on = on or timezone.localdate()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))


class PolicyLeadershipQuerySet(OfEntityQuerySet):
    def get_by_natural_key(self, entity, version, policy, source, position):
        policy = Policy.objects.get_by_natural_key(version, policy)
        return self.get(entity__slug=entity, policy=policy, source=source, position=position)


class PolicyLeadership(models.Model):
    """An office or committee that leads or supports a policy, with the words of the document that says so.

    Two tables of one document may disagree: both rows are kept, each with its source.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="leaderships", verbose_name="entidad")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="leaderships", verbose_name="política")
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="leaderships", verbose_name="dependencia"
    )
    role = models.CharField("papel", max_length=10, choices=LeadershipRole.choices)
    task = models.CharField("para qué", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("orden", default=1)
    printed_responsible = models.TextField("responsable como está impreso", blank=True)
    printed_policy = models.CharField("política como está impresa", max_length=250, blank=True)
    printed_dimension = models.CharField("dimensión como está impresa", max_length=250, blank=True)
    source = models.CharField("fuente", max_length=250)
    note = models.TextField("nota", blank=True)
    valid_from = models.DateField("desde", null=True, blank=True)
    valid_to = models.DateField("hasta", null=True, blank=True)

    objects = PolicyLeadershipQuerySet.as_manager()

    class Meta:
        verbose_name = "liderazgo de política"
        verbose_name_plural = "liderazgos de política"
        ordering = ["entity", "policy", "source", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "policy", "source", "position"], name="leadership_position_once_per_source"
            ),
            models.CheckConstraint(condition=Q(role__in=LeadershipRole.values), name="leadership_role_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="leadership_ends_after_it_begins",
                violation_error_message="La fecha de salida es anterior a la de entrada.",
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=False) | ~Q(printed_responsible=""),
                name="leadership_names_somebody",
                violation_error_message="Indique la dependencia, o el responsable como está impreso.",
            ),
        ]

    def __str__(self):
        return f"{self.policy}: {self.responsible}"

    def natural_key(self):
        return (self.entity.slug, *self.policy.natural_key(), self.source, self.position)

    def clean(self):
        refuse_office_of_another_entity(self.office, self.entity_id)

    @property
    def responsible(self) -> str:
        return self.office.name if self.office_id else self.printed_responsible


class ActorQuerySet(OfEntityQuerySet):
    def get_by_natural_key(self, entity, position):
        return self.get(entity__slug=entity, position=position)


class Actor(models.Model):
    """Who takes part in the model in an entity, and what for."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="actors", verbose_name="entidad")
    position = models.PositiveSmallIntegerField("orden")
    name = models.CharField("actor", max_length=250)
    part = models.TextField("papel")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, verbose_name="dependencia")
    source = models.CharField("fuente", max_length=250, blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = "actor"
        verbose_name_plural = "actores"
        ordering = ["entity", "position"]
        constraints = [models.UniqueConstraint(fields=["entity", "position"], name="actor_position_once")]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.entity.slug, self.position)

    def clean(self):
        refuse_office_of_another_entity(self.office, self.entity_id)


class InstitutionalPlanQuerySet(OfEntityQuerySet):
    def get_by_natural_key(self, entity, year, kind):
        return self.get(entity__slug=entity, year=year, kind__key=kind)


class InstitutionalPlan(models.Model):
    """What an entity says of one of those plans for a year."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="institutional_plans", verbose_name="entidad")
    year = models.PositiveSmallIntegerField("vigencia")
    kind = models.ForeignKey(InstitutionalPlanKind, models.PROTECT, related_name="plans", verbose_name="plan")
    printed_name = models.CharField("nombre como está impreso", max_length=250, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, verbose_name="responsable")
    printed_responsible = models.CharField("responsable como está impreso", max_length=250, blank=True)
    due = models.DateField("plazo", null=True, blank=True)
    published_on = models.DateField("publicado el", null=True, blank=True)
    url = WebAddressField("documento publicado", blank=True)
    note = models.TextField("nota", blank=True)

    objects = InstitutionalPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "plan institucional"
        verbose_name_plural = "planes institucionales"
        ordering = ["entity", "-year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "year", "kind"], name="institutional_plan_once_a_year"),
        ]

    def __str__(self):
        return f"{self.printed_name or self.kind.name} {self.year}"

    def natural_key(self):
        return (self.entity.slug, self.year, self.kind.key)

    def clean(self):
        refuse_office_of_another_entity(self.office, self.entity_id)

    @property
    def responsible(self) -> str:
        return self.office.name if self.office_id else self.printed_responsible
