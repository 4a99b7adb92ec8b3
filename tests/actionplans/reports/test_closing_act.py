"""The act of a closing on paper: all that was frozen, in words that can be checked."""

import datetime
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.domain.following.reporting.reviewing import verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.jobs.running import run
from actionplans.models import Closing, Job
from actionplans.months import MonthSet
from actionplans.reports.closing import act_pdf as closing_act_pdf
from actionplans.reports.closing.act import closing_act
from actionplans.reports.issued import acts as issued_acts
from actionplans.reports.plan.pdf import PdfUnavailable
from actionplans.views.following import closing as closing_views
from planning.models import AuditEvent
from tests.factories import activity_contents, make_policy, make_published_plan
from tests.following import close, make_year, on_day, promised, reopen, report, reported, shipped_lights, validate
from tests.steps import approve_by_act, modify

from .conftest import run_on

COUNTED = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)


@pytest.fixture
def plan(house):
    """Five activities; of all of them something is programmed by March, and the last one was cancelled."""
    shipped_lights()
    content = PlanContent(
        title="Plan de prueba",
        activities=activity_contents(5, house.office, months=MonthSet([1, 6]), indicators=(COUNTED,)),
    )
    version = make_published_plan(house.entity, content=content, policy=make_policy())
    draft = modify(version, house, month=2)
    draft.activities.filter(position=5).update(is_cancelled=True, cancel_reason="Ya no hace falta.")
    return approve_by_act(draft, house, date=datetime.date(2024, 2, 1))


@pytest.fixture
def first(house, plan):
    return make_year(house)[0]


@pytest.fixture
def closing(house, plan, first):
    """Of 10 workshops a year: 3 validated, 2 sent and not validated, nothing, 4 that planning corrected to 3."""
    one, two, _three, four = plan.activities.filter(is_cancelled=False).order_by("position")
    with on_day(2024, 4, 10):
        reported(house, one, first, 3)
        report(house, two, first, 2)
        verify_progress(promised(one, first), first, by=house.auditor, value=25, opinion="Faltó una lista.")
        sent = report(house, four, first, 4)
        correction = ReadingContent(key=1, name="Talleres", value=Decimal(3))
        validate(house, sent, comment="Sobraba uno.", corrections=[correction])
    with on_day(2024, 4, 20):
        return close(house, first)


def act_of(closing):
    return closing_act(Closing.objects.select_related("period__entity", "by").get(pk=closing.pk))


def printed(closing, *options):
    return run_on("pdftotext", closing_act_pdf.render(act_of(closing)), *options)


def together(text):
    return re.sub(r"\s+", " ", text)


def tight(text):
    return re.sub(r"\s+", "", text)


def test_every_activity_stands_with_its_figures_and_the_state_of_its_report(closing):
    [part] = act_of(closing).plans
    rows = [(row.programmed, row.executed, row.to_date, row.report, row.verified) for row in part.activities]
    assert rows[0] == (50, 30, 60, "Validado", "25 %")
    assert rows[1] == (50, None, None, "Enviado, sin validar", "")
    assert rows[2] == (50, None, None, "Sin reporte", "")
    assert rows[3] == (50, 30, 60, "Validado, con valor corregido por planeación", "")
    assert part.activities[4].is_cancelled
    assert [row.state for row in part.activities] == [
        "", "Sin reporte", "Sin reporte", "", "Cancelada",
    ]  # fmt: skip


def test_totals_bring_their_rule_and_what_stayed_out(closing):
    act = act_of(closing)
    assert (act.whole.executed, act.whole.programmed, act.whole.light.label) == (30, 50, "En riesgo")
    assert act.plans[0].total.rule.startswith("Promedio simple de 2 de 4 actividades")
    assert {line.kind for line in act.groups} == {"Dimensión", "Política", "Dependencia"}
    assert all(line.rule for line in act.groups)
    assert act.left_out == (("Sin reporte", 2), ("Cancelada", 1))
    assert act.reports == (("Enviado, sin validar", 1), ("Validado", 2), ("Sin reporte", 1))


def test_the_paper_is_tagged_letter_landscape_with_its_title_and_numbered_pages(closing, pdf_tools):
    content = closing_act_pdf.render(act_of(closing))
    told = run_on("pdfinfo", content)
    assert "Acta de cierre del trimestre I de 2024 · Cierre n.º 1 · Alcaldía de Cartago" in told
    assert re.search(r"Tagged: +yes", told)
    assert re.search(r"Page size: +792 x 612 pts", told)
    pages = int(re.search(r"Pages: +(\d+)", told)[1])
    shown = run_on("pdftotext", content)
    assert [f"Página {n} de {pages}" in shown for n in range(1, pages + 1)] == [True] * pages
    structure = run_on("pdfinfo", content, "-struct")
    assert {"H1", "H2", "Table", "TH", "TD"} <= set(structure.replace(":", "").split())


def test_the_heads_of_tables_come_again_on_every_page(house, pdf_tools):
    shipped_lights()
    make_published_plan(house.entity, activities=60, office=house.office)
    first = make_year(house)[0]
    with on_day(2024, 4, 20):
        closing = close(house, first)
    pages = printed(closing, "-layout").split("\f")
    with_rows = [page for page in pages if re.search(r"Actividad número", page)]
    assert len(with_rows) > 2
    assert all("Programado" in page and "Reporte" in page for page in with_rows)


def test_the_paper_says_all_that_seals_it_and_how_to_check(closing, pdf_tools):
    shown = together(printed(closing))
    assert closing.digest in tight(shown)
    assert closing.chain_head in tight(shown)
    assert f"N.º {closing.chain_sequence}" in shown
    assert "sha256sumcorte-cartago-2024-trimestre-i-cierre-1.json" in tight(shown)
    assert "verify_audit --entity cartago" in shown
    for words in ("Oficina de planeación", "Control interno", "Nombre:", "Cargo:"):
        assert words in shown
    for words in ("De 0 % a menos de 60 %", "De 60 % a menos de 80 %", "80 % o más", "▲ En riesgo"):
        assert words in shown


def test_the_head_printed_is_that_of_the_event_before_the_closing(closing):
    event = AuditEvent.objects.get(chain__entity=closing.entity, sequence=closing.chain_sequence)
    assert event.digest == closing.chain_head
    after = AuditEvent.objects.get(chain__entity=closing.entity, sequence=closing.chain_sequence + 1)
    assert (after.event, after.new["digest"]) == ("close_period", closing.digest)


def test_a_second_act_says_what_the_first_one_said_and_why_it_changed(house, plan, first, closing, pdf_tools):
    two = plan.activities.get(position=2)
    with on_day(2024, 4, 25):
        reopen(house, first, [two], until=datetime.date(2024, 5, 5), act_name="Acta n.º 4")
    with on_day(2024, 4, 28):
        reported(house, two, first, 6)
    with on_day(2024, 5, 6):
        second = close(house, first)
    shown = together(printed(second))
    assert "Cierre n.º 2" in shown
    # (30 + 60 + 30) ÷ 3 activities
    assert "En el cierre n.º 1 lo ejecutado por la entidad era 30 %; en este es 40 %." in shown
    assert "Motivo: Se encontró un error." in shown
    assert "Acto que ordenó reabrir: Acta n.º 4, del 25 de abril de 2024." in shown
    assert (
        "Se reabrió el 25 de abril de 2024 y las actividades reabiertas se reportaron hasta el 5 de mayo" in shown
    )
    assert act_of(second).earlier.changes == (
        ("Entidad", "Alcaldía de Cartago", "30 % de 50 %", "40 % de 50 %"),
        ("Plan", "Plan de prueba", "30 % de 50 %", "40 % de 50 %"),
        ("Actividad reabierta", "2. Actividad número 2", "Sin reporte", "60 % de 50 %"),
    )
    assert "60 % de 50 %" in shown


def test_a_reopened_activity_that_stayed_as_it_was_is_named_too(house, plan, first, closing):
    one = plan.activities.get(position=1)
    with on_day(2024, 4, 25):
        reopen(house, first, [one], until=datetime.date(2024, 5, 5))
    with on_day(2024, 4, 28):
        reported(house, one, first, 3)
        second = close(house, first)
    earlier = act_of(second).earlier
    assert {(kind, before == now) for kind, _, before, now in earlier.changes} == {
        ("Entidad", True), ("Plan", True), ("Actividad reabierta", True),
    }  # fmt: skip
    assert earlier.until == "hasta el cierre; el plazo iba hasta el 5 de mayo de 2024"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (2, "Del 1 de abril de 2024 hasta el cierre; el plazo iba hasta el 15 de abril de 2024"),
        (20, "Del 1 de abril de 2024 al 15 de abril de 2024"),
    ],
)
def test_the_days_to_report_are_those_that_were(day, told, house, plan, first):
    with on_day(2024, 4, day):
        closing = close(house, first)
    assert dict(act_of(closing).facts)["Se reportó"] == told


def test_silence_is_told_only_of_what_was_owed(house, plan, first, closing):
    """The second quarter asks for nothing in April to June but of June; here the third asks for nothing at all."""
    _, second, third, _ = first.entity.periods.order_by("ordinal")
    one, two, *_ = plan.activities.filter(is_cancelled=False).order_by("position")
    with on_day(2024, 7, 3):
        reported(house, one, second, 7, executed_months=MonthSet([1, 6]))
        reported(house, two, second, 2)
    with on_day(2024, 10, 20):
        act = act_of(close(house, third))
    [part] = act.plans
    # Done; January never said to be done; and two that are late with June.
    assert [row.report for row in part.activities[:4]] == [
        "No se esperaba reporte", "Sin reporte", "Sin reporte", "Sin reporte",
    ]  # fmt: skip
    assert act.reports == (("Sin reporte", 3), ("No se esperaba reporte", 1))
    assert closing.snapshot["owed"] == sorted(
        row.activity_id for row in plan.activities.filter(is_cancelled=False)
    )


def test_totals_say_how_many_activities_are_in_each_figure(house, first, closing, pdf_tools):
    act = act_of(closing)
    assert act.whole.counting == "En el año cuentan 2 de 4 actividades; en el periodo, 2."
    assert act.plans[0].total.counting == act.whole.counting
    assert act.whole.counting in together(printed(closing))


def test_totals_say_what_counts_without_anything_due(house, pdf_tools):
    content = PlanContent(
        title="Plan de fin de año",
        activities=(
            *activity_contents(1, house.office, months=MonthSet([3]), indicators=(COUNTED,)),
            *activity_contents(2, house.office, months=MonthSet([11]), indicators=(COUNTED,)),
        ),
    )
    version = make_published_plan(house.entity, content=content)
    first = make_year(house)[0]
    with on_day(2024, 4, 3):
        reported(house, version.activities.first(), first, 10)
    with on_day(2024, 4, 20):
        act = act_of(close(house, first))
    words = "En el año cuentan 3 de 3 actividades, 2 de ellas con 0 % de 0 % porque aún no tenían nada programado"
    assert act.whole.counting.startswith(words)
    assert act.plans[0].total.counting.startswith(words)


def test_the_lines_to_sign_stand_with_what_they_are_under(house, pdf_tools):
    """Whatever the length of the act, its last page has the seal and not the signatures alone."""
    shipped_lights()
    for number in (1, 9, 14, 20):
        make_published_plan(house.entity, title=f"Plan {number}", activities=number, office=house.office)
        period = make_year(house, 2024 + number)[0] if number > 1 else make_year(house)[0]
        with on_day(2024 + number if number > 1 else 2024, 4, 20):
            last = printed(close(house, period)).rstrip("\f").split("\f")[-1]
        assert "Cargo:" in last
        assert "verify_audit" in last


def test_the_act_says_what_was_frozen_whatever_was_renamed_since(house, closing):
    house.office.name = "Otra secretaría"
    house.office.save()
    house.entity.traffic_lights.create(key="nuevo", name="Nuevo", is_in_use=True)
    act = act_of(closing)
    assert "Otra secretaría" not in {line.name for line in act.groups}
    assert act.light_name == "Tres franjas"


def test_a_closing_of_nothing_has_an_act_too(house, pdf_tools):
    first = make_year(house)[0]
    with on_day(2024, 4, 20):
        closing = close(house, first)
    shown = together(printed(closing))
    assert "Ningún plan se seguía en este periodo." in shown
    assert "Semáforo con que se leyeron" not in shown


def test_the_act_is_downloaded_under_its_name(house, first, closing, client, pdf_tools):
    client.force_login(house.leader)
    answer = client.get(reverse("period_act", args=["cartago", first.pk, 1]))
    assert answer.getvalue().startswith(b"%PDF-")
    assert 'filename="acta-cartago-2024-trimestre-i-cierre-1.pdf"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_a_long_act_is_drawn_outside_the_request(house, first, closing, client, monkeypatch, pdf_tools):
    monkeypatch.setattr(closing_views, "MOST_AT_ONCE", 4)
    address = reverse("period_act", args=["cartago", first.pk, 1])
    client.force_login(house.auditor)
    answer = client.get(address)
    assert "Preparar el acta" in answer.content.decode()
    answer = client.post(address)
    job = Job.objects.get()
    assert answer.url == reverse("job", args=["cartago", job.pk])
    run(job.pk)
    answer = client.get(reverse("job_file", args=["cartago", job.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert "acta-cartago-2024-trimestre-i-cierre-1.pdf" in answer["Content-Disposition"]


def test_a_server_without_the_libraries_says_so(house, first, closing, client, monkeypatch):
    def fails(act, mark):
        raise PdfUnavailable

    monkeypatch.setattr(issued_acts, "render", fails)
    client.force_login(house.planning)
    answer = client.get(reverse("period_act", args=["cartago", first.pk, 1]))
    assert answer.status_code == 503
    assert "apt-get install" in answer.content.decode()
