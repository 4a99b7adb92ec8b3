"""Two people at one report, or one in two places: nobody passes over the other's text."""

from playwright.sync_api import expect

from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.sending import contribute
from actionplans.models import Contribution, Report, ReportDraft
from tests.factories import make_user
from tests.following import promised, report
from tests.report_steps import COUNTED, SHARED

from .hands import draft, narrative, told


def test_two_people_choose_which_text_stays(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    promise = promised(desk.activities[COUNTED], desk.quarter)
    save_draft(promise, desk.quarter, {"narrative": "Lo del colega"}, by=other, revision=None)
    narrative(page).fill("Lo mío")
    box = page.locator(".report-conflict")
    expect(box).to_contain_text("Lo del colega", timeout=15_000)
    expect(narrative(page)).to_have_value("Lo mío")
    box.get_by_role("button", name="Guardar lo mío").click()
    told(page, "Borrador guardado a las")
    assert draft().answers == {"narrative": "Lo mío"}


def test_the_other_s_text_can_be_taken(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    promise = promised(desk.activities[COUNTED], desk.quarter)
    theirs = {"narrative": "Lo del colega", "months": ["8"]}
    save_draft(promise, desk.quarter, theirs, by=other, revision=None)
    narrative(page).fill("Lo mío")
    page.get_by_role("button", name="Dejar lo guardado").click(timeout=15_000)
    expect(narrative(page)).to_have_value("Lo del colega")
    expect(page.get_by_label("Agosto")).to_be_checked()
    told(page, "Borrador guardado|guardado")
    assert draft().answers == theirs


def test_a_stale_page_does_not_pass_over_what_a_colleague_sent(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22, by=other, narrative="Lo del colega")
    narrative(page).fill("Lo mío")
    box = page.locator(".report-conflict")
    expect(box).to_contain_text("lo envió mientras usted lo escribía", timeout=15_000)
    expect(box).to_contain_text("Lo del colega")
    expect(narrative(page)).to_have_value("Lo mío")
    assert not ReportDraft.objects.exists()
    assert Report.objects.get().current.narrative == "Lo del colega"
    box.get_by_role("button", name="Guardar lo mío").click()
    told(page, "Borrador guardado a las")
    assert draft().answers["narrative"] == "Lo mío"


def test_what_two_people_write_in_other_fields_goes_together(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    save_draft(
        promised(desk.activities[COUNTED], desk.quarter),
        desk.quarter,
        {"difficulties": "Llovió"},
        by=other,
        revision=None,
    )
    narrative(page).fill("Dos talleres")
    told(page, "quedaron juntos")
    expect(page.get_by_label("Dificultades")).to_have_value("Llovió")
    assert draft().answers == {"narrative": "Dos talleres", "difficulties": "Llovió"}


def test_a_contribution_written_in_two_places_asks_which_stays(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report(SHARED)
    promise = promised(desk.activities[SHARED], desk.quarter)
    contribute(promise, desk.quarter, desk.house.office, by=other, text="Lo del colega")
    text = page.get_by_label("¿Qué aportó su dependencia?")
    text.fill("Lo mío")
    box = page.locator(".report-conflict")
    expect(box).to_contain_text("Lo del colega", timeout=15_000)
    expect(text).to_have_value("Lo mío")
    box.get_by_role("button", name="Guardar lo mío").click()
    told(page, "Aporte guardado a las")
    assert Contribution.objects.get().text == "Lo mío"
