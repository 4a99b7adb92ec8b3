"""Sentences and cells, without a database."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from actionplans.models import ActivityVersion
from actionplans.months import MonthSet
from actionplans.public.months import month_cells, schedule_sentence
from actionplans.public.presenters import PlanRow
from actionplans.public.rows import INDICATOR, ActivityRow, ResponsibleLine, deadline, indicator_line
from actionplans.templatetags.schedule import activity_lines, month_strip


@pytest.mark.parametrize(
    ("fields", "goal"),
    [
        ({"target": Decimal(12), "unit": "informes"}, "Meta: 12 informes"),
        ({"printed_target": "Según demanda"}, "Meta: Según demanda"),
        ({}, "Sin meta definida"),
        ({"kind": "yes_no"}, "Se responde con sí o no"),
    ],
)
def test_what_an_indicator_is_to_reach(fields, goal):
    said = dict.fromkeys(INDICATOR, "") | {"name": "Informes", "target": None, "baseline": None} | fields
    assert indicator_line(**said).goal == goal


def test_a_row_has_twelve_cells_with_quarters():
    cells = month_cells([2, 3], 2024, datetime.date(2024, 11, 5))

    assert [cell.number for cell in cells if cell.is_scheduled] == [2, 3]
    assert [cell.number for cell in cells if cell.starts_period] == [1, 4, 7, 10]
    by_four = month_cells([], 2024, datetime.date(2024, 11, 5), period=4)
    assert [cell.number for cell in by_four if cell.starts_period] == [1, 5, 9]
    assert [cell.number for cell in cells if cell.is_current] == [11]
    assert cells[1].letter == "F"


def test_no_month_is_current_in_another_year():
    assert not any(cell.is_current for cell in month_cells([], 2024, datetime.date(2025, 11, 5)))


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ([2, 3], "Programada en febrero y marzo"),
        (range(1, 13), "Programada de enero a diciembre"),
        (range(4, 7), "Programada de abril a junio"),
        ([2, 4, 5, 6], "Programada en febrero y abril a junio"),
        ([], "Sin programación"),
    ],
)
def test_the_schedule_in_words(months, words):
    assert schedule_sentence(MonthSet(months)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"schedule_text": "Segundo semestre"}, "Segundo semestre"),
        (
            {"starts": datetime.date(2025, 3, 1), "ends": datetime.date(2025, 10, 30)},
            "del 1 de marzo de 2025 al 30 de octubre de 2025",
        ),
        ({"ends": datetime.date(2025, 11, 30)}, "30 de noviembre de 2025"),
        ({}, ""),
    ],
)
def test_the_deadline_is_the_documents_own_words_before_its_dates(fields, words):
    assert deadline(ActivityVersion(**fields)) == words


def plan_row(scheduled=(), executed=(), missed=(), **said):
    empty = dict.fromkeys(("printed_number", "description", "detail", "deliverable", "note", "cancel_reason"), "")
    said = empty | {"schedule_text": "", "starts": None, "ends": None, "weight": None, "budget": None} | said
    numbers = dict.fromkeys(("pk", "number", "activity_id", "component_id", "position"), 1)
    activity = ActivityRow(months=MonthSet(scheduled), is_cancelled=False, **numbers, **said)
    return PlanRow(said=activity, schedule="Programada", executed=MonthSet(executed), missed=MonthSet(missed))


def test_a_strip_marks_and_says_each_month_and_leaves_the_others_empty():
    page = SimpleNamespace(current_month=5, period_months=4)
    cells = month_strip(plan_row([1, 2, 5], executed=[1, 3], missed=[2]), page).split("</td>")[:-1]

    assert len(cells) == 12
    for number, css, words in (
        (1, "mark-done", "Programada y ejecutada"),
        (2, "mark-missed", "Programada, sin ejecutar"),
        (3, "mark-extra", "Ejecutada sin estar programada"),
        (5, "mark-on", "Programada"),
    ):
        assert f'<span class="{css}"></span><span class="visually-hidden">{words}</span>' in cells[number - 1]
    assert cells[3] == '<td class="month">'
    assert [place for place, cell in enumerate(cells, start=1) if "quarter" in cell] == [1, 5, 9]
    assert [place for place, cell in enumerate(cells, start=1) if " now" in cell] == [5]


def test_a_row_without_months_says_so_in_one_cell():
    page = SimpleNamespace(current_month=None, period_months=3)
    assert month_strip(plan_row(), page) == '<td class="no-months quarter" colspan="12">Sin programación</td>'


def test_the_lines_of_a_row_agree_with_how_many_they_are_and_show_markup_as_text():
    who = (ResponsibleLine(name="<b>Uno</b>", role="leads"), ResponsibleLine(name="Dos", role="leads"))
    lines = activity_lines(plan_row(tasks=("Una", "Otra"), responsibles=who, weight=Decimal("2.5")), True)

    for said in (
        '<div class="only-phone"><dt>Programada</dt><dd></dd></div>',
        "<dt>2 tareas:</dt> <dd>Una · Otra</dd>",
        "<dt>Responden:</dt> <dd>&lt;b&gt;Uno&lt;/b&gt;; Dos</dd>",
        "<dt>Ponderación:</dt> <dd>2,5 %</dd>",
    ):
        assert said in lines
    assert "Plazo" not in lines
    assert activity_lines(plan_row(), False) == ""
