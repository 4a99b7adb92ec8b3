"""What changed in the portal while somebody filled the workbook."""

import pytest

from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.months import MonthSet
from tests.following import promised, report, reported

from .steps import apply, download, drafts, preview, titles

pytestmark = pytest.mark.django_db


def test_what_is_in_the_portal_comes_along_and_unchanged_goes_back_as_nothing(first, leader, house, plan):
    typed = {
        "value_1": "1.250,50",
        "months": ["1", "2"],
        "narrative": "- Con guion",
        "evidence_url": "https://a.example",
    }
    save_draft(promised(plan.activities.first(), first), first, typed, by=house.leader, revision=None)
    report(house, plan.activities.all()[2], first, narrative="Enviado", executed_months=MonthSet([3]))
    book = download(leader, first)
    by_name = {book.cell(row, "activity").value: row for row in range(4)}
    row = by_name["Hacer talleres"]
    assert book.cell(row, "value").value == 1250.5
    assert book.cell(row, "narrative").value == "- Con guion"
    assert [book.cell(row, f"month_{month}").value for month in (1, 2, 3)] == ["Sí", "Sí", None]
    assert book.cell(by_name["=Divulgar"], "narrative").value == "Enviado"
    seen = preview(leader, first, book)
    assert (len(seen.context["same"]), seen.context["found"].to_apply) == (3, [])
    assert "no hay cambios por aplicar" in seen.content.decode()


def test_a_row_that_changed_on_the_server_meanwhile_is_a_conflict_that_the_portal_wins_unless_chosen(
    first, leader, house, plan
):
    one, two, *_ = plan.activities.all()
    book = download(leader, first)
    book.fill(0, narrative="Del libro").fill(1, narrative="Del libro 2").fill(3, narrative="Del libro 3")
    for row in (one, two):
        save_draft(promised(row, first), first, {"narrative": "Del portal"}, by=house.leader, revision=None)
    seen = preview(leader, first, book)
    assert titles(seen.context["conflicts"]) == ["Hacer talleres", "Atender y adoptar"]
    assert titles(seen.context["changes"]) == ["=Divulgar"]
    difference = seen.context["conflicts"][0].differences[0]
    assert (difference.theirs, difference.mine) == ("Del portal", "Del libro")
    apply(leader, seen, **{f"queda_{one.activity_id}": "portal", f"queda_{two.activity_id}": "libro"})
    assert {key: draft.answers["narrative"] for key, draft in drafts(first).items()} == {
        1: "Del portal", 2: "Del libro 2", 3: "Del libro 3",
    }  # fmt: skip


def test_what_changed_only_on_the_server_is_left_as_it_is(first, leader, house, plan):
    book = download(leader, first)
    one = promised(plan.activities.first(), first)
    save_draft(one, first, {"narrative": "Nuevo"}, by=house.leader, revision=None)
    seen = preview(leader, first, book)
    assert seen.context["found"].to_apply == []


def test_what_was_sent_or_validated_meanwhile_is_a_conflict_or_is_kept_out(first, leader, house, plan):
    one, two, _, _ = plan.activities.all()
    book = download(leader, first).fill(0, narrative="Del libro").fill(1, narrative="Del libro")
    report(house, one, first, narrative="Enviado en el portal")
    reported(house, two, first, narrative="Validado")
    seen = preview(leader, first, book)
    assert titles(seen.context["conflicts"]) == ["Hacer talleres"]
    assert titles(seen.context["blocked"]) == ["Atender y adoptar"]
    assert "ya validó" in seen.content.decode()
    apply(leader, seen, **{f"queda_{one.activity_id}": "libro"})
    assert set(drafts(first)) == {1}


def test_a_change_between_preview_and_apply_applies_nothing(first, leader, house, plan):
    one = plan.activities.first()
    seen = preview(leader, first, download(leader, first).fill(0, narrative="Libro").fill(3, narrative="Libro"))
    save_draft(promised(one, first), first, {"narrative": "Portal"}, by=house.leader, revision=None)
    answer = apply(leader, seen)
    assert answer.url == seen.request["PATH_INFO"]
    assert {key: draft.answers for key, draft in drafts(first).items()} == {1: {"narrative": "Portal"}}
    again = leader.get(answer.url)
    assert titles(again.context["conflicts"]) == ["Hacer talleres"]
    assert "No se aplicó nada" in again.content.decode()
