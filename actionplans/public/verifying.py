"""Whether an issued file still says what the portal says, in words that anybody may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from actionplans.enums import FigureScope, IssuedKind, VersionStatus
from actionplans.models import Closing, IssuedFile, PlanVersion, Reopening
from actionplans.opendata.issued_book import is_todays_book
from actionplans.reports.issued.issuing import is_same_content, last_event
from actionplans.reports.issued.plans import current_file, stamp_of_version
from planning.content import WHOLE, stamp_of
from planning.words import long_date

Link = tuple[str, str]
"""Words and address."""
SAME, CHANGED, UNKNOWN = "good", "warn", ""
RULES_NO_MORE = "Esta versión ya no rige"
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
    if issued.is_draft:
        return _of_draft(issued)
    if issued.is_public and issued.version:
        return _of_plan(issued)
    if issued.is_public:
        return _of_data(issued)
    return _of_copy(issued)


def _of_plan(issued: IssuedFile) -> Verdict:
    """Whether its version rules comes first: its own data may be the same for ever."""
    if issued.version.status == VersionStatus.SUPERSEDED:
        return _replaced(issued)
    if is_same_content(issued.content, stamp_of_version(issued.version)):
        return _same()
    closings, reopenings = _since(issued)
    if closings or reopenings:
        return _measured_again(issued, closings, reopenings)
    if _is_current(issued):
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


def _is_current(issued: IssuedFile) -> bool:
    """Whether its version gives the same today: that very file, or the one drawn again of the same values."""
    if is_same_content(issued.content, stamp_of_version(issued.version)):
        return True
    current = current_file(issued)
    return current is not None and current.source == issued.source


def _replaced(issued: IssuedFile) -> Verdict:
    version, plan = issued.version, issued.version.plan
    newest = PlanVersion.objects.published().filter(plan=plan).first()
    if newest is None:
        words = f"Este archivo es de la versión {version.number}. El plan no tiene hoy una versión vigente."
        return Verdict(CHANGED, RULES_NO_MORE, (words,))
    when = f" desde el {long_date(newest.published_at)}" if newest.published_at else ""
    words = [f"Este archivo es de la versión {version.number}; la vigente es la {newest.number}{when}."]
    if _is_current(issued):
        words.append(f"De la versión {version.number} dice lo mismo que el portal publica hoy.")
    if newest.reason:
        words.append(f"Por qué cambió: {newest.reason}")
    address = [plan.entity.slug, plan.year, plan.slug]
    compared = reverse("plan_compare", args=[*address, version.number, newest.number])
    links = (("Ver qué cambió entre las dos", compared), ("Ver el plan vigente", reverse("plan", args=address)))
    return Verdict(CHANGED, RULES_NO_MORE, tuple(words), links)


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
    """A closing never changes; it may have taken the place of others, and another one its place."""
    whole = f"{closing.period.name} de {closing.period.year}"
    others = closing.period.closings.order_by("sequence").defer("snapshot")
    reopenings = {row.closing_id: row for row in Reopening.objects.filter(closing__period=closing.period_id)}
    before = [other for other in others if other.sequence < closing.sequence]
    newest = list(others)[-1]
    taken = _taken_place_of(before)
    if closing.pk not in reopenings:
        words = f"El cierre n.º {closing.sequence} del {whole} no se ha reabierto: estas son sus cifras."
        return Verdict(SAME, "Es el cierre que cuenta", tuple(filter(None, [words, taken])))
    reopening = reopenings[closing.pk]
    words = [
        f"El cierre n.º {closing.sequence} del {whole} se reabrió el {_day(reopening.at)}.",
        f"Motivo: {reopening.reason}",
    ]
    if newest.sequence > closing.sequence:
        words.append(f"El cierre n.º {newest.sequence}, del {_day(newest.at)}, reemplazó estas cifras.")
    again = reopenings.get(newest.pk)
    if newest.pk == closing.pk:
        words.append("Aún no hay un cierre nuevo: las cifras de esta acta pueden cambiar.")
    elif again:
        words.append(f"También ese se reabrió, el {_day(again.at)}: aún no hay un cierre nuevo.")
    return Verdict(CHANGED, "Este cierre se reabrió", tuple(filter(None, [*words, taken])))


def _taken_place_of(earlier: list[Closing]) -> str:
    """In words, which closings of the period this one took the place of; empty where it is the first."""
    if not earlier:
        return ""
    said = [f"n.º {other.sequence}, del {_day(other.at)}" for other in earlier]
    if len(said) == 1:
        return f"Este cierre reemplazó al {said[0]}, que se reabrió."
    return f"Este cierre reemplazó a los cierres {'; '.join(said)}, que se reabrieron."


def _of_data(issued: IssuedFile) -> Verdict:
    if is_same_content(issued.content, stamp_of(issued.entity.slug, [WHOLE])):
        return _same()
    if is_same := is_todays_book(issued):
        return _same()
    links = (("Ver los datos abiertos de hoy", reverse("open_data", args=[issued.entity.slug])),)
    words = "La entidad publicó cambios después de que salió este archivo."
    if is_same is None:
        maybe = "El portal no ha vuelto a leer los datos de esa vigencia: los cambios pueden ser de otra cosa."
        return Verdict(UNKNOWN, "Hubo cambios después", (words, maybe), links)
    return Verdict(CHANGED, "Hay datos más nuevos", (words,), links)


def _of_draft(issued: IssuedFile) -> Verdict:
    words = (
        "Es una copia de trabajo de un borrador: no es el plan aprobado y no rige.",
        *_since_the_copy(issued).words,
    )
    plans = reverse("plans", args=[issued.entity.slug])
    return Verdict(CHANGED, "Es un borrador, sin aprobar", words, (("Ver los planes aprobados", plans),))


def _of_copy(issued: IssuedFile) -> Verdict:
    if issued.version and issued.version.status == VersionStatus.SUPERSEDED:
        words = "La versión del plan que muestra esta copia fue sustituida por una más nueva."
        return Verdict(CHANGED, RULES_NO_MORE, (words,))
    return _since_the_copy(issued)


def _since_the_copy(issued: IssuedFile) -> Verdict:
    """The portal keeps no bytes of a copy and does not compare what it says: only whether anything happened."""
    if last_event(issued.entity) == issued.chain_sequence:
        words = "La entidad no ha registrado ningún cambio en el portal desde que salió esta copia."
        return Verdict(SAME, "Nada ha cambiado desde entonces", (words,))
    words = (
        f"Esta copia muestra lo que había el {_day(issued.at)}. Desde entonces la entidad ha trabajado en el "
        "portal, en este asunto o en otros: el portal no guarda la copia y no sabe si algo de lo que dice cambió.",
        "Si lo necesita al día, pida a la entidad una copia nueva.",
    )
    return Verdict(UNKNOWN, "El portal no sabe si sigue igual", words)


def _to_plan(version: PlanVersion) -> Link:
    plan = version.plan
    return "Ver el plan como está hoy", reverse("plan", args=[plan.entity.slug, plan.year, plan.slug])


def _day(moment) -> str:
    return long_date(timezone.localdate(moment))
