"""The filled workbook comes back: its answers become drafts, and nothing is sent."""

from collections import defaultdict

import pytest
from django.urls import reverse

from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.enums import ReportOrigin
from actionplans.models import OfflineUpload
from actionplans.views.following.offline.entries import NOT_HERE
from tests.factories import make_published_plan
from tests.following import make_year, on_day, promised

from .steps import address, apply, download, drafts, preview, send, titles

pytestmark = pytest.mark.django_db


def test_the_whole_loop_makes_drafts_and_sends_nothing(first, leader, house):
    book = download(leader, first)
    book.fill(0, value=4, month_2="Sí", narrative="Cuatro talleres.\nEn el coliseo.")
    book.fill(1, numerator=12.5, denominator="25", narrative="Se atendió", evidence_url="https://a.example/x",
              evidence_classification="Contiene datos personales", evidence_ground="Ley 1581")  # fmt: skip
    book.fill(2, value="Sí")
    book.fill(3, without_progress="Sí", difficulties="- faltó contrato")
    seen = preview(leader, first, book)
    assert titles(seen.context["changes"]) == ["Hacer talleres", "Atender y adoptar", "=Divulgar"]
    assert not drafts(first)
    answer = apply(leader, seen)
    assert answer.url.startswith(reverse("follow_up_entity", args=["cartago"]))
    made = drafts(first)
    assert {key: draft.answers for key, draft in made.items()} == {
        1: {"value_1": "4", "months": ["2"], "narrative": "Cuatro talleres.\nEn el coliseo."},
        2: {
            "numerator_1": "12,5", "denominator_1": "25", "value_2": "1", "narrative": "Se atendió",
            "evidence_url": "https://a.example/x", "evidence_classification": "datos-personales",
            "evidence_ground": "Ley 1581",
        },
        3: {"without_progress": "on", "difficulties": "- faltó contrato"},
    }  # fmt: skip
    assert {draft.origin for draft in made.values()} == {ReportOrigin.WORKBOOK}
    assert {draft.report.status for draft in made.values()} == {"pending"}
    assert not OfflineUpload.objects.exists()


def test_drafts_equal_to_those_typed_in_the_portal(first, leader, house, plan):
    book = download(leader, first).fill(0, value=1234.5, month_2="Sí", narrative="Hecho")
    apply(leader, preview(leader, first, book))
    from_workbook = drafts(first)[1].answers
    page = reverse("report_page", args=["cartago", first.pk, plan.activities.first().activity_id])
    html = leader.get(page).content.decode()
    for words in ('value="1234,5"', "Hecho"):
        assert words in html
    typed = {"value_1": "1234,5", "months": ["2"], "narrative": "Hecho"}
    assert from_workbook == typed


def test_a_refusal_in_the_middle_leaves_no_draft(first, leader, house, monkeypatch):
    seen = preview(leader, first, download(leader, first).fill(0, narrative="Libro").fill(3, narrative="Libro"))
    from actionplans.domain.following.reporting import offline
    from actionplans.domain.workflow import TransitionRefused

    real, calls = offline.save_draft, []

    def second_fails(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise TransitionRefused(["No se puede."])
        return real(*args, **kwargs)

    monkeypatch.setattr(offline, "save_draft", second_fails)
    apply(leader, seen)
    assert (len(calls), drafts(first), OfflineUpload.objects.count()) == (2, {}, 1)


def test_problems_stand_beside_their_cell(first, leader):
    book = download(leader, first)
    book.fill(0, value="muchos", narrative="Hecho", evidence_url="https://a.example/x")
    book.fill(1, numerator=3, narrative="Hecho", month_2="quizás", value=9)
    book.fill(2, value="tal vez", narrative="Aquí no")
    book.fill(3, declared=150, narrative="Hecho")
    seen = preview(leader, first, book)
    told = defaultdict(str)
    for flaw in [*seen.context["found"].strays, *(f for entry in seen.context["changes"] for f in entry.flaws)]:
        told[flaw.cell] += flaw.message
    place = lambda row, key: book.cell(row, key).coordinate  # noqa: E731
    assert "«muchos» no es una cifra" in told[place(0, "value")]
    assert told[place(0, "evidence_classification")] == "Elija quién la puede ver."
    assert "hacen falta las dos" in told[place(1, "denominator")]
    assert "no es una de las opciones" in told[place(1, "month_2")]
    assert "no usa esta celda" in told[place(1, "value")]
    assert "no es una de las opciones" in told[place(2, "value")]
    assert "primera fila" in told[place(2, "narrative")]
    assert "el máximo es 100" in told[place(3, "declared")]
    for cell in filter(None, told):
        assert cell in seen.content.decode()


def test_that_there_is_no_figure_yet_is_said_in_the_row_of_its_indicator(first, leader, house, plan):
    save_draft(
        promised(plan.activities.first(), first), first, {"no_data_1": "on"}, by=house.leader, revision=None
    )
    book = download(leader, first)
    assert [book.cell(row, "no_data").value for row in range(3)] == ["Sí", None, None]
    book.fill(0, no_data=None, value=3, narrative="Hecho")
    book.fill(1, no_data="Sí", narrative="Hecho", difficulties="Llega en mayo").fill(2, value="Sí")
    book.fill(3, no_data="Sí", narrative="Hecho")
    seen = preview(leader, first, book)
    flaws = {entry.work.number: [flaw.message for flaw in entry.flaws] for entry in seen.context["changes"]}
    assert flaws == {"1": [], "2": [], "3": [NOT_HERE]}
    apply(leader, seen)
    made = {key: draft.answers for key, draft in drafts(first).items()}
    assert made[1] == {"value_1": "3", "narrative": "Hecho"}
    assert (made[2]["no_data_1"], made[2]["value_2"]) == ("on", "1")


def test_a_percentage_typed_with_its_sign_is_read_as_one(first, leader):
    book = download(leader, first).fill(3, declared=0.5, narrative="Va por la mitad")
    book.cell(3, "declared").number_format = "0%"
    apply(leader, preview(leader, first, book))
    assert drafts(first)[3].answers["declared"] == "50"


def test_a_link_that_will_be_refused_is_told_in_the_preview_and_the_class_in_words(first, leader):
    book = download(leader, first)
    book.fill(0, evidence_url="http://localhost/acta", evidence_classification="Pública", narrative="Hecho")
    book.fill(3, evidence_url="www.ejemplo.gov.co/acta", evidence_classification="Pública", narrative="Hecho")
    seen = preview(leader, first, book)
    refused, taken = [entry.flaws for entry in seen.context["changes"]]
    told = {flaw.cell: flaw.message for flaw in refused}
    assert "red interna" in told[book.cell(0, "evidence_url").coordinate]
    assert all(flaw.cell != book.cell(3, "evidence_url").coordinate for flaw in taken)
    html = seen.content.decode()
    assert "Pública: cualquier persona la puede ver" in html
    assert ">publica<" not in html


def test_planning_fills_for_an_office_with_the_source(first, client, house):
    client.force_login(house.planning)
    query = f"?dependencia={house.office.slug}"
    book = download(client, first, query)
    book.fill(0, narrative="Según el correo", source="Correo del 3 de abril")
    seen = preview(client, first, book, query)
    answer = apply(client, seen)
    assert query[1:] in answer.url
    draft = drafts(first)[1]
    assert (draft.by, draft.answers["source"]) == (house.planning, "Correo del 3 de abril")
    assert client.get(address("offline_download", first)).url == reverse("follow_up_entity", args=["cartago"])


@pytest.mark.parametrize("many", [1, 3])
def test_the_queries_do_not_grow_with_the_activities(house, client, django_assert_num_queries, many):
    make_published_plan(house.entity, office=house.office, activities=many)
    with on_day(2024, 4, 5):
        period = make_year(house)[0]
        client.force_login(house.leader)
        with django_assert_num_queries(15):
            book = download(client, period)
        for row in range(many):
            book.fill(row, narrative="Hecho")
        with django_assert_num_queries(21):
            sent = send(client, period, book.content())
        with django_assert_num_queries(16):
            seen = client.get(sent.url)
        assert len(seen.context["changes"]) == many
