"""A year whose figures are worked out by hand, and its page as a person reads it."""

import datetime
import re
from decimal import Decimal

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.models import Activity
from planning.models import Axis, Objective
from tests.factories import adopt, make_framework, make_office, make_policy, make_published_plan
from tests.following import close, make_year, months, on_day, reopen, reported, shipped_lights

PAGE = "/cartago/transparencia/"
YEAR = "/cartago/transparencia/2024/"


def activity(description, scheduled, office, target, **fields):
    indicator = IndicatorContent(
        name=description, target=target and Decimal(target), kind="count", accumulation="flow"
    )
    return ActivityContent(
        description=description,
        months=months(*scheduled),
        indicators=(indicator,),
        responsibles=(ResponsibleContent(text=office.name, office=office),),
        **fields,
    )


def text_of(client, address=YEAR, *, day=(2024, 5, 2)):
    """The page as a person reads it on that day, tags and folded space gone."""
    with on_day(*day):
        answer = client.get(address)
    assert answer.status_code == 200, address
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    text = " ".join(text.replace("&nbsp;", " ").replace("\xa0", " ").split())
    return text.replace(" ,", ",").replace(" .", ".").replace(" :", ":")


def page_of(client, address=YEAR, *, day=(2024, 5, 2)):
    with on_day(*day):
        answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


class Year:
    """Two policies of one dimension, a plan each, an axis that only the first serves, two offices."""

    def __init__(self, house):
        shipped_lights()
        self.house = house
        self.archive = make_office(house.entity, "Archivo General", slug="archivo")
        house.leader.memberships.get().offices.add(self.archive)
        self.participation = make_policy()
        self.documents = make_policy(15, "Gestión Documental", "documental")
        adopt(house.entity, self.participation)
        framework = make_framework(house.entity)
        axis = Axis.objects.create(framework=framework, position=1, name="Gobierno cercano")
        objective = Objective.objects.create(axis=axis, position=1, name="Escuchar")
        first = (
            activity("Hacer mesas", (1, 2, 4, 7), house.office, 4, objectives=(objective,)),
            activity("Rendir cuentas", (3, 6), house.office, 2, objectives=(objective,)),
        )
        second = (
            activity("Organizar archivos", (1, 3), self.archive, 10),
            activity("Atender consultas", (1,), self.archive, None),
            activity("Capacitar", (2,), self.archive, 1),
        )
        plans = (
            ("Plan de participación", self.participation, first),
            ("Plan de archivos", self.documents, second),
        )
        for title, policy, rows in plans:
            content = PlanContent(title=title, activities=rows)
            make_published_plan(house.entity, content=content, policy=policy, kind="politica")
        self.quarters = make_year(house)

    def activity(self, description):
        return Activity.objects.get(versions__description=description)

    def first_cut(self):
        """2 of 4 tables, 1 of 2 accounts, 2 of 10 archives; nobody told of the training."""
        with on_day(2024, 4, 5):
            reported(self.house, self.activity("Hacer mesas"), self.quarters[0], 2)
            reported(self.house, self.activity("Rendir cuentas"), self.quarters[0], 1)
            reported(self.house, self.activity("Organizar archivos"), self.quarters[0], 2)
        with on_day(2024, 4, 20):
            close(self.house, self.quarters[0])

    def mend_the_first_cut(self):
        """8 archives more: reopened by an act and closed again."""
        with on_day(2024, 4, 25):
            reopen(
                self.house,
                self.quarters[0],
                [self.activity("Organizar archivos")],
                until=datetime.date(2024, 4, 28),
                reason="Faltó un inventario.",
            )
            reported(self.house, self.activity("Organizar archivos"), self.quarters[0], 8)
            close(self.house, self.quarters[0])
