"""Whether an issued file still says what the portal says, in words that anybody may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from actionplans.enums import FigureScope, IssuedKind, VersionStatus
from actionplans.models import Closing, IssuedFile, PlanVersion, Reopening
from actionplans.reports.issued_plans import current_file, stamp_of_version
from actionplans.reports.issuing import is_same_content, last_event
from planning.content import WHOLE, stamp_of
from planning.templatetags.ui import long_date

Link = tuple[str, str]
"""Words and address."""
SAME, CHANGED, UNKNOWN = "good", "warn", ""
TOLD_TO_ALL = (IssuedKind.CLOSING_ACT,)
"""What is not handed out, but whose title says nothing that the public does not read elsewhere."""


@dataclass(frozen=True)
class Verdict:
    """`tone` as notices have it; `words` one sentence each."""

    tone: str
    title: str
    words: tuple[str, ...]
    links: tuple[Link, ...] = ()


def is_told(issued: IssuedFile) -> bool:
    """Whether anybody may read what the file is called."""
    return issued.is_public or issued.kind in TOLD_TO_ALL


def verdict_of(issued: IssuedFile) -> Verdict:
    """`issued` comes with its entity, its closing's period, its version and its plan."""
    if issued.kind == IssuedKind.CLOSING_ACT:
        return _of_act(issued.closing)
    if issued.is_public and issued.version:
        return _of_plan(issued)
    if issued.is_public:
        return _of_data(issued)
    return _of_copy(issued)


def _of_plan(issued: IssuedFile) -> Verdict:
    if is_same_content(issued.content, stamp_of_version(issued.version)):
        return _same()
    if issued.version.status == VersionStatus.SUPERSEDED:
        return _replaced(issued.version)
    closings, reopenings = _since(issued)
    if closings or reopenings:
        return _measured_again(issued, closings, reopenings)
    if current_file(issued) == issued:
        return _same()
    return Verdict(
        CHANGED,
        "La versión es la misma; cambió algo de lo que la rodea",
        (
            "El plan sigue en la misma versión y no hay cierres nuevos. Después se cambió algo más de lo que el "
            "archivo muestra (el nombre de la entidad o de una dependencia, el membrete, un reporte corregido) o "
            "la manera de presentarlo.",
        ),
        (_to_plan(issued.version),),
    )


def _same() -> Verdict:
    return Verdict(SAME, "Los datos son los mismos", ("Lo que dice el archivo es lo que el portal publica hoy.",))


def _replaced(version: PlanVersion) -> Verdict:
    plan = version.plan
    newest = PlanVersion.objects.published().filter(plan=plan).first()
    if newest is None:
        return Verdict(CHANGED, "Esta versión ya no está vigente", ("El plan no tiene hoy una versión vigente.",))
    when = f" desde el {long_date(newest.published_at)}" if newest.published_at else ""
    words = [f"Este archivo es de la versión {version.number}; la vigente es la {newest.number}{when}."]
    if newest.reason:
        words.append(f"Por qué cambió: {newest.reason}")
    address = [plan.entity.slug, plan.year, plan.slug]
    compared = reverse("plan_compare", args=[*address, version.number, newest.number])
    links = (("Ver qué cambió entre las dos", compared), ("Ver el plan vigente", reverse("plan", args=address)))
    return Verdict(CHANGED, "Hay una versión más nueva", tuple(words), links)


def _since(issued: IssuedFile) -> tuple[list[Closing], list[Reopening]]:
    """What was closed and reopened of the plan after the file was issued, in that order."""
    plan = issued.version.plan_id
    of_plan = Closing.objects.filter(figures__plan=plan, figures__scope=FigureScope.PLAN).order_by()
    closings = Closing.objects.filter(pk__in=of_plan.values("pk"), at__gt=issued.at)
    reopenings = Reopening.objects.filter(closing__in=of_plan.values("pk"), at__gt=issued.at)
    return (
        list(closings.defer("snapshot").select_related("period").order_by("at")),
        list(reopenings.select_related("closing__period").defer("closing__snapshot").order_by("at")),
    )


def _measured_again(issued, closings, reopenings) -> Verdict:
    events = [(row.at, _closed(row)) for row in closings] + [(row.at, _reopened(row)) for row in reopenings]
    words = (
        "El plan es la misma versión, pero su avance cambió después:",
        *(said for _at, said in sorted(events)),
    )
    return Verdict(CHANGED, "Hay cifras más nuevas", words, (_to_plan(issued.version),))


def _closed(closing: Closing) -> str:
    again = f" de nuevo (cierre n.º {closing.sequence})" if closing.sequence > 1 else ""
    return f"El {_day(closing.at)} se cerró{again} el {closing.period.name} de {closing.period.year}."


def _reopened(reopening: Reopening) -> str:
    period = reopening.closing.period
    return f"El {_day(reopening.at)} se reabrió el {period.name} de {period.year}."


def _of_act(closing: Closing) -> Verdict:
    """A closing never changes; a later one of the same period may count instead."""
    period = closing.period
    reopening = Reopening.objects.filter(closing=closing).first()
    if reopening is None:
        return Verdict(
            SAME,
            "Es el cierre que cuenta",
            (f"El {period.name} de {period.year} no se ha reabierto: estas son sus cifras.",),
        )
    words = [f"El {period.name} de {period.year} se reabrió el {_day(reopening.at)}. Motivo: {reopening.reason}"]
    newest = period.closings.filter(sequence=period.sequence).defer("snapshot").first()
    if newest and newest.sequence > closing.sequence:
        words.append(f"El cierre n.º {newest.sequence}, del {_day(newest.at)}, reemplazó estas cifras.")
    else:
        words.append("Aún no hay un cierre nuevo: las cifras de esta acta pueden cambiar.")
    return Verdict(CHANGED, "Este cierre se reabrió", tuple(words))


def _of_data(issued: IssuedFile) -> Verdict:
    if is_same_content(issued.content, stamp_of(issued.entity.slug, [WHOLE])):
        return _same()
    words = "La entidad publicó cambios después de que salió este archivo."
    return Verdict(CHANGED, "Hay datos más nuevos", (words,))


def _of_copy(issued: IssuedFile) -> Verdict:
    if last_event(issued.entity) == issued.chain_sequence:
        words = "La entidad no ha registrado ningún cambio en el portal desde que salió esta copia."
        return Verdict(SAME, "Nada ha cambiado desde entonces", (words,))
    words = (
        "La entidad ha registrado cambios en el portal desde que salió esta copia. Pueden ser sobre otra cosa: "
        "para saber si lo que dice sigue igual, pídale una copia nueva."
    )
    return Verdict(UNKNOWN, "Hubo cambios desde entonces", (words,))


def _to_plan(version: PlanVersion) -> Link:
    plan = version.plan
    return "Ver el plan como está hoy", reverse("plan", args=[plan.entity.slug, plan.year, plan.slug])


def _day(moment) -> str:
    return long_date(timezone.localdate(moment))
