"""Verifying an issued file: what it is, whether it still holds, and nothing of what is not public."""

import datetime
import hashlib

import pytest

from actionplans.enums import IssuedKind
from actionplans.models import IssuedFile
from actionplans.reports.closing_act import closing_act
from actionplans.reports.issued_acts import issued_act
from actionplans.reports.issuing import Issue, issued_bytes, issued_file, seen
from planning import audit, content
from planning.content import WHOLE, stamp_of
from tests.factories import make_draft, make_published_plan
from tests.following import close, make_year, on_day, reopen, reported
from tests.steps import modify_and_approve

pytestmark = pytest.mark.django_db

FILE = "/cartago/planes/2024/plan-de-prueba/descargar.xlsx"
SAME = "Los datos son los mismos"


@pytest.fixture
def published(house):
    return make_published_plan(house.entity, office=house.office)


@pytest.fixture
def issued(published, client):
    client.get(FILE)
    return IssuedFile.objects.get()


@pytest.fixture
def told(client):
    """The page about an issued file, in words."""

    def told_(issued) -> str:
        return words(client.get(f"/verificar/{issued.code}/"))

    return told_


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- Finding it -----------------------------------------------------------------------------------


def test_the_page_asks_for_a_code(client, db):
    page = words(client.get("/verificar/"))
    assert '<label for="codigo">Código de verificación</label>' in page


def test_a_code_as_people_type_it_leads_to_its_page(client, issued):
    typed = issued.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    answer = client.get("/verificar/", {"codigo": typed})
    assert answer.url == f"/verificar/{issued.code}/"
    assert client.get(f"/verificar/{issued.code.lower().replace('-', '')}/").url == answer.url


@pytest.mark.parametrize("address", ["/verificar/7K3M-9QXT-2RVB/", "/verificar/nada/", "/verificar/?codigo=nada"])
def test_an_unknown_code_says_what_to_check(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "No hay un documento con ese código" in words(answer)
    assert "Qué revisar" in words(answer)


def test_what_somebody_typed_is_shown_as_text(client, db):
    answer = client.get("/verificar/", {"codigo": "<script>alert(1)</script>"})
    assert "<script>alert" not in words(answer)
    assert answer.status_code == 404


# --- What it says of a plan -----------------------------------------------------------------------


def test_it_says_what_the_file_is_and_gives_the_same_bytes_again(client, issued, told):
    page = told(issued)
    for said in ("Plan de prueba 2024, versión 1", "Alcaldía de Cartago", issued.sha256, SAME, "Libro de Excel"):
        assert said in page
    again = client.get(f"/verificar/{issued.code}/descargar/")
    assert f'href="/verificar/{issued.code}/descargar/"' in page
    assert hashlib.sha256(again.content).hexdigest() == issued.sha256


def test_its_answer_is_kept_by_nobody(client, issued):
    assert client.get(f"/verificar/{issued.code}/")["Cache-Control"] == "private, no-cache"


def test_what_the_file_does_not_show_does_not_make_it_old(issued, told):
    content.touch(issued.entity)
    assert SAME in told(issued)


def test_a_name_that_changed_is_said(house, issued, told):
    house.entity.name = "Municipio renombrado"
    house.entity.save()
    audit.record(house.entity, house.entity, "change", by=house.administrator)
    page = told(issued)
    assert "La versión es la misma; cambió algo de lo que la rodea" in page
    assert SAME not in page


def test_a_newer_version_is_named_with_what_changed(house, published, issued, told):
    modify_and_approve(published, house)
    page = told(issued)
    assert "Este archivo es de la versión 1; la vigente es la 2 desde el" in page
    assert "Por qué cambió: Cambió el calendario" in page
    assert 'href="/cartago/planes/2024/plan-de-prueba/comparar/1/2/"' in page


def test_a_closing_and_a_reopening_since_then_are_told_with_their_days(house, published, client, told):
    activity = published.activities.first().activity
    period = make_year(house)[0]
    with on_day(2024, 4, 8):
        client.get(FILE)
        issued = IssuedFile.objects.get()
    with on_day(2024, 4, 10):
        reported(house, activity, period)
        close(house, period)
    page = told(issued)
    assert "Hay cifras más nuevas" in page
    assert "El 10 de abril de 2024 se cerró el trimestre I de 2024." in page
    period.refresh_from_db()
    with on_day(2024, 4, 12):
        reopen(house, period, [activity], until=datetime.date(2024, 4, 20))
    assert "El 12 de abril de 2024 se reabrió el trimestre I de 2024." in told(issued)


@pytest.mark.parametrize("others", [1, 3])
def test_it_costs_the_same_however_many_files_there_are(issued, client, others, django_assert_num_queries):
    for number in range(others):
        issue = Issue(
            entity=issued.entity, kind=IssuedKind.COMMITTEE, suffix="pdf", title="", name=f"{number}.pdf"
        )
        issued_bytes(issue, lambda mark: mark.code.encode())
    with django_assert_num_queries(2):  # the file with all that belongs to it, and the numbers
        client.get(f"/verificar/{issued.code}/")


# --- What it says of an act, of data, of copies ---------------------------------------------------


@pytest.fixture
def act(house, published, monkeypatch):
    monkeypatch.setattr("actionplans.reports.issued_acts.render", lambda act, mark: mark.code.encode())
    period = make_year(house)[0]
    with on_day(2024, 4, 10):
        reported(house, published.activities.first().activity, period)
        closing = close(house, period)
        return issued_act(closing, closing_act(closing))


def test_an_act_counts_until_its_period_is_reopened(house, published, act, told, client):
    page = told(act)
    assert "Acta de cierre del trimestre I de 2024" in page
    assert "Es el cierre que cuenta" in page
    period = act.closing.period
    activity = published.activities.first().activity
    with on_day(2024, 4, 12):
        reopen(house, period, [activity], until=datetime.date(2024, 4, 20))
    assert "Aún no hay un cierre nuevo" in told(act)
    period.refresh_from_db()
    with on_day(2024, 4, 22):
        close(house, period)
    assert "El cierre n.º 2, del 22 de abril de 2024, reemplazó estas cifras." in told(act)
    assert client.get(f"/verificar/{act.code}/descargar/").status_code == 404


def test_a_copy_of_staff_says_nothing_of_its_content(house, client, told):
    draft = make_draft(house.entity, title="Plan que nadie conoce", office=house.office)
    client.force_login(house.planning)
    client.get(f"/gestion/cartago/planes/{draft.pk}/descargar.xlsx/")
    client.logout()
    issued = IssuedFile.objects.get()
    page = told(issued)
    for said in ("Plan que nadie conoce", "plan-que-nadie-conoce", str(house.planning), house.planning.email):
        assert said not in page
    for said in ("Copia de trabajo de la entidad", "Alcaldía de Cartago", issued.sha256):
        assert said in page
    assert "Nada ha cambiado desde entonces" in page
    assert client.get(f"/verificar/{issued.code}/descargar/").status_code == 404
    make_published_plan(house.entity)
    assert "Hubo cambios desde entonces" in told(issued)


def test_open_data_are_the_same_until_the_entity_publishes_something(house, published, told, client):
    issue = Issue(
        entity=house.entity,
        kind=IssuedKind.OPEN_DATA,
        suffix="xlsx",
        title="Datos abiertos 2024",
        name="datos.xlsx",
        source="1",
        content=seen(stamp_of("cartago", [WHOLE])),
        is_public=True,
    )
    issued = issued_file(issue, lambda mark, target: target.write_bytes(b"datos"))
    assert SAME in told(issued)
    modify_and_approve(published, house)
    assert "Hay datos más nuevos" in told(issued)
