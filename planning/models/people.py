"""People and what they may do in each entity."""

import datetime

import rules
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from planning.enums import Role

from .entity import Entity, Office


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **extra):
        """A saved account whose address is kept in lower case; no password means none works."""
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **extra):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):
    """A login. It belongs to a post rather than to a person; memberships say what it may do, where."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField("correo electrónico", unique=True)
    post = models.CharField("cargo", max_length=120, blank=True, help_text="Por ejemplo, «Enlace MIPG».")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        verbose_name = "cuenta"
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case")]

    def __str__(self):
        return f"{self.post} ({self.email})" if self.post else self.email

    def content_topics(self, event: str) -> tuple[str, ...]:
        """No public page names people."""
        return ()

    def get_full_name(self):
        return self.post or self.email

    def get_short_name(self):
        return self.post or self.email

    def has_perm(self, perm, obj=None):
        """The portal's own permissions are rules; Django's answer the rest.

        A superuser has no short cut through the rules: who runs the installation does not thereby
        approve plans.
        """
        if rules.perm_exists(perm):
            return self.is_active and rules.has_perm(perm, self, obj)
        return super().has_perm(perm, obj)

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """Memberships in force today with entity and offices at hand: two queries for each request."""
        if not self.pk:
            return []
        return list(self.memberships.in_force().select_related("entity").prefetch_related("offices"))

    def entity_ids(self) -> set[int]:
        return {membership.entity_id for membership in self.current_memberships}

    def roles_in(self, entity) -> set[str]:
        return {m.role for m in self.current_memberships if m.entity_id == entity.pk}

    def entity_ids_as(self, *roles: str) -> set[int]:
        return {m.entity_id for m in self.current_memberships if m.role in roles}

    def office_ids_as(self, *roles: str) -> set[int]:
        """Offices, of any entity, for which the person answers in one of these roles."""
        return {office.pk for m in self.current_memberships if m.role in roles for office in m.offices.all()}


class MembershipQuerySet(models.QuerySet):
    def in_force(self, on: datetime.date | None = None):
        """Memberships that hold on the day `on` (today when not said)."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)

    def visible_to(self, user):
        """Administrators see the memberships of their own entities, superusers all."""
        if user.is_superuser:
            return self
        return self.filter(entity__in=user.entity_ids_as(Role.ADMINISTRATOR))


class Membership(models.Model):
    """A role of an account in an entity, from one day to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name="cuenta")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="memberships", verbose_name="entidad")
    role = models.CharField("función", max_length=20, choices=Role.choices)
    offices = models.ManyToManyField(
        Office, blank=True, related_name="memberships", verbose_name="dependencias por las que responde"
    )
    valid_from = models.DateField("desde", default=timezone.localdate)
    valid_to = models.DateField("hasta", null=True, blank=True, help_text="Vacío: sin fecha de salida.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "vinculación"
        verbose_name_plural = "vinculaciones"
        ordering = ["entity", "role", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "entity", "role"],
                condition=Q(valid_to=None),
                name="membership_open_once",
                violation_error_message="Esta cuenta ya tiene esa función en la entidad, sin fecha de salida.",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_it_begins",
                violation_error_message="La fecha de salida es anterior a la de entrada.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} · {self.user} · {self.entity}"

    def content_topics(self, event: str) -> tuple[str, ...]:
        """No public page names people."""
        return ()

    def clean(self):
        if self.pk and self.entity_id and self.offices.exclude(entity=self.entity_id).exists():
            raise ValidationError("Las dependencias deben ser de la misma entidad.")
