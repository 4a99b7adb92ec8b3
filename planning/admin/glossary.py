"""The glossary in the admin: read by whoever edits an entity, changed by who runs the installation."""

from django.contrib import admin

from planning.models import GlossaryTerm

from .scoped import NationalAdmin


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(NationalAdmin):
    edit_rule = "planning.edit_glossary"
    list_display = ["name", "meaning", "norm"]
    search_fields = ["name", "meaning", "norm"]
    prepopulated_fields = {"key": ["name"]}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []  # pages name the term by it
