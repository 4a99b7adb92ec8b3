"""Layouts where a fill may be a mark of the schedule or only the ground under it."""

from openpyxl import Workbook
from workbook_tools import BLUE, ENE, GREY, HACIENDA, book, by_months, layout, shade


@layout
def bands_under_text_marks() -> Workbook:
    workbook = by_months(["x"], [None, "x"], [None, None, "x"], [], labels=ENE)
    shade(workbook.active, 3, range(3, 15), GREY)
    shade(workbook.active, 5, range(3, 15), GREY)
    return workbook


@layout
def bands_under_colour_marks() -> Workbook:
    workbook = by_months([], [], [], [], [], labels=ENE)
    for row in (3, 5):
        shade(workbook.active, row, range(3, 15), GREY)
    for row, column in ((2, 3), (4, 5), (5, 6), (6, 7)):
        shade(workbook.active, row, (column,))
    return workbook


@layout
def colour_left_out_where_text_marks() -> Workbook:
    workbook = by_months(["x", None, None, "x"], labels=ENE)
    shade(workbook.active, 2, (3, 4))
    return workbook


@layout
def text_in_some_rows_colour_in_others() -> Workbook:
    workbook = by_months(["x"], [], labels=ENE)
    shade(workbook.active, 3, (5, 6))
    return workbook


@layout
def whole_year_in_the_colour_of_the_others() -> Workbook:
    workbook = by_months([], [], [], labels=ENE)
    shade(workbook.active, 2, range(3, 15))
    shade(workbook.active, 3, (4,))
    shade(workbook.active, 4, range(3, 15))
    return workbook


@layout
def month_in_the_colour_of_the_axis() -> Workbook:
    workbook = book(
        ["EJE", "ACTIVIDAD", "RESPONSABLE", *ENE], ["Eje 1", "Una", HACIENDA], ["Eje 2", "Dos", HACIENDA]
    )
    shade(workbook.active, 2, (1, 5))
    shade(workbook.active, 3, (1, 7), BLUE)
    return workbook


@layout
def month_in_the_colour_of_the_header() -> Workbook:
    workbook = by_months([], labels=ENE)
    shade(workbook.active, 1, range(1, 15), BLUE)
    shade(workbook.active, 2, (5,), BLUE)
    return workbook
