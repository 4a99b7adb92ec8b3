"""The page of a strategic axis: its objectives, and the activities that serve them."""

import pytest
from django.core.management import call_command

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.plan import publish_document
from actionplans.enums import Origin
from actionplans.models import Activity
from actionplans.months import MonthSet
from tests.factories import make_draft, make_entity, make_framework, make_published_plan
from tests.following import close, link, make_year, on_day, reported, shipped_lights
from tests.reading import text_of

pytestmark = pytest.mark.django_db
AXIS = "/cartago/plataforma-estrategica/marco/ejes/1/"


@pytest.fixture
def axis(house):
    return make_axis(house.entity, objectives=2)


def make_axis(entity, *, objectives, position=1, framework=None):
    framework = framework or make_framework(entity)
    axis = framework.axes.create(position=position, name=f"Eje del agua {position}")
    for number in range(1, objectives + 1):
        axis.objectives.create(position=number, name=f"Cuidar el río {number}")
    return axis


def serving(description, *objectives, office):
    return ActivityContent(
        description=description,
        months=MonthSet([1, 4]),
        responsibles=(ResponsibleContent(text=office.name, office=office),),
        indicators=(IndicatorContent(name="Talleres", target=4, unit="talleres"),),
        objectives=tuple(objectives),
    )


def publish(house, *activities, title="Plan uno", **fields):
    return make_published_plan(house.entity, content=PlanContent(title=title, activities=activities), **fields)


def test_an_axis_shows_its_objectives_and_what_serves_them(client, house, axis):
    first, second = axis.objectives.all()
    publish(
        house,
        serving("Sembrar árboles", first, second, office=house.office),
        serving("Limpiar la orilla", first, office=house.office),
        serving("Otra cosa", office=house.office),
    )

    page = text_of(client, AXIS)

    assert "En 2024, 2 actividades sirven a 2 de sus 2 objetivos." in page
    assert "Sembrar árboles" in page
    assert "<span>Objetivos 1 y 2</span>" in page
    assert "<span>Objetivo 1</span>" in page
    assert "Otra cosa" not in page
    assert "2 actividades de 2024." in page
    assert "1 actividad de 2024." in page


def test_an_axis_that_nothing_serves_says_so(client, house, axis):
    page = text_of(client, AXIS)
    assert "El eje tiene 2 objetivos; ningún plan publicado dice todavía qué actividades le sirven." in page
    assert "Periodo terminado" in page


def test_a_draft_that_serves_it_is_not_known(client, house, axis):
    draft = make_draft(house.entity, title="Borrador", office=house.office, origin=Origin.DOCUMENT)
    draft.activities.first().objectives.add(axis.objectives.first())
    assert "Actividad número 1" not in text_of(client, AXIS)
    publish_document(draft)
    assert "Actividad número 1" in text_of(client, AXIS)


def test_the_closed_figure_is_shown_with_its_account_and_each_closing(client, house, axis):
    shipped_lights()
    publish(house, serving("Sembrar árboles", axis.objectives.first(), office=house.office))
    first, second, *_ = make_year(house)
    for period, month, value in ((first, 4, "0.5"), (second, 7, 1)):
        with on_day(2024, month, 5):
            reported(house, Activity.objects.get(), period, value)
        with on_day(2024, month, 20):
            close(house, period)

    page = text_of(client, AXIS)

    assert "En 2024, 1 actividad sirve a 1 de sus 2 objetivos; al 30 de junio de 2024 lleva" in page
    assert "¿Cómo se calculó?" in page
    assert "Lo que mostró cada cierre del año: Eje del agua 1" in page
    history = page.split("Lo que mostró cada cierre del año")[1].split("</table>")[0]
    assert history.count('<th scope="row">Trimestre') == 2
    assert f'href="{AXIS}?vigencia=2024#avance"' in page


def test_a_year_in_which_nothing_serves_the_axis_is_said_to_be_that(client, house, axis):
    publish(house, serving("Sembrar árboles", axis.objectives.first(), office=house.office))
    publish(house, serving("Otra cosa", office=house.office), title="Plan dos", year=2025)
    page = text_of(client, f"{AXIS}?vigencia=2025")
    assert "Ninguna actividad publicada sirve a este eje en la vigencia «2025»: se muestra 2024." in page
    assert "La entidad no tiene información" not in page


def exchange(client, *axes):
    """As staff do it in the admin: one steps aside, the other takes its place."""
    first, second = axes
    for axis, position in ((first, 90), (second, first.position), (first, second.position)):
        row = {"position": position, "name": axis.name, "description": ""}
        counts = {f"{part}-{count}_FORMS": 0 for part in ("objectives", "lines") for count in ("TOTAL", "INITIAL")}
        answer = client.post(f"/admin/planning/axis/{axis.pk}/change/", {**row, **counts})
        assert answer.status_code == 302


def test_axes_that_exchange_their_places_keep_seals_figures_and_addresses(client, house, axis):
    shipped_lights()
    other = make_axis(house.entity, objectives=1, position=2, framework=axis.framework)
    publish(
        house,
        serving("Sembrar árboles", axis.objectives.first(), office=house.office),
        serving("Abrir el archivo", other.objectives.first(), office=house.office),
    )
    period, *_ = make_year(house)
    with on_day(2024, 4, 5):
        reported(house, Activity.objects.get(key=1), period, 1)
    with on_day(2024, 4, 20):
        close(house, period)
    transparency = "/cartago/transparencia/2024/"
    told = {where: text_of(client, where) for where in (AXIS, AXIS.replace("ejes/1", "ejes/2"), transparency)}
    client.force_login(house.planning)
    exchange(client, axis, other)
    client.logout()

    call_command("verify_audit", verbosity=0)
    page, second = (text_of(client, AXIS.replace("ejes/1", f"ejes/{key}")) for key in (1, 2))
    assert "<h1>Eje del agua 1</h1>" in page
    assert '<p class="upper">Eje 2 ·' in page
    assert ("Sembrar árboles" in page, "Abrir el archivo" in page) == (True, False)
    assert ("Sembrar árboles" in second, "Abrir el archivo" in second) == (False, True)
    assert figure_words(page) == figure_words(told[AXIS])
    assert figure_words(page) != figure_words(second)
    assert axes_block(text_of(client, transparency)) == axes_block(told[transparency])
    assert f'href="{AXIS}?vigencia=2024#avance"' in axes_block(told[transparency])


def figure_words(page) -> str:
    return page.split('id="avance"')[1].split("<h2")[0]


def axes_block(page) -> str:
    return page.split('id="ejes"')[1].split('id="dependencias"')[0]


def test_axes_lead_to_the_ones_before_and_after(client, house, axis):
    make_axis(house.entity, objectives=1, position=2, framework=axis.framework)
    first, last = text_of(client, AXIS), text_of(client, AXIS.replace("ejes/1", "ejes/2"))
    assert "Eje siguiente" in first
    assert "Eje anterior" not in first
    assert "Eje anterior" in last


def test_neighbours_carry_only_a_year_that_was_asked_for(client, house, axis):
    other = make_axis(house.entity, objectives=1, position=2, framework=axis.framework)
    publish(house, serving("Sembrar árboles", axis.objectives.first(), office=house.office))
    beside = f'href="{AXIS.replace("ejes/1", f"ejes/{other.key}")}'
    assert f'{beside}"' in text_of(client, AXIS)
    assert f'{beside}?vigencia=2024"' in text_of(client, f"{AXIS}?vigencia=2024")
    assert f'{beside}"' in text_of(client, f"{AXIS}?vigencia=1999")


def test_an_unpublished_framework_has_no_axes_to_read(client, house):
    make_axis(house.entity, objectives=1, framework=make_framework(house.entity, is_published=False))
    assert client.get(AXIS).status_code == 404


def test_an_axis_is_found_only_under_its_own_entity(client, house, axis):
    make_entity("candelaria")
    assert client.get(AXIS.replace("cartago", "candelaria")).status_code == 404
    assert client.get(AXIS.replace("ejes/1", "ejes/9")).status_code == 404


def test_the_framework_leads_to_its_axes(client, house, axis):
    assert f'href="{AXIS}"' in text_of(client, "/cartago/plataforma-estrategica/")


@pytest.mark.parametrize("number", [1, 3])
def test_an_axis_asks_the_same_queries_however_many_rows(client, house, django_assert_num_queries, number):
    shipped_lights()
    axis = make_axis(house.entity, objectives=number)
    goals = list(axis.objectives.all())
    publish(house, *(serving(f"Actividad {n}", *goals, office=house.office) for n in range(number)))
    period, *_ = make_year(house)
    with on_day(2024, 4, 5):
        for row in Activity.objects.all():
            reported(house, row, period, 1, evidence=(link(house),))
    with on_day(2024, 4, 20):
        close(house, period)
    client.get(AXIS)
    with django_assert_num_queries(20):
        client.get(AXIS)
