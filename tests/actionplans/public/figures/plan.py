"""The plan whose figures the pages show: its addresses and its activities."""

from decimal import Decimal

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, ResponsibleContent
from actionplans.models import Activity
from tests.following import close, months, on_day, reported

PLAN = "/cartago/planes/2024/plan-de-participacion/"
ACTIVITY = f"{PLAN}actividades/1/"
PAGES = (
    "/cartago/",
    "/cartago/planes/",
    PLAN,
    ACTIVITY,
    f"{PLAN}actividades/2/",
    "/cartago/mipg/",
    "/cartago/mipg/participacion/?vigencia=2024",
)


def activity(description, scheduled, office, target=4):
    return ActivityContent(
        description=description,
        months=months(*scheduled),
        indicators=(
            IndicatorContent(
                name="Mesas", target=Decimal(target), unit="mesas", kind="count", accumulation="flow"
            ),
        ),
        responsibles=(ResponsibleContent(text=office.name, office=office),),
    )


def activities():
    return list(Activity.objects.order_by("key"))


def first_cut(house, quarter, activity, value):
    """The first quarter, in which one activity reported, closed on 20 April."""
    with on_day(2024, 4, 5):
        reported(house, activity, quarter, value)
    with on_day(2024, 4, 20):
        close(house, quarter)
