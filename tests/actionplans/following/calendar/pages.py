"""The pages of the calendar as they are read."""

from django.urls import reverse
from django.utils.html import strip_tags

from actionplans.models import ActivityVersion

LIST = "/gestion/cartago/periodos/"


def page_of(name, period):
    return reverse(name, args=["cartago", period.pk])


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def shown(answer):
    """The words without the markup between them."""
    return " ".join(strip_tags(text(answer).replace("<br>", " ")).split())


def activities_of(house):
    return list(ActivityVersion.objects.filter(version__entity=house.entity).order_by("position"))


def activities(plan):
    return list(plan.activities.order_by("position"))
