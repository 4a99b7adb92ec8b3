"""A process of its own for `test_killed_worker.py`: `python a_process.py prepare|work|tell`."""

import json
import os
import sys
import time

sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from actionplans.jobs import Kind, Outcome, progress, resuming, start  # noqa: E402
from actionplans.jobs.kinds import KINDS  # noqa: E402
from actionplans.models import Job  # noqa: E402

STEPS = int(os.environ.get("STEPS", "1"))


def slow(job, tell):
    for done in range(1, STEPS + 1):
        tell(done, STEPS, f"Paso {done}")
        time.sleep(0.1)
    return Outcome(name="resultado.txt", content_type="text/plain", content=f"intento {job.attempts}".encode())


def prepare():
    from tests.cast import make_house

    call_command("migrate", verbosity=0)
    house = make_house("cartago")
    start("lento", entity=house.entity, by=house.planning, title="Trabajo lento", params={})


def work():
    progress.BEAT_EVERY = 0.2
    resuming.SILENCE = resuming.SILENCE / 60  # a second
    call_command("run_jobs", "--interval", "0.1", *sys.argv[2:])


def tell():
    job = Job.objects.get()
    result = job.result.open().read().decode() if job.result else ""
    print(json.dumps({"status": job.status, "attempts": job.attempts, "done": job.done, "result": result}))


KINDS["lento"] = Kind(work=slow, permission="actionplans.edit_plan")
{"prepare": prepare, "work": work, "tell": tell}[sys.argv[1]]()
