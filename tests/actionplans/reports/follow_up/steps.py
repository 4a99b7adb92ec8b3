"""What somebody chooses of the follow-up, periods as they are by now, and a file brought as evidence."""

from actionplans.domain.following.evidence.bringing import bring_file
from actionplans.models import ReportingPeriod
from actionplans.reports.follow_up.selection import FollowUpSelection
from planning.models import Entity
from tests.evidence_files import PDF, upload


def selection(house, period=None, **chosen):
    entity = Entity.objects.get(pk=house.entity.pk)
    return FollowUpSelection(entity=entity, reader=house.planning, year=2024, period=period, **chosen)


def fresh(period):
    return ReportingPeriod.objects.get(pk=period.pk)


def brought(house, name, content=b"", classification="publica", **fields):
    return bring_file(
        house.entity, upload(PDF + content, name), by=house.leader, office=house.office,
        classification=classification, **fields,
    )  # fmt: skip
