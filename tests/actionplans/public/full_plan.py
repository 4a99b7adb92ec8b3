"""A plan that says something of everything that its pages show."""

from decimal import Decimal

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.months import MonthSet
from tests.factories import make_office


def full_content(cartago):
    office = make_office(cartago, "Secretaría de Gobierno")
    responsible = (ResponsibleContent(text="Sec. Gobierno", office=office),)
    return PlanContent(
        title="Plan completo",
        objective="Lograr lo que dice",
        source="Documento de la entidad",
        note="El documento no trae metas.",
        printed_participants=("Todas",),
        sections=(("Introducción", "Texto de la introducción"), ("Marco", "Normas"), ("Método", "Pasos")),
        objectives=(("Servir", "Mejor cada día"),),
        components=(
            ComponentContent(
                name="Diagnóstico",
                weight=Decimal("40"),
                indicators=(IndicatorContent(name="Diagnósticos", target=Decimal("2")),),
            ),
        ),
        activities=(
            ActivityContent(
                description="Hacer el diagnóstico",
                component="Diagnóstico",
                months=MonthSet([2, 3]),
                tasks=("Preguntar",),
                deliverable="Informe",
                indicators=(IndicatorContent(name="Informes hechos", target=Decimal("1250.5"), unit="informes"),),
                responsibles=responsible,
                weight=Decimal("12.5"),
                budget=Decimal("2000000"),
            ),
            ActivityContent(description="Conversar", schedule_text="Segundo semestre", responsibles=responsible),
        ),
    )
