"""Several drafts sent at once: those that are complete, after a look at all."""

import pytest

from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.enums import ReportStatus
from actionplans.models import Report
from tests.following import report
from tests.report_steps import COUNTED, NO_TARGET, RATIO, YES_NO

from .writing import WHOLE, draft_of, keep, link_typed, the_report

pytestmark = pytest.mark.django_db


def test_all_complete_drafts_go_and_the_rest_say_what_they_lack(post, desk, client):
    keep(desk, COUNTED, WHOLE)
    keep(desk, YES_NO, {"value_1": "1", "narrative": "Se publicó.", **link_typed("publica")})
    keep(desk, RATIO, {"numerator_1": "19"})
    client.force_login(desk.house.leader)
    address = f"/seguimiento/cartago/{desk.quarter.pk}/enviar/"
    page = client.get(address)
    assert [row.work.number for row in page.context["ready"]] == ["1", "3"]
    lacking = {row.work.number: row.lacks for row in page.context["lacking"]}
    assert set(lacking) == {"2", "4"}
    assert "Escriba también esta cifra: hacen falta las dos." in lacking["2"]
    assert lacking["4"] == ("Todavía no se ha escrito nada.",)
    assert Report.objects.filter(status=ReportStatus.SUBMITTED).count() == 0
    client.post(address)
    sent = Report.objects.filter(status=ReportStatus.SUBMITTED)
    assert {row.activity.key for row in sent.select_related("activity")} == {COUNTED, YES_NO}
    assert the_report(desk, YES_NO).current.evidence.get().url == "https://ejemplo.gov.co/a"
    assert draft_of(desk, RATIO).answers == {"numerator_1": "19"}


def test_a_half_typed_link_keeps_a_draft_from_being_ready(desk, client):
    keep(desk, COUNTED, {**WHOLE, **link_typed("")})
    client.force_login(desk.house.leader)
    page = client.get(f"/seguimiento/cartago/{desk.quarter.pk}/enviar/")
    assert page.context["ready"] == []
    assert "Elija quién la puede ver." in {words for row in page.context["lacking"] for words in row.lacks}


def test_what_is_sent_together_is_looked_at_first(desk, client):
    sent = report(desk.house, desk.activities[COUNTED], desk.quarter, 22)
    keep(desk, COUNTED, {**WHOLE, "narrative": "Corregido"})
    back = report(desk.house, desk.activities[NO_TARGET], desk.quarter, narrative="Una.")
    return_report(back, by=desk.house.planning, number=1, comment="Falta el acta.")
    keep(desk, NO_TARGET, {"narrative": "Una."})
    keep(
        desk,
        YES_NO,
        {"value_1": "1", "narrative": "Hecho.", **link_typed("publica"), "evidence_url": "http://10.0.0.1/a"},
    )
    client.force_login(desk.house.leader)
    page = client.get(f"/seguimiento/cartago/{desk.quarter.pk}/enviar/")
    ready = {row.work.number: row.remarks for row in page.context["ready"]}
    lacking = {row.work.number: (row.lacks, row.remarks) for row in page.context["lacking"]}
    assert ready == {"1": ("Va sin evidencia.", "Ya se envió: con esto queda la versión 2.")}
    assert lacking["4"] == (
        ("Planeación lo devolvió y todavía no se ha corregido.",),
        ("Se lo devolvieron y pedían: «Falta el acta.».",),
    )
    assert "red interna" in lacking["3"][0][0]
    client.post(f"/seguimiento/cartago/{desk.quarter.pk}/enviar/")
    sent.refresh_from_db()
    assert sent.current.number == 2
