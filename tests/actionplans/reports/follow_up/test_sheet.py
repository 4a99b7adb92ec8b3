"""The follow-up as values: three figures side by side, what is closed as it was closed, totals with their rule."""

from dataclasses import replace
from decimal import Decimal

import pytest

from actionplans import guards
from actionplans.domain.contents.content import ActivityContent, PlanContent
from actionplans.domain.following.reporting.reviewing import verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.models import ActionPlan, ClosedFigure
from actionplans.reports.follow_up.builder import follow_up_sheet
from actionplans.reports.follow_up.selection import NothingToFollow
from planning.models import Membership
from tests.factories import make_published_plan, make_user
from tests.following import close, link, months, on_day, promised, reopen, report, reported, validate

from .steps import fresh, selection

pytestmark = pytest.mark.django_db
QUERIES = 42


def test_a_row_sets_the_three_values_side_by_side(house, tracked, told):
    with on_day(2024, 4, 20):
        verify_progress(promised(tracked[0], told), told, by=house.auditor, value=40, opinion="Faltan soportes")
        sheet = follow_up_sheet(selection(house, told))
    first, second, third = sheet.rows
    assert (first.plan, first.number, first.activity, first.scheduled) == (
        "Plan de percepción", "1", "Aplicar encuestas", "febrero, mayo, agosto y noviembre",
    )  # fmt: skip
    assert (first.programmed, first.executed, first.to_date) == (25, 50, 200)
    assert (first.reported, first.validated, first.verified) == (50, 50, 40)
    assert (first.light, first.state, first.report_status) == ("Al día", "Medida", "Reporte validado")
    assert (first.narrative, first.difficulties) == ("Treinta encuestas", "Llovió")
    assert first.opinion == "Faltan soportes"
    assert [(line.name, line.classification, line.sha256) for line in first.evidence] == [
        ("https://ejemplo.gov.co/informe.pdf", "Pública", "")
    ]
    assert (second.reported, second.validated, second.executed, second.state) == (
        100, None, None, "Sin reporte validado",
    )  # fmt: skip
    assert (second.marks, second.source) == ("lo registró planeación", "Oficio 14")
    assert (third.reported, third.validated, third.report_status, third.evidence) == (
        None,
        None,
        "Sin reporte",
        (),
    )


def test_a_corrected_value_goes_beside_the_reported_one_with_its_reason(house, tracked, quarters):
    with on_day(2024, 4, 5):
        sent = report(house, tracked[0], quarters[0], 30)
        fifteen = ReadingContent(key=1, name="Encuestas aplicadas", value=Decimal(15))
        validate(house, sent, comment="Quince son de 2023", corrections=(fifteen,))
        row = follow_up_sheet(selection(house, quarters[0])).rows[0]
    assert (row.reported, row.validated, row.executed) == (50, 25, 25)
    assert (row.marks, row.correction) == ("corregido por planeación", "Quince son de 2023")
    assert row.results == "Indicador: 30; Encuestas aplicadas (corregido): 15"


def test_an_open_period_says_that_it_is_provisional_and_a_closed_one_proves_itself(house, told):
    with on_day(2024, 4, 10):
        [part] = follow_up_sheet(selection(house, told)).parts
    assert not part.is_final
    assert dict(part.closing)["Estado"].startswith("Datos abiertos y provisionales")
    with on_day(2024, 4, 20):
        closing = close(house, told)
        [part] = follow_up_sheet(selection(house, fresh(told))).parts
    assert part.is_final
    facts = dict(part.closing)
    assert facts["Huella del cierre (SHA-256)"] == closing.digest
    assert facts["Cabeza de la auditoría al cerrar"] == f"Hecho n.º {closing.chain_sequence}, {closing.chain_head}"
    assert facts["Cierre"] == "N.º 1, del 20/04/2024 a las 10:00"


def test_a_closed_period_gives_the_figures_of_its_closing(house, tracked, told):
    """What is kept counts, whatever would be measured today; what the office sent stands beside it."""
    with on_day(2024, 4, 20):
        before = follow_up_sheet(selection(house, told))
        close(house, told)
        after = follow_up_sheet(selection(house, fresh(told)))
    assert [replace(row, report_status="") for row in after.rows] == [
        replace(row, report_status="") for row in before.rows
    ]
    assert after.parts[0].totals == before.parts[0].totals
    with guards.lifted():
        ClosedFigure.objects.filter(activity=tracked[0]).update(executed=Decimal("33.3333"))
    [first, *_] = follow_up_sheet(selection(house, fresh(told))).rows
    assert (first.executed, first.reported) == (Decimal("33.3333"), 50)


def test_a_reopened_period_is_provisional_again_and_names_its_last_closing(house, tracked, told):
    with on_day(2024, 4, 20):
        close(house, told)
    with on_day(2024, 5, 2):
        reopen(house, fresh(told), tracked[:1], until=told.closes.replace(month=5, day=9))
        sheet = follow_up_sheet(selection(house, fresh(told)))
    [part] = sheet.parts
    assert (part.is_final, dict(part.closing)["Cierre"]) == (False, "N.º 1, del 20/04/2024 a las 10:00")
    assert (sheet.rows[0].report_status, sheet.rows[0].validated) == ("Devuelto", None)


def test_the_year_gathers_the_words_of_its_periods_at_the_last_cut(house, tracked, told, quarters):
    with on_day(2024, 4, 20):
        close(house, told)
    with on_day(2024, 7, 5):
        reported(house, tracked[0], quarters[1], 10, narrative="Diez más")
        sheet = follow_up_sheet(selection(house))
    assert [part.period for part in sheet.parts] == ["Trimestre I de 2024", "Trimestre II de 2024"]
    row = sheet.rows[0]
    assert row.period == "2024, hasta el trimestre II"
    assert row.narrative == "Trimestre I: Treinta encuestas\nTrimestre II: Diez más"
    assert [line.period for line in row.evidence] == ["Trimestre I"]
    assert (row.programmed, round(row.executed, 4)) == (50, Decimal("66.6667"))
    assert sheet.parts[1].rows[0].narrative == "Diez más"
    assert sheet.rows[1].reported == 100  # told in the first quarter


def totals(sheet):
    return {(line.scope, line.name): line for line in sheet.parts[-1].totals}


def test_what_is_chosen_brings_its_rows_and_the_totals_that_are_whole_in_it(house, told, followed, offices):
    policy = ActionPlan.objects.get(slug="plan-de-ingresos").policy
    with on_day(2024, 4, 10):
        whole = follow_up_sheet(selection(house, told))
        of_plan = follow_up_sheet(selection(house, told, plan=followed.plan))
        of_policy = follow_up_sheet(selection(house, told, policy=policy))
        of_office = follow_up_sheet(selection(house, told, office=offices))
        of_both = follow_up_sheet(selection(house, told, office=offices, policy=policy))
        with pytest.raises(NothingToFollow):
            follow_up_sheet(selection(house, told, office=offices, plan=followed.plan))
    assert len(whole.rows) == 5
    assert {scope for scope, _ in totals(whole)} == {"Entidad", "Dimensión", "Política", "Plan", "Dependencia"}
    assert (len(of_plan.rows), list(totals(of_plan))) == (3, [("Plan", "Plan de percepción")])
    assert [row.activity for row in of_policy.rows] == ["Recaudo 1", "Recaudo 2"]
    assert list(totals(of_policy)) == [("Política", policy.name), ("Plan", "Plan de ingresos")]
    assert list(totals(of_office)) == [("Dependencia", "Secretaría de Hacienda")]
    assert list(totals(of_both)) == [("Lo elegido", "Lo elegido")]
    assert selection(house, told, plan=followed.plan).size() == 3
    assert selection(house, told, office=offices).size() == 2
    assert selection(house, told, policy=policy).size() == 2


def test_a_total_says_its_rule_and_of_which_rows_it_is_the_simple_mean(house, told, tracked, offices):
    """By hand: the surveys, 50 of 25; a report waits for its validation and a talk has no target."""
    with on_day(2024, 4, 10):
        found = totals(follow_up_sheet(selection(house, told)))
    plan = found["Plan", "Plan de percepción"]
    assert (plan.executed, plan.programmed, plan.to_date, plan.counted, plan.total) == (50, 25, 200, 1, 3)
    assert (plan.method, plan.members, plan.light) == ("promedio simple", "plan", "Al día")
    assert plan.rule.startswith("Promedio simple de 1 de 3 actividades")
    assert plan.left_out == "sin meta definida (1), sin reporte (1)"
    weighted = found["Plan", "Plan de ingresos"]
    assert (weighted.executed, weighted.members) == (None, "")
    assert found["Entidad", house.entity.name].members == "totales"


def test_weighted_totals_name_their_rows_too(house, quarters, offices):
    with on_day(2024, 4, 5):
        one, two = ActionPlan.objects.get(slug="plan-de-ingresos").activities.order_by("key")
        leader = make_user("hacienda@cartago.example", house.entity, "leader", offices=[offices])
        Membership.objects.filter(user=leader).update(valid_from=quarters[0].starts)
        reported(house, one, quarters[0], by=leader, declared=100)
        reported(house, two, quarters[0], by=leader, declared=0)
        found = totals(follow_up_sheet(selection(house, quarters[0])))
    plan = found["Plan", "Plan de ingresos"]
    assert (plan.executed, plan.method, plan.members) == (70, "ponderado", "plan")
    assert found["Dependencia", "Secretaría de Hacienda"].executed == 70
    assert found["Política", "Participación Ciudadana en la Gestión Pública"].members == "totales"


def test_what_was_sent_and_never_validated_is_not_called_silence(house, told):
    with on_day(2024, 4, 10):
        before = follow_up_sheet(selection(house, told))
    with on_day(2024, 4, 20):
        close(house, told)
        after = follow_up_sheet(selection(house, fresh(told)))
    assert [row.report_status for row in before.rows] == [
        "Reporte validado",
        "Enviado, por validar",
        "Sin reporte",
    ]
    assert [row.report_status for row in after.rows] == [
        "Reporte validado", "La dependencia reportó; planeación no lo validó antes del cierre", "Sin reporte",
    ]  # fmt: skip
    assert after.rows[1].state == "Sin reporte validado"
    assert {(scope, line.unvalidated) for (scope, _), line in totals(after).items()} == {
        ("Entidad", 2), ("Plan", 2), ("Dependencia", 2),
    }  # fmt: skip


def test_a_figure_of_earlier_reports_says_that_this_period_has_none(house, tracked, quarters):
    """The surveys go on in May; the report was published and the talks were given: nothing more was asked."""
    with on_day(2024, 4, 6):
        reported(house, tracked[0], quarters[0], 30)
        reported(house, tracked[1], quarters[0], 1)
        reported(house, tracked[2], quarters[0], declared=100)
    with on_day(2024, 7, 5):
        sheet = follow_up_sheet(selection(house, quarters[1]))
    first, second, third = sheet.rows
    assert (first.light, first.state) == ("Al día", "Medida, sin reporte validado de este periodo")
    assert (first.duty, first.report_status) == ("Le toca en este periodo", "Sin reporte")
    assert (second.state, second.report_status) == ("Medida", "Terminada, no se le pidió reporte")
    assert third.state == "Declarado por la dependencia"
    assert third.report_status == "Terminada, no se le pidió reporte"
    assert totals(sheet)["Plan", "Plan de percepción"].unvalidated == 1


def test_what_was_not_due_was_not_asked_for(house, quarters):
    activities = (
        ActivityContent(description="En agosto", months=months(8)),
        ActivityContent(description="Ya no", months=months(1), is_cancelled=True, cancel_reason="Sin convenio"),
    )
    content = PlanContent(title="Plan de agosto", activities=activities)
    make_published_plan(house.entity, content=content, year=2024)
    with on_day(2024, 4, 5):
        sheet = follow_up_sheet(selection(house, quarters[0]))
    assert [row.report_status for row in sheet.rows] == ["No le tocaba reportar", "Cancelada"]
    assert totals(sheet)["Plan", "Plan de agosto"].unvalidated == 0


def test_a_closing_that_counts_no_more_keeps_its_totals_and_says_why(house, tracked, told):
    with on_day(2024, 4, 20):
        first = close(house, told)
    with on_day(2024, 5, 2):
        reopen(house, fresh(told), tracked[:1], until=told.closes.replace(month=5, day=9))
        [open_again] = follow_up_sheet(selection(house, fresh(told))).parts
    with on_day(2024, 5, 3):
        reported(house, tracked[0], fresh(told), 12)
    with on_day(2024, 5, 12):
        close(house, fresh(told))
        [part] = follow_up_sheet(selection(house, fresh(told))).parts
        [chosen] = follow_up_sheet(selection(house, fresh(told), plan=tracked[0].plan, office=house.office)).parts
    [old] = part.earlier
    assert old.name == "Trimestre I de 2024, cierre n.º 1"
    assert dict(old.facts) == {
        "Cierre n.º 1, que ya no cuenta": f"del 20/04/2024 a las 10:00, huella {first.digest}",
        "Se reabrió": "El 02/05/2024, según Acta n.º 9. Motivo: «Se encontró un error.»",
    }
    of = {line.scope: (line.executed, line.members, line.unvalidated) for line in old.totals}
    now = {line.scope: (line.executed, line.members, line.unvalidated) for line in part.totals}
    assert (of["Plan"], now["Plan"]) == ((50, "", None), (20, "plan", 2))
    assert [line.executed for past in open_again.earlier for line in past.totals if line.scope == "Plan"] == [50]
    assert [(line.scope, line.executed) for line in chosen.earlier[0].totals] == [("Lo elegido", 50)]


def test_a_plan_by_four_month_periods_is_not_in_a_quarter(house, told, followed):
    with on_day(2024, 4, 10):
        ActionPlan.objects.filter(pk=followed.plan_id).update(scheme="cuatrimestre")
        with pytest.raises(NothingToFollow):
            follow_up_sheet(selection(house, told))


@pytest.mark.parametrize("more", [0, 2])
def test_the_queries_depend_only_on_the_periods(house, tracked, told, more, django_assert_num_queries):
    for number in range(more):
        make_published_plan(house.entity, title=f"Plan {number}", office=house.office)
    with on_day(2024, 4, 5):
        if more:
            reported(house, tracked[2], told, evidence=(link(house),))
        with django_assert_num_queries(QUERIES):
            follow_up_sheet(selection(house, told))
