"""The model of management (MIPG) as data.

The number of dimensions and policies changed with every version of the national manual, so the
catalogue hangs from a `ModelVersion` and an entity says which one it applies in a year.
"""

from django.db import models
from django.db.models import F, Q

from planning.models import Entity
from planning.models.numbering import FixedNames


class ModelVersionManager(models.Manager):
    def get_by_natural_key(self, key):
        return self.get(key=key)


class ModelVersion(models.Model):
    key = models.SlugField("identificador", unique=True)
    name = models.CharField("nombre", max_length=200)
    source = models.TextField("fuente", blank=True)
    valid_from = models.DateField("rige desde", null=True, blank=True)

    objects = ModelVersionManager()

    class Meta:
        verbose_name = "versión del modelo"
        verbose_name_plural = "versiones del modelo"
        ordering = [models.F("valid_from").desc(nulls_last=True), "key"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.key,)


class DimensionManager(models.Manager):
    def get_by_natural_key(self, version, key):
        return self.get(model_version__key=version, key=key)


class Dimension(FixedNames):
    model_version = models.ForeignKey(
        ModelVersion, models.PROTECT, related_name="dimensions", verbose_name="versión del modelo"
    )
    number = models.PositiveSmallIntegerField("número")
    key = models.SlugField("identificador", max_length=80)
    name = models.CharField("nombre", max_length=200)
    aliases = models.TextField("otros nombres", blank=True, help_text="Uno por línea.")

    objects = DimensionManager()

    class Meta:
        verbose_name = "dimensión"
        verbose_name_plural = "dimensiones"
        ordering = ["model_version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["model_version", "number"], name="dimension_number_once"),
            models.UniqueConstraint(fields=["model_version", "key"], name="dimension_key_once"),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"

    def natural_key(self):
        return (self.model_version.key, self.key)


class PolicyQuerySet(models.QuerySet):
    def get_by_natural_key(self, version, key):
        return self.get(model_version__key=version, key=key)

    def in_force(self, entity, year: int):
        """Policies of the model version that `entity` applies in `year`."""
        return self.filter(model_version=Adoption.objects.version_for(entity, year))


class Policy(FixedNames):
    """A policy of management and performance; `key` names the same policy across versions."""

    model_version = models.ForeignKey(
        ModelVersion, models.PROTECT, related_name="policies", verbose_name="versión del modelo"
    )
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="policies", verbose_name="dimensión")
    number = models.PositiveSmallIntegerField("número")
    key = models.SlugField("identificador", max_length=80)
    name = models.CharField("nombre", max_length=250)
    aliases = models.TextField("otros nombres", blank=True, help_text="Uno por línea.")

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "política"
        ordering = ["model_version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["model_version", "number"], name="policy_number_once"),
            models.UniqueConstraint(fields=["model_version", "key"], name="policy_key_once"),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"

    def natural_key(self):
        return (self.model_version.key, self.key)

    @property
    def alias_list(self) -> list[str]:
        return [alias.strip() for alias in self.aliases.splitlines() if alias.strip()]


class AdoptionQuerySet(models.QuerySet):
    def get_by_natural_key(self, entity, year):
        return self.get(entity__slug=entity, year=year)

    def visible_to(self, user):
        return self.filter(entity__in=Entity.objects.visible_to(user))

    def version_for(self, entity, year: int) -> ModelVersion | None:
        """What the entity adopted last, up to `year`; without any, the newest version of the catalogue."""
        adoption = self.filter(entity=entity, year__lte=year).select_related("model_version").order_by("-year")
        first = adoption.first()
        return first.model_version if first else ModelVersion.objects.first()


class Adoption(models.Model):
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="adoptions", verbose_name="entidad")
    year = models.PositiveSmallIntegerField("desde la vigencia")
    model_version = models.ForeignKey(ModelVersion, models.PROTECT, verbose_name="versión del modelo")

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "adopción del modelo"
        verbose_name_plural = "adopciones del modelo"
        ordering = ["entity", "-year"]
        constraints = [models.UniqueConstraint(fields=["entity", "year"], name="adoption_once_a_year")]

    def __str__(self):
        return f"{self.entity}: {self.model_version} desde {self.year}"

    def natural_key(self):
        return (self.entity.slug, self.year)


class InstitutionalPlanKindQuerySet(models.QuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def in_force(self, year: int):
        """The plans that the norm of that year asks for."""
        return self.filter(
            Q(first_year=None) | Q(first_year__lte=year), Q(last_year=None) | Q(last_year__gte=year)
        )


class InstitutionalPlanKind(models.Model):
    """An institutional plan that a norm asks to integrate in the action plan, while the norm says so."""

    number = models.PositiveSmallIntegerField("número", unique=True)
    key = models.SlugField("identificador", max_length=80, unique=True)
    name = models.CharField("nombre", max_length=250)
    aliases = models.TextField("otros nombres", blank=True, help_text="Uno por línea.")
    norm = models.CharField("norma que lo pide", max_length=120)
    first_year = models.PositiveSmallIntegerField("desde la vigencia", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("hasta la vigencia", null=True, blank=True)

    objects = InstitutionalPlanKindQuerySet.as_manager()

    class Meta:
        verbose_name = "tipo de plan institucional"
        verbose_name_plural = "tipos de plan institucional"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_year=None) | Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="institutional_plan_kind_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"

    def natural_key(self):
        return (self.key,)
