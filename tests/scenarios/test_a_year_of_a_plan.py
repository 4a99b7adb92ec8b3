"""A year of a plan, as the procedure tells it: approved, reported four times, closed; every figure by hand.

The plan has four activities that weigh 40, 30, 20 and 10:

1. Talleres: 60 in the year, those of each quarter added up; programmed in February, May, August and November.
2. Cobertura: from 40 to 80, the last value counts; programmed in June and December.
3. Solicitudes a tiempo: 90 % of those received, all quarters together; a target that stands at every cut.
4. Feria: one, in September; cancelled by a modification that counts from July.
"""

import datetime
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.calendar.extensions import extend
from actionplans.domain.following.figures.figure import figures_of
from actionplans.domain.following.reporting.reviewing import return_report, verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.domain.plan import approve, create_plan, submit
from actionplans.domain.versions import cancel_activity, start_modification
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import FigureScope
from actionplans.models import PlanVersion
from planning.enums import Role
from tests.factories import make_user
from tests.following import (
    close,
    make_year,
    months,
    on_day,
    promised,
    reopen,
    report,
    shipped_lights,
    validate,
)

pytestmark = pytest.mark.walks_rows


def activity(office, description, weight, scheduled, **indicator):
    return ActivityContent(
        description=description,
        weight=Decimal(weight),
        months=months(*scheduled),
        indicators=(IndicatorContent(name=description, **indicator),),
        responsibles=(ResponsibleContent(text=office.name, office=office),),
    )


def the_plan(office):
    count = {"kind": "count", "accumulation": "flow", "direction": "increasing"}
    level = {"kind": "level", "accumulation": "last", "direction": "increasing"}
    ratio = {"kind": "ratio", "accumulation": "flow", "direction": "increasing", "unit": "%"}
    return PlanContent(
        title="Participación ciudadana",
        activities=(
            activity(office, "Talleres", 40, (2, 5, 8, 11), target=Decimal(60), **count),
            activity(office, "Cobertura", 30, (6, 12), baseline=Decimal(40), target=Decimal(80), **level),
            activity(office, "Solicitudes a tiempo", 20, (3, 6, 9, 12), target=Decimal(90), **ratio),
            activity(office, "Feria", 10, (9,), target=Decimal(1), **count),
        ),
    )


def share(numerator, denominator):
    return (
        ReadingContent(key=1, name="Solicitudes", numerator=Decimal(numerator), denominator=Decimal(denominator)),
    )


@pytest.fixture
def year(house, client):
    shipped_lights()
    return Year(house, client)


class Year:
    """The house on its way through 2024, with its pages as anybody reads them."""

    def __init__(self, house, client):
        self.house, self.client = house, client
        self.quarters = make_year(house)
        self.second = make_user("planeacion2@cartago.example", house.entity, Role.PLANNING)
        self.second.memberships.update(valid_from=datetime.date(2020, 1, 1))
        self.second.__dict__.pop("current_memberships", None)

    def approve(self):
        with on_day(2024, 1, 15):
            content = the_plan(self.house.office)
            draft = create_plan(self.house.entity, 2024, content, by=self.house.planning)
            version = approve(submit(draft, by=self.house.planning), by=self.house.committee)
        self.plan = version.plan
        self.activities = [row.activity for row in version.activities.order_by("position")]

    def cancel_the_fair(self):
        """The modification of July: approved on the 10th, it counts from the 1st."""
        with on_day(2024, 7, 10):
            version = PlanVersion.objects.get(plan=self.plan, status="approved")
            july = datetime.date(2024, 7, 1)
            planning = self.house.planning
            draft = start_modification(version, by=planning, reason="Se unió a otra feria", effective_from=july)
            cancel_activity(draft.activities.get(position=4), by=planning, reason="La hace la gobernación")
            approve(submit(draft, by=planning), by=self.house.committee)

    def figures(self, quarter):
        """What the newest closing of a quarter says of the plan: executed, programmed, to date."""
        closing = self.quarters[quarter].closings.latest("sequence")
        [figure] = figures_of(closing, FigureScope.PLAN)
        return self.rounded(figure.progress)

    def of_activity(self, quarter, number):
        closing = self.quarters[quarter].closings.latest("sequence")
        [figure] = figures_of(closing, FigureScope.ACTIVITY, activity=self.activities[number - 1])
        return self.rounded(figure.progress)

    def rounded(self, progress):
        return tuple(
            None if value is None else round(value, 4)
            for value in (progress.executed, progress.programmed, progress.to_date)
        )

    def public_text(self, number=None):
        """The plan's public page, or an activity's, as text."""
        address = ["cartago", 2024, self.plan.slug]
        name = "plan" if number is None else "activity"
        page = self.client.get(reverse(name, args=address + ([] if number is None else [number])))
        assert page.status_code == 200
        text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page.content.decode(), flags=re.S)
        return " ".join(text.replace("&nbsp;", " ").replace("\xa0", " ").split())

    # --- The quarters ---------------------------------------------------------------------------

    def first_quarter(self):
        """Talleres 12, returned and mended to 15; 45 of 50 requests. Nothing else is due yet."""
        with on_day(2024, 4, 3):
            talleres, _, solicitudes, _ = self.activities
            sent = report(self.house, talleres, self.quarters[0], 12)
            return_report(sent, by=self.house.planning, number=1, comment="Faltan los tres de marzo.")
            validate(self.house, report(self.house, talleres, self.quarters[0], 15, executed_months=months(2)))
            validate(self.house, report(self.house, solicitudes, self.quarters[0], readings=share(45, 50)))
        with on_day(2024, 4, 16):
            close(self.house, self.quarters[0])

    def second_quarter(self):
        """Talleres 10 more, 30 of 50 requests; cobertura 55, late and with an extension."""
        quarter = self.quarters[1]
        talleres, cobertura, solicitudes, _ = self.activities
        with on_day(2024, 7, 5):
            validate(self.house, report(self.house, talleres, quarter, 10, executed_months=months(5)))
            validate(self.house, report(self.house, solicitudes, quarter, readings=share(30, 50)))
        with on_day(2024, 7, 20):
            with pytest.raises(TransitionRefused, match="venció el 15 de julio de 2024"):
                report(self.house, cobertura, quarter, 55)
            july = datetime.date(2024, 7, 25)
            extend(quarter, [cobertura], by=self.house.planning, until=july, reason="Se cayó la red")
            sent = report(self.house, cobertura, quarter, 55, executed_months=months(6))
            assert sent.current.is_by_extension
            validate(self.house, sent)
            close(self.house, quarter)

    def third_quarter(self):
        """Talleres 20 more; 48 of 50 requests, reported by planning on behalf of the office."""
        quarter = self.quarters[2]
        talleres, _, solicitudes, feria = self.activities
        with on_day(2024, 10, 4):
            validate(self.house, report(self.house, talleres, quarter, 20, executed_months=months(8)))
            behalf = {
                "by": self.house.planning,
                "on_behalf": True,
                "source": "Correo de la dependencia, 3 de octubre",
            }
            sent = report(self.house, solicitudes, quarter, readings=share(48, 50), **behalf)
            validate(self.house, sent, by=self.second)
            with pytest.raises(TransitionRefused, match="cancelada"):
                report(self.house, feria, quarter, 1)
            close(self.house, quarter)

    def mend_the_third_quarter(self):
        """Five workshops had been forgotten: reopened by act, 25 instead of 20, and closed again."""
        quarter, talleres = self.quarters[2], self.activities[0]
        with on_day(2024, 10, 28):
            reopen(self.house, quarter, [talleres], until=datetime.date(2024, 10, 31))
            validate(self.house, report(self.house, talleres, quarter, 25, executed_months=months(8)))
            close(self.house, quarter)

    def fourth_quarter(self):
        """Talleres 12 more, over the target; cobertura reaches 80; 50 of 50 requests."""
        quarter = self.quarters[3]
        talleres, cobertura, solicitudes, _ = self.activities
        with on_day(2025, 1, 8):
            validate(self.house, report(self.house, talleres, quarter, 12, executed_months=months(11)))
            validate(self.house, report(self.house, cobertura, quarter, 80, executed_months=months(12)))
            validate(self.house, report(self.house, solicitudes, quarter, readings=share(50, 50)))
            close(self.house, quarter)


def d(*values):
    return tuple(None if value is None else Decimal(value) for value in values)


def test_a_year_of_a_plan(year):
    year.approve()
    assert "ejecutado de" not in year.public_text()  # no figure before the first closing

    year.first_quarter()
    assert year.of_activity(0, 1) == d("25", "25", "100")  # 15 ÷ 60; one month of four
    assert year.of_activity(0, 2) == d(None, "0", None)  # June is the first month: nothing was due
    assert year.of_activity(0, 3) == d("100", "100", "100")  # 45 ÷ 50 = 90 %, ÷ 90
    assert year.of_activity(0, 4) == d(None, "0", None)
    # 40 × 25 + 30 × 0 + 20 × 100 + 10 × 0 = 3,000 ÷ 100; programmed the same
    assert year.figures(0) == d("30", "30", "100")
    assert "30 % ejecutado de 30 % programado a marzo" in year.public_text()
    assert "25 % ejecutado de 25 % programado a marzo" in year.public_text(1)

    year.second_quarter()
    assert year.of_activity(1, 1) == d("41.6667", "50", "83.3333")  # 25 ÷ 60; two of four; 41.6667 ÷ 50
    assert year.of_activity(1, 2) == d("37.5", "50", "75")  # (55 − 40) ÷ (80 − 40); one month of two
    assert year.of_activity(1, 3) == d("83.3333", "100", "83.3333")  # 75 ÷ 100 = 75 %, ÷ 90
    # 0.4 × 41.6667 + 0.3 × 37.5 + 0.2 × 83.3333 + 0.1 × 0 = 44.5833; 20 + 15 + 20 = 55; 44.5833 ÷ 55
    assert year.figures(1) == d("44.5833", "55", "81.0606")
    assert "44,58 % ejecutado de 55 % programado a junio" in year.public_text()

    year.cancel_the_fair()
    year.third_quarter()
    assert year.of_activity(2, 1) == d("75", "75", "100")  # 45 ÷ 60; three of four
    assert year.of_activity(2, 2) == d("37.5", "50", "75")  # nothing new was due: the last value stands
    assert year.of_activity(2, 3) == d("91.1111", "100", "91.1111")  # 123 ÷ 150 = 82 %, ÷ 90
    assert year.of_activity(2, 4) == d(None, None, None)
    # Three left, which weigh 90: a simple mean. (75 + 37.5 + 91.1111) ÷ 3; (75 + 50 + 100) ÷ 3; 67.8704 ÷ 75
    assert year.figures(2) == d("67.8704", "75", "90.4938")
    assert "67,87 % ejecutado de 75 % programado a septiembre" in year.public_text()

    year.mend_the_third_quarter()
    assert year.of_activity(2, 1) == d("83.3333", "75", "111.1111")  # 50 ÷ 60; over what was programmed
    # (83.3333 + 37.5 + 91.1111) ÷ 3 = 70.6481; ÷ 75
    assert year.figures(2) == d("70.6481", "75", "94.1975")
    with on_day(2024, 11, 5):
        promise = promised(year.activities[0], year.quarters[2])
        opinion = "Se vieron 42 listas de asistencia."
        verify_progress(promise, year.quarters[2], by=year.house.auditor, value=Decimal(70), opinion=opinion)
    text = year.public_text()
    assert "70,65 % ejecutado de 75 % programado a septiembre" in text  # the second closing
    assert "67,87 %" in text  # beside the first
    text = year.public_text(1)
    assert "83,33 % ejecutado de 75 % programado a septiembre" in text
    assert "Control interno" in text
    assert "70 %" in text
    assert opinion in text

    year.fourth_quarter()
    assert year.of_activity(3, 1) == d("103.3333", "100", "103.3333")  # 62 ÷ 60, kept as it is
    assert year.of_activity(3, 2) == d("100", "100", "100")  # (80 − 40) ÷ (80 − 40)
    assert year.of_activity(3, 3) == d("96.1111", "100", "96.1111")  # 173 ÷ 200 = 86.5 %, ÷ 90
    # (100 + 100 + 96.1111) ÷ 3: what goes over the target counts as 100 in the mean
    assert year.figures(3) == d("98.7037", "100", "98.7037")
    text = year.public_text()
    assert "98,7 % ejecutado de 100 % programado a diciembre" in text
    assert "Al día" in text
    assert "103,33 % ejecutado de 100 % programado a diciembre" in year.public_text(1)
    assert "Cancelada" in year.public_text(4)
    assert all(period.status == "closed" for period in year.house.entity.periods.all())
