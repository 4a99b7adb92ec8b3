"""The strategic framework in the admin, part by part in its order."""

from django.contrib import admin
from import_export.fields import Field

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

from .scoped import AuditedResource, NaturalKeyWidget, PartInline, ScopedAdmin, TableMixin


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


def part_resource(model, parent_words: str) -> type[AuditedResource]:
    """The table of a part: its parent by natural key, its order, its texts."""
    parent_model = model._meta.get_field(model.parent_field).related_model
    columns = {
        model.parent_field: Field(model.parent_field, parent_words, NaturalKeyWidget(parent_model)),
        "position": Field("position", "orden"),
        "name": Field("name", "nombre"),
        "description": Field("description", "descripción", default="", saves_null_values=False),
    }
    meta = type(
        "Meta",
        (),
        {
            "model": model,
            "fields": list(columns),
            "import_id_fields": [model.parent_field, "position"],
            "skip_unchanged": True,
            "clean_model_instances": True,
        },
    )
    return type(
        f"{model.__name__}Resource",
        (AuditedResource,),
        {"edit_rule": "planning.edit_framework", **columns, "Meta": meta},
    )


class PartAdmin(TableMixin, ScopedAdmin):
    edit_rule = "planning.edit_framework"
    search_fields = ["name", "description"]
    list_display_links = ["name"]

    def get_queryset(self, request):
        # One step more than the rows shown, so that __str__ of the parents costs no query each.
        return super().get_queryset(request).select_related(self.model.framework_path)


@admin.register(StrategicFramework)
class FrameworkAdmin(ScopedAdmin):
    edit_rule = "planning.edit_framework"
    list_display = ["title", "kind", "years", "entity", "is_published"]
    list_filter = ["entity", "kind", "is_published"]
    search_fields = ["title"]
    autocomplete_fields = ["entity"]
    prepopulated_fields = {"slug": ["title"]}
    list_select_related = ["entity"]
    inlines = [AxisInline, PillarInline, ApproachInline, PrincipleInline, ValueInline, SectionInline]

    @admin.display(description="periodo", ordering="first_year")
    def years(self, framework):
        return framework.period


@admin.register(Axis)
class AxisAdmin(PartAdmin):
    resource_classes = [part_resource(Axis, "marco estratégico")]
    entity_path = "framework__entity"
    list_display = ["position", "name", "framework"]
    list_filter = ["framework__entity", "framework"]
    autocomplete_fields = ["framework"]
    inlines = [ObjectiveInline, LineInline]


@admin.register(Objective)
class ObjectiveAdmin(PartAdmin):
    entity_path = "axis__framework__entity"
    resource_classes = [part_resource(Objective, "eje")]
    list_display = ["position", "name", "axis"]
    list_filter = ["axis__framework__entity", "axis"]
    autocomplete_fields = ["axis"]


@admin.register(Line)
class LineAdmin(PartAdmin):
    resource_classes = [part_resource(Line, "eje")]
    entity_path = "axis__framework__entity"
    list_display = ["position", "name", "axis"]
    list_filter = ["axis__framework__entity", "axis"]
    autocomplete_fields = ["axis"]
    inlines = [ProgrammeInline]


@admin.register(Programme)
class ProgrammeAdmin(PartAdmin):
    resource_classes = [part_resource(Programme, "línea")]
    entity_path = "line__axis__framework__entity"
    list_display = ["position", "name", "line"]
    list_filter = ["line__axis__framework__entity"]
    autocomplete_fields = ["line"]
    inlines = [PurposeInline]
