"""The strategic framework: what the entity is for, and what it set out to do in a period."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from planning.enums import FrameworkKind

from .entity import Entity
from .numbering import FixedNames, PermanentKeyField

YEAR_RANGE = [MinValueValidator(1990), MaxValueValidator(2100)]


class StrategicFrameworkQuerySet(models.QuerySet):
    def get_by_natural_key(self, entity, slug):
        return self.get(entity__slug=entity, slug=slug)

    def published(self):
        return self.filter(is_published=True)

    def visible_to(self, user):
        """What anybody may read, and the unpublished ones of the person's own entities."""
        if user.is_superuser:
            return self
        if not user.is_authenticated:
            return self.published()
        return self.filter(Q(is_published=True) | Q(entity__in=user.entity_ids()))

    def in_force(self, year: int):
        return self.filter(first_year__lte=year, last_year__gte=year)


class StrategicFramework(FixedNames):
    """Misión, visión and all that hangs from them, for a period of years. Earlier ones are kept."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="frameworks", verbose_name="entidad")
    slug = models.SlugField("identificador", max_length=80)
    title = models.CharField("título", max_length=250)
    kind = models.CharField("tipo de documento", max_length=20, choices=FrameworkKind.choices)
    issuing_office = models.CharField("dependencia que lo emite", max_length=200, blank=True)
    adoption_act = models.CharField("acto de adopción", max_length=250, blank=True)
    first_year = models.PositiveSmallIntegerField("primer año", validators=YEAR_RANGE)
    last_year = models.PositiveSmallIntegerField("último año", validators=YEAR_RANGE)
    mission = models.TextField("misión", blank=True)
    vision = models.TextField("visión", blank=True)
    general_objective = models.TextField("objetivo general", blank=True)
    note = models.TextField("nota", blank=True, help_text="Qué es este documento y de dónde salió.")
    is_published = models.BooleanField("publicado", default=False)
    last_key = models.PositiveSmallIntegerField("último número de eje", default=0, editable=False)

    fixed_names = ("entity", "slug")
    objects = StrategicFrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = "marco estratégico"
        verbose_name_plural = "marcos estratégicos"
        ordering = ["entity", "-first_year", "title"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "slug"], name="framework_slug_once_per_entity"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="framework_ends_after_it_begins",
                violation_error_message="El último año es anterior al primero.",
            ),
            models.CheckConstraint(condition=Q(kind__in=FrameworkKind.values), name="framework_kind_known"),
        ]

    def __str__(self):
        return f"{self.title} ({self.period})"

    def natural_key(self):
        return (*self.entity.natural_key(), self.slug)

    @property
    def period(self) -> str:
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year}"

    def has_expired(self, on=None) -> bool:
        """Whether its last year is over on the day `on` (today when not said)."""
        return (on or timezone.localdate()).year > self.last_year

    @property
    def is_adopted(self) -> bool:
        """A candidate's programme is a promise to voters; the other kinds were adopted by the entity."""
        return self.kind != FrameworkKind.GOVERNMENT_PROGRAMME


class FrameworkPartQuerySet(models.QuerySet):
    """Rows under a framework, found through `framework_path` whatever their depth."""

    def get_by_natural_key(self, *key):
        *parent_key, number = key
        field = self.model._meta.get_field(self.model.parent_field)
        parent = field.related_model.objects.get_by_natural_key(*parent_key)
        return self.get(**{field.name: parent, self.model.number_field: number})

    def visible_to(self, user):
        return self.filter(**{f"{self.model.framework_path}__in": StrategicFramework.objects.visible_to(user)})


class FrameworkPart(models.Model):
    """An ordered row under a framework or under one of its parts."""

    position = models.PositiveSmallIntegerField("orden")

    parent_field = "framework"
    framework_path = "framework"
    number_field = "position"
    objects = FrameworkPartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position"]

    def natural_key(self):
        return (*self.parent.natural_key(), getattr(self, self.number_field))

    @property
    def parent(self):
        return getattr(self, self.parent_field)

    @property
    def entity(self):
        return self.parent.entity

    @property
    def audit_label(self) -> str:
        """Its name alone would not say of which document it is."""
        return f"{self} · {self.parent}"


class NamedPart(FrameworkPart):
    """A part with a name and, where the document gives one, its description."""

    name = models.TextField("nombre")
    description = models.TextField("descripción", blank=True)

    class Meta(FrameworkPart.Meta):
        abstract = True

    def __str__(self):
        return self.name


class KeyedPart(NamedPart):
    """A part that plans and closings name: its position only orders it, its key stays."""

    key = PermanentKeyField("número permanente")

    number_field = "key"

    class Meta(NamedPart.Meta):
        abstract = True


def _once(*fields: str, name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=fields, name=name)


class FrameworkSection(FrameworkPart):
    """A piece of the document's running text, as printed."""

    framework = models.ForeignKey(
        StrategicFramework, models.CASCADE, verbose_name="marco estratégico", related_name="sections"
    )
    title = models.CharField("título", max_length=250)
    body = models.TextField("texto", blank=True)

    class Meta(FrameworkPart.Meta):
        verbose_name = "sección"
        verbose_name_plural = "secciones"
        constraints = [_once("framework", "position", name="section_position_once")]

    def __str__(self):
        return self.title


class Pillar(NamedPart):
    framework = models.ForeignKey(
        StrategicFramework, models.CASCADE, verbose_name="marco estratégico", related_name="pillars"
    )

    class Meta(NamedPart.Meta):
        verbose_name = "pilar"
        verbose_name_plural = "pilares"
        constraints = [_once("framework", "position", name="pillar_position_once")]


class Approach(NamedPart):
    framework = models.ForeignKey(
        StrategicFramework, models.CASCADE, verbose_name="marco estratégico", related_name="approaches"
    )

    class Meta(NamedPart.Meta):
        verbose_name = "enfoque"
        constraints = [_once("framework", "position", name="approach_position_once")]


class Principle(NamedPart):
    framework = models.ForeignKey(
        StrategicFramework, models.CASCADE, verbose_name="marco estratégico", related_name="principles"
    )

    class Meta(NamedPart.Meta):
        verbose_name = "principio"
        constraints = [
            _once("framework", "position", name="principle_position_once"),
            _once("framework", "name", name="principle_name_once"),
        ]


class Value(NamedPart):
    framework = models.ForeignKey(
        StrategicFramework, models.CASCADE, verbose_name="marco estratégico", related_name="values"
    )

    class Meta(NamedPart.Meta):
        verbose_name = "valor"
        verbose_name_plural = "valores"
        constraints = [
            _once("framework", "position", name="value_position_once"),
            _once("framework", "name", name="value_name_once"),
        ]


def axis_code(framework: str, key: int) -> str:
    return f"{framework}-{key}"


class Axis(KeyedPart):
    framework = models.ForeignKey(
        StrategicFramework, models.CASCADE, verbose_name="marco estratégico", related_name="axes"
    )
    last_key = models.PositiveSmallIntegerField("último número de objetivo", default=0, editable=False)

    class Meta(KeyedPart.Meta):
        verbose_name = "eje"
        constraints = [
            _once("framework", "position", name="axis_position_once"),
            _once("framework", "key", name="axis_key_once"),
        ]

    @property
    def code(self) -> str:
        """How closings name it within its entity: «plan-de-desarrollo-3»."""
        return axis_code(self.framework.slug, self.key)


class Objective(KeyedPart):
    """A strategic objective of an axis; activities of action plans link to it."""

    axis = models.ForeignKey(Axis, models.CASCADE, related_name="objectives", verbose_name="eje")

    parent_field = "axis"
    framework_path = "axis__framework"

    class Meta(KeyedPart.Meta):
        verbose_name = "objetivo estratégico"
        verbose_name_plural = "objetivos estratégicos"
        constraints = [
            _once("axis", "position", name="objective_position_once"),
            _once("axis", "key", name="objective_key_once"),
        ]


class Line(NamedPart):
    """The level between axis and programme."""

    axis = models.ForeignKey(Axis, models.CASCADE, related_name="lines", verbose_name="eje")

    parent_field = "axis"
    framework_path = "axis__framework"

    class Meta(NamedPart.Meta):
        verbose_name = "línea"
        constraints = [_once("axis", "position", name="line_position_once")]


class Programme(NamedPart):
    line = models.ForeignKey(Line, models.CASCADE, related_name="programmes", verbose_name="línea")

    parent_field = "line"
    framework_path = "line__axis__framework"

    class Meta(NamedPart.Meta):
        verbose_name = "programa"
        constraints = [_once("line", "position", name="programme_position_once")]


class Purpose(FrameworkPart):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="purposes", verbose_name="programa")
    text = models.TextField("propósito")

    parent_field = "programme"
    framework_path = "programme__line__axis__framework"

    class Meta(FrameworkPart.Meta):
        verbose_name = "propósito"
        constraints = [_once("programme", "position", name="purpose_position_once")]

    def __str__(self):
        return self.text
