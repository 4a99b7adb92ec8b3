"""The audit trail: found by plan, person, day and event; taken along and proved without the portal."""

import ast
import csv
import datetime
import hashlib
import io
import json
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from actionplans.domain.event_names import EVENT_NAMES
from actionplans.domain.following.procedure import REPORT_TRANSITIONS
from actionplans.domain.procedure import PLAN_TRANSITIONS
from actionplans.jobs.audit_extract import extract_audit, params_of
from actionplans.jobs.contract import JobRefused
from actionplans.models import Job
from actionplans.reports.audit import extract as audit_extract
from actionplans.reports.audit.extract import COLUMNS
from actionplans.reports.audit.selection import AuditChoice
from actionplans.reports.plan.tables import rows_of
from planning import audit
from planning.models import AuditChain, AuditEvent
from tests.factories import make_draft
from tests.reading import words_of

TRAIL, EXTRACT = "/auditoria/cartago/", "/auditoria/cartago/extracto/"


@pytest.fixture
def plans(house):
    one = make_draft(house.entity, title="Plan uno", by=house.planning)
    return one, make_draft(house.entity, title="Plan dos")


def told(entity, obj, event="change", **fields):
    return audit.record(entity, obj, event, **{"by": None, **fields})


def numbers(client, **asked):
    return [event.sequence for event in client.get(TRAIL, asked).context["page"]]


def test_the_trail_is_narrowed_by_plan_person_event_and_day(house, client, plans):
    one, two = plans
    office = told(house.entity, house.office, by=house.planning)
    AuditEvent.objects.filter(pk=office.pk).update(at=timezone.make_aware(datetime.datetime(2024, 3, 1, 23, 59)))
    client.force_login(house.auditor)
    assert numbers(client) == [3, 2, 1]
    assert numbers(client, plan=one.plan_id) == [1]
    assert numbers(client, plan=two.plan_id) == [2]
    assert numbers(client, persona=house.planning.pk) == [3, 1]
    assert numbers(client, persona="sistema") == [2]
    assert numbers(client, hecho="change") == [3]
    assert numbers(client, hasta="2024-03-01") == [3]
    assert numbers(client, desde="2024-03-02") == [2, 1]
    assert numbers(client, desde="2024-03-01", hasta="2024-03-01", persona=house.planning.pk) == [3]
    assert "1 hecho responde a lo que busca, de 3 registrados." in words_of(client.get(TRAIL, {"hecho": "change"}))


def test_a_wrong_day_leaves_no_count_and_no_choice_in_the_link(house, client, plans):
    client.force_login(house.auditor)
    answer = client.get(TRAIL, {"desde": "ayer"})
    page, html = words_of(answer), answer.content.decode()
    assert "Revise lo elegido para ver los hechos: hay 2 registrados en total." in page
    assert "encadenado al anterior" not in page
    assert "Ningún hecho responde" not in page
    assert f'href="{EXTRACT}">Descargar los hechos' in html
    assert '<details class="more fold-on-phone no-print" open>' in html
    html = client.get(TRAIL, {"desde": "2024-01-01"}).content.decode()
    assert f'href="{EXTRACT}?desde=2024-01-01">Descargar estos hechos' in html
    assert '<details class="more fold-on-phone no-print">' in html


def test_what_cannot_be_asked_shows_nothing_and_says_so(house, neighbour, client, plans):
    strange = make_draft(neighbour.entity, title="Vecino")
    client.force_login(house.auditor)
    for asked, field in (
        ({"plan": strange.plan_id}, "plan"),
        ({"persona": neighbour.planning.pk}, "persona"),
        ({"hecho": "nada"}, "hecho"),
        ({"desde": "ayer"}, "desde"),
        ({"desde": "2024-02-01", "hasta": "2024-01-01"}, "hasta"),
    ):
        answer = client.get(TRAIL, asked)
        assert set(answer.context["form"].errors) == {field}
        assert list(answer.context["page"]) == []
        assert client.post(EXTRACT, {**asked, "formato": "csv"}).context["form"].errors


@pytest.mark.parametrize("events", [1, 3])
def test_the_page_costs_the_same_for_few_events_and_for_many(house, client, events, django_assert_num_queries):
    for _ in range(events):
        told(house.entity, house.office, by=house.planning)
    client.force_login(house.auditor)
    with django_assert_num_queries(11):
        client.get(TRAIL)


def test_every_event_that_the_code_records_has_words():
    """Of calls with the name as a literal, and of the steps of the transition tables."""
    names = {step.name for step in (*PLAN_TRANSITIONS, *REPORT_TRANSITIONS)}
    for source in (path for app in ("planning", "mipg", "actionplans") for path in Path(app).rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call)):
            if getattr(call.func, "attr", "") == "record" and len(call.args) > 2:
                names |= {call.args[2].value} if isinstance(call.args[2], ast.Constant) else set()
    assert "close_period" in names
    assert sorted(names - set(EVENT_NAMES)) == []


def test_only_control_interno_is_offered_the_extract(house, client, plans):
    for post, offered in (("auditor", True), ("planning", False), ("committee", False)):
        client.force_login(getattr(house, post))
        assert (f'href="{EXTRACT}' in client.get(TRAIL).content.decode()) is offered
        assert client.post(EXTRACT, {"formato": "csv"}).status_code == (200 if offered else 403)


def downloaded(client, suffix, **asked):
    answer = client.post(EXTRACT, {"formato": suffix, **asked})
    assert answer.status_code == 200
    assert f"-auditoria-{timezone.localdate():%Y-%m-%d}.{suffix}" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    return b"".join(answer.streaming_content)


def sha256_of(*parts):
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_csv_alone_proves_every_event_and_the_chain(house, client, plans):
    told(house.entity, house.office, by=house.planning, old={"ñ": 1}, new={"b": [1, None]}, comment="=1+1\n«a»")
    client.force_login(house.auditor)
    rows = list(rows_of(downloaded(client, "csv")))
    assert [row["secuencia"] for row in rows] == ["1", "2", "3"]
    previous = ""
    for row in rows:
        content = sha256_of(
            row["sal"], json.loads(row["antes"]), json.loads(row["despues"]), row["comentario"],
            row["sobre_que"], row["quien"],
        )  # fmt: skip
        assert row["huella_contenido"] == content
        assert row["huella_anterior"] == previous
        previous = sha256_of(
            row["huella_anterior"], int(row["secuencia"]), row["identificador"], row["cuando_utc"],
            int(row["cuenta"]) if row["cuenta"] else None, row["hecho"], row["tipo"], row["fila"], content,
        )  # fmt: skip
        assert row["huella"] == previous
    assert previous == AuditChain.objects.get(entity=house.entity).head
    assert rows[2]["comentario"] == "=1+1\n«a»"
    assert rows[2]["quien"] == str(house.planning)


def test_a_text_that_a_spreadsheet_would_run_is_escaped_in_the_csv_and_text_in_the_workbook(house, client):
    told(house.entity, house.office, comment="=HYPERLINK(1)")
    client.force_login(house.auditor)
    raw = list(csv.DictReader(io.StringIO(downloaded(client, "csv").decode("utf-8-sig"))))
    assert raw[0]["comentario"] == "'=HYPERLINK(1)"
    book = load_workbook(BytesIO(downloaded(client, "xlsx")))
    heading, row = book["Hechos"].iter_rows()
    cell = row[list(COLUMNS).index("comentario")]
    assert [cell.value for cell in heading] == list(COLUMNS)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    guide = " ".join(str(cell.value) for row in book["Cómo verificar"].iter_rows() for cell in row)
    assert AuditChain.objects.get(entity=house.entity).head in guide
    assert all(name in guide for name in COLUMNS)


def test_a_text_longer_than_a_cell_says_where_it_is_whole(house, client):
    told(house.entity, house.office, comment="a" * 40_000)
    client.force_login(house.auditor)
    row = list(load_workbook(BytesIO(downloaded(client, "xlsx")))["Hechos"].iter_rows(values_only=True))[1]
    assert row[list(COLUMNS).index("comentario")].endswith("está completo en el archivo CSV)")
    [whole] = rows_of(downloaded(client, "csv"))
    assert whole["comentario"] == "a" * 40_000


def test_a_long_workbook_waits_for_the_worker_with_what_was_chosen(house, client, plans, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(audit_extract, "MOST_AT_ONCE", 0)
    client.force_login(house.auditor)
    answer = client.post(EXTRACT, {"formato": "xlsx", "plan": plans[1].plan_id, "desde": "2024-01-01"})
    job = Job.objects.get()
    assert answer.url == f"/gestion/cartago/trabajos/{job.pk}/"
    assert job.params == {
        "plan": plans[1].plan_id, "person": None, "event": "", "since": "2024-01-01", "until": None,
    }  # fmt: skip
    outcome = extract_audit(job, lambda *said: None)
    rows = list(load_workbook(outcome.path)["Hechos"].iter_rows(values_only=True))
    outcome.path.unlink()
    assert [row[0] for row in rows] == ["secuencia", 2]


def test_a_plan_that_is_gone_leaves_no_extract_of_everything(house, plans):
    params = params_of(AuditChoice(entity=house.entity, reader=house.auditor)) | {"plan": 987654}
    with pytest.raises(JobRefused, match="ya no existe"):
        extract_audit(Job(entity=house.entity, requested_by=house.auditor, params=params), None)
