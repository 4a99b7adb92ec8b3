"""The page that reunites the plans of a year, and the file that comes of it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from actionplans.jobs.consolidated import consolidate
from actionplans.jobs.contract import JobRefused
from actionplans.models import Job
from tests.factories import make_draft, make_office, make_policy, make_published_plan
from tests.reading import words_of

ADDRESS = "/gestion/cartago/consolidados/"


@pytest.fixture
def published(house):
    return make_published_plan(house.entity, title="Plan de archivo", office=house.office)


def asked(client, **data):
    return client.post(ADDRESS, {"vigencia": "2024", "formato": "xlsx", **data})


@pytest.mark.parametrize("post", ["planning", "committee", "auditor"])
def test_the_page_says_which_plans_go(house, client, published, post):
    make_draft(house.entity, title="Plan en borrador")
    client.force_login(getattr(house, post))
    page = words_of(client.get(ADDRESS))
    assert "El archivo tendrá 1 plan de 2024." in page
    assert ">Plan de archivo</a>: aprobado, versión 1, 3 actividades" in page
    assert "Plan en borrador" not in page
    page = words_of(client.get(ADDRESS, {"vigencia": "2024", "formato": "pdf", "borradores": "on"}))
    assert "El archivo tendrá 2 planes de 2024." in page
    assert ">Plan en borrador</a>: borrador, versión 1, 3 actividades" in page
    assert "Preparar el PDF" in page


def test_the_newest_year_comes_first(house, client, published):
    make_published_plan(house.entity, title="Plan nuevo", year=2025)
    client.force_login(house.planning)
    assert "El archivo tendrá 1 plan de 2025." in words_of(client.get(ADDRESS))


def test_a_choice_that_holds_no_plan_says_so(house, client, published):
    other = make_office(house.entity, "Secretaría de Hacienda")
    client.force_login(house.planning)
    choice = {"vigencia": "2024", "formato": "xlsx", "dependencia": other.pk}
    page = words_of(client.get(ADDRESS, choice))
    assert "Ningún plan de 2024 responde a lo elegido." in page
    assert "No hay planes que reunir" in page
    assert "Preparar" not in page
    asked(client, dependencia=other.pk)
    assert not Job.objects.exists()


def test_an_entity_without_plans_says_what_will_be_here(house, client):
    client.force_login(house.planning)
    page = words_of(client.get(ADDRESS))
    assert "La entidad todavía no tiene planes." in page
    assert client.post(ADDRESS).status_code == 200


def test_what_is_not_of_the_entity_cannot_be_chosen(house, neighbour, client, published):
    client.force_login(house.planning)
    for choice in ({"dependencia": neighbour.office.pk}, {"politica": make_policy().pk}, {"vigencia": "2023"}):
        answer = client.get(ADDRESS, {"vigencia": "2024", "formato": "xlsx", **choice})
        assert set(answer.context["form"].errors) == set(choice)
        assert "Revise lo elegido" in words_of(answer)
        asked(client, **choice)
    assert not Job.objects.exists()


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_few_plans_and_for_many(
    house, client, published, more, django_assert_num_queries
):
    for number in range(more):
        make_published_plan(house.entity, title=f"Plan {number}", office=house.office)
    client.force_login(house.planning)
    with django_assert_num_queries(10):
        client.get(ADDRESS)


def test_a_small_file_is_ready_at_once_with_the_choice_of_the_page(house, neighbour, client, published):
    make_draft(house.entity, title="Plan en borrador")
    make_published_plan(neighbour.entity, title="Plan vecino")
    client.force_login(house.auditor)
    answer = asked(client, borradores="on")
    job = Job.objects.get()
    assert answer.url == f"/gestion/cartago/trabajos/{job.pk}/"
    assert (job.status, job.title) == ("done", "Planes de acción 2024 en un libro de Excel")
    assert job.result_name.startswith("cartago-planes-2024-")
    with job.result.open() as file:
        book = load_workbook(BytesIO(file.read()))
    assert book.sheetnames[2:] == ["1 Plan de archivo", "2 Plan en borrador", "Verificación"]


def test_a_long_one_waits_for_the_worker(house, client, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    make_published_plan(house.entity, activities=501)
    client.force_login(house.planning)
    asked(client)
    assert Job.objects.get().status == "waiting"


@pytest.mark.django_db
def test_what_is_gone_when_the_work_begins_leaves_no_file_of_everything(house, published):
    params = {"year": 2024, "office": 0, "policy": None, "drafts": False, "format": "xlsx"}
    for gone in ({"office": 987654}, {"policy": 987654}, {"year": 2030}):
        job = Job(entity=house.entity, requested_by=house.planning, params=params | {"office": None} | gone)
        with pytest.raises(JobRefused, match="ningún plan"):
            consolidate(job, lambda *said: None)
