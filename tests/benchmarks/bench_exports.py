"""What the files cost, each against the bare library writing the same, in one run on one machine.

Seconds are of the processor, so that what else runs on the machine does not count. Not a test of speed.
"""

import datetime
import gc
import statistics
import time
import tracemalloc
from collections import Counter
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from import_export import fields, resources
from xlsxwriter.worksheet import Worksheet

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.plan import create_plan
from actionplans.imports import read_plan
from actionplans.models import ActivityVersion
from actionplans.months import MONTH_NAMES, MonthSet
from actionplans.reports.consolidated.files import write_consolidated
from actionplans.reports.consolidated.selection import Selection
from actionplans.reports.plan import built_in_workbook, own_workbook, pdf
from actionplans.reports.plan.builders import plan_sheet
from actionplans.reports.plan.sheet import OwnForm
from tests.factories import activity_contents, make_entity, make_office, make_published_plan, make_user

MANY = 10_000
SAMPLE = Path("fixtures/forms/MESG-AS-F17-participacion-ciudadana-2024.xlsx")
FORMATS = {"font_name": "Arial", "font_size": 9, "text_wrap": True, "valign": "vcenter", "border": 1}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def say(pytestconfig):
    """Print to the terminal while the test runs."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")

    def say_(line):
        with capture.global_and_fixture_disabled():
            print(f"\n  {line}", end="", flush=True)

    return say_


@pytest.fixture
def office():
    return make_office(make_entity())


def full_activity(number, office):
    """Something in every column: 30 of them, tasks and responsibles in lines of one cell."""
    indicator = IndicatorContent(
        name=f"Número de informes publicados {number} / Número programado",
        unit="informes",
        kind="count",
        accumulation="flow",
        direction="increasing",
        baseline=Decimal(1),
        **{name: Decimal(1) for name in ("target_1", "target_2", "target_3", "target_4")},
        target=Decimal(4),
    )
    return ActivityContent(
        description=f"Actividad {number}: socializar con la ciudadanía el componente {number % 17} del plan",
        detail="Con énfasis en la zona rural",
        printed_number=str(number),
        tasks=(f"Diseñar la pieza número {number}", "Aplicarla en las sedes y publicar el resultado"),
        months=MonthSet([number % 12 + 1, (number + 5) % 12 + 1]),
        starts=datetime.date(2025, 1, 15),
        ends=datetime.date(2025, 11, 30),
        deliverable=f"Informe {number} publicado en la página de la entidad",
        weight=Decimal("0.01"),
        budget=Decimal(1_000_000 + number),
        note="Depende del contrato de logística",
        indicators=(indicator,),
        responsibles=(ResponsibleContent(text=office.name, office=office),),
    )


def plan_of(count, office):
    activities = tuple(full_activity(number, office) for number in range(1, count + 1))
    return create_plan(office.entity, 2025, PlanContent(title=f"Plan de {count}", activities=activities), by=None)


def seconds(call, repeats=3) -> float:
    """Median of the processor's time."""
    times = []
    for _ in range(repeats):
        gc.collect()
        began = time.process_time()
        call()
        times.append(time.process_time() - began)
    return statistics.median(times)


def extra_memory(call) -> float:
    """Megabytes of Python's memory at the peak, beyond what was there before; several times slower."""
    gc.collect()
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1] / 1024 / 1024
    finally:
        tracemalloc.stop()


def cells_of(sheet):
    """Every cell that the built-in form writes: sheet, method of the library, row, column, value, its format."""
    written = []
    methods = {name: getattr(Worksheet, name) for name in (
        "_write_string", "_write_number", "_write_blank", "_write_datetime",
    )}  # fmt: skip

    def recording(name):
        def record(self, row, column, value, look=None):
            written.append((self.name, name[1:], row, column, value, id(look)))
            return methods[name](self, row, column, value, look)

        return record

    with pytest.MonkeyPatch.context() as patch:
        for name in methods:
            patch.setattr(Worksheet, name, recording(name))
        built_in_workbook.render(sheet)
    return written


def bare_workbook(cells, *, constant_memory=True):
    book = xlsxwriter.Workbook(BytesIO(), {"constant_memory": constant_memory})
    sheets = {name: book.add_worksheet(name) for name in dict.fromkeys(cell[0] for cell in cells)}
    looks = {look: book.add_format(FORMATS) for look in {cell[5] for cell in cells}}
    for name, method, row, column, value, look in cells:
        getattr(sheets[name], method)(row, column, value, looks[look])
    book.close()


def described(name):
    return fields.Field(column_name=name)


class ActivityResource(resources.ModelResource):
    """Thirty columns of an activity, as django-import-export takes them out of model instances."""

    class Meta:
        model = ActivityVersion
        fields = (
            "key", "printed_number", "description", "detail", "tasks", "schedule_text", "starts", "ends",
            "deliverable", "indicator", "unit", "target", "baseline", "responsible", "reports", "weight", "budget",
            "note",
        )  # fmt: skip

    key, tasks, indicator = described("clave"), described("tareas"), described("indicador")
    unit, target, baseline = described("unidad"), described("meta"), described("línea base")
    responsible, reports = described("responsables"), described("reporta")

    def dehydrate_key(self, row):
        return row.activity.key

    def dehydrate_tasks(self, row):
        return "\n".join(task.text for task in row.tasks.all())

    def dehydrate_indicator(self, row):
        return "\n".join(indicator.name for indicator in row.indicators.all())

    def dehydrate_unit(self, row):
        return "\n".join(indicator.unit for indicator in row.indicators.all())

    def dehydrate_target(self, row):
        return "\n".join(str(indicator.target) for indicator in row.indicators.all())

    def dehydrate_baseline(self, row):
        return "\n".join(str(indicator.baseline) for indicator in row.indicators.all())

    def dehydrate_responsible(self, row):
        return "; ".join(item.text for item in row.responsibilities.all())

    def dehydrate_reports(self, row):
        return "; ".join(item.office.name for item in row.responsibilities.all() if item.reports)


def month_field(month):
    class MonthField(fields.Field):
        def export(self, instance, **kwargs):
            return "X" if month in instance.months else ""

    return MonthField(column_name=MONTH_NAMES[month - 1])


def with_import_export(version):
    resource_ = ActivityResource()
    resource_.fields |= {f"month_{month}": month_field(month) for month in range(1, 13)}
    rows = version.activities.select_related("activity").prefetch_related(
        "tasks", "indicators", "responsibilities__office"
    )
    dataset = resource_.export(queryset=rows)
    assert dataset.width == 30
    return dataset.export("xlsx")


def test_workbook(office, say):
    version = plan_of(MANY, office)
    cells = cells_of(plan_sheet(version))
    per_sheet = Counter(cell[0] for cell in cells)
    gc.freeze()  # the record of the cells is not what is measured
    say(f"XLSX, {MANY} activities, {len(cells)} cells: " + ", ".join(f"{n} {c}" for n, c in per_sheet.items()))
    bare = seconds(lambda: bare_workbook(cells))
    read = seconds(lambda: plan_sheet(version))
    whole = seconds(lambda: built_in_workbook.render(plan_sheet(version)))
    other = seconds(lambda: with_import_export(version), repeats=1)
    say(f"     bare XlsxWriter, the same cells   {bare:6.2f} s")
    say(f"     portal: rows to values {read:.2f} s; all {whole:6.2f} s   ratio {whole / bare:.2f}")
    say(f"     django-import-export, 30 columns  {other:6.2f} s   ratio of the portal {whole / other:.2f}")
    memory = extra_memory(lambda: built_in_workbook.render(plan_sheet(version)))
    held = extra_memory(lambda: plan_sheet(version))
    spread = extra_memory(lambda: bare_workbook(cells, constant_memory=False))
    theirs = extra_memory(lambda: with_import_export(version))
    say(f"     memory beyond the start: portal {memory:.0f} MB, of which the values {held:.0f};")
    say(f"     XlsxWriter with all rows in memory {spread:.0f} MB, django-import-export {theirs:.0f} MB\n")
    gc.unfreeze()


def test_own_form(office, say):
    activities = activity_contents(MANY, office, tasks=("Diseñar", "Publicar"), deliverable="Informe publicado")
    sheet = plan_sheet(create_plan(office.entity, 2025, PlanContent(title="Plan", activities=activities), by=None))
    data = SAMPLE.read_bytes()
    form = OwnForm(data, read_plan(BytesIO(data), year=2025).layout)
    filled = seconds(lambda: own_workbook._filled(sheet, form), repeats=1)
    whole = seconds(lambda: own_workbook.render(sheet, form), repeats=1)
    say(f"XLSX in the entity's own form, {MANY} activities: filled in {filled:.1f} s,")
    say(f"     with reading the copy again before it goes out {whole:.1f} s\n")


@pytest.mark.parametrize("count", [100, 1_000])
def test_pdf(office, say, count):
    sheet = plan_sheet(plan_of(count, office))
    html, weasyprint = pdf.plan_html(sheet), pdf._weasyprint()

    def bare():
        document = weasyprint.HTML(string=html, url_fetcher=pdf.fetcher())
        return document.write_pdf(stylesheets=[weasyprint.CSS(filename=pdf.STYLE)], pdf_variant=pdf.VARIANT)

    repeats = 3 if count == 100 else 1
    alone, whole = seconds(bare, repeats), seconds(lambda: pdf.render(sheet), repeats)
    say(f"PDF, {count} activities: bare WeasyPrint on the same HTML {alone:.2f} s, portal {whole:.2f} s,")
    say(f"     ratio {whole / alone:.2f}\n")


@pytest.mark.parametrize("suffix", ["xlsx", "pdf"])
def test_consolidated(office, say, tmp_path, suffix):
    """The thirty plans of a year, of twenty activities each."""
    entity = office.entity
    for number in range(1, 31):
        activities = tuple(full_activity(n, office) for n in range(1, 21))
        make_published_plan(entity, year=2025, content=PlanContent(title=f"Plan {number}", activities=activities))
    reader = make_user("planeacion@cartago.example", entity, "planning")
    selection = Selection(entity=entity, year=2025, reader=reader)

    def write():
        write_consolidated(selection, suffix, tmp_path / f"planes.{suffix}", lambda *said: None)

    say(f"30 plans of 20 activities in one {suffix}: {seconds(write, repeats=1):.2f} s")
    if suffix == "xlsx":
        say(f"     memory beyond the start {extra_memory(write):.0f} MB\n")
