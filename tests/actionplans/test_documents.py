"""The action plans of the documents: nothing added, nothing lost, and their oddities told."""

import pytest
from django.db import models

from actionplans.enums import Origin, ResponsibilityRole, VersionStatus
from actionplans.models import Component, Indicator, PlanVersion, Responsibility
from mipg.models import InstitutionalPlan
from tests.demo import TEXTS, documents  # noqa: F401 - an autouse fixture

pytestmark = pytest.mark.django_db


def test_documents_are_published_without_an_invented_act():
    versions = PlanVersion.objects.all()
    assert len(versions) == 3
    for version in versions:
        assert (version.origin, version.status) == (Origin.DOCUMENT, VersionStatus.APPROVED)
        assert (version.act, version.act_date, version.approved_by_id) == ("", None, None)
        assert version.source


@pytest.fixture
def form_plan():
    return PlanVersion.objects.get(plan__entity__slug="cartago")


def test_the_form_says_where_its_year_comes_from_and_that_its_months_were_lost(form_plan):
    assert form_plan.plan.year == form_plan.plan_date.year == 2024
    assert form_plan.plan.policy.key == "participacion-ciudadana"
    assert (form_plan.form_code, form_plan.form_version) == ("MESG-AS-F17", "2")
    assert "no imprime su vigencia" in form_plan.note
    assert "29 de octubre de 2024" in form_plan.note
    assert form_plan.activities.count() == 9
    assert not any(activity.months for activity in form_plan.activities.all())


def test_every_row_of_the_form_is_an_activity_with_its_own_cells(form_plan):
    lines = (TEXTS / "cartago-f17.txt").read_text(encoding="utf-8").splitlines()
    printed = [[cell for cell in line.split("\t") if cell] for line in lines if line[:1].isdigit()]
    activities = form_plan.activities.prefetch_related("tasks", "indicators", "responsibilities")
    assert printed == [
        [
            activity.printed_number,
            activity.description,
            *(task.text for task in activity.tasks.all()),
            activity.deliverable,
            *(indicator.name for indicator in activity.indicators.all()),
            *(responsible.text for responsible in activity.responsibilities.all()),
        ]
        for activity in activities
    ]


def test_uncertain_offices_of_the_form_stay_open(form_plan):
    open_ones = Responsibility.objects.filter(activity_version__version=form_plan, office=None)
    assert {one.text for one in open_ones} == {"Sec. de Sevicios Administrativos", "Administración Municipal"}


@pytest.fixture
def council_plan():
    return PlanVersion.objects.get(plan__entity__slug="concejo-cartago")


def test_the_plan_of_the_concejo_is_whole(council_plan):
    assert council_plan.objectives.count() == 8
    assert council_plan.objective.startswith("El objetivo del Plan Estratégico")
    components = council_plan.components.annotate(many=models.Count("activities"))
    assert [component.many for component in components] == [3, 3, 3, 1, 3, 3, 1]
    assert all(component.description for component in components)
    assert council_plan.formulating_office.name == "Secretaría General"


def test_indicators_of_the_concejo_belong_to_components(council_plan):
    assert not Indicator.objects.filter(activity_version__version=council_plan).exists()
    measured = Component.objects.get(version=council_plan, name__startswith="Medición")
    assert [indicator.name for indicator in measured.indicators.all()] == [
        "Resultados de encuestas",
        "KPIs alcanzados",
    ]


def test_deadlines_in_words_are_months_and_stay_as_printed(council_plan):
    deadlines = {activity.schedule_text: tuple(activity.months) for activity in council_plan.activities.all()}
    assert deadlines == {
        "Primer trimestre": (1, 2, 3),
        "Segundo trimestre": (4, 5, 6),
        "Segundo semestre": (7, 8, 9, 10, 11, 12),
        "Durante todo el año": tuple(range(1, 13)),
    }


def test_every_activity_of_the_concejo_has_its_office(council_plan):
    answers = Responsibility.objects.filter(activity_version__version=council_plan).select_related("office")
    assert [(one.office.name, one.reports) for one in answers] == [("Secretaría General", True)] * 17


@pytest.fixture
def mipg_plan():
    return PlanVersion.objects.get(plan__entity__slug="cartagena")


def test_the_nine_initiatives_are_the_activities(mipg_plan):
    assert [(a.printed_number, tuple(a.months), a.schedule_text) for a in mipg_plan.activities.all()] == [
        ("1", (1,), "31 de enero de 2024"),
        ("2", (2,), "28 de febrero 2025"),
        ("3", tuple(range(3, 11)), "01 de marzo – 30 de octubre 2025"),
        ("4", (11,), "30 de noviembre 2025"),
        ("5", tuple(range(6, 12)), "30 de junio - 30 de noviembre 2025"),
        ("6", (), ""),
        ("7", (6, 7), "Junio – Julio 2025"),
        ("8", (10,), "30 de octubre 2025"),
        ("9", (11,), "15 noviembre – 30 noviembre de 2025"),
    ]


def test_a_date_of_another_year_is_kept_as_printed_with_a_note(mipg_plan):
    first = mipg_plan.activities.get(position=1)
    assert first.schedule_text == "31 de enero de 2024"
    assert (first.starts, first.ends) == (None, None)
    assert "error" in first.note
    assert not InstitutionalPlan.objects.exclude(due=None).exists()


def test_dates_with_a_day_start_and_end(mipg_plan):
    third = mipg_plan.activities.get(position=3)
    assert (third.starts.isoformat(), third.ends.isoformat()) == ("2025-03-01", "2025-10-30")
    without = mipg_plan.activities.filter(starts=None, ends=None)
    assert [activity.printed_number for activity in without] == ["1", "6", "7"]


def test_who_only_keeps_the_periodicity_supports(mipg_plan):
    supporting = Responsibility.objects.filter(
        activity_version__version=mipg_plan, role=ResponsibilityRole.SUPPORTS
    )
    assert {one.activity_version.printed_number for one in supporting.select_related("activity_version")} == {
        "8",
        "9",
    }
