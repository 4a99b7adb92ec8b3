"""The strategic framework in the admin, part by part in its order."""

from django.contrib import admin
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from planning.models import (
    Approach,
    Axis,
    FrameworkSection,
    Line,
    Objective,
    Pillar,
    Principle,
    Programme,
    Purpose,
    StrategicFramework,
    Value,
)

from .scoped import AuditedResource, PartInline, ScopedAdmin, TableMixin


class SectionInline(PartInline):
    model = FrameworkSection


class PillarInline(PartInline):
    model = Pillar


class ApproachInline(PartInline):
    model = Approach


class PrincipleInline(PartInline):
    model = Principle


class ValueInline(PartInline):
    model = Value


class AxisInline(PartInline):
    model = Axis


class ObjectiveInline(PartInline):
    model = Objective


class LineInline(PartInline):
    model = Line


class ProgrammeInline(PartInline):
    model = Programme


class PurposeInline(PartInline):
    model = Purpose


class PartAdmin(TableMixin, ScopedAdmin):
    edit_rule = "planning.edit_framework"
    search_fields = ["name", "description"]

    def get_queryset(self, request):
        # One step more than the rows shown, so that __str__ of the parents costs no query each.
        return super().get_queryset(request).select_related(self.model.framework_path)


@admin.register(StrategicFramework)
class FrameworkAdmin(ScopedAdmin):
    edit_rule = "planning.edit_framework"
    list_display = ["title", "kind", "period", "entity", "is_published"]
    list_filter = ["entity", "kind", "is_published"]
    search_fields = ["title"]
    autocomplete_fields = ["entity"]
    prepopulated_fields = {"slug": ["title"]}
    list_select_related = ["entity"]
    inlines = [AxisInline, PillarInline, ApproachInline, PrincipleInline, ValueInline, SectionInline]


@admin.register(Axis)
class AxisAdmin(PartAdmin):
    entity_path = "framework__entity"
    list_display = ["position", "name", "framework"]
    list_display_links = ["name"]
    list_filter = ["framework__entity", "framework"]
    autocomplete_fields = ["framework"]
    inlines = [ObjectiveInline, LineInline]


class ObjectiveResource(AuditedResource):
    edit_rule = "planning.edit_framework"
    axis = Field("axis", "eje (id)", ForeignKeyWidget(Axis))
    position = Field("position", "orden")
    name = Field("name", "objetivo")
    description = Field("description", "descripción")

    class Meta:
        model = Objective
        fields = ["axis", "position", "name", "description"]
        import_id_fields = ["axis", "position"]
        skip_unchanged = True


@admin.register(Objective)
class ObjectiveAdmin(PartAdmin):
    entity_path = "axis__framework__entity"
    resource_classes = [ObjectiveResource]
    list_display = ["position", "name", "axis"]
    list_display_links = ["name"]
    list_filter = ["axis__framework__entity", "axis"]
    autocomplete_fields = ["axis"]


@admin.register(Line)
class LineAdmin(PartAdmin):
    entity_path = "axis__framework__entity"
    list_display = ["position", "name", "axis"]
    list_display_links = ["name"]
    list_filter = ["axis__framework__entity", "axis"]
    autocomplete_fields = ["axis"]
    inlines = [ProgrammeInline]


@admin.register(Programme)
class ProgrammeAdmin(PartAdmin):
    entity_path = "line__axis__framework__entity"
    list_display = ["position", "name", "line"]
    list_display_links = ["name"]
    list_filter = ["line__axis__framework__entity"]
    autocomplete_fields = ["line"]
    inlines = [PurposeInline]
