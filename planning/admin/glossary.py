"""The glossary in the admin: read by whoever edits an entity, changed by who runs the installation."""

from django.contrib import admin

from planning.models import GlossaryTerm

from .scoped import EDITORS, AuditedAdmin


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(AuditedAdmin):
    edit_rule = "planning.edit_glossary"
    list_display = ["name", "meaning", "norm"]
    search_fields = ["name", "meaning", "norm"]
    prepopulated_fields = {"key": ["name"]}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []  # pages name the term by it

    def has_module_permission(self, request):
        user = request.user
        return user.is_active and user.is_staff and (user.is_superuser or bool(user.entity_ids_as(*EDITORS)))

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return request.user.has_perm(self.edit_rule)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(self.edit_rule, obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm(self.edit_rule, obj)
