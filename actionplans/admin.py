"""Plans in the admin, to be looked at: their content and state change through their own verbs."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

from actionplans.models import ActionPlan, ActivityVersion, Component, ImportRun, PlanVersion
from planning.admin.scoped import ReadOnlyMixin, ScopedFilters

admin.site.unregister(DBTaskResult)  # the machinery of jobs; people look at their own jobs


class WorkflowAdmin(ScopedFilters, ReadOnlyMixin, admin.ModelAdmin):
    """Rows that the person may read anyway, without a way to change them."""

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=self.model.objects.visible_to(request.user))

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)


class PlainInline(ReadOnlyMixin, admin.TabularInline):
    extra = 0

    def has_view_permission(self, request, obj=None):
        return True


class VersionInline(PlainInline):
    model = PlanVersion
    fields = ["number", "status", "title", "origin", "published_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=PlanVersion.objects.visible_to(request.user))


@admin.register(ActionPlan)
class ActionPlanAdmin(WorkflowAdmin):
    list_display = ["slug", "year", "kind", "policy", "entity"]
    list_filter = ["entity", "year", "kind"]
    search_fields = ["slug", "versions__title"]
    list_select_related = ["entity", "policy"]
    inlines = [VersionInline]


class ComponentInline(PlainInline):
    model = Component


class ActivityInline(PlainInline):
    model = ActivityVersion
    fields = ["position", "description", "months", "schedule_text", "deliverable", "weight", "is_cancelled"]


@admin.register(PlanVersion)
class PlanVersionAdmin(WorkflowAdmin):
    list_display = ["title", "plan_year", "number", "status", "origin", "entity"]
    list_filter = ["entity", "status", "origin", "plan__year"]
    search_fields = ["title"]
    list_select_related = ["entity", "plan"]
    inlines = [ComponentInline, ActivityInline]

    @admin.display(description="vigencia", ordering="plan__year")
    def plan_year(self, version):
        return version.plan.year


@admin.register(ImportRun)
class ImportRunAdmin(WorkflowAdmin):
    list_display = ["file_name", "at", "by", "state", "version", "entity"]
    fields = [
        "entity",
        "file_name",
        "file_digest",
        "source",
        "state",
        "at",
        "by",
        "version",
        "year",
        "title",
        "reading",
    ]
    list_filter = ["entity", "state", "at"]
    search_fields = ["file_name", "file_digest"]
    list_select_related = ["entity", "version__plan", "by"]
