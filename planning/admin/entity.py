"""Entities and offices in the admin."""

from django.contrib import admin
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from planning.models import Entity, Office

from .scoped import AuditedResource, ScopedAdmin, TableMixin


@admin.register(Entity)
class EntityAdmin(ScopedAdmin):
    edit_rule = "planning.edit_entity"
    entity_path = "pk"
    list_display = ["name", "kind", "municipality", "department", "nit"]
    list_filter = ["kind", "department"]
    search_fields = ["name", "slug", "nit", "municipality"]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "slug", "kind", "nit"]}),
        ("Ubicación", {"fields": ["department", "municipality", "divipola_code", "address", "postal_code"]}),
        (
            "Atención y pie de página",
            {
                "fields": [
                    "opening_hours",
                    "phone",
                    "toll_free",
                    "anticorruption_line",
                    "email",
                    "judicial_email",
                    "website",
                    "pqrsd_url",
                    "privacy_url",
                ]
            },
        ),
        ("Imagen", {"fields": ["logo", "colour"]}),
    ]

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def get_readonly_fields(self, request, obj=None):
        # The slug is in every address that people have kept.
        return ["slug"] if obj and not request.user.is_superuser else []


class OfficeResource(AuditedResource):
    edit_rule = "planning.edit_office"
    entity = Field("entity", "entidad", ForeignKeyWidget(Entity, "slug"))
    slug = Field("slug", "identificador")
    name = Field("name", "nombre")
    abbreviation = Field("abbreviation", "sigla")
    kind = Field("kind", "tipo")
    aliases = Field("aliases", "otros nombres")

    class Meta:
        model = Office
        fields = ["entity", "slug", "name", "abbreviation", "kind", "aliases"]
        import_id_fields = ["entity", "slug"]
        skip_unchanged = True


@admin.register(Office)
class OfficeAdmin(TableMixin, ScopedAdmin):
    edit_rule = "planning.edit_office"
    resource_classes = [OfficeResource]
    list_display = ["name", "abbreviation", "kind", "parent", "entity", "valid_to"]
    list_filter = ["entity", "kind"]
    search_fields = ["name", "abbreviation", "aliases"]
    autocomplete_fields = ["entity", "parent", "successor"]
    prepopulated_fields = {"slug": ["name"]}
    list_select_related = ["entity", "parent"]
