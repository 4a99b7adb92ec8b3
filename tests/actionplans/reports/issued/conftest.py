"""A published plan whose files are given out, and how often one is drawn."""

import pytest

from actionplans.reports.plan import built_in_workbook
from tests.factories import make_published_plan


@pytest.fixture
def published(house):
    return make_published_plan(house.entity, office=house.office)


@pytest.fixture
def draws(monkeypatch):
    """How often a workbook was drawn in the portal's form."""
    made, render = [], built_in_workbook.render

    def counted(sheet, **options):
        made.append(sheet.version)
        return render(sheet, **options)

    monkeypatch.setattr(built_in_workbook, "render", counted)
    return made
