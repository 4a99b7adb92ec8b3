"""A plan is an identity; what it says is in its versions."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from actionplans.enums import (
    DRAFT_READERS,
    OPEN_STATUSES,
    PUBLIC_STATUSES,
    Origin,
    PeriodScheme,
    PlanKind,
    VersionStatus,
)
from mipg.models import InstitutionalPlan, Policy
from planning.enums import Role
from planning.folding import fold
from planning.models import Entity, Office
from planning.models.framework import YEAR_RANGE

from .act import ApprovalAct


def plan_topic(year: int, slug: str) -> str:
    return f"{year}/{slug}"


class ActionPlanQuerySet(models.QuerySet):
    def get_by_natural_key(self, entity, year, slug):
        return self.get(entity__slug=entity, year=year, slug=slug)

    def published(self):
        """Plans that have an approved version."""
        return self.filter(Exists(PlanVersion.objects.filter(plan=OuterRef("pk"), status=VersionStatus.APPROVED)))

    def visible_to(self, user):
        return self.filter(Exists(PlanVersion.objects.visible_to(user).filter(plan=OuterRef("pk"))))


class ActionPlan(models.Model):
    """What a plan is, whatever its versions say: an entity's plan of a kind for a year."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="plans", verbose_name="entidad")
    year = models.PositiveSmallIntegerField("vigencia", validators=YEAR_RANGE)
    slug = models.SlugField("dirección", max_length=120)
    kind = models.CharField("tipo", max_length=20, choices=PlanKind.choices, default=PlanKind.OTHER)
    policy = models.ForeignKey(
        Policy, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="política"
    )
    institutional_plan = models.ForeignKey(
        InstitutionalPlan, models.PROTECT, null=True, blank=True, related_name="plans"
    )
    scheme = models.CharField(
        "se sigue por", max_length=15, choices=PeriodScheme.choices, default=PeriodScheme.QUARTER
    )
    began_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="continued_by",
        verbose_name="comenzó con el plan",
    )

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "plan de acción"
        verbose_name_plural = "planes de acción"
        ordering = ["entity", "-year", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "year", "slug"], name="plan_slug_once_a_year"),
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plan_kind_known"),
            models.CheckConstraint(condition=Q(scheme__in=PeriodScheme.values), name="plan_scheme_known"),
            models.CheckConstraint(
                condition=Q(policy__isnull=False) | ~Q(kind=PlanKind.POLICY),
                name="plan_of_a_policy_names_it",
            ),
        ]
        indexes = [models.Index(fields=["entity", "year", "policy"], name="plan_by_year_and_policy")]

    def __str__(self):
        return f"{self.slug} {self.year} · {self.entity}"

    def natural_key(self):
        return (self.entity.slug, self.year, self.slug)

    @property
    def topic(self) -> str:
        """Its topic in `planning.content`, which its address tells."""
        return plan_topic(self.year, self.slug)

    def content_topics(self, event: str) -> tuple[str, ...]:
        return (self.topic,)

    def in_other_years(self) -> "ActionPlanQuerySet":
        """The same plan of other years: of its name, or one that began with the other."""
        same = Q(slug=self.slug) | Q(pk=self.began_from_id) | Q(began_from=self.pk)
        return ActionPlan.objects.filter(same, entity=self.entity_id).exclude(year=self.year)


class PlanVersionQuerySet(models.QuerySet):
    def get_by_natural_key(self, entity, year, slug, number):
        return self.get(plan__entity__slug=entity, plan__year=year, plan__slug=slug, number=number)

    def published(self):
        """The versions in force: what the public reads."""
        return self.filter(status=VersionStatus.APPROVED)

    def visible_to(self, user):
        """What anybody may read, and the open versions that the person's role and offices let them see."""
        public = Q(status__in=PUBLIC_STATUSES)
        if not user.is_authenticated:
            return self.filter(public)
        answered_by_own_office = PlanVersion.objects.filter(
            pk=OuterRef("pk"), activities__responsibilities__office__in=user.office_ids_as(Role.LEADER)
        )
        return self.filter(
            public | Q(entity__in=user.entity_ids_as(*DRAFT_READERS)) | Exists(answered_by_own_office)
        )

    def open(self):
        return self.filter(status__in=OPEN_STATUSES)

    def matching(self, text: str):
        """Versions that hold every word of `text`; accents and case do not count."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found

    def with_activities(self):
        """With everything a page or a file shows of a plan, in a number of queries that does not grow."""
        rows = self.model._meta.get_field("activities").related_model.objects
        return self.prefetch_related(
            "sections",
            "objectives",
            "participating_offices",
            Prefetch("components__indicators"),
            # Joined, not prefetched: SQLite refuses a condition with as many terms as a large plan has rows.
            Prefetch("activities", rows.select_related("activity", "component")),
            "activities__objectives__axis__framework__entity",
            "activities__tasks",
            "activities__indicators",
            "activities__responsibilities__office",
        )


class PlanVersion(models.Model):
    """What a plan says, from its approval until another version replaces it."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="versions", verbose_name="plan")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    number = models.PositiveSmallIntegerField("versión")
    status = models.CharField("estado", max_length=12, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    title = models.CharField("título", max_length=250)
    form_code = models.CharField("código del formato", max_length=40, blank=True)
    form_version = models.CharField("versión del formato", max_length=20, blank=True)
    form_approval_date = models.DateField("fecha de aprobación del formato", null=True, blank=True)
    process = models.TextField("proceso", blank=True)
    subprocess = models.TextField("subproceso", blank=True)
    objective = models.TextField("objetivo", blank=True)
    scope = models.TextField("alcance", blank=True)
    formulating_office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dependencia que formula",
    )
    printed_formulating_office = models.TextField("la formula, como está impreso", blank=True)
    participating_offices = models.ManyToManyField(
        Office, blank=True, related_name="+", verbose_name="dependencias participantes"
    )
    printed_participants = models.JSONField("participan, como está impreso", default=list, blank=True)
    plan_date = models.DateField("fecha del plan", null=True, blank=True)
    note = models.TextField("nota", blank=True, help_text="Lo que el lector debe saber de esta versión.")
    origin = models.CharField("origen", max_length=10, choices=Origin.choices, default=Origin.PORTAL)
    source = models.CharField("documento de origen", max_length=250, blank=True)
    reason = models.TextField("motivo de la modificación", blank=True)
    effective_from = models.DateField("cuenta desde", null=True, blank=True)
    approval_act = models.ForeignKey(
        ApprovalAct,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name="acto de aprobación",
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="envió",
    )
    submitted_at = models.DateTimeField("enviado", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="aprobó",
    )
    published_at = models.DateTimeField("publicado", null=True, blank=True)
    header_revision = models.PositiveIntegerField("escritura de los datos del plan", default=1, editable=False)
    digest = models.CharField("huella SHA-256", max_length=64, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    updated_at = models.DateTimeField("actualizado", auto_now=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versión de plan"
        verbose_name_plural = "versiones de plan"
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(status=VersionStatus.APPROVED), name="version_approved_once"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(status__in=OPEN_STATUSES), name="version_open_once"
            ),
            models.CheckConstraint(condition=Q(status__in=VersionStatus.values), name="version_status_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="version_origin_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN_STATUSES, published_at=None, digest="")
                | (Q(status__in=PUBLIC_STATUSES, published_at__isnull=False) & ~Q(digest="")),
                name="version_public_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None, submitted_at=None)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="version_submission_whole",
            ),
            models.CheckConstraint(
                condition=Q(status=VersionStatus.DRAFT)
                | Q(origin=Origin.DOCUMENT)
                | Q(submitted_by__isnull=False),
                name="version_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")),
                name="version_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN_STATUSES)
                | Q(origin=Origin.DOCUMENT)
                | Q(approved_by__isnull=False)
                | Q(approval_act__isnull=False),
                name="version_somebody_approved",
            ),
        ]
        indexes = [models.Index(fields=["entity", "status"], name="version_by_status")]

    def __str__(self):
        return f"{self.title} {self.plan.year}, versión {self.number}"

    def natural_key(self):
        return (*self.plan.natural_key(), self.number)

    def content_topics(self, event: str) -> tuple[str, ...]:
        """None of a draft. The pages of the same plan in other years lead to this one by its title."""
        if not self.is_public:
            return ()
        return (self.plan.topic, *(plan.topic for plan in self.plan.in_other_years()))

    @property
    def was_returned(self) -> bool:
        """It was submitted once and is a draft again."""
        return self.status == VersionStatus.DRAFT and self.submitted_at is not None

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC_STATUSES

    @property
    def is_modification(self) -> bool:
        """It follows a version that was approved: its activities stay, cancelled at most."""
        return self.number > 1

    @property
    def is_official_document(self) -> bool:
        return self.origin == Origin.DOCUMENT

    @property
    def act(self) -> str:
        """How the act that approved it is called; empty where nobody gave one."""
        return self.approval_act.name if self.approval_act_id else ""

    @property
    def act_date(self) -> datetime.date | None:
        return self.approval_act.date if self.approval_act_id else None

    @property
    def participant_names(self) -> tuple[str, ...]:
        """Who took part: as printed, or the offices."""
        return tuple(self.printed_participants) or tuple(
            office.name for office in self.participating_offices.all()
        )

    @property
    def formulating_name(self) -> str:
        return self.formulating_office.name if self.formulating_office else self.printed_formulating_office
