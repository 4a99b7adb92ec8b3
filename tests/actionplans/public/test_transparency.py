"""The transparency page of a year: its figures by hand, its words, its states, and nothing of anybody else."""

import datetime
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.calendar.periods import open_year, set_scheme
from actionplans.domain.versions import cancel_activity
from actionplans.enums import PeriodScheme
from actionplans.models import Activity, Closing, PlanVersion
from actionplans.public.transparency.since import Since
from mipg.documents import load_obligations
from mipg.models import InstitutionalPlan, InstitutionalPlanKind, PolicyLeadership
from planning.documents import read
from planning.models import Axis, Objective, Office
from tests.factories import (
    adopt,
    make_draft,
    make_entity,
    make_framework,
    make_office,
    make_policy,
    make_published_plan,
)
from tests.following import close, make_year, months, on_day, reopen, reported, shipped_lights
from tests.steps import approve_by_act, modify

pytestmark = pytest.mark.django_db

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


@pytest.fixture
def year(house):
    return Year(house)


def test_before_the_first_closing_it_says_what_is_promised_and_when_the_first_cut_comes(year, client):
    text = text_of(client)

    assert "Para 2024 se prometen 5 actividades en 2 planes de acción." in text
    assert "El primer corte, a 31 de marzo de 2024, se publicará cuando la entidad cierre el trimestre I." in text
    for absent in ("0 %", "ejecutado de", "Sin reporte", "Avance por política", "Cierres En cada"):
        assert absent not in text


def test_the_figures_of_the_newest_closing_are_those_worked_out_by_hand(year, client):
    year.first_cut()
    text = text_of(client)

    # Participación: 2 ÷ 4 and 1 ÷ 2 are 50 % each; 2 of 4 and 1 of 2 months programmed. 50 ÷ 50 = 100 %.
    assert "50 % ejecutado de 50 % programado a marzo Al día: 2 ● Al día" in text
    # Archivos: 2 ÷ 10 with both months programmed; one has no target, one no report.
    assert (
        "20 % ejecutado de 100 % programado a marzo Atrasada: 1 · Sin meta definida: 1 · Sin reporte: 1 ■ Atrasada"
    ) in text
    # The entity and the dimension: (50 + 20) ÷ 2 of (50 + 100) ÷ 2.
    assert text.count("35 % ejecutado de 75 % programado a marzo") == 1  # the dimension
    assert "El avance programado a marzo era 75 %; el ejecutado es 35 %." in text
    assert "Una actividad de Gestión Documental está atrasada." in text
    assert "ejecutado de 75 % programado 35 %" in text
    assert "actividades en 2 políticas 5" in text
    for tile in ("● Al día 2", "■ Atrasada 1", "◇ Sin meta definida 1", "○ Sin reporte 1"):
        assert tile in text
    assert "En riesgo 0" not in text
    assert "Trimestre I de 2024, a 31 de marzo. Cerrado el 20 de abril de 2024." in text
    assert "A marzo, 35 % ejecutado de 75 % programado." in text  # the words of the drawing
    assert "Trimestre I, a marzo 75 % 35 %" in text  # and its table
    assert "Trimestre II, a junio Sin cifra Sin cifra" in text


def test_each_list_has_its_rows_with_counts_and_leads_to_their_pages(year, client):
    year.first_cut()
    PolicyLeadership.objects.create(
        entity=year.house.entity,
        policy=year.documents,
        office=year.archive,
        role="leads",
        source="Decreto 1",
        position=1,
    )
    page, text = page_of(client), text_of(client)

    for name, args in (
        ("policy", ["documental"]),
        ("dimension", ["valores"]),
        ("axis", ["marco", 1]),
        ("office", ["archivo"]),
    ):
        assert f'href="{reverse(name, args=["cartago", *args])}?vigencia=2024#avance"' in page
    by_axis = text[text.index("Avance por eje estratégico Gobierno cercano") :]
    assert by_axis.startswith(
        "Avance por eje estratégico Gobierno cercano 50 % ejecutado de 50 % programado a marzo Al día: 2"
    )
    by_office = text[text.index("Avance por dependencia Archivo General") :]
    assert "20 % ejecutado de 100 % programado a marzo Atrasada: 1 · Sin meta" in by_office[:140]
    assert "Sin reporte: 1 · Archivo General" in text  # who leads the policy
    assert "Promedio simple de 2 de 2 partes" in text  # how the dimension was worked out


def test_an_axis_of_a_framework_that_is_not_published_any_more_is_not_linked(year, client):
    year.first_cut()
    year.house.entity.frameworks.update(is_published=False)
    page = page_of(client)

    assert "Gobierno cercano" in page
    assert "ejes/1/" not in page


def test_a_period_closed_twice_shows_both_figures_and_the_act_between_them(year, client):
    year.first_cut()
    year.mend_the_first_cut()
    text = text_of(client)

    # Archivos: 8 ÷ 10 of 100 programmed. The entity: (50 + 80) ÷ 2 = 65 of 75.
    assert "El avance programado a marzo era 75 %; el ejecutado es 65 %." in text
    assert "Ninguna de las actividades medidas está atrasada." in text
    closings = text[text.index("Cierres En cada cierre") :]
    assert closings.index("Trimestre I, a marzo 65 % 75 %") < closings.index("Trimestre I, a marzo 35 % 75 %")
    assert (
        "Se reabrió el 25 de abril de 2024 por «Acta n.º 9», del 25 de abril de 2024: Faltó un inventario." in text
    )
    # The act is not for everybody: a fingerprint that nobody can compare with anything would say nothing.
    for closing in Closing.objects.all():
        assert closing.digest[:16] not in text


def test_a_year_that_is_over_is_told_in_the_past(year, client):
    year.first_cut()

    assert "era 75 %; el ejecutado fue 35 %." in text_of(client, day=(2025, 3, 1))


def test_every_policy_at_every_cut_once_there_are_two(year, client):
    year.first_cut()
    assert "Cada política en cada corte" not in text_of(client)
    with on_day(2024, 7, 20):
        close(year.house, year.quarters[1])
    text = text_of(client, day=(2024, 8, 1))

    # Archivos at both cuts: 20 of 100. Participación stays at 50 of 50, then of 3 ÷ 4 and 2 ÷ 2 months: 50 ÷ 87.5.
    table = text[text.index("Cada política en cada corte") :]
    assert "Política Trimestre I Trimestre II" in table[:200]
    assert "Participación Ciudadana en la Gestión Pública 100 % ● Al día 57,14 % ■ Atrasada" in table
    assert "Gestión Documental 20 % ■ Atrasada 20 % ■ Atrasada" in table


def test_plans_followed_by_other_periods_have_a_cut_of_their_own(year, client):
    house = year.house
    content = PlanContent(title="Programa", activities=(activity("Publicar", (4,), house.office, 1),))
    plan = make_published_plan(house.entity, content=content).plan
    set_scheme(plan, PeriodScheme.FOUR_MONTH, by=house.planning)
    thirds = open_year(house.entity, 2024, PeriodScheme.FOUR_MONTH, by=house.planning)
    year.first_cut()
    with on_day(2024, 5, 3):
        reported(house, year.activity("Publicar"), thirds[0], 1)
        close(house, thirds[0])
    text = text_of(client, day=(2024, 5, 4))

    quarters, programme = (
        f"En los planes que se siguen por {noun}, el avance programado a"
        for noun in ("trimestres", "cuatrimestres")
    )
    assert f"{quarters} marzo era 75 %; el ejecutado es 35 %." in text
    assert f"{programme} abril era 100 %; el ejecutado es 100 %." in text
    assert "Una actividad de Gestión Documental está atrasada." in text
    page = page_of(client, day=(2024, 5, 4))
    # The office has a line in each: the scheme comes first, and each link has a name of its own.
    for part in ("trimestres, trimestre I", "cuatrimestres, cuatrimestre I"):
        assert f'<p class="mb-0">Por {part}</p>' in page
    names = re.findall(r"<a [^>]*>((?:Dirección|Preguntar|Secretaría).*?)</a>", page)
    assert len(names) == len(set(names)), sorted(names)
    # So has the entity on the home of the portal.
    make_entity("otra")
    home = text_of(client, "/", day=(2024, 5, 4))
    for noun, words in (
        ("trimestres", "■ Atrasada 35 % ejecutado de 75 % programado a marzo"),
        ("cuatrimestres", "● Al día 100 % ejecutado de 100 % programado a abril"),
    ):
        assert f"Avance de 2024 en los planes que se siguen por {noun}: {words}" in home


def test_what_was_cancelled_after_the_closing_is_said_beside_the_number_that_it_measured(year, client):
    year.first_cut()
    assert "El cierre midió" not in text_of(client)
    version = PlanVersion.objects.get(title="Plan de archivos")
    draft = modify(version, year.house, month=5)
    row = draft.activities.get(description="Capacitar")
    cancel_activity(row, by=year.house.planning, reason="Sin recursos.")
    with on_day(2024, 5, 1):
        approve_by_act(draft, year.house)

    text = text_of(client)
    assert "actividades en 2 políticas 5" in text
    assert "El cierre midió 5 actividades; hoy sus planes prometen 4: después se canceló 1." in text


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (Since(measured=10, promised=10, cancelled=0), ""),
        (
            Since(measured=1, promised=0, cancelled=1),
            "midió 1 actividad; hoy sus planes prometen 0: después se canceló 1.",
        ),
        (
            Since(measured=5, promised=7, cancelled=0),
            "midió 5 actividades; hoy sus planes prometen 7: después se agregaron 2.",
        ),
        (Since(measured=5, promised=4, cancelled=2), "prometen 4: después se cancelaron 2 y se agregó 1."),
    ],
)
def test_what_changed_since_the_closing_in_words(since, words):
    assert words in since.words
    assert bool(words) == bool(since.words)


def test_every_table_has_a_title_for_who_hears_it(year, client):
    year.first_cut()
    year.mend_the_first_cut()
    load_obligations(read("obligations.json"))
    InstitutionalPlan.objects.create(
        entity=year.house.entity,
        year=2024,
        kind=InstitutionalPlanKind.objects.create(number=1, key="pinar", name="PINAR", norm="Decreto 612 de 2018"),
    )
    plan = "/cartago/planes/2024/plan-de-archivos/"
    for address in (
        YEAR,
        plan,
        f"{plan}actividades/1/",
        "/cartago/mipg/?vigencia=2024",
        "/cartago/datos/diccionario/",
    ):
        page = page_of(client, address)
        tables = re.findall(r"<table[^>]*> ?(<\w+)", page)
        assert tables, address
        assert set(tables) == {"<caption"}, address


def test_each_obligation_has_an_address_and_a_way_to_ask(year, client):
    load_obligations(read("obligations.json"))
    page = page_of(client)

    for place in ("publicar-plan-de-accion", "seguimiento-trimestral-1", "seguimiento-trimestral-4"):
        assert page.count(f'<tr id="obligacion-{place}">') == 1
        assert f'href="{YEAR}#obligacion-{place}"' in page
        assert f"?sobre={YEAR}%23obligacion-{place}" in page


def test_the_page_can_be_taken_along(year, client):
    page = page_of(client, PAGE)

    assert f'value="{settings.SITE_URL}{YEAR}"' in page
    assert page.index("Última actualización") < page.index("<h2")


def test_a_plan_that_no_closing_measured_is_said(year, client):
    year.first_cut()
    make_published_plan(year.house.entity, title="Plan de junio")

    assert "1 plan publicado no tiene corte todavía." in text_of(client)


def test_nothing_of_an_open_period_is_told(year, client):
    year.first_cut()
    before = text_of(client)
    with on_day(2024, 5, 1):
        draft = make_draft(year.house.entity, title="Plan en borrador")
    assert draft.status == "draft"
    with on_day(2024, 7, 5):
        reported(year.house, year.activity("Hacer mesas"), year.quarters[1], 2)

    assert text_of(client) == before


def test_the_newest_year_that_has_begun_is_shown_and_each_has_its_address(year, client):
    make_published_plan(year.house.entity, title="Plan de 2023", year=2023)
    make_published_plan(year.house.entity, title="Plan de 2025", year=2025)

    assert "Lo que prometimos y lo que hemos hecho en 2024" in text_of(client, PAGE)
    page = page_of(client, PAGE)
    for other in (2023, 2025):
        assert f'href="/cartago/transparencia/{other}/"' in page
    assert "Plan de 2023" in text_of(client, "/cartago/transparencia/2023/")
    with on_day(2024, 5, 2):
        assert client.get("/cartago/transparencia/2019/").status_code == 404


def test_an_entity_that_tells_nothing_says_so(client):
    make_entity("cartago")
    text = text_of(client, PAGE)

    assert "La entidad no ha publicado aquí planes de acción de 2024." in text
    assert "Aún no hay planes publicados" in text
    assert "Obligaciones del año" not in text  # nobody loaded any


def test_nothing_of_another_entity_is_shown(year, client, neighbour):
    year.first_cut()
    before = text_of(client)
    make_published_plan(neighbour.entity, title="Plan vecino", policy=year.documents, kind="politica")
    kind = InstitutionalPlanKind.objects.create(number=1, key="pinar", name="PINAR", norm="Decreto 612 de 2018")
    InstitutionalPlan.objects.create(entity=neighbour.entity, year=2024, kind=kind, printed_responsible="Vecino")
    (quarter, *_rest) = make_year(neighbour)
    with on_day(2024, 4, 21):
        close(neighbour, quarter)

    assert text_of(client) == before
    assert "Plan vecino" in text_of(client, "/candelaria/transparencia/2024/")


def test_every_block_of_figures_has_an_address_and_a_way_to_ask(year, client):
    year.first_cut()
    page = page_of(client)

    for anchor in (
        "avance-trimestre",
        "ano-trimestre",
        "politicas",
        "dimensiones",
        "ejes",
        "dependencias",
        "cierres",
    ):
        assert page.count(f'id="{anchor}"') == 1
        assert f'<a href="{YEAR}#{anchor}">Dirección de esta cifra' in page
    assert page.count("<summary>¿Cómo se calculó?") == 5  # the entity and the four lists
    assert page.count(' id="') == len(set(re.findall(r' id="([^"]+)"', page)))


def test_what_may_be_downloaded_is_linked(year, client):
    page = page_of(client)

    for suffix in ("xlsx", "pdf", "csv", "json"):
        assert f'href="/cartago/planes/2024/plan-de-archivos/descargar.{suffix}"' in page


def test_the_last_change_is_that_of_the_newest_closing(year, client):
    year.first_cut()

    assert "Última actualización: 20 de abril de 2024" not in text_of(client)  # plans were published today
    with on_day(2027, 1, 2):
        close(year.house, year.quarters[1])
    assert "Última actualización: 2 de enero de 2027" in text_of(client)


def fill(house, number):
    """So many policies, plans, offices, axes and closings."""
    shipped_lights()
    framework = make_framework(house.entity)
    for position in range(1, number + 1):
        office = make_office(house.entity, f"Oficina {position}")
        policy = make_policy(position, f"Política {position}", f"politica-{position}")
        axis = Axis.objects.create(framework=framework, position=position, name=f"Eje {position}")
        objective = Objective.objects.create(axis=axis, position=1, name="Uno")
        rows = tuple(
            activity(f"Hacer {n}", (n,), office, 2, objectives=(objective,)) for n in range(1, number + 1)
        )
        content = PlanContent(title=f"Plan {position}", activities=rows)
        make_published_plan(house.entity, content=content, policy=policy, kind="politica")
        kind = InstitutionalPlanKind.objects.create(number=position, key=f"p{position}", name=f"P {position}")
        InstitutionalPlan.objects.create(entity=house.entity, year=2024, kind=kind, office=office)
        PolicyLeadership.objects.create(
            entity=house.entity, policy=policy, office=office, role="leads", source="Decreto", position=1
        )
    adopt(house.entity, policy)
    for quarter in make_year(house)[:number]:
        with on_day(2025, 1, 20):
            close(house, quarter)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_queries_however_many_rows(client, house, django_assert_num_queries, number):
    fill(house, number)

    with django_assert_num_queries(24):
        client.get(YEAR)


def test_a_figure_keeps_the_name_of_its_closing_and_says_the_one_of_today(client, house):
    axis = make_framework(house.entity, first_year=2024, last_year=2027).axes.create(position=1, name="Cercanía")
    objective = axis.objectives.create(position=1, name="Oír")
    rows = (activity("Mesas", (1, 2), house.office, 4, objectives=(objective,)),)
    make_published_plan(house.entity, content=PlanContent(title="Participación", activities=rows))
    first, *_rest = make_year(house)
    before = house.office.name
    with on_day(2024, 4, 20):
        close(house, first)
    assert "Así se llamaba al cerrar" not in text_of(client)
    Axis.objects.filter(pk=axis.pk).update(name="Gobierno cercano")
    Office.objects.filter(pk=house.office.pk).update(name="Secretaría de Planeación y Hábitat")
    page = text_of(client)
    assert "Cercanía Así se llamaba al cerrar; hoy: Gobierno cercano." in page
    assert f"{before} Así se llamaba al cerrar; hoy: Secretaría de Planeación y Hábitat." in page
