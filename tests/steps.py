"""Steps of the procedure that several tests take on their way to what they are about."""

import datetime
import hashlib

from django.core.files.base import ContentFile

from actionplans.domain.acts import register_act
from actionplans.domain.plan import submit
from actionplans.domain.versions import start_modification
from actionplans.imports.preview_reading import read_run
from actionplans.models import ImportRun, ImportSource, ImportState, PlanVersion

PDF = b"%PDF-1.4\n% acta de prueba\n%%EOF\n"


def scan(name="acta.pdf", content=PDF):
    return ContentFile(content, name=name)


def bring(house, content, *, name="plan.xlsx", source=ImportSource.WORKBOOK, **fields):
    """The import of a file of the house, read and waiting to be applied."""
    run = ImportRun.objects.create(
        entity=house.entity,
        by=house.planning,
        state=ImportState.WAITING,
        source=source,
        file_name=name,
        file_digest=hashlib.sha256(content).hexdigest(),
        content=content,
        **fields,
    )
    return read_run(run, first=True)


def modify(version, house, *, month=4, reason="Cambió el calendario"):
    """The draft of a modification that counts from that month."""
    day = datetime.date(version.plan.year, month, 1)
    return start_modification(version, by=house.planning, reason=reason, effective_from=day)


def approve_by_act(draft, house, *, name="Acta n.º 2", date=datetime.date(2024, 4, 10), file=None):
    """The draft submitted by planning and approved by an act, as it stands then."""
    submitted = submit(draft, by=house.planning)
    register_act([submitted], by=house.planning, name=name, date=date, scan=file or scan())
    return PlanVersion.objects.get(pk=draft.pk)


def modify_and_approve(version, house):
    return approve_by_act(modify(version, house), house)
