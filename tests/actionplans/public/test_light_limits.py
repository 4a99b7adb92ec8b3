"""Every account of a figure with a light says the bands that its closing froze, and in which one it fell."""

from decimal import Decimal

import pytest

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.models import Activity, IndicatorLight
from planning.models import Axis, Objective, TrafficLightPreset
from tests.factories import adopt, make_framework, make_policy, make_published_plan
from tests.following import close, make_year, months, on_day, reported, shipped_lights

pytestmark = pytest.mark.django_db

PLAN = "/cartago/planes/2024/plan-de-participacion/"
BANDS = (
    "Franjas que se usaron: «Al día», desde 80 %; «En riesgo», desde 60 % y menos de 80 %; "
    "«Atrasada», menos de 60 %."
)
OWN = "Franjas que se usaron: «Bien», desde 95 %; «Mal», menos de 95 %."
PAGES = (
    "/cartago/",
    "/cartago/transparencia/2024/",
    PLAN,
    f"{PLAN}actividades/1/",
    "/cartago/mipg/?vigencia=2024",
    "/cartago/mipg/participacion/?vigencia=2024",
    "/cartago/dependencias/planeacion/?vigencia=2024",
    "/cartago/plataforma-estrategica/marco/ejes/1/?vigencia=2024",
)


@pytest.fixture
def quarters(house):
    """One activity that was to be done by January and June; half of it by March."""
    shipped_lights()
    policy = make_policy()
    adopt(house.entity, policy)
    axis = Axis.objects.create(framework=make_framework(house.entity), position=1, name="Gobierno cercano")
    objective = Objective.objects.create(axis=axis, position=1, name="Escuchar")
    indicator = IndicatorContent(name="Mesas", target=Decimal(4), kind="count", accumulation="flow")
    row = ActivityContent(
        description="Hacer mesas",
        months=months(1, 6),
        indicators=(indicator,),
        responsibles=(ResponsibleContent(text=house.office.name, office=house.office),),
        objectives=(objective,),
    )
    content = PlanContent(title="Plan de participación", activities=(row,))
    make_published_plan(house.entity, content=content, policy=policy, kind="politica")
    return make_year(house)


def close_the_first(house, quarters, value=2):
    with on_day(2024, 4, 5):
        reported(house, Activity.objects.get(), quarters[0], value)
    with on_day(2024, 4, 20):
        close(house, quarters[0])


def text_of(client, address):
    with on_day(2024, 5, 2):
        answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def addresses(house):
    framework = house.entity.frameworks.get()
    return [
        address.replace("/marco/", f"/{framework.slug}/").replace("/planeacion/", f"/{house.office.slug}/")
        for address in PAGES
    ]


def test_every_page_with_an_account_says_the_limits(house, quarters, client):
    close_the_first(house, quarters)

    for address in addresses(house):
        page = text_of(client, address)
        assert BANDS in page, address
        assert "cae en «Al día», desde 80 %." in page, address


def test_the_limits_are_those_of_the_day_of_the_closing(house, quarters, client):
    close_the_first(house, quarters)
    TrafficLightPreset.objects.get().bands.filter(floor=80).update(floor=90, label="Excelente")

    for address in addresses(house):
        page = text_of(client, address)
        assert BANDS in page, address
        assert "Excelente" not in page, address


def test_an_activity_that_is_read_by_its_own_light_says_that_one(house, quarters, client):
    own = house.entity.traffic_lights.create(key="estricto", name="Estricto")
    own.bands.create(floor=0, label="Mal", tone="atrasada", shape="■")
    own.bands.create(floor=95, label="Bien", tone="al-dia", shape="●")
    activity = Activity.objects.get()
    light = IndicatorLight.objects.create(activity=activity, entity=house.entity, key=1, preset=own)
    close_the_first(house, quarters)
    light.delete()  # later: the closing keeps what it was read by

    page = text_of(client, f"{PLAN}actividades/1/")
    assert OWN in page
    assert BANDS not in page
    assert BANDS in text_of(client, PLAN)


def test_without_bands_nothing_is_said_of_a_light(house, quarters, client):
    TrafficLightPreset.objects.all().delete()
    close_the_first(house, quarters)

    for address in addresses(house):
        assert "Franjas que se usaron" not in text_of(client, address), address


def test_what_was_reported_has_an_address_and_a_way_to_ask(house, quarters, client):
    close_the_first(house, quarters)
    page = text_of(client, f"{PLAN}actividades/1/")

    assert f'href="{PLAN}actividades/1/#reporte-1">Dirección de esta cifra' in page
    assert f"?sobre={PLAN}actividades/1/%23reporte-1" in page
