"""Addresses of the staff's pages: the entity is always in them, never in the session."""

from django.urls import path

from actionplans.views import audit, landings, plans

urlpatterns = [
    path("gestion/", landings.management, name="management"),
    path("gestion/<slug:entity>/", plans.plan_list, name="management_entity"),
    path("gestion/<slug:entity>/planes/<int:pk>/", plans.version_page, name="version"),
    path("gestion/<slug:entity>/planes/<int:pk>/<slug:step>/", plans.transition, name="version_step"),
    path("seguimiento/", landings.follow_up, name="follow_up"),
    path("seguimiento/<slug:entity>/", landings.own_activities, name="follow_up_entity"),
    path("auditoria/", landings.audit, name="audit"),
    path("auditoria/<slug:entity>/", audit.trail, name="audit_entity"),
]
