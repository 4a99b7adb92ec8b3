"""The audit trail in the admin: to be read."""

from django.contrib import admin

from planning.models import AuditEvent

from .scoped import ReadOnlyMixin, ScopedFilters


@admin.register(AuditEvent)
class AuditEventAdmin(ScopedFilters, ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["sequence", "at", "chain", "actor", "event", "object_label"]
    list_display_links = ["sequence", "object_label"]
    list_filter = ["chain__entity", "event", "object_type", "at"]
    search_fields = ["object_label", "actor", "comment"]
    list_select_related = ["chain__entity"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=AuditEvent.objects.visible_to(request.user))

    def has_module_permission(self, request):
        return request.user.is_staff and AuditEvent.objects.visible_to(request.user).exists()

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)
