"""Traffic lights in the admin: the shipped ones to look at and copy, the entity's own to edit."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from planning.bands import BandWords, flaws_of
from planning.lights import copy_preset
from planning.models import Entity, TrafficLightBand, TrafficLightPreset

from .scoped import EDITORS, PartInline, ScopedAdmin


class BandFormSet(forms.BaseInlineFormSet):
    """The bands together: none of them can say whether the set is whole."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms if not self._should_delete_form(form)]
        flaws = flaws_of([BandWords(row["floor"], row["label"], row["shape"]) for row in rows if row])
        if flaws:
            raise ValidationError(flaws)


class BandInline(PartInline):
    model = TrafficLightBand
    formset = BandFormSet
    ordering = ["floor"]
    extra = 1
    show_change_link = False


@admin.register(TrafficLightPreset)
class TrafficLightAdmin(ScopedAdmin):
    """A superuser keeps the shipped sets; who keeps an entity, its own."""

    edit_rule = "planning.edit_light"
    list_display = ["name", "whose", "ranges", "is_in_use", "valid_from"]
    list_filter = ["is_in_use"]
    search_fields = ["name", "key"]
    list_select_related = ["entity"]
    prepopulated_fields = {"key": ["name"]}
    inlines = [BandInline]
    fieldsets = [
        (
            None,
            {
                "description": (
                    "El semáforo compara lo ejecutado con lo programado a la fecha. Cada franja vale desde su "
                    "porcentaje hasta donde empieza la siguiente. Un cierre guarda las franjas con que se leyó: "
                    "cambiarlas aquí no cambia lo ya cerrado."
                ),
                "fields": ["entity", "name", "key", "source", "is_in_use", "valid_from"],
            },
        ),
    ]

    def get_queryset(self, request):
        rows = super(ScopedAdmin, self).get_queryset(request).visible_to(request.user)
        return rows.select_related("entity").prefetch_related("bands")

    def has_view_permission(self, request, obj=None):
        if obj is not None and obj.entity_id is None:
            return self.has_module_permission(request)
        return super().has_view_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only who runs the installation keeps sets without entity."""
        if db_field.name == "entity" and not request.user.is_superuser:
            kwargs["required"] = True
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ["entity", "key"] if obj else []  # the key names it in data files

    def get_actions(self, request):
        """One to copy for each entity that the person keeps."""
        own = Entity.objects.filter(pk__in=request.user.entity_ids_as(*EDITORS)).order_by("name")
        copying = {
            f"copy_for_{entity.slug}": (
                partial(_copy, entity=entity),
                f"copy_for_{entity.slug}",
                f"Copiar para mi entidad: {entity.label}",
            )
            for entity in own
        }
        return super().get_actions(request) | copying

    def delete_view(self, request, object_id, extra_context=None):
        """A set by which figures are read stays; the page says why instead of asking."""
        preset = self.get_object(request, unquote(object_id))
        if preset and (reason := _why_it_stays(self, request, preset)):
            messages.error(request, reason)
            return redirect("admin:planning_trafficlightpreset_change", preset.pk)
        return super().delete_view(request, object_id, extra_context)

    def delete_queryset(self, request, queryset):
        reasons = {preset: _why_it_stays(self, request, preset) for preset in queryset}
        for reason in filter(None, reasons.values()):
            messages.error(request, reason)
        for preset in [preset for preset, reason in reasons.items() if not reason]:
            self.delete_model(request, preset)

    @admin.display(description="de quién", ordering="entity__name")
    def whose(self, preset):
        return preset.entity.label if preset.entity_id else "Viene con el portal"

    @admin.display(description="franjas")
    def ranges(self, preset):
        return " · ".join(f"{band.shape} {band.label} {band.since}" for band in preset.bands.all())


def _why_it_stays(model_admin, request, preset) -> str:
    if preset.is_in_use:
        return f"«{preset}» está en uso: los planes se leen con él. Quite primero «se usa para los planes»."
    *_, protected = model_admin.get_deleted_objects([preset], request)
    if protected:
        return f"«{preset}» es el semáforo propio de algún indicador: elija primero otro para ese indicador."
    return ""


def _copy(model_admin, request, queryset, *, entity):
    for preset in queryset:
        copy_preset(preset, entity, by=request.user)
    messages.success(
        request,
        f"Quedó copiado para {entity.label}. Ajuste sus franjas y diga desde cuándo se usa: hasta entonces sigue "
        "el que está en uso.",
    )
