"""Verifying an issued file: what it is, whether it still holds, and nothing of what is not public."""

import datetime
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from actionplans.enums import IssuedKind
from actionplans.models import IssuedFile
from actionplans.reports.closing.act import closing_act
from actionplans.reports.issued.acts import issued_act
from actionplans.reports.issued.issuing import Issue, issued_bytes
from planning import audit, content
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


@pytest.mark.parametrize(
    "pasted",
    [
        "Código de verificación {}",
        "Código de verificación {} · Página 1 de 6",
        "Verifique este documento en https://planeacion.example/verificar/{}/",
        "https://planeacion.example/verificar/{}/descargar/?de=aviso",
        "Esta hoja dice {}.",
    ],
)
def test_what_is_printed_is_pasted_whole(client, issued, pasted):
    answer = client.get("/verificar/", {"codigo": pasted.format(issued.code)})
    assert answer.url == f"/verificar/{issued.code}/"


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
    assert "Esta versión ya no rige" in page
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


def test_of_a_replaced_version_both_are_said_that_it_rules_no_more_and_that_its_data_are_the_same(
    house, published, client, told
):
    modify_and_approve(published, house)
    client.get(f"{FILE}?version=1")
    page = told(IssuedFile.objects.get())
    assert "Esta versión ya no rige" in page
    assert "la vigente es la 2 desde el" in page
    assert "De la versión 1 dice lo mismo que el portal publica hoy." in page
    assert SAME not in page
    assert 'href="/cartago/planes/2024/plan-de-prueba/comparar/1/2/"' in page


# --- Bytes that were lost ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "said"),
    [(None, "El portal ya no guarda este archivo"), (b"otro", "El archivo guardado no es el que se emitió")],
    ids=["lost", "changed"],
)
def test_what_is_not_the_issued_file_is_not_handed_out_and_that_is_said(client, issued, told, caplog, left, said):
    storage, name = issued.file.storage, issued.file.name
    assert said not in told(issued)
    storage.delete(name)
    if left:
        storage.save(name, ContentFile(left))
    refused = client.get(f"/verificar/{issued.code}/descargar/")
    assert refused.status_code == 410
    assert f"Issued file {issued.code}" in caplog.text
    for page in (words(refused), told(issued)):
        assert said in page
        assert issued.sha256 in page
        assert f'href="/verificar/{issued.code}/descargar/"' not in page
        assert 'href="/cartago/planes/2024/plan-de-prueba/?version=1"' in page
    client.get(FILE)
    successor = IssuedFile.objects.get(replaces=issued)
    for words_ in (
        f"salieron de nuevo con el código {successor.code}",
        f'href="/verificar/{successor.code}/"',
        SAME,
    ):
        assert words_ in told(issued)
    assert said not in told(successor)
    assert client.get(f"/verificar/{successor.code}/descargar/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", ["", "descargar/"])
def test_who_sends_something_is_told_that_it_only_answers(issued, method, address):
    strict = Client(enforce_csrf_checks=True)
    answer = getattr(strict, method)(f"/verificar/{issued.code}/{address}")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


# --- What it says of an act, of data, of copies ---------------------------------------------------


@pytest.fixture
def acts(house, published, monkeypatch):
    """Do these steps with a quarter, «c» to close and «r» to reopen; gives the acts of its closings."""
    monkeypatch.setattr("actionplans.reports.issued.acts.render", lambda act, mark: mark.code.encode())
    activity = published.activities.first().activity

    def acts_(steps):
        period, made = make_year(house)[0], []
        for day, step in enumerate(steps, start=10):
            with on_day(2024, 4, day):
                if not made:
                    reported(house, activity, period)
                if step == "c":
                    closing = close(house, period)
                    made.append(issued_act(closing, closing_act(closing)))
                else:
                    reopen(house, period, [activity], until=datetime.date(2024, 4, 30))
            period.refresh_from_db()
        return made

    return acts_


COUNTS = "Es el cierre que cuenta"
REOPENED = "Este cierre se reabrió"
OPEN = "Aún no hay un cierre nuevo: las cifras de esta acta pueden cambiar."


@pytest.mark.parametrize(
    ("steps", "number", "said", "not_said"),
    [
        ("c", 1, [COUNTS, "El cierre n.º 1 del trimestre I de 2024 no se ha reabierto"], ["reemplazó"]),
        ("cr", 1, [REOPENED, "El cierre n.º 1 del trimestre I de 2024 se reabrió el 11 de abril", OPEN], [COUNTS]),
        (
            "crc",
            1,
            [REOPENED, "El cierre n.º 2, del 12 de abril de 2024, reemplazó estas cifras."],
            [OPEN, COUNTS],
        ),
        (
            "crc",
            2,
            [
                COUNTS,
                "El cierre n.º 2 del trimestre I de 2024 no se ha reabierto: estas son sus cifras.",
                "Este cierre reemplazó al n.º 1, del 10 de abril de 2024, que se reabrió.",
            ],
            ["El trimestre I de 2024 no se ha reabierto"],
        ),
        ("crcr", 1, [REOPENED, "También ese se reabrió, el 13 de abril de 2024"], [OPEN, COUNTS]),
        ("crcr", 2, [REOPENED, "se reabrió el 13 de abril de 2024.", OPEN, "reemplazó al n.º 1"], [COUNTS]),
        ("crcrc", 1, ["El cierre n.º 3, del 14 de abril de 2024, reemplazó estas cifras."], ["También ese"]),
        ("crcrc", 2, ["El cierre n.º 3, del 14 de abril de 2024, reemplazó estas cifras."], [OPEN]),
        ("crcrc", 3, [COUNTS, "a los cierres n.º 1, del 10 de abril de 2024; n.º 2, del 12"], [REOPENED]),
    ],
)
def test_an_act_says_of_its_own_closing_what_became_of_it(acts, told, steps, number, said, not_said):
    act = acts(steps)[number - 1]
    page = told(act)
    assert "Acta de cierre del trimestre I de 2024" in page
    for sentence in said:
        assert sentence in page
    for sentence in not_said:
        assert sentence not in page


def test_an_act_is_handed_out_by_the_entity_only(acts, client):
    act = acts("c")[0]
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
    for said in ("Copia de trabajo de un borrador", "Alcaldía de Cartago", issued.sha256):
        assert said in page
    assert "Es un borrador, sin aprobar" in page
    assert "no es el plan aprobado y no rige" in page
    assert "La entidad no ha registrado ningún cambio en el portal" in page
    assert '<meta name="robots" content="noindex">' in page
    assert client.get(f"/verificar/{issued.code}/descargar/").status_code == 404
    make_published_plan(house.entity)
    assert "el portal no guarda la copia y no sabe si algo de lo que dice cambió" in told(issued)


def test_a_copy_of_a_version_that_was_replaced_says_so(house, published, client, told):
    client.force_login(house.planning)
    client.get(f"/gestion/cartago/planes/{published.pk}/descargar.xlsx/")
    client.logout()
    issued = IssuedFile.objects.get()
    page = told(issued)
    assert "Copia de trabajo de la entidad" in page
    assert "Nada ha cambiado desde entonces" in page
    modify_and_approve(published, house)
    page = told(issued)
    assert "fue sustituida por una más nueva" in page
    assert "Plan de prueba" not in page


def test_open_data_are_the_same_until_the_entity_publishes_something(house, published, told, client):
    client.get("/cartago/datos/2024/datos.xlsx")
    issued = IssuedFile.objects.get()
    assert SAME in told(issued)
    content.touch(None)
    content.touch(house.entity)
    assert SAME in told(issued)  # nothing that it says is otherwise
    modify_and_approve(published, house)
    assert "Hay datos más nuevos" in told(issued)
