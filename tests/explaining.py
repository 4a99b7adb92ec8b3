"""What pages make PostgreSQL read: the plan of every query that a page really asks, run and looked at."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionplans.models import (
    Activity,
    ActivityVersion,
    ClosedFigure,
    Evidence,
    Indicator,
    Measurement,
    Report,
    ReportRevision,
    Responsibility,
    SearchEntry,
    Task,
    Validation,
)
from planning.models import AuditEvent

BIG = {
    model._meta.db_table
    for model in (
        Activity, ActivityVersion, AuditEvent, ClosedFigure, Evidence, Indicator, Measurement, Report,
        ReportRevision, Responsibility, SearchEntry, Task, Validation,
    )
}  # fmt: skip
LARGE = 5000
"""Rows from which going through a table costs more than its indexes: below, PostgreSQL rightly does."""
READS = ("SELECT", "(SELECT", "WITH")


@dataclass(frozen=True)
class Reading:
    """What one step of one query read of a table: rows looked at, and whether it went through the whole of it."""

    table: str
    rows: int
    is_sequential: bool


def sizes() -> dict[str, int]:
    """The rows of every big table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(BIG):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def flaws(address: str, known: dict[str, int], share: float) -> list[str]:
    """What the page reads more of than `share` of a table, or goes through, in words; `known` are the sizes."""
    found = []
    for read in readings(address):
        if known[read.table] < LARGE:
            continue
        if read.is_sequential:
            found.append(f"{address}: goes through all of {read.table}")
        elif read.rows > share * known[read.table]:
            found.append(f"{address}: reads {read.rows} rows of {read.table}, which has {known[read.table]}")
    return sorted(set(found))


def readings(address: str) -> Iterator[Reading]:
    """What the page at `address` reads of big tables; its answer must be right."""
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(address)
        assert answer.status_code == 200, address
        if answer.streaming:
            list(answer.streaming_content)
    for query in asked.captured_queries:
        if query["sql"].startswith(READS):
            for node in _nodes(_explained(query["sql"])):
                if node.get("Relation Name") in BIG:
                    yield Reading(node["Relation Name"], _looked_at(node), node["Node Type"] == "Seq Scan")


def _explained(sql: str) -> dict:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL random_page_cost = 1.1")  # as on solid disks, which databases are on
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"), [])
        [[plan]] = cursor.fetchall()
    return (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]


def _nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _looked_at(node: dict) -> int:
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return round((node["Actual Rows"] + removed) * node["Actual Loops"])
