"""The catalogue, leaderships, actors and institutional plans in the admin."""

from django.contrib import admin
from import_export.fields import Field

from mipg.models import (
    Actor,
    Adoption,
    Dimension,
    InstitutionalPlan,
    InstitutionalPlanKind,
    ModelVersion,
    Obligation,
    Policy,
    PolicyLeadership,
)
from planning.admin.scoped import (
    AuditedResource,
    NationalAdmin,
    NaturalKeyWidget,
    PartInline,
    ScopedAdmin,
    TableMixin,
)
from planning.models import Entity, Office


class CatalogueAdmin(NationalAdmin):
    edit_rule = "mipg.edit_catalogue"


class DimensionInline(PartInline):
    model = Dimension


@admin.register(ModelVersion)
class ModelVersionAdmin(CatalogueAdmin):
    list_display = ["name", "key", "valid_from"]
    search_fields = ["name", "key"]
    inlines = [DimensionInline]


class PolicyInline(PartInline):
    model = Policy
    fields = ["number", "key", "name"]


@admin.register(Dimension)
class DimensionAdmin(CatalogueAdmin):
    list_display = ["number", "name", "model_version"]
    list_display_links = ["name"]
    list_filter = ["model_version"]
    search_fields = ["name", "aliases"]
    autocomplete_fields = ["model_version"]
    inlines = [PolicyInline]


class PolicyResource(AuditedResource):
    edit_rule = "mipg.edit_catalogue"
    model_version = Field("model_version", "versión", NaturalKeyWidget(ModelVersion))
    dimension = Field("dimension", "dimensión", NaturalKeyWidget(Dimension))
    number = Field("number", "número")
    key = Field("key", "identificador")
    name = Field("name", "nombre")
    aliases = Field("aliases", "otros nombres")

    class Meta:
        model = Policy
        fields = ["model_version", "dimension", "number", "key", "name", "aliases"]
        import_id_fields = ["model_version", "key"]
        skip_unchanged = True
        clean_model_instances = True


@admin.register(Policy)
class PolicyAdmin(TableMixin, CatalogueAdmin):
    resource_classes = [PolicyResource]
    list_display = ["number", "name", "dimension", "model_version"]
    list_display_links = ["name"]
    list_filter = ["model_version", "dimension"]
    search_fields = ["name", "aliases", "key"]
    autocomplete_fields = ["model_version", "dimension"]
    list_select_related = ["dimension", "model_version"]


@admin.register(InstitutionalPlanKind)
class InstitutionalPlanKindAdmin(CatalogueAdmin):
    list_display = ["number", "name", "norm", "first_year", "last_year"]
    list_display_links = ["name"]
    search_fields = ["name", "aliases"]


@admin.register(Obligation)
class ObligationAdmin(CatalogueAdmin):
    list_display = ["position", "name", "norm", "check_by", "due_month", "due_day", "first_year", "last_year"]
    list_display_links = ["name"]
    search_fields = ["name", "norm", "key"]


class EntityRowAdmin(ScopedAdmin):
    edit_rule = "mipg.edit_leadership"
    list_select_related = ["entity"]


@admin.register(Adoption)
class AdoptionAdmin(EntityRowAdmin):
    list_display = ["entity", "year", "model_version"]
    list_filter = ["entity"]
    autocomplete_fields = ["entity", "model_version"]


class LeadershipResource(AuditedResource):
    edit_rule = "mipg.edit_leadership"
    entity = Field("entity", "entidad", NaturalKeyWidget(Entity))
    policy = Field("policy", "política", NaturalKeyWidget(Policy))
    source = Field("source", "fuente")
    position = Field("position", "orden")
    office = Field("office", "dependencia", NaturalKeyWidget(Office))
    role = Field("role", "papel")
    task = Field("task", "para qué")
    printed_responsible = Field("printed_responsible", "como está impreso")

    class Meta:
        model = PolicyLeadership
        fields = ["entity", "policy", "source", "position", "office", "role", "task", "printed_responsible"]
        import_id_fields = ["entity", "policy", "source", "position"]
        skip_unchanged = True
        clean_model_instances = True


@admin.register(PolicyLeadership)
class LeadershipAdmin(TableMixin, EntityRowAdmin):
    resource_classes = [LeadershipResource]
    list_display = ["policy", "who", "role", "source", "entity"]
    list_filter = ["entity", "role", "policy__dimension"]
    search_fields = ["policy__name", "office__name", "printed_responsible"]
    autocomplete_fields = ["entity", "policy", "office"]
    list_select_related = ["entity", "policy", "office"]

    @admin.display(description="responsable", ordering="office__name")
    def who(self, leadership):
        return leadership.responsible


@admin.register(Actor)
class ActorAdmin(EntityRowAdmin):
    list_display = ["position", "name", "office", "entity"]
    list_display_links = ["name"]
    list_filter = ["entity"]
    search_fields = ["name", "part"]
    autocomplete_fields = ["entity", "office"]


@admin.register(InstitutionalPlan)
class InstitutionalPlanAdmin(EntityRowAdmin):
    list_display = ["kind", "year", "who", "due", "published_on", "entity"]
    list_filter = ["entity", "year"]
    search_fields = ["kind__name", "printed_name", "printed_responsible"]
    autocomplete_fields = ["entity", "kind", "office"]
    list_select_related = ["entity", "kind", "office"]

    @admin.display(description="responsable", ordering="office__name")
    def who(self, plan):
        return plan.responsible
