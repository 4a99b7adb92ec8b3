"""How cost grows: measured, printed, and compared inside one run on one machine. Not a test of speed."""

import resource
import statistics
import time

import openpyxl
import pytest
from django.urls import reverse

from actionplans.imports import read_plan
from tests.factories import make_entity, make_office, make_published_plan

REPEATS = 7


def milliseconds(call) -> float:
    """Median wall time of several calls, after one that warms up."""
    call()
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def report(capsys, line):
    with capsys.disabled():
        print(f"\n  {line}", end="")


@pytest.mark.django_db
def test_plan_page(client, capsys):
    entity = make_entity()
    office = make_office(entity)
    cost = {}
    for count in (9, 300):
        version = make_published_plan(entity, title=f"Plan de {count}", activities=count, office=office)
        address = reverse("plan", args=["cartago", 2024, version.plan.slug])
        cost[count] = milliseconds(lambda address=address: client.get(address))
    per_activity = (cost[300] - cost[9]) / 291
    report(capsys, f"plan page: 9 activities {cost[9]:.0f} ms, 300 activities {cost[300]:.0f} ms")
    report(capsys, f"           {per_activity:.2f} ms for each further activity, same number of queries")


def workbook(path, rows):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    sheet.append(["N°", "ACTIVIDADES", *range(1, 13), "PRODUCTOS", "INDICADOR", "RESPONSABLES"])
    for number in range(1, rows + 1):
        months = ["X" if month == number % 12 + 1 else None for month in range(1, 13)]
        sheet.append([number, f"Actividad {number}", *months, "Informe", "Número de informes", "Planeación"])
    book.save(path)


def test_reading_a_workbook(tmp_path, capsys):
    seconds = {}
    for rows in (1_000, 10_000):
        path = tmp_path / f"{rows}.xlsx"
        workbook(path, rows)
        began = time.perf_counter()
        assert len(read_plan(path, year=2025).activities) == rows
        seconds[rows] = time.perf_counter() - began
    ratio = seconds[10_000] / seconds[1_000]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report(capsys, f"reading a workbook: 1.000 rows {seconds[1_000]:.2f} s, 10.000 rows {seconds[10_000]:.2f} s")
    report(capsys, f"           ratio {ratio:.1f} for ten times the rows; peak memory {peak:.0f} MB\n")
