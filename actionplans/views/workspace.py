"""The planning office's workspace: its list of plans, and the two ways to begin one that need no file."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, When
from django.shortcuts import redirect, render
from django.urls import reverse

from actionplans.domain.beginning import create_from
from actionplans.domain.overview import Overview, overviews
from actionplans.domain.plan import PlanExists, create_plan
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import VersionStatus
from actionplans.forms.beginning import BlankPlanForm, FromPlanForm, year_at_hand
from actionplans.forms.workspace import WorkspaceFilters
from actionplans.models import PlanVersion
from mipg.models import Policy

from .access import entity_page, readable_versions
from .transitions import form_for

ON_A_PAGE = 60


@dataclass(frozen=True, kw_only=True)
class Row:
    version: PlanVersion
    overview: Overview
    is_editable: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """The plans of one state on the list, and what to say while there is none."""

    status: VersionStatus
    anchor: str
    title: str
    label: str
    empty_title: str
    empty_text: str
    begins: bool = False  # an empty one is where a plan begins
    rows: tuple[Row, ...] = ()
    selectable: bool = False


GROUPS = (
    Group(
        status=VersionStatus.IN_REVIEW,
        anchor="por-aprobar",
        title="Por aprobar",
        label="Planes por aprobar",
        empty_title="Nada por aprobar",
        empty_text="Aquí estarán los planes que la oficina de planeación envíe a revisión.",
    ),
    Group(
        status=VersionStatus.DRAFT,
        anchor="en-preparacion",
        title="En preparación",
        label="Planes en preparación",
        empty_title="No hay borradores",
        empty_text=(
            "Un plan comienza en blanco, desde el de otro año, desde su libro de Excel o documento de Word, o con "
            "filas copiadas de Excel."
        ),
        begins=True,
    ),
    Group(
        status=VersionStatus.APPROVED,
        anchor="publicados",
        title="Publicados",
        label="Planes publicados",
        empty_title="Todavía no hay planes publicados",
        empty_text="Cuando el comité apruebe un plan, la ciudadanía lo verá en el sitio público y usted, aquí.",
    ),
    Group(
        status=VersionStatus.SUPERSEDED,
        anchor="sustituidos",
        title="Sustituidos",
        label="Versiones sustituidas",
        empty_title="No hay versiones sustituidas",
        empty_text="Aquí quedan las versiones que una modificación aprobada reemplazó.",
    ),
)
IN_ORDER = Case(*(When(status=group.status, then=place) for place, group in enumerate(GROUPS)))


@entity_page("actionplans.work_on_plans")
def plan_list(request, entity):
    """The entity's plans by vigencia, policy and state, with what each lacks; then the policies without plan."""
    readable = PlanVersion.objects.visible_to(request.user).filter(entity=entity)
    filters = WorkspaceFilters(request.GET, versions=readable)
    found = filters.results().select_related("plan__policy").order_by(IN_ORDER, "-plan__year", "title", "pk")
    counts, of_year = _by_status(found), _by_status(filters.of_year())
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "actionplans/staff/plan_list.html",
        {
            "entity": entity,
            "section": "gestion",
            "filters": filters,
            "counts": of_year,
            "page": page,
            "groups": _groups(request, entity, filters, page, counts),
            "writes": request.user.has_perm("actionplans.edit_plan", entity),
            "has_any": bool(page.object_list) or readable.exists(),
            "missing_policies": [] if filters.narrows else _policies_without_plan(entity, filters.year),
        },
    )


def _by_status(versions) -> dict[str, int]:
    counted = dict(versions.order_by().values_list("status").annotate(Count("pk")))
    return {status: counted.get(status, 0) for status in VersionStatus.values}


def _groups(request, entity, filters, page, counts) -> list[Group]:
    """The groups with plans on the page; on the first one also those that have none, to say what they are for."""
    seen = overviews(page.object_list)
    registers = request.user.has_perm("actionplans.register_act", entity)
    writes = request.user.has_perm("actionplans.edit_plan", entity)
    groups = []
    for group in GROUPS:
        rows = tuple(
            Row(
                version=version,
                overview=seen[version.pk],
                is_editable=writes and version.status == VersionStatus.DRAFT,
            )
            for version in page
            if version.status == group.status
        )
        explains = filters.is_about(group.status) and not counts[group.status] and page.number == 1
        if rows or explains:
            selectable = registers and group.status == VersionStatus.IN_REVIEW
            when = f" en {filters.year}" if filters.year else ""
            title = f"{group.empty_title}{when}"
            groups.append(replace(group, rows=rows, selectable=selectable, empty_title=title))
    return groups


def _policies_without_plan(entity, year: int | None) -> list[Policy]:
    """Policies of the model of that year of which the entity has no plan, in any state; none without a year."""
    if year is None:
        return []
    planned = entity.plans.filter(year=year, policy__isnull=False).values("policy__key")
    return list(Policy.objects.in_force(entity, year).exclude(key__in=planned).order_by("number"))


@entity_page("actionplans.edit_plan")
def plan_new(request, entity):
    """The four ways to begin a plan."""
    earlier = readable_versions(request.user, entity).exists()
    return _page(request, entity, "new.html", has_earlier=earlier)


@entity_page("actionplans.edit_plan")
def plan_blank(request, entity):
    """Ask for the little that a plan needs to exist, then open its sheet."""
    asked = request.GET
    year = asked.get("vigencia", "")
    initial = {
        "year": int(year) if year.isdecimal() and len(year) == 4 else year_at_hand(),
        "policy": asked.get("politica", ""),
    }
    form = form_for(request, BlankPlanForm, entity=entity, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            version = create_plan(entity, **form.creation(), by=request.user)
        except PlanExists as known:
            _refuse_known(request, entity, form, known)
        else:
            messages.success(request, "El plan quedó creado como borrador. Agregue sus actividades en la hoja.")
            return redirect("sheet", entity=entity.slug, pk=version.pk)
    return _page(request, entity, "blank.html", form=form)


@entity_page("actionplans.edit_plan")
def plan_from(request, entity):
    """Ask from which plan and for which year, then open the sheet with what is to be checked."""
    versions = readable_versions(request.user, entity)
    initial = {"year": year_at_hand(), "source": request.GET.get("desde")}
    form = form_for(request, FromPlanForm, versions=versions, initial=initial)
    if form.is_bound and form.is_valid():
        source = form.cleaned_data["source"]
        try:
            begun = create_from(source, **form.creation(), by=request.user)
        except PlanExists as known:
            _refuse_known(request, entity, form, known)
        except TransitionRefused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return _begun(request, entity, source, begun)
    return _page(request, entity, "from_plan.html", form=form, has_earlier=bool(form.fields["source"].queryset))


def _begun(request, entity, source, begun):
    messages.success(
        request, f"El borrador quedó creado desde «{source.title}» {source.plan.year}. Revise lo que sigue."
    )
    for note in begun.notes:
        messages.warning(request, note)
    return redirect("sheet", entity=entity.slug, pk=begun.version.pk)


def _refuse_known(request, entity, form, known: PlanExists) -> None:
    """The form says which plan it is, with a link: the person may read it, being who writes plans here."""
    version = PlanVersion.objects.visible_to(request.user).filter(plan=known.plan).select_related("plan").first()
    if version is None:
        raise PermissionDenied
    form.refuse_known(version, reverse("version", args=[entity.slug, version.pk]))


def _page(request, entity, name, **context):
    return render(request, f"actionplans/workspace/{name}", {"entity": entity, "section": "gestion", **context})
