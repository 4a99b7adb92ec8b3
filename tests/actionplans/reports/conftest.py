"""A plan with something in every field, and what reading its files back has to give."""

import datetime
import os
import shutil
import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.plan import create_plan
from actionplans.domain.sealing import canonical
from actionplans.imports import read_plan
from actionplans.imports.apply import content_of, import_reading, office_names, title_for
from actionplans.months import MonthSet
from actionplans.reports.plan import pdf
from tests.actionplans.reports.follow_up_year import followed, quarters, tracked  # noqa: F401
from tests.factories import make_entity, make_framework, make_office

SAMPLE = Path("fixtures/forms/MESG-AS-F17-participacion-ciudadana-2024.xlsx")
IDENTITY = {"entity", "year", "plan", "version", "origin"}


@pytest.fixture
def cartago(db):
    return make_entity(
        "cartago",
        municipality="Cartago",
        department="Valle del Cauca",
        nit="891.900.493-2",
        website="https://www.cartago.gov.co",
        address="Centro Administración Municipal – CAM, Calle 8 No 6 – 52",
        postal_code="762021",
    )


@pytest.fixture
def candelaria(db):
    return make_entity("candelaria")


@pytest.fixture
def read_into():
    """Reads a workbook, its bytes or its path, into a draft of an entity."""

    def read_into_(entity, source, *, year=2025, title="", name="plan.xlsx", digest="0" * 64):
        data = source if isinstance(source, bytes) else source.read_bytes()
        reading = read_plan(BytesIO(data), year=year, offices=office_names(entity))
        assert reading.ok, reading.problems
        content = content_of(reading, entity, title=title or title_for(reading, name))
        return import_reading(reading, content, entity, by=None, file_name=name, file_digest=digest, workbook=data)

    return read_into_


@pytest.fixture
def full_plan(cartago):
    """A draft that says something in every field that a form has no column for."""
    planning = make_office(cartago, "Secretaría de Planeación", slug="planeacion")
    treasury = make_office(cartago, "Secretaría de Hacienda", slug="hacienda")
    axis = make_framework(cartago).axes.create(position=1, name="Gobierno cercano")
    listen = axis.objectives.create(position=1, name="Oír a la\nciudadanía")
    axis.objectives.create(position=2, name="Responder a tiempo")
    count, share = (
        IndicatorContent(
            name="Número de encuestas aplicadas",
            target=Decimal("4"),
            baseline=Decimal("1.5"),
            unit="encuestas",
            kind="count",
            accumulation="flow",
            direction="increasing",
            target_1=Decimal("1"),
            target_2=Decimal("0"),
            target_4=Decimal("2.5"),
        ),
        IndicatorContent(
            name="Personas satisfechas",
            printed_result="72 %",
            target=Decimal("80"),
            kind="ratio",
            numerator="Satisfechas",
            denominator="Encuestadas",
            target_3=Decimal("75.125"),
        ),
    )
    activities = (
        ActivityContent(
            description="Aplicar encuestas de satisfacción",
            detail="Presenciales y en línea",
            component="Percepción",
            printed_number="1",
            tasks=("Diseñar el cuestionario", "Aplicarlo en las sedes"),
            months=MonthSet([2, 3, 11]),
            schedule_text="Primer y cuarto trimestre",
            starts=datetime.date(2025, 2, 3),
            ends=datetime.date(2025, 11, 28),
            deliverable="Informe de percepción",
            weight=Decimal("60.25"),
            budget=Decimal("1250000.5"),
            note="Depende del contrato de logística",
            indicators=(count, share),
            responsibles=(
                ResponsibleContent(text="Secretaría de Planeación", office=planning, reports=False),
                ResponsibleContent(text="Sec. de Hacienda", office=treasury, role="supports", reports=True),
            ),
            objectives=(listen,),
        ),
        ActivityContent(
            description="=SUMA(A1:A9) no es una fórmula",
            component="Percepción",
            tasks=("-2+3",),
            months=MonthSet([12]),
            deliverable="@informe",
            weight=Decimal("39.75"),
            indicators=(IndicatorContent(name="+1 encuesta", target=Decimal("1")),),
            responsibles=(ResponsibleContent(text="Administración Municipal"),),
            is_cancelled=True,
            cancel_reason="Se acabó el convenio. No hay otro",
        ),
        ActivityContent(
            description="Publicar los resultados",
            months=MonthSet(range(1, 13)),
            responsibles=(ResponsibleContent(text="Secretaría de Hacienda", office=treasury, reports=False),),
        ),
    )
    content = PlanContent(
        title="Plan de percepción ciudadana",
        form_code="MESG-AS-F17",
        form_version="2",
        form_approval_date=datetime.date(2024, 3, 6),
        process="GESTION PLANEACION",
        subprocess="PLANEACION INSTITUCIONAL",
        objective="Saber qué piensa la ciudadanía",
        scope="Toda la administración",
        formulating_office=planning,
        printed_formulating_office="Secretaría de Planeación",
        printed_participants=("Secretaría de Planeación", "Secretaría de Hacienda"),
        participating_offices=(planning, treasury),
        plan_date=datetime.date(2024, 10, 29),
        note="Sustituye al de 2024",
        source="Acta 4 de 2024",
        sections=(("Marco normativo", "Ley 1757 de 2015.\nLey 1712 de 2014."),),
        objectives=(("Oír", "A todas las personas"), ("Responder", "")),
        components=(ComponentContent(name="Percepción", description="Lo que se oye", weight=Decimal("100")),),
        activities=activities,
    )
    return create_plan(cartago, 2025, content, by=None)


def said(version) -> dict:
    """All that a version says, whatever plan it is of.

    A number that no document printed is printed by the form, which numbers every row.
    """
    return {name: value for name, value in canonical(version).items() if name not in IDENTITY}


@pytest.fixture(scope="session")
def pdf_tools():
    """PDF tests run where the libraries and poppler are; REQUIRE_PDF=1 makes their absence a failure."""
    lacking = []
    if not pdf.is_available():
        lacking.append(f"WeasyPrint no dibuja: {pdf.INSTALL}")
    if not shutil.which("pdftotext") or not shutil.which("pdfinfo"):
        lacking.append("falta poppler-utils")
    if lacking and os.environ.get("REQUIRE_PDF") == "1":
        pytest.fail("; ".join(lacking))
    if lacking:
        pytest.skip("; ".join(lacking))


def run_on(program: str, content: bytes, *options: str) -> str:
    """What a program of poppler says of a PDF."""
    answer = subprocess.run(
        [program, *options, "-", "-"] if program == "pdftotext" else [program, *options, "-"],
        input=content,
        capture_output=True,
        check=True,
    )
    return answer.stdout.decode()
