"""What the transparency page does not know or may not tell: before a closing, after it, and of others."""

import pytest

from actionplans.domain.versions import cancel_activity
from actionplans.models import PlanVersion
from actionplans.public.transparency.since import Since
from mipg.models import InstitutionalPlan, InstitutionalPlanKind
from tests.factories import make_draft, make_entity, make_published_plan
from tests.following import close, make_year, on_day, reported
from tests.steps import approve_by_act, modify

from .year import PAGE, page_of, text_of

pytestmark = pytest.mark.django_db


def test_before_the_first_closing_it_says_what_is_promised_and_when_the_first_cut_comes(year, client):
    text = text_of(client)

    assert "Para 2024 se prometen 5 actividades en 2 planes de acción." in text
    assert "El primer corte, a 31 de marzo de 2024, se publicará cuando la entidad cierre el trimestre I." in text
    for absent in ("0 %", "ejecutado de", "Sin reporte", "Avance por política", "Cierres En cada"):
        assert absent not in text


def test_an_axis_of_a_framework_that_is_not_published_any_more_is_not_linked(year, client):
    year.first_cut()
    year.house.entity.frameworks.update(is_published=False)
    page = page_of(client)

    assert "Gobierno cercano" in page
    assert "ejes/1/" not in page


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
