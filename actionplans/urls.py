"""Addresses of the staff's pages: the entity is always in them, never in the session."""

from django.urls import include, path, register_converter

from actionplans.domain.procedure import PLAN_TRANSITIONS
from actionplans.views import audit, files, landings, plans, transitions, versions


class StepConverter:
    """A step of a plan's life by its word in the address: «enviar» is `submit`."""

    regex = "|".join(transition.address for transition in PLAN_TRANSITIONS)
    names = {transition.address: transition.name for transition in PLAN_TRANSITIONS}
    addresses = {transition.name: transition.address for transition in PLAN_TRANSITIONS}

    def to_python(self, value):
        return self.names[value]

    def to_url(self, value):
        return self.addresses[value]


register_converter(StepConverter, "step")

of_a_version = [
    path("", plans.version_page, name="version"),
    path("descargar.<slug:suffix>/", files.download, name="version_file"),
    path("modificar/", versions.start_modification, name="modification_start"),
    path("descartar/", versions.discard_draft, name="draft_discard"),
    path("comparar/<int:other>/", versions.compare, name="version_compare"),
    path("actividades/<int:number>/cancelar/", versions.cancel_activity, name="activity_cancel"),
    path("actividades/<int:number>/restablecer/", versions.restore_activity, name="activity_restore"),
    path("<step:step>/", transitions.transition, name="version_step"),
]

urlpatterns = [
    path("gestion/", landings.management, name="management"),
    path("gestion/<slug:entity>/", plans.plan_list, name="management_entity"),
    path("gestion/<slug:entity>/planes/acto/", transitions.register_session, name="register_act"),
    path("gestion/<slug:entity>/planes/<int:pk>/", include(of_a_version)),
    path("gestion/<slug:entity>/actos/<int:pk>/", versions.act_scan, name="act_scan"),
    path("seguimiento/", landings.follow_up, name="follow_up"),
    path("seguimiento/<slug:entity>/", landings.own_activities, name="follow_up_entity"),
    path("auditoria/", landings.audit, name="audit"),
    path("auditoria/<slug:entity>/", audit.trail, name="audit_entity"),
]
