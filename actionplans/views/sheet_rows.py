"""What the sheet shows of a draft: rows of cells, totals, and what another person wrote meanwhile."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Model, Q
from django.template.loader import render_to_string
from django.utils import timezone

from actionplans.domain.completeness import WHOLE, weighed_apart
from actionplans.domain.contents.content import ActivityContent
from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.drafting.editing import rows_of
from actionplans.enums import PUBLIC_STATUSES, PeriodScheme
from actionplans.forms.cells import cell_texts
from actionplans.forms.columns import BY_NAME, columns_of
from actionplans.forms.header import FACTS
from actionplans.models import ActivityVersion, PlanVersion
from actionplans.models.indicator import surplus_targets
from planning.models import AuditEvent
from planning.words import count, figure

EDITS = ("edit_activity", "cancel_activity", "restore_activity", "rewrite", "recover_activity")


@dataclass(frozen=True)
class Cell:
    text: str
    css: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """`is_approved`: some approved version has it, so it is cancelled and never removed."""

    key: int | None
    revision: int | None
    cells: list[Cell]
    is_cancelled: bool = False
    is_approved: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A column in which what a person typed and what stands are not the same."""

    name: str
    label: str
    mine: str
    theirs: str


def sheet_rows(version: PlanVersion, keys=None) -> list[Row]:
    """The rows of the sheet in their order; all, or those of these activities."""
    rows = list(rows_of(version, keys))
    approved = _approved_keys(version)
    return [row_of(row, approved, version.plan.scheme) for row in rows]


def row_of(row: ActivityVersion, approved: frozenset[int], scheme: str) -> Row:
    content = content_of_activity(row)
    return Row(
        key=content.key,
        revision=row.revision,
        cells=_cells(cell_texts(content), scheme),
        is_cancelled=row.is_cancelled,
        is_approved=content.key in approved,
        remarks=tuple(_remarks(content, scheme)),
    )


def empty_row(scheme: str) -> Row:
    return Row(key=None, revision=None, cells=_cells(dict.fromkeys(BY_NAME, ""), scheme))


def _cells(texts: dict[str, str], scheme: str) -> list[Cell]:
    return [Cell(texts[column.name], _css(column, texts[column.name])) for column in columns_of(scheme)]


def _css(column, text: str) -> str:
    if column.month:
        quarter = " q" if column.month % 3 == 1 else ""
        return f"m{quarter}{' on' if text else ''}"
    return "" if column.main else "more"


def _remarks(content: ActivityContent, scheme: str):
    """What the cells do not show by themselves."""
    names = surplus_targets(scheme)
    if any(getattr(row, name) is not None for row in content.indicators for name in names):
        yield f"meta de un cuarto periodo: no se cuenta, el plan se sigue por {PeriodScheme(scheme).label.lower()}"
    unknown = sum(1 for item in content.responsibles if not item.office)
    if unknown:
        yield count(unknown, "responsable sin dependencia reconocida", "responsables sin dependencia reconocida")
    if len(content.indicators) > 1:
        yield count(len(content.indicators), "indicador", "indicadores")
    if content.objectives:
        yield count(len(content.objectives), "objetivo estratégico", "objetivos estratégicos")


def _approved_keys(version) -> frozenset[int]:
    if not version.is_modification:
        return frozenset()
    rows = ActivityVersion.objects.filter(activity__plan=version.plan_id, version__status__in=PUBLIC_STATUSES)
    return frozenset(rows.values_list("activity__key", flat=True))


def row_html(version: PlanVersion, row: Row) -> str:
    return render_to_string(
        "actionplans/sheet/row.html", {"row": row, "version": version, "entity": version.entity}
    ).strip()


def totals(version: PlanVersion) -> str:
    """«12 actividades. Los pesos suman 80 %: faltan 20.» By component where the plan weighs each for itself."""
    kept = version.activities.filter(is_cancelled=False)
    groups: dict[str | None, Decimal] = defaultdict(Decimal)
    for component, weight in kept.exclude(weight=None).values_list("component__name", "weight"):
        groups[component] += weight
    number = version.activities.count()
    counted = f"{count(number, 'actividad', 'actividades')}."
    if not groups:
        return f"{counted} Ninguna tiene peso."
    apart = weighed_apart([(name or "sin componente", total) for name, total in groups.items()])
    if not any(total == WHOLE for _name, total in apart):  # nor while nobody can tell what was meant
        return f"{counted} Los pesos suman {_share(sum(groups.values()))}."
    each = "; ".join(f"«{name}» {_share(total)}" for name, total in apart)
    return f"{counted} Los pesos por componente suman: {each}."


def _share(total: Decimal) -> str:
    if total == WHOLE:
        return "100 %"
    lacking = f"faltan {figure(WHOLE - total)}" if total < WHOLE else f"sobran {figure(total - WHOLE)}"
    return f"{figure(total)} % ({lacking})"


def differences(mine: ActivityContent, theirs: ActivityContent, scheme: str) -> list[Difference]:
    """Where what a person wrote and what stands are not the same, column by column."""
    typed, stands = cell_texts(mine), cell_texts(theirs)
    found = [
        Difference(name=column.name, label=column.label, mine=typed[column.name], theirs=stands[column.name])
        for column in columns_of(scheme)
        if typed[column.name] != stands[column.name]
    ]
    return found + list(_differences_of_lists(mine, theirs))


def _differences_of_lists(mine, theirs) -> Iterable[Difference]:
    for name, label in (("indicators", "Otros indicadores"), ("objectives", "Objetivos estratégicos")):
        skip = 1 if name == "indicators" else 0
        old, new = ("\n".join(item.name for item in getattr(content, name)[skip:]) for content in (mine, theirs))
        if old != new:
            yield Difference(name=name, label=label, mine=old, theirs=new)


def header_differences(form, version: PlanVersion) -> list[Difference]:
    """Where a valid form of the plan's data and what stands are not the same, field by field."""
    told = [(name, form[name].label, form.cleaned_data[name], getattr(version, name)) for name in FACTS]
    edit = form.edit
    told += [
        (
            "objectives",
            "Objetivos específicos",
            edit.objectives,
            version.objectives.values_list("name", "description"),
        ),
        ("sections", "Textos", edit.sections, version.sections.values_list("title", "body")),
        (
            "components",
            "Componentes",
            [(row.name, row.description, row.weight) for row in edit.components],
            version.components.values_list("name", "description", "weight"),
        ),
        (
            "participating_offices",
            form["participating_offices"].label,
            edit.participating_offices,
            version.participating_offices.all(),
        ),
    ]
    worded = [(name, label, _words(mine), _words(theirs)) for name, label, mine, theirs in told]
    return [
        Difference(name=name, label=str(label), mine=mine, theirs=theirs)
        for name, label, mine, theirs in worded
        if mine != theirs
    ]


def _words(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return figure(value)
    if isinstance(value, tuple):
        return ": ".join(filter(None, map(_words, value)))
    return str(value) if isinstance(value, (str, Model)) else "\n".join(map(_words, value))


def last_change(version: PlanVersion, key: int) -> str:
    """«Oficina de Planeación, a las 10:42»: who wrote the row last, as the trail has it."""
    event = _last_event(version, key)
    return f"{event.actor}, a las {timezone.localtime(event.at):%H:%M}" if event else ""


def written_by(version: PlanVersion, key: int, user) -> bool:
    """The last who wrote the row is this person."""
    event = _last_event(version, key)
    return event is not None and event.actor_id == user.pk


def _last_event(version, key) -> AuditEvent | None:
    events = AuditEvent.objects.filter(object_type=PlanVersion._meta.label_lower, object_id=str(version.pk))
    about = Q(new__activities__has_key=str(key)) | Q(new__activity=key)
    return events.filter(about, event__in=EDITS).order_by("-sequence").first()


def wants_json(request) -> bool:
    """The sheet's script asks, not a person."""
    return not request.accepts("text/html")


def saved_now() -> dict:
    return {"savedAt": f"{timezone.localtime():%H:%M}"}
