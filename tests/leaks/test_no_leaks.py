"""Nothing unpublished reaches a citizen: markers planted behind the door are looked for in all that is public."""

import datetime
import re
import shutil
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from actionplans.domain.contents.content import IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.calendar.extensions import extend
from actionplans.domain.following.evidence.bringing import bring_file, bring_redacted
from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.reviewing import return_report, verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent, contribute
from actionplans.domain.plan import submit
from actionplans.months import MonthSet
from actionplans.public import urls as public_urls
from planning.models import Office
from tests.factories import (
    activity_contents,
    adopt,
    make_draft,
    make_framework,
    make_office,
    make_policy,
    make_published_plan,
    make_user,
)
from tests.following import close, make_year, on_day, promised, report, reported, shipped_lights, validate
from tests.messy_workbook import messy_workbook
from tests.steps import bring, modify, modify_and_approve

from .crawler import crawl

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.walks_rows,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="no hay pdftotext"),
]

STARTS = ("/", "/robots.txt", "/sitemap.xml", "/api/v1/openapi.json", "/api/v1/entidades/")
MARK = re.compile(r"SECRETO-[a-z-]+")
NOT_VALIDATED = {
    "a reading that planning corrected": re.compile(r"7[.\s]?340[.\s]?912"),
    "a declared progress that planning corrected": re.compile(r"\b83[.,]47"),
}
"""As pages, data and files would write them."""


def secret(what: str) -> str:
    return f"SECRETO-{what}"


@pytest.fixture
def planted(house, neighbour, settings):
    """An entity with a published year, and a marker in everything that it keeps to itself."""
    settings.SITE_URL = "http://testserver"
    shipped_lights()
    entity, office = house.entity, house.office
    policy = make_policy()
    adopt(entity, policy)
    make_framework(entity).axes.create(position=1, name="Eje publicado")
    make_framework(entity, slug="otro", title=secret("marco-sin-publicar"), is_published=False)
    Office.objects.filter(pk=office.pk).update(aliases=secret("otro-nombre-de-la-dependencia"))
    entity.colour = "#1A5632"
    entity.save()
    other = make_office(entity, "Secretaría de Hacienda")
    helper = make_user(
        "secreto-correo@cartago.example", entity, "leader", offices=[other], post=secret("cargo-de-una-cuenta")
    )
    version = make_published_plan(entity, office=office, policy=policy, kind="politica")
    modify_and_approve(version, house)
    published, returned, unsent, unreviewed, declared = _promises(entity, office, other)
    periods = make_year(house)
    helper.memberships.update(valid_from=datetime.date(2020, 1, 1))
    _plant_drafts(house, version.plan.versions.get(number=2))
    with on_day(2024, 4, 5):
        contribute(
            promised(published, periods[0]), periods[0], other, by=helper, text=secret("texto-de-un-aporte")
        )
        _plant_reports(house, periods[0], published, returned, unsent, declared)
    with on_day(2024, 4, 20):
        close(house, periods[0])
    with on_day(2024, 7, 5):
        _plant_open_period(house, periods[1], unreviewed, returned)
    bring(house, messy_workbook(), name=f"{secret('archivo-de-importacion')}.xlsx")
    return house


def _promises(entity, office, other):
    """Five activities that the office reports and the other one supports; the first is measured."""
    responsibles = (
        ResponsibleContent(text=office.name, office=office),
        ResponsibleContent(text=other.name, office=other, role="supports"),
    )
    first, *others, last = activity_contents(5, office, responsibles=responsibles)
    tables = IndicatorContent(
        name="Mesas", target=Decimal(20), unit="mesas", kind="count", accumulation="flow", direction="increasing"
    )
    activities = (replace(first, indicators=(tables,)), *others, replace(last, months=MonthSet([2])))
    content = PlanContent(title="Plan con seguimiento", activities=activities)
    return list(make_published_plan(entity, content=content).activities.all())


def _plant_drafts(house, version):
    make_draft(house.entity, title=secret("plan-en-borrador"), by=house.planning)
    submit(make_draft(house.entity, title=secret("plan-en-revision"), by=house.planning), by=house.planning)
    change = modify(version, house, reason=secret("motivo-de-una-modificacion-en-borrador"))
    change.activities.update(description=secret("actividad-de-una-modificacion"))


def _plant_reports(house, period, published, returned, unsent, declared):
    withheld = bring_file(
        house.entity,
        ContentFile(
            b"%PDF-1.4\n% " + secret("contenido-reservado").encode(), name=f"{secret('nombre-reservado')}.pdf"
        ),
        by=house.leader,
        office=house.office,
        classification="reservada",
        ground="Ley que la reserva",
        description=secret("descripcion-reservada"),
    )
    personal = bring_file(
        house.entity,
        ContentFile(
            b"%PDF-1.4\n% " + secret("datos-personales").encode(), name=f"{secret('lista-de-asistencia')}.pdf"
        ),
        by=house.leader,
        office=house.office,
        classification="datos-personales",
        ground="Lista de asistencia",
        description=secret("descripcion-personal"),
    )
    redacted = ContentFile(b"%PDF-1.4\n% copia tachada", name=f"{secret('nombre-de-la-copia')}.pdf")
    bring_redacted(personal, redacted, by=house.planning)
    counted = report(
        house, published, period, 7340912, narrative="Se hizo lo publicado.", evidence=(withheld, personal)
    )
    corrected = (ReadingContent(key=1, name="Mesas", value=Decimal(12)),)
    validate(house, counted, comment="El acta dice otra cosa.", corrections=corrected)
    told = report(house, declared, period, declared=Decimal("83.47"))
    validate(house, told, comment="El informe dice otra cosa.", corrected_declared=Decimal(31))
    sent = report(
        house, returned, period, narrative=secret("reporte-devuelto"), difficulties=secret("dificultad-devuelta")
    )
    return_report(sent, by=house.planning, number=1, comment=secret("por-que-se-devolvio"))
    answers = {"narrative": secret("borrador-de-reporte")}
    save_draft(promised(unsent, period), period, answers, by=house.leader, revision=None)


def _plant_open_period(house, period, unreviewed, returned):
    report(house, unreviewed, period, narrative=secret("reporte-sin-validar"))
    reported(house, returned, period, narrative=secret("validado-de-un-periodo-abierto"))
    verify_progress(
        promised(unreviewed, period),
        period,
        by=house.auditor,
        value=Decimal("12.34"),
        opinion=secret("concepto-de-un-periodo-abierto"),
    )
    extend(
        period,
        [unreviewed.activity],
        until=datetime.date(2024, 8, 1),
        reason=secret("motivo-de-una-prorroga"),
        by=house.planning,
    )


def test_what_is_not_published_stands_on_no_page_feed_file_or_answer(client, planted):
    reached = crawl(client, *STARTS, *_searches())
    assert _leaks(reached, planted) == {}
    _sees_inside_pages_files_and_answers(reached)
    _tells_that_withheld_evidence_exists(reached)
    assert set(_names(public_urls.urlpatterns)) - reached.names <= {
        "entity_logo",  # none was brought
        "health",  # for machines that watch
    }


def _searches():
    """Whoever searches for what was planted finds nothing; no page repeats these words as the markers stand."""
    asked = ("SECRETO", "secreto-plan-en-borrador", "reporte sin validar", "lista de asistencia", "seguimiento")
    return [f"{door}?texto={text}" for text in asked for door in ("/cartago/buscar/", "/buscar/")]


def _leaks(reached, planted) -> dict[str, list[str]]:
    """Where each marker, account or staff address stands."""
    marks = {mark for text in reached.words.values() for mark in MARK.findall(text)}
    people = {person.email for person in (planted.planning, planted.leader, planted.auditor)}
    found = {what: reached.holding(what) for what in marks | people | {"secreto-correo"}}
    found |= {what: reached.matching(pattern) for what, pattern in NOT_VALIDATED.items()}
    found["/admin/"] = [address for address in reached.holding("/admin/") if address != "/robots.txt"]
    return {what: addresses for what, addresses in found.items() if addresses}


def _sees_inside_pages_files_and_answers(reached):
    """What is published is found everywhere, or the absence of the rest would prove nothing."""
    telling = reached.holding("Plan con seguimiento")
    for part in (
        "descargar.xlsx",
        "descargar.pdf",
        "descargar.csv",
        "datos.xlsx",
        "/api/v1/",
        "novedades",
    ):
        assert any(part in address for address in telling), part
    assert any("/actividades/" in address for address in reached.holding("Se hizo lo publicado."))
    for reason in ("El acta dice otra cosa.", "El informe dice otra cosa."):
        told_of = reached.holding(reason)
        assert any("/actividades/" in address for address in told_of), reason
        assert any("/datos/2024/reportes" in address for address in told_of), reason
    assert any("/buscar/" in address for address in reached.holding("<mark>"))


def _tells_that_withheld_evidence_exists(reached):
    pages = [text for address, text in reached.words.items() if "/evidencias/" in address]
    assert any("reservada" in text and "Ley que la reserva" in text for text in pages)
    assert any("datos personales" in text and "Lista de asistencia" in text for text in pages)


def _names(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name
