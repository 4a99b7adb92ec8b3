"""A plan with one activity of each way to measure, and its third quarter open: for tests of the report form."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.calendar.periods import change_dates
from actionplans.models import Activity, ReportingPeriod
from actionplans.months import MonthSet
from tests.cast import House
from tests.factories import make_office, make_published_plan
from tests.following import make_year

COUNTED, RATIO, YES_NO, NO_TARGET, LATER, SHARED = range(1, 7)
FOREVER = datetime.date(timezone.localdate().year + 1, 12, 31)


@dataclass(frozen=True)
class Desk:
    """`quarter` is the third of 2024, which takes reports today; activities by their number in the plan."""

    house: House
    other: object
    quarters: list[ReportingPeriod]
    activities: dict[int, Activity]

    @property
    def quarter(self) -> ReportingPeriod:
        return self.quarters[2]

    def address(self, number: int, quarter=None) -> str:
        quarter = quarter or self.quarter
        return f"/seguimiento/{self.house.entity.slug}/{quarter.pk}/{self.activities[number].pk}/"


def make_desk(house) -> Desk:
    """All quarters that have begun take reports for as long as a deadline may be."""
    other = make_office(house.entity, "Secretaría de Gobierno", slug="gobierno")
    make_published_plan(house.entity, content=_content(house.office, other))
    quarters = [_taking(house, quarter) for quarter in make_year(house)]
    activities = {row.key: row for row in Activity.objects.filter(entity=house.entity)}
    return Desk(house, other, quarters, activities)


def end(desk: Desk) -> ReportingPeriod:
    """The deadline of the third quarter is over; it is not closed."""
    quarter = desk.quarter
    return change_dates(
        quarter, by=desk.house.planning, opens=quarter.opens, closes=quarter.closes.replace(year=2025)
    )


def _taking(house, quarter):
    return change_dates(
        quarter, by=house.planning, opens=quarter.opens, closes=FOREVER, reason="Carga de pruebas."
    )


def _content(office, other) -> PlanContent:
    own = (ResponsibleContent(text=office.name, office=office, reports=True),)
    shared = (
        ResponsibleContent(text=other.name, office=other, reports=True),
        ResponsibleContent(text=office.name, office=office),
    )
    return PlanContent(
        title="Participación ciudadana",
        objective="Oír a la ciudadanía",
        activities=(
            _activity("Capacitar funcionarios", own, [4, 5, 8], deliverable="Personal capacitado", **COUNT),
            _activity("Responder las peticiones a tiempo", own, range(1, 13), **RATE),
            _activity(
                "Publicar el informe", own, [9], indicators=(IndicatorContent(name="Informe", kind="yes_no"),)
            ),
            _activity("Acompañar las veedurías", own, [7, 8, 9]),
            _activity("Rendir cuentas", own, [11, 12]),
            _activity("Celebrar el cabildo abierto", shared, [7]),
        ),
    )


COUNT = {
    "indicators": (
        IndicatorContent(
            name="Funcionarios capacitados",
            kind="count",
            accumulation="flow",
            direction="increasing",
            unit="funcionarios",
            target=Decimal(60),
        ),
    )
}
RATE = {
    "indicators": (
        IndicatorContent(
            name="Peticiones respondidas a tiempo",
            kind="ratio",
            accumulation="flow",
            direction="increasing",
            numerator="Respondidas a tiempo",
            denominator="Recibidas",
            unit="%",
            target=Decimal(98),
        ),
    )
}


def _activity(description, responsibles, months, **fields) -> ActivityContent:
    return ActivityContent(description=description, responsibles=responsibles, months=MonthSet(months), **fields)
