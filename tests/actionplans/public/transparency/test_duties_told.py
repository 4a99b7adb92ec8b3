"""The obligations of a year on its page, and the catalogue that they come from."""

import pytest

from mipg.documents import load_obligations
from mipg.models import Obligation
from planning.documents import read
from tests.factories import make_published_plan, make_user
from tests.following import close, make_year, on_day, reopen

from .days import day


@pytest.mark.django_db
class TestThePage:
    """What the catalogue asks, on the page of a year."""

    def test_each_obligation_has_its_day_and_its_proof(self, house, client):
        load_obligations(read("obligations.json"))
        make_published_plan(house.entity, year=2024)
        first, *_rest = make_year(house)
        with on_day(2024, 4, 20):
            close(house, first)
        with on_day(2024, 5, 2):
            page = " ".join(client.get("/cartago/transparencia/2024/").content.decode().split())

        assert "Publicar el plan de acción de la vigencia" in page
        assert "Ley 1474 de 2011, artículo 74" in page
        assert '<td data-label="Plazo">31 de enero de 2024</td>' in page
        assert 'href="/cartago/planes/?vigencia=2024"' in page
        assert "Hacer seguimiento al plan de acción: trimestre I" in page
        assert f'href="#cierre-{first.closings.get().pk}"' in page
        assert "Cerrado el 20 de abril de 2024." in page
        assert '<td data-label="Plazo">30 de junio de 2024<br>' in page

    def test_a_reopening_and_the_closing_after_it_are_in_the_row(self, house, client):
        load_obligations(read("obligations.json"))
        activity = make_published_plan(house.entity, year=2024).activities.first().activity
        first, *_rest = make_year(house)
        with on_day(2024, 4, 20):
            close(house, first)
        with on_day(2024, 5, 2):
            reopen(house, first, [activity], until=day("2024-05-20"))
            page = client.get("/cartago/transparencia/2024/").content.decode()
        assert "Se reabrió el 2 de mayo de 2024 y no se ha vuelto a cerrar." in page
        with on_day(2024, 5, 21):
            close(house, first)
            page = client.get("/cartago/transparencia/2024/").content.decode()
        assert "Se reabrió el 2 de mayo de 2024 y se volvió a cerrar el 21 de mayo de 2024." in page

    def test_an_improvement_plan_is_not_counted(self, house, client):
        load_obligations(read("obligations.json"))
        make_published_plan(house.entity, year=2024)
        make_published_plan(house.entity, title="Mejora", year=2024, kind="mejoramiento")
        page = " ".join(client.get("/cartago/transparencia/2024/").content.decode().split())
        assert "1 plan se cargó de un documento oficial" in page
        assert "No se cuenta 1 plan de mejoramiento, que no tiene este plazo." in page

    def test_an_obligation_counts_only_in_its_years(self, house, client):
        load_obligations(read("obligations.json"))
        Obligation.objects.filter(key="publicar-plan-de-accion").update(last_year=2023)
        make_published_plan(house.entity, year=2024)

        assert (
            "Publicar el plan de acción de la vigencia"
            not in client.get("/cartago/transparencia/2024/").content.decode()
        )


@pytest.mark.django_db
class TestTheCatalogue:
    def test_what_people_changed_is_left_alone(self):
        assert load_obligations(read("obligations.json")).is_new
        Obligation.objects.filter(key="publicar-plan-de-accion").update(due_day=15)
        before = list(Obligation.objects.values())

        assert not load_obligations(read("obligations.json")).is_new
        assert list(Obligation.objects.values()) == before
        assert [row["position"] for row in before] == [1, 2, 3, 4]

    def test_only_who_runs_the_installation_edits_it(self, house, client):
        load_obligations(read("obligations.json"))
        row = Obligation.objects.get(key="publicar-plan-de-accion")
        address = f"/admin/mipg/obligation/{row.pk}/change/"
        client.force_login(house.planning)
        assert client.get(address).status_code == 200
        assert client.post(address, {"name": "Otra"}).status_code == 403
        client.force_login(make_user("jefe@portal.example", is_staff=True, is_superuser=True))
        said = {
            "key": row.key,
            "position": 1,
            "name": "Publicar el plan",
            "norm": row.norm,
            "detail": "",
            "check_by": "planes",
            "due_month": 2,
            "due_day": 28,
            "years_after": 0,
            "first_year": 2012,
            "last_year": "",
        }
        assert client.post(address, said).status_code == 302
        row.refresh_from_db()
        assert row.due(2024) == day("2024-02-28")
