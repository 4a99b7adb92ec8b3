"""Public addresses. They come after all the others, because the first part of most is an entity's slug."""

from django.urls import include, path

from .views import entities, evidence, files, framework, mipg, plans, versions

of_an_entity = [
    path("", entities.entity, name="entity"),
    path("estilo.css", entities.style, name="entity_style"),
    path("logo", entities.logo, name="entity_logo"),
    path("plataforma-estrategica/", framework.framework, name="framework"),
    path("mipg/", mipg.board, name="mipg"),
    path("mipg/<slug:policy_key>/", mipg.policy, name="policy"),
    path("planes/", plans.plan_list, name="plans"),
    path("planes/<int:year>/<slug:plan>/", plans.plan, name="plan"),
    path("planes/<int:year>/<slug:plan>/descargar.<slug:suffix>", files.download, name="plan_file"),
    path(
        "planes/<int:year>/<slug:plan>/comparar/<int:first>/<int:second>/", versions.compare, name="plan_compare"
    ),
    path("planes/<int:year>/<slug:plan>/actividades/<int:number>/", plans.activity, name="activity"),
    path("evidencias/<int:pk>/", evidence.evidence, name="public_evidence"),
    path("evidencias/<int:pk>/archivo/", evidence.evidence_file, name="public_evidence_file"),
]

urlpatterns = [
    path("", entities.home, name="home"),
    path("salud/", entities.health, name="health"),
    path("<slug:entity>/", include(of_an_entity)),
]
