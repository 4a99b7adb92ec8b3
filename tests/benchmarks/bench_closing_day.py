"""The last day of a quarter: two hundred leaders send at once through real worker processes, and planning closes
in the middle of it. Bounded, on PostgreSQL; it measures, and it fails on any lost report or server error."""

import datetime
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.calendar.periods import PeriodDates, open_year
from actionplans.domain.following.closing.closing import close_period
from actionplans.enums import PeriodScheme
from actionplans.models import Measurement, Report, ReportDraft, ReportRevision
from actionplans.months import MonthSet
from planning.enums import Role
from tests.benchmarks.measuring import report as told
from tests.cast import make_house
from tests.factories import make_office, make_published_plan, make_user

LEADERS = 200
WORKERS = 4
ROOT = Path(__file__).parents[2]
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.walks_rows,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="bin/with-postgresql la pone en PostgreSQL"),
]


@pytest.fixture
def closing_day():
    """A house whose first quarter takes reports until tonight, with an activity for each leader."""
    house = make_house("cartago")
    offices = [make_office(house.entity, f"Dependencia {number}") for number in range(LEADERS)]
    leaders = [
        make_user(f"lider{number}@cartago.example", house.entity, Role.LEADER, offices=[office])
        for number, office in enumerate(offices)
    ]
    measured = (IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10),)
    activities = tuple(
        ActivityContent(
            description=f"Actividad de la dependencia {number}",
            months=MonthSet([2]),
            indicators=measured,
            responsibles=(ResponsibleContent(text=office.name, office=office),),
        )
        for number, office in enumerate(offices)
    )
    today = timezone.localdate()
    content = PlanContent(title="Plan", activities=activities)
    plan = make_published_plan(house.entity, year=today.year - 1, content=content)
    yesterday = today - datetime.timedelta(days=1)
    quarter = PeriodDates(
        1, datetime.date(today.year - 1, 1, 1), datetime.date(today.year - 1, 3, 31), yesterday, today
    )
    [period] = open_year(house.entity, today.year - 1, PeriodScheme.QUARTER, by=house.planning, dates=[quarter])
    rows = list(plan.activities.order_by("position").values_list("activity", flat=True))
    return house, period, list(zip(leaders, rows, strict=True))


@pytest.fixture
def server():
    """The portal as it is served, over the test's own database. Gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    at = connection.settings_dict
    address = f"postgres://{at['USER']}:{quote(at['PASSWORD'] or '')}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "config.wsgi",
            "--workers",
            str(WORKERS),
            "--bind",
            f"127.0.0.1:{port}",
        ],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.test_settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port):
    for _ in range(150):
        try:
            if _ask(port, "GET", reverse("health"))[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("El servidor no respondió.")


def _ask(port, method, path, body=None, cookie=""):
    """Status, text and new cookies of one request."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Cookie": cookie, "Host": "127.0.0.1"}
    if body is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    line.request(method, path, body=body, headers=headers)
    answer = line.getresponse()
    text = answer.read().decode(errors="replace")
    cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    line.close()
    return answer.status, text, cookies


class Leader(threading.Thread):
    """Signs in and opens the form beforehand; sends when all do. Keeps the answer and how long it took."""

    def __init__(self, port, user, path, together):
        super().__init__()
        self.port, self.path, self.together = port, path, together
        client = Client()
        client.force_login(user)
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        self.status, self.seconds, self.text = 0, 0.0, ""

    def run(self):
        _, page, cookies = _ask(self.port, "GET", self.path, cookie=self.cookie)
        token = CSRF.search(page)[1]
        said = {"csrfmiddlewaretoken": token, "revision": "", "do": "send", "value_1": "7", "months": "2"}
        said |= {"narrative": "Se hicieron siete talleres con las juntas de acción comunal."}
        self.together.wait()
        began = time.perf_counter()
        cookie = "; ".join([self.cookie, *cookies])
        self.status, self.text, _ = _ask(self.port, "POST", self.path, urlencode(said), cookie)
        self.seconds = time.perf_counter() - began

    @property
    def was_accepted(self):
        return self.status == 302

    @property
    def was_refused(self):
        return self.status in (200, 409) and "cerrado" in self.text


def _all_send(closing_day, port, beside=None):
    """The leaders after all have sent; `beside` runs while they do. With the seconds it took."""
    house, period, work = closing_day
    together = threading.Barrier(len(work) + 1)
    leaders = [
        Leader(port, user, reverse("report_page", args=[house.entity.slug, period.pk, activity]), together)
        for user, activity in work
    ]
    for leader in leaders:
        leader.start()
    together.wait()
    began = time.perf_counter()
    result = beside() if beside else None
    for leader in leaders:
        leader.join()
    return leaders, result, time.perf_counter() - began


def _nobody_saw_an_error(leaders):
    assert not [leader.status for leader in leaders if leader.status >= 500]
    assert all(leader.was_accepted or leader.was_refused for leader in leaders)


def test_all_send_at_once_and_nothing_is_lost(closing_day, server, capsys):
    leaders, _, seconds = _all_send(closing_day, server)
    _nobody_saw_an_error(leaders)
    assert all(leader.was_accepted for leader in leaders)
    assert ReportRevision.objects.count() == Measurement.objects.count() == LEADERS
    assert not ReportDraft.objects.exists()
    times = sorted(leader.seconds for leader in leaders)
    told(capsys, f"{LEADERS} leaders at once on {WORKERS} workers: all sent in {seconds:.1f} s,")
    told(capsys, f"median {statistics.median(times):.1f} s, slowest {times[-1]:.1f} s, no error, none lost\n")


def test_a_closing_in_the_middle_leaves_each_report_on_one_side(closing_day, server, capsys):
    house, period, _ = closing_day

    def close_in_the_middle():
        while Report.objects.filter(current__isnull=False).count() < LEADERS // 4:
            time.sleep(0.02)
        return close_period(period, by=house.planning)

    leaders, closing, seconds = _all_send(closing_day, server, close_in_the_middle)
    _nobody_saw_an_error(leaders)
    accepted = sum(leader.was_accepted for leader in leaders)
    assert len(closing.snapshot["reports"]) == accepted == ReportRevision.objects.count()
    told(capsys, f"closing in the middle: {accepted} reports in, {LEADERS - accepted} told that it is closed,")
    told(capsys, f"{seconds:.1f} s in all, no error, snapshot = what was accepted\n")
