"""The figures of the transparency page are those worked out by hand, at each closing."""

import re

import pytest
from django.urls import reverse

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.following.calendar.periods import open_year, set_scheme
from actionplans.enums import PeriodScheme
from actionplans.models import Closing
from mipg.models import PolicyLeadership
from planning.models import Axis, Office
from tests.factories import make_entity, make_framework, make_published_plan
from tests.following import close, make_year, on_day, reported

from .year import activity, page_of, text_of

pytestmark = pytest.mark.django_db


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
    # By June 3 of 4 and 2 of 2 months, 87.5 %, and the archives stay at 100 %: (87.5 + 100) ÷ 2.
    assert "Trimestre II, a junio 93,75 %, por cumplir Sin cifra todavía" in text
    assert "Trimestre III, a septiembre 100 %, por cumplir Sin cifra todavía" in text
    assert "según lo que prometen los planes vigentes al 31 de marzo de 2024" in text


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
