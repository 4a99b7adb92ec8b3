"""The strategic framework of an entity."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from planning.models import Axis, Entity, StrategicFramework

from ..frameworks import choose_framework, framework_sentence
from ..serving.caching import kept_page
from .common import entity_context


@kept_page(asks=["marco"])
def framework(request, entity):
    """The framework in force, or the one that `?marco=` names."""
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    known = list(StrategicFramework.objects.published().filter(entity=entity))
    asked = request.GET.get("marco")
    chosen = next((f for f in known if f.slug == asked), None) if asked else choose_framework(known, today.year)
    if asked and chosen is None:
        raise Http404("La entidad no tiene ese marco estratégico.")
    context = {"others": [f for f in known if f != chosen]}
    if chosen:
        shown = _with_parts().get(pk=chosen.pk)
        context |= {
            "framework": shown,
            "is_over": shown.has_expired(today),
            "sentence": framework_sentence(shown, today),
        }
    return render(
        request,
        "public/framework.html",
        entity_context(entity, "plataforma", ("Plataforma estratégica", ""), **context),
    )


def _with_parts():
    axes = Axis.objects.prefetch_related("objectives", "lines__programmes__purposes")
    return StrategicFramework.objects.prefetch_related(
        "sections", "pillars", "approaches", "principles", "values", Prefetch("axes", axes)
    )
