"""Files of published plans drawn outside the request: ahead of the first who asks, or because they are large."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django_tasks import task

from actionplans.enums import PUBLIC_STATUSES, FigureScope
from actionplans.models import Closing, PlanVersion
from actionplans.reports.issued.issuing import BeingDrawn
from actionplans.reports.issued.plans import issued_plan
from actionplans.reports.plan.files import FORMATS
from actionplans.reports.plan.pdf import PdfUnavailable

ASKED_FOR = 60  # seconds for which one request for a file stands for all
SUFFIXES = tuple(format_.suffix for format_ in FORMATS.values() if format_.is_issued)

logger = logging.getLogger(__name__)


def ask_for_file(version: PlanVersion, suffix: str) -> None:
    """Let the worker draw a file, once however many people ask for it within a minute."""
    if cache.add(f"asked:{version.pk}:{suffix}", True, ASKED_FOR):
        draw_file.enqueue(version.pk, suffix)


def draw_ahead(versions: Iterable[int]) -> None:
    """Let the worker draw the files of what was just published, once that is committed."""
    if settings.DRAW_AHEAD:
        asked = [(pk, suffix) for pk in versions for suffix in SUFFIXES]
        transaction.on_commit(lambda: [draw_file.enqueue(*one) for one in asked])


def measured_by(closing: Closing) -> list[int]:
    """The versions in force of the plans whose figures a closing published."""
    plans = closing.figures.filter(scope=FigureScope.PLAN).values("plan")
    return list(PlanVersion.objects.published().filter(plan__in=plans).values_list("pk", flat=True))


@task()
def draw_file(pk: int, suffix: str) -> None:
    """What the queue holds of a file: nothing to do where it is there, or is not public any more."""
    versions = PlanVersion.objects.select_related("plan__entity").filter(status__in=PUBLIC_STATUSES)
    version = versions.filter(pk=pk).first()
    if version is None:
        return
    try:
        issued_plan(version, suffix)
    except PdfUnavailable as reason:
        logger.warning("No PDF is drawn ahead: %s", reason)
    except BeingDrawn:
        logger.info("The %s of version %s is being drawn by somebody else.", suffix, pk)
