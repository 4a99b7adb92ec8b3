"""The workbook that one takes along: what stands in it, which cells are open, who gets one."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.enums import ResponsibilityRole
from actionplans.models import ActivityVersion
from actionplans.months import MonthSet
from planning.enums import Role
from tests.factories import make_office, make_published_plan, make_user
from tests.following import close, make_year, on_day, promised, report, reported, validate

from .steps import activity, address, download, preview, titles

pytestmark = pytest.mark.django_db
SHEET = "Mis actividades"


def test_the_workbook_holds_what_the_own_office_reports(first, leader):
    book = download(leader, first)
    shown = [(book.cell(row, "activity").value, book.cell(row, "indicator").value) for row in range(4)]
    assert shown == [
        ("Hacer talleres", "Talleres"),
        ("Atender y adoptar", "Cobertura"),
        ("Atender y adoptar", "Plan adoptado"),
        ("=Divulgar", None),
    ]
    assert len(book.rows) == 4
    assert book.cell(3, "activity").data_type == "s"
    assert "solo lo de enero a marzo" in book.cell(0, "asked").value
    assert book.cell(1, "asked").value.startswith("Numerador: Atendidos; Denominador: Inscritos")


def test_only_what_is_answered_in_a_row_is_open(first, leader):
    book = download(leader, first)
    assert book.sheet.protection.sheet
    assert book.sheet.protection.password is None
    unlocked = {
        row: {key for key in book.columns if not book.cell(row, key).protection.locked} for row in range(4)
    }
    words = {"without_progress", "narrative", "difficulties", "month_1", "month_2", "month_3", "evidence_url",
             "evidence_description", "evidence_classification", "evidence_ground"}  # fmt: skip
    assert unlocked == {
        0: {"value", "no_data", *words},
        1: {"numerator", "denominator", "no_data", *words},
        2: {"value", "no_data"},
        3: {"declared", *words},
    }
    assert book.sheet.freeze_panes == "E5"
    assert book.sheet.column_dimensions["A"].hidden
    assert book.sheet.row_dimensions[1].hidden
    assert book.book.sheetnames == [SHEET, "Cómo llenarlo"]


def test_cells_check_what_is_typed(first, leader):
    book = download(leader, first)
    rules = {str(rule.sqref): rule for rule in book.sheet.data_validations.dataValidation}

    def rule(row, key):
        return rules[book.cell(row, key).coordinate]

    assert (rule(0, "value").type, rule(0, "value").formula1) == ("decimal", "0")
    assert rule(2, "value").formula1 == '"Sí,No"'
    assert rule(0, "month_2").formula1 == '"Sí"'
    assert (rule(3, "declared").formula1, rule(3, "declared").formula2) == ("0", "100")
    assert "Pública" in rule(0, "evidence_classification").formula1


def test_who_only_contributes_is_offered_no_workbook(first, leader, house, plan):
    page = reverse("follow_up_entity", args=["cartago"])
    link = address("offline_download", first)
    assert link in leader.get(page).content.decode()
    office = make_office(house.entity, "Apoyo")
    helper = make_user("apoyo@cartago.example", house.entity, Role.LEADER, offices=[office])
    helper.memberships.update(valid_from=datetime.date(2020, 1, 1))
    supported = (
        ResponsibleContent(text=house.office.name, office=house.office),
        ResponsibleContent(text=office.name, office=office, role=ResponsibilityRole.SUPPORTS),
    )
    shared = ActivityContent(description="Compartida", months=MonthSet([2]), responsibles=supported)
    make_published_plan(house.entity, content=PlanContent(title="Compartido", activities=(shared,)))
    leader.force_login(helper)
    html = leader.get(page).content.decode()
    assert "Compartida" in html
    assert link not in html
    assert leader.get(address("offline_file", first), follow=True).status_code == 200


def test_what_is_finished_is_left_out_and_what_is_not_asked_for_says_so(house, leader):
    make_published_plan(
        house.entity,
        content=PlanContent(
            title="Plan",
            activities=(
                activity("Terminada en marzo", house.office, (_yes_no(),), months=(2,)),
                activity("Para el otro semestre", house.office, months=(9,)),
                activity("De mayo", house.office, months=(5,)),
            ),
        ),
    )
    with on_day(2024, 4, 5):
        one, two, *_ = make_year(house)
        reported(house, _named("Terminada en marzo"), one, value=1, executed_months=MonthSet([2]))
    with on_day(2024, 7, 5):
        leader.force_login(house.leader)
        book = download(leader, two)
        states = {book.cell(row, "activity").value: book.cell(row, "state").value for row in range(2)}
        assert len(book.rows) == 2
        assert states == {"De mayo": "Sin reporte", "Para el otro semestre": "No programada todavía: no se pide"}
        save_draft(promised(_named("Terminada en marzo"), two), two, {"narrative": "Más"}, by=house.leader,
                   revision=None)  # fmt: skip
        assert len(download(leader, two).rows) == 3


def _yes_no():
    return IndicatorContent(name="Adoptado", kind="yes_no")


def _named(description):
    return ActivityVersion.objects.get(description=description)


def test_a_period_that_takes_nothing_offers_no_workbook(first, leader, house, plan):
    book = download(leader, first).fill(0, narrative="Tarde")
    close(house, first)
    assert leader.get(address("offline_file", first)).url == address("offline_download", first)
    page = leader.get(address("offline_download", first))
    assert "no hay actividades por reportar" in page.content.decode()
    seen = preview(leader, first, book)
    assert titles(seen.context["blocked"]) == ["Hacer talleres"]
    assert "está cerrado" in seen.content.decode()


def test_the_last_report_and_what_it_came_to_stand_beside_the_cells(first, leader, house, plan):
    said = {"narrative": "Cuatro talleres", "executed_months": MonthSet([2])}
    reported(house, plan.activities.first(), first, value=4, **said)
    second = type(first).objects.get(ordinal=2)
    with on_day(2024, 7, 5):
        leader.force_login(house.leader)
        book = download(leader, second)
    row = next(row for row in range(4) if book.cell(row, "activity").value == "Hacer talleres")
    assert book.cell(row, "last").value == "trimestre I: Cuatro talleres\nIndicador: 4"
    assert "Van 4 hasta marzo." in book.cell(row, "asked").value
    assert book.cell(row, "narrative").value is None


def test_validated_activities_are_not_in_the_workbook(first, leader, house, plan):
    sent = report(house, plan.activities.first(), first)
    validate(house, sent)
    book = download(leader, first)
    assert [book.cell(row, "activity").value for row in range(3)] == [
        "Atender y adoptar", "Atender y adoptar", "=Divulgar",
    ]  # fmt: skip


def test_the_workbook_is_a_sound_file(first, leader):
    book = load_workbook(io.BytesIO(download(leader, first).content()))
    assert book.active.title == SHEET
