"""Workbooks of open data that take longer than a request may."""

from __future__ import annotations

import logging

from django.core.cache import cache
from django_tasks import task

from actionplans.opendata.issued_book import issued_book
from actionplans.reports.issued.issuing import BeingDrawn
from planning.models import Entity

ASKED_FOR = 60  # seconds for which one request for a workbook stands for all

logger = logging.getLogger(__name__)


def ask_for_book(entity: Entity, year: int) -> None:
    """Let the worker draw it, once however many people ask for it within a minute."""
    if cache.add(f"asked:open-data:{entity.pk}:{year}", True, ASKED_FOR):
        draw_book.enqueue(entity.pk, year)


@task()
def draw_book(entity: int, year: int) -> None:
    """What the queue holds of a workbook."""
    found = Entity.objects.filter(pk=entity).first()
    if found is None:
        return
    try:
        issued_book(found, year)
    except BeingDrawn:
        logger.info("The open data of %s %s are being drawn by somebody else.", found.slug, year)
