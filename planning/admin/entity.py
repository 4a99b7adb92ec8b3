"""Entities and offices in the admin."""

from django.contrib import admin
from import_export.fields import Field

from planning.models import Entity, Office

from .scoped import AuditedResource, NaturalKeyWidget, ScopedAdmin, TableMixin


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
        ("Datos abiertos", {"fields": ["data_licence"]}),
        ("Seguimiento", {"fields": ["allows_self_validation"]}),
        (
            "Formato de los planes",
            {
                "description": "Lo que lleva el plan cuando se descarga en el formato del portal (MESG-AS-F17).",
                "fields": [
                    ("form_code", "form_version", "form_approval_date"),
                    "letterhead",
                    "form_footer",
                    "prepared_by",
                    "reviewed_by",
                    "approved_by",
                ],
            },
        ),
    ]

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []  # it is in every address that people have kept, and in sealed plans


class OfficeResource(AuditedResource):
    edit_rule = "planning.edit_office"
    entity = Field("entity", "entidad", NaturalKeyWidget(Entity))
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
        clean_model_instances = True


@admin.register(Office)
class OfficeAdmin(TableMixin, ScopedAdmin):
    edit_rule = "planning.edit_office"
    resource_classes = [OfficeResource]
    list_display = ["name", "abbreviation", "kind", "parent", "entity", "valid_to"]
    list_filter = ["entity", "kind"]
    search_fields = ["name", "abbreviation", "aliases"]
    autocomplete_fields = ["entity", "parent", "successor"]
    list_select_related = ["entity", "parent"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "entity"] if obj else []  # sealed plans and data files name an office by them

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}
