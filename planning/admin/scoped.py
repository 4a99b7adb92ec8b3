"""The portal's own kind of admin: rows of the person's entities only, and every change in the audit trail."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, router, transaction
from django.db.models.deletion import Collector
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.resources import ModelResource
from import_export.widgets import Widget

from planning import audit
from planning.enums import Role
from planning.models import Entity

EDITORS = (Role.ADMINISTRATOR, Role.PLANNING)


def entity_of(obj):
    """The entity whose chain keeps the changes of `obj`; None, the system's chain, where it has none."""
    return getattr(obj, "entity", None)


class ScopedFilters:
    """Filters by a related row offer only those that the list itself has: no other entity's names."""

    def get_list_filter(self, request):
        return [self._scoped_filter(item) for item in super().get_list_filter(request)]

    def _scoped_filter(self, item):
        is_related = isinstance(item, str) and get_fields_from_path(self.model, item)[-1].is_relation
        return (item, admin.RelatedOnlyFieldListFilter) if is_related else item


class PlainLinesField(forms.CharField):
    """Running text with the line ends that the database has: a browser sends others, and that is no change."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


TEXTS = {models.TextField: {"form_class": PlainLinesField}}


class AuditedAdmin(ScopedFilters, admin.ModelAdmin):
    """Writes an audit event for everything that the admin adds, changes or deletes, inlines included."""

    formfield_overrides = TEXTS

    def save_model(self, request, obj, form, change):
        before = audit.field_values(type(obj).objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        self._record(request, obj, "change" if change else "add", before)

    def save_related(self, request, form, formsets, change):
        before = _chosen(form.instance) if change else {}
        super().save_related(request, form, formsets, change)
        old, new = audit.changes(before, _chosen(form.instance))
        if any(new.values()) or (old and any(old.values())):
            self._say(request, form.instance, "change", old, new)

    def save_formset(self, request, form, formset, change):
        before = {
            row.pk: audit.field_values(row)
            for row in formset.model.objects.filter(pk__in=[f.instance.pk for f in formset.initial_forms])
        }
        gone = [(audit.snapshot(f.instance), before[f.instance.pk]) for f in formset.deleted_forms]
        super().save_formset(request, form, formset, change)
        for obj in formset.new_objects:
            self._record(request, obj, "add", {})
        for obj, _fields in formset.changed_objects:
            self._record(request, obj, "change", before[obj.pk])
        for row, old in gone:
            audit.record(entity_of(form.instance), row, "delete", by=request.user, old=old)

    def delete_model(self, request, obj):
        """Delete a row and what hangs from it, each with an event that keeps all it said."""
        with transaction.atomic():
            entity = entity_of(obj)
            gone = [(audit.snapshot(row), audit.field_values(row)) for row in _with_dependents(obj)]
            super().delete_model(request, obj)
            for row, old in gone:
                audit.record(entity, row, "delete", by=request.user, old=old)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for obj in queryset:
                self.delete_model(request, obj)

    def _record(self, request, obj, event, before):
        old, new = audit.changes(before, audit.field_values(obj))
        if new:
            self._say(request, obj, event, old, new)

    def _say(self, request, obj, event, old, new):
        audit.record(entity_of(obj), obj, event, by=request.user, old=old, new=new)


class NationalAdmin(AuditedAdmin):
    """Tables that all entities share: read by whoever edits an entity, changed by whom `edit_rule` lets."""

    def has_module_permission(self, request):
        return _edits_something(request.user)

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return request.user.has_perm(self.edit_rule)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(self.edit_rule, obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm(self.edit_rule, obj)


class ScopedAdmin(AuditedAdmin):
    """Rows under the person's entities. `edit_rule` is asked with the row; state plays no part here."""

    entity_path = "entity"
    edit_rule: str

    def get_queryset(self, request):
        mine = Entity.objects.visible_to(request.user)
        return super().get_queryset(request).filter(**{f"{self.entity_path}__in": mine})

    def has_module_permission(self, request):
        return _edits_something(request.user)

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request) and (obj is None or self._is_mine(request, obj))

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request) and (obj is None or request.user.has_perm(self.edit_rule, obj))

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **self._only_mine(db_field, request, kwargs))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **self._only_mine(db_field, request, kwargs))

    def save_model(self, request, obj, form, change):
        # The form offers only what the person may choose; this holds whatever was posted.
        if not request.user.has_perm(self.edit_rule, obj):
            raise PermissionDenied(self.edit_rule)
        super().save_model(request, obj, form, change)

    def _only_mine(self, db_field, request, kwargs):
        return {"queryset": scoped_choices(self.admin_site, db_field, request), **kwargs}

    def _is_mine(self, request, obj):
        return request.user.is_superuser or obj.entity.pk in request.user.entity_ids()


def scoped_choices(site, db_field, request):
    """What a picker offers: for an entity those that the person edits, else what the related admin shows."""
    model = db_field.remote_field.model
    if model is Entity and not request.user.is_superuser:
        return Entity.objects.filter(pk__in=request.user.entity_ids_as(*EDITORS))
    related = site._registry.get(model)
    return related.get_queryset(request) if related else model._default_manager.all()


class PartInline(admin.TabularInline):
    """Rows of a parent, in their order, open to whoever may change the parent."""

    extra = 0
    show_change_link = True
    formfield_overrides = {
        models.TextField: {
            "form_class": PlainLinesField,
            "widget": forms.Textarea(attrs={"rows": 3, "cols": 44}),
        }
    }

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return self._parent_is_open(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._parent_is_open(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._parent_is_open(request, obj)

    def _parent_is_open(self, request, obj):
        parent_admin = self.admin_site._registry[self.parent_model]
        return parent_admin.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        choices = scoped_choices(self.admin_site, db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **{"queryset": choices, **kwargs})


class ReadOnlyMixin:
    """Rows that are looked at here and changed elsewhere, by their verbs."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class AuditedResource(ModelResource):
    """A table in and out: refuses rows of entities that the person does not edit, and leaves the trail."""

    edit_rule: str

    def before_import(self, dataset, **kwargs):
        expected = [field.column_name for field in self.get_import_fields()]
        missing = [name for name in expected if name not in (dataset.headers or [])]
        if missing:
            raise ValueError(
                f"Al archivo le faltan columnas: {', '.join(missing)}. "
                f"La primera fila debe traer: {', '.join(expected)}."
            )

    def before_save_instance(self, instance, row, **kwargs):
        user = kwargs["user"]
        if not user.has_perm(self.edit_rule, instance):
            raise PermissionDenied("Esta fila es de una entidad que usted no administra.")
        known = type(instance).objects.filter(pk=instance.pk).first() if instance.pk else None
        instance.values_before_import = audit.field_values(known) if known else {}

    def after_save_instance(self, instance, row, **kwargs):
        before = instance.values_before_import
        old, new = audit.changes(before, audit.field_values(instance))
        if new:
            event = "import_change" if before else "import_add"
            audit.record(entity_of(instance), instance, event, by=kwargs["user"], old=old, new=new)


class NaturalKeyWidget(Widget):
    """A related row by the name that data files give it: «cartago/secretaria-de-hacienda»."""

    def __init__(self, model, **kwargs):
        super().__init__(**kwargs)
        self.model = model

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        try:
            return self.model._default_manager.get_by_natural_key(*str(value).split("/"))
        except (ObjectDoesNotExist, TypeError, ValueError) as error:
            name = self.model._meta.verbose_name
            raise ValueError(f"No hay «{value}» ({name}).") from error

    def render(self, value, obj=None, **kwargs):
        return "/".join(str(part) for part in value.natural_key()) if value else ""


class TableMixin(ImportExportMixin):
    """Import with preview and export, for whoever may change the table."""

    # The form with a box for each field has inline scripts, which the content policy forbids.
    export_form_class = ExportForm

    def add_data_read_fail_error_to_form(self, form, e):
        form.add_error(
            "import_file",
            "No se pudo leer el archivo en ese formato. Elija el que corresponde (xlsx para un libro de Excel) "
            "o guárdelo de nuevo como CSV UTF-8.",
        )

    def has_import_permission(self, request):
        return self.has_add_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)


def _edits_something(user) -> bool:
    return user.is_active and user.is_staff and (user.is_superuser or bool(user.entity_ids_as(*EDITORS)))


def _chosen(obj) -> dict[str, list[str]]:
    """What the row's many-to-many fields hold, by name."""
    return {
        field.name: sorted(str(item) for item in getattr(obj, field.name).all())
        for field in obj._meta.many_to_many
    }


def _with_dependents(obj) -> list:
    """The row and those that go with it, as Django's own collector finds them."""
    collector = Collector(using=router.db_for_write(type(obj)), origin=obj)
    collector.collect([obj])
    rows = {row for model_rows in collector.data.values() for row in model_rows}
    rows.update(row for queryset in collector.fast_deletes for row in queryset)
    return [obj, *(row for row in rows if row != obj and not row._meta.auto_created)]
