"""The act of a closing as values: what its snapshot says, and what the reader needs to check it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from itertools import zip_longest

from django.utils import timezone
from django.utils.text import slugify

from actionplans.domain.following.closing.history import changes_between
from actionplans.domain.following.figures.bands import band_of
from actionplans.enums import FigureScope, ReportStatus
from actionplans.models import Closing, ReportingPeriod
from actionplans.months import MONTH_NAMES
from actionplans.progress import Band, GroupProgress, ProgressState, from_data
from actionplans.progress.numbers import percent
from planning.words import capitalised, count, long_date

from ..letterhead import letterhead
from .act_sheet import ClosingAct, Earlier, FigureLine, PlanPart

KNOWN = (ProgressState.MEASURED, ProgressState.DECLARED)
TOLD_ELSEWHERE = (ProgressState.NOT_REPORTED, ProgressState.CANCELLED, ProgressState.NOT_SCHEDULED)
GROUPS = (
    (FigureScope.DIMENSION, "Dimensión"),
    (FigureScope.POLICY, "Política"),
    (FigureScope.OFFICE, "Dependencia"),
    (FigureScope.AXIS, "Eje"),
)
NOT_SENT, NOT_EXPECTED = "Sin reporte", "No se esperaba reporte"
REPORT_WORDS = {
    ReportStatus.SUBMITTED: "Enviado, sin validar",
    ReportStatus.RETURNED: "Devuelto, sin reenviar",
    ReportStatus.VALIDATED: "Validado",
    ReportStatus.PENDING: NOT_SENT,
}


def closing_act(closing: Closing) -> ClosingAct:
    """The act of a closing that comes with its period, entity and snapshot. Only the letterhead is of today."""
    period, said = closing.period, closing.snapshot
    figures = said["figures"]
    reports = {row["activity"]: row for row in said["reports"]}
    silence = _silence(said)
    whole = next(row for row in figures if row["scope"] == FigureScope.ENTITY)
    activities = [row for row in figures if row["scope"] == FigureScope.ACTIVITY]
    return ClosingAct(
        title=f"Acta de cierre del {period.name} de {period.year} · Cierre n.º {closing.sequence}",
        file_name=file_name_of(period, closing.sequence, "acta"),
        entity=period.entity.name,
        letterhead=letterhead(period.entity, period.entity),
        facts=_facts(closing),
        whole=_line(whole, members=activities),
        plans=tuple(_plan(row, figures, activities, reports, silence) for row in said["plans"]),
        groups=tuple(_line(row, kind=kind) for scope, kind in GROUPS for row in figures if row["scope"] == scope),
        left_out=_left_out(whole),
        reports=_report_counts(activities, reports, silence),
        bands=_bands(said["traffic_light"]["bands"]),
        light_name=said["traffic_light"]["name"],
        note=closing.note,
        earlier=_earlier(closing),
        digest=closing.digest,
        chain_sequence=closing.chain_sequence,
        chain_head=closing.chain_head,
        snapshot_name=f"{file_name_of(period, closing.sequence, 'corte')}.json",
        slug=period.entity.slug,
    )


def file_name_of(period: ReportingPeriod, sequence: int, what: str) -> str:
    """«acta-cartago-2024-trimestre-ii-cierre-1», without extension."""
    return f"{what}-{slugify(f'{period.entity.slug} {period.year} {period.name}')}-cierre-{sequence}"


def _facts(closing) -> tuple[tuple[str, str], ...]:
    period = closing.period
    months = f"De {MONTH_NAMES[period.starts.month - 1]} a {MONTH_NAMES[period.ends.month - 1]} de {period.year}"
    at = timezone.localtime(closing.at)
    return (
        ("Entidad", period.entity.name),
        ("Periodo", f"{period.label} de {period.year}"),
        ("Meses del periodo", months),
        ("Fecha de corte", long_date(period.ends)),
        ("Se reportó", _reported(closing)),
        ("Cierre", f"N.º {closing.sequence}, del {long_date(at.date())} a las {at:%H:%M}"),
        ("Cerró", str(closing.by) if closing.by_id else "Una orden en el servidor"),
    )


def _reported(closing) -> str:
    """The days on which everybody could report: the first closing may have cut them short."""
    period, first = closing.period, closing
    if closing.sequence > 1:
        first = Closing.objects.only("at").get(period=period, sequence=1)
    day = timezone.localdate(first.at)
    planned = f"{long_date(period.opens)} al {long_date(period.closes)}"
    if day >= period.closes:
        return f"Del {planned}"
    if day < period.opens:
        return f"Se cerró antes del plazo para reportar, que iba del {planned}"
    return f"Del {long_date(period.opens)} hasta el cierre; el plazo iba hasta el {long_date(period.closes)}"


def _silence(said) -> Callable[[int], str]:
    """What is said of an activity without report: whether the period asked for one, as it was sealed."""
    owed = set(said["owed"])
    return lambda activity: NOT_SENT if activity in owed else NOT_EXPECTED


def _line(row, *, kind: str = "", report: str = "", verified: str = "", members=None) -> FigureLine:
    progress = from_data(row["data"])
    is_measured = progress.state in KNOWN
    declared = " (declarado)" if progress.state == ProgressState.DECLARED else ""
    return FigureLine(
        name=row["label"],
        kind=kind,
        programmed=progress.programmed,
        executed=progress.executed,
        to_date=progress.to_date,
        of_period=progress.of_period,
        light=band_of(row["light"]),
        state=declared if is_measured else _state(progress),
        counting=_counting(progress, members) if isinstance(progress, GroupProgress) else "",
        rule=getattr(progress, "rule", ""),
        report=report,
        verified=verified,
        is_cancelled=progress.state == ProgressState.CANCELLED,
    )


def _counting(progress: GroupProgress, members) -> str:
    """How many activities are in each figure of a total; `members` are its activities, where they are known."""
    if not progress.counted:
        return ""
    verb = "cuenta" if progress.counted == 1 else "cuentan"
    of_year = f"En el año {verb} {progress.counted} de {_activities(progress.total)}"
    idle = sum(_counts_nothing(from_data(row["data"])) for row in members or ())
    if idle:
        of_year += f", {idle} de ellas con 0 % de 0 % porque aún no tenían nada programado"
    return f"{of_year}; en el periodo, {progress.period_counted}."


def _counts_nothing(progress) -> bool:
    return progress.state == ProgressState.NOT_SCHEDULED and progress.executed is None and progress.programmed == 0


def _activities(number: int) -> str:
    return count(number, "actividad", "actividades")


def _state(progress) -> str:
    """The state, with its reason where neither a rule nor the column of reports tells it."""
    is_told = getattr(progress, "rule", "") or progress.state in TOLD_ELSEWHERE
    words, reason = progress.state.label, "" if is_told else progress.reason
    told = f"{words}: {reason}" if reason and reason.casefold() != words.casefold() else words
    return capitalised(told)


def _plan(plan, figures, activities, reports, silence) -> PlanPart:
    total = next(row for row in figures if row["scope"] == FigureScope.PLAN and row["plan"] == plan["id"])
    own = [row for row in activities if row["plan"] == plan["id"]]
    return PlanPart(
        version=plan["version"],
        digest=plan["digest"],
        total=_line(total, members=own),
        activities=tuple(_activity(row, reports.get(row["activity"]), silence) for row in own),
    )


def _activity(row, report, silence) -> FigureLine:
    words = _report_words(report) if report else silence(row["activity"])
    return _line(row, report=words, verified=_verified(report))


def _report_words(report) -> str:
    """The state of the report at the closing, with what a reader of the figure must know of it."""
    words = [REPORT_WORDS[report["status"]]]
    revision, reviews = report["revision"], report["reviews"]
    if report["status"] == ReportStatus.VALIDATED and reviews:
        last = reviews[-1]
        if last["corrections"] or last["corrected_declared"] is not None:
            words.append("con valor corregido por planeación")
        if last["is_self"]:
            words.append("por quien lo reportó")
    if revision["is_on_behalf"]:
        words.append("lo registró planeación")
    if revision["is_by_extension"]:
        words.append("con prórroga")
    return ", ".join(words)


def _verified(report) -> str:
    said = report["verification"] if report else None
    if said is None:
        return ""
    return percent(Decimal(said["value"])) if said["value"] is not None else "Con concepto, sin valor"


def _left_out(whole) -> tuple[tuple[str, int], ...]:
    """Why activities are not in the entity's figure, and how many for each reason."""
    progress = from_data(whole["data"])
    if not isinstance(progress, GroupProgress):
        return ()
    rows = [(capitalised(state.label), number) for state, number in progress.left_out]
    return (*rows, ("Cancelada", progress.cancelled)) if progress.cancelled else tuple(rows)


def _report_counts(activities, reports, silence) -> tuple[tuple[str, int], ...]:
    """How many reports were in each state, of the activities that were not cancelled."""
    live = [row for row in activities if row["data"]["state"] != ProgressState.CANCELLED]
    states = Counter(
        REPORT_WORDS[reports[key]["status"]] if (key := row["activity"]) in reports else silence(key)
        for row in live
    )
    return tuple((words, states[words]) for words in (*REPORT_WORDS.values(), NOT_EXPECTED) if states[words])


def _bands(data) -> tuple[tuple[str, Band], ...]:
    """Each band with its stretch in words: «De 60 % a menos de 80 %»."""
    bands = sorted((Band(Decimal(floor), *words) for floor, *words in data), key=lambda band: band.floor)
    return tuple((_stretch(band, after), band) for band, after in zip_longest(bands, bands[1:]))


def _stretch(band: Band, after: Band | None) -> str:
    if after is None:
        return f"{percent(band.floor)} o más"
    return f"De {percent(band.floor)} a menos de {percent(after.floor)}"


def _earlier(closing) -> Earlier | None:
    before = (
        Closing.objects.filter(period=closing.period, sequence=closing.sequence - 1)
        .defer("snapshot")
        .select_related("reopening__act")
        .first()
    )
    if before is None:
        return None
    figure = before.figures.get(scope=FigureScope.ENTITY)
    reopening, day = before.reopening, timezone.localdate(closing.at)
    return Earlier(
        sequence=before.sequence,
        executed=percent(figure.executed),
        since=timezone.localdate(reopening.at),
        until=f"hasta el cierre; el plazo iba hasta el {long_date(reopening.until)}"
        if day < reopening.until
        else f"hasta el {long_date(reopening.until)}",
        changes=tuple(
            (change.kind, change.label, change.before, change.after) for change in changes_between(before, closing)
        ),
        reason=reopening.reason,
        act=reopening.act.name,
        date=reopening.act.date,
    )
