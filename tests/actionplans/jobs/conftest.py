"""A kind of work that does what a test says."""

from dataclasses import dataclass, field

import pytest

from actionplans.jobs import Kind, Outcome, start
from actionplans.jobs.kinds import KINDS

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@dataclass
class Work:
    """`does` is called with the job and its progress; `calls` tells which attempts there were."""

    does: object = lambda job, progress: Outcome(name="plan.csv", content_type="text/csv", content=b"a;b\n")
    calls: list = field(default_factory=list)

    def __call__(self, job, progress):
        self.calls.append(job.attempts)
        return self.does(job, progress)


@pytest.fixture
def work(monkeypatch):
    work = Work()
    monkeypatch.setitem(KINDS, "prueba", Kind(work=work, permission="actionplans.edit_plan"))
    return work


@pytest.fixture
def queue(settings):
    """Jobs wait in the database, as in production."""
    settings.TASKS = QUEUE


@pytest.fixture
def ask(house, work):
    """Ask for a job as the planning office, or as somebody else."""

    def ask_(by=None, **options):
        options = {"title": "Archivo de prueba", "params": {"year": 2024}, **options}
        return start("prueba", entity=house.entity, by=by or house.planning, **options)

    return ask_
