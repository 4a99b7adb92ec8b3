"""The strategic framework in the admin, part by part in its order."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.widgets import IntegerWidget

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
from planning.models.numbering import take_key

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


class PartResource(AuditedResource):
    """Rows under their parent, told apart by the number of their kind."""

    edit_rule = "planning.edit_framework"

    def before_save_instance(self, instance, row, **kwargs):
        super().before_save_instance(instance, row, **kwargs)
        if instance.number_field == "key" and not instance.pk:
            if instance.key is not None:
                raise ValidationError(
                    f"No hay un renglón con el número permanente {instance.key}. "
                    "Para agregar uno nuevo deje esa casilla vacía: el portal le da el suyo."
                )
            instance.key = take_key(siblings(instance), instance.parent)


def siblings(part):
    """The rows of its kind under its parent."""
    return type(part).objects.filter(**{part.parent_field: part.parent})


def part_resource(model, parent_words: str) -> type[PartResource]:
    """The table of a part: its parent by natural key, its permanent number if it has one, its order, its texts."""
    parent_model = model._meta.get_field(model.parent_field).related_model
    number = {"key": Field("key", "número permanente", IntegerWidget())} if model.number_field == "key" else {}
    columns = {
        model.parent_field: Field(model.parent_field, parent_words, NaturalKeyWidget(parent_model)),
        **number,
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
            "import_id_fields": [model.parent_field, model.number_field],
            "skip_unchanged": True,
            "clean_model_instances": True,
        },
    )
    return type(
        f"{model.__name__}Resource",
        (PartResource,),
        {**columns, "Meta": meta},
    )


class KeyedRowsMixin:
    """New rows of a kind with permanent numbers get the next one, also inside their parent."""

    def save_model(self, request, obj, form, change):
        if not change and getattr(obj, "number_field", "") == "key":
            obj.key = take_key(siblings(obj), obj.parent)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        if formset.model.number_field == "key":
            for row in formset.extra_forms:
                if row.has_changed() and row not in formset.deleted_forms:
                    row.instance.key = take_key(formset.get_queryset(), form.instance)
        super().save_formset(request, form, formset, change)


class PartAdmin(KeyedRowsMixin, TableMixin, ScopedAdmin):
    edit_rule = "planning.edit_framework"
    search_fields = ["name", "description"]
    list_display_links = ["name"]

    def get_queryset(self, request):
        # One step more than the rows shown, so that __str__ of the parents costs no query each.
        return super().get_queryset(request).select_related(self.model.framework_path)

    def get_readonly_fields(self, request, obj=None):
        # Sealed plans, closings and addresses name the row by its parent and its number.
        fixed = ["key"] if self.model.number_field == "key" else []
        return [*fixed, self.model.parent_field] if obj else []


@admin.register(StrategicFramework)
class FrameworkAdmin(KeyedRowsMixin, ScopedAdmin):
    edit_rule = "planning.edit_framework"
    list_display = ["title", "kind", "years", "entity", "is_published"]
    list_filter = ["entity", "kind", "is_published"]
    search_fields = ["title"]
    autocomplete_fields = ["entity"]
    list_select_related = ["entity"]
    inlines = [AxisInline, PillarInline, ApproachInline, PrincipleInline, ValueInline, SectionInline]

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "entity"] if obj else []  # sealed plans, closings and addresses name it by them

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

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
