"""Traffic lights of the follow-up: the one in force, and those that single indicators have of their own."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.domain.following.figures.lights import set_light
from actionplans.forms.periods import LightForm
from actionplans.models import ActivityVersion, Indicator, IndicatorLight
from actionplans.views.access import entity_page
from actionplans.views.following.periods import RUN, SEE, page
from actionplans.views.transitions import form_for, take
from planning.lights import EDIT, copy_preset
from planning.models import TrafficLightPreset

ON_A_PAGE = 40


@dataclass(frozen=True)
class Row:
    indicator: Indicator
    light: TrafficLightPreset | None


@entity_page(SEE)
def light_list(request, entity):
    """The entity's traffic light; the indicators that a search finds, or those with a light of their own."""
    own = {(row.activity_id, row.key): row.preset for row in _own(entity)}
    words = request.GET.get("texto", "").strip()
    indicators = _indicators(entity)
    if words:
        indicators = indicators.filter(
            Q(name__icontains=words)
            | Q(activity_version__description__icontains=words)
            | Q(activity_version__version__title__icontains=words)
        )
    else:
        indicators = indicators.filter(activity_version__activity__in={activity for activity, _ in own})
    rows = [Row(item, own.get((item.activity_version.activity_id, item.key))) for item in indicators]
    rows = rows if words else [row for row in rows if row.light]
    context = {
        "preset": _in_force(entity),
        "words": words,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "presets": _presets(entity).select_related("entity").prefetch_related("bands").order_by("entity", "pk"),
        "keeps": request.user.has_perm(EDIT, TrafficLightPreset(entity=entity)),
    }
    return page(request, entity, "periods_lights.html", **context)


@entity_page(SEE)
@require_POST
def light_copy(request, entity, preset):
    """An own set of the entity, to adjust and to put in use; who may not copy is refused by the verb."""
    preset = get_object_or_404(_presets(entity), pk=preset)
    done = (
        "El semáforo quedó copiado. Ajuste sus franjas y diga desde cuándo se usa: hasta entonces sigue el que "
        "está en uso."
    )
    copy = take(request, done, copy_preset, preset, entity)
    if request.user.is_staff:
        return redirect("admin:planning_trafficlightpreset_change", copy.pk)
    return redirect("period_lights", entity=entity.slug)


@entity_page(RUN)
def light_change(request, entity, activity, key):
    """Choose the traffic light of one indicator."""
    indicator = get_object_or_404(_indicators(entity), activity_version__activity=activity, key=key)
    identity = indicator.activity_version.activity
    known = IndicatorLight.objects.filter(activity=identity, key=key).first()
    form = form_for(
        request, LightForm, presets=_presets(entity), initial={"preset": known.preset_id if known else None}
    )
    if form.is_bound and form.is_valid():
        done = "El indicador se lee desde ahora con el semáforo elegido. Lo ya cerrado no cambia."
        if take(request, done, set_light, identity, key, form.cleaned_data["preset"]):
            return redirect("period_lights", entity=entity.slug)
    context = {"form": form, "indicator": indicator, "preset": _in_force(entity)}
    return page(request, entity, "periods_light.html", **context)


def _indicators(entity):
    """The indicators of activities of the plans in force, newest year first."""
    return (
        Indicator.objects.filter(
            activity_version__in=ActivityVersion.objects.published(), activity_version__version__entity=entity
        )
        .select_related("activity_version__version__plan", "activity_version__activity")
        .order_by(
            "-activity_version__version__plan__year",
            "activity_version__version__title",
            "activity_version__position",
            "position",
        )
    )


def _presets(entity):
    """Those that come with the portal and the entity's own."""
    return TrafficLightPreset.objects.filter(Q(entity=None) | Q(entity=entity))


def _own(entity):
    return IndicatorLight.objects.filter(entity=entity).select_related("preset")


def _in_force(entity) -> TrafficLightPreset | None:
    return TrafficLightPreset.objects.in_force(entity, timezone.localdate())
