"""Loading an entity's example, once: its plans approved, its calendar opened, and the steps of its year."""

from __future__ import annotations

import datetime
import json

from django.db import transaction
from django.utils import timezone

from actionplans.domain.following.calendar.periods import open_year, set_scheme
from actionplans.domain.plan import approve, create_plan, submit
from actionplans.enums import PeriodScheme
from actionplans.models import ActionPlan, ReportingPeriod
from mipg.models import Policy
from planning import audit
from planning.documents import LOADED, Loaded, office_finder
from planning.enums import Role
from planning.models import Entity, Membership, User

from .calendar import example_dates, example_year
from .case import FILES, Case
from .contents import example_plan, offices_named
from .steps import COMMITTEE, LEADER, PLANNING, day, perform_step

COMMENT = "Datos de ejemplo"


def example_of(slug: str, year: int) -> dict:
    """The file of an entity's example, as of that year."""
    text = (FILES / f"{slug}.json").read_text(encoding="utf-8")
    return json.loads(text.replace("{year}", str(year)))


def load_example(entity: Entity, posts: dict[str, Role]) -> Loaded:
    """The example, unless the entity had one or is not as the documents left it: people's work is not touched.

    `posts` are the first parts of the demo accounts' addresses with their roles.
    """
    today = timezone.localdate()
    year = example_year(today)
    data = example_of(entity.slug, year)
    label = f"Datos de ejemplo de {entity}, {year}"
    with transaction.atomic():
        entity = Entity.objects.select_for_update().get(pk=entity.pk)
        if entity.has_example_data or not _has_room(entity, data, year, posts):
            return Loaded(label, is_new=False)
        _mark(entity, data)
        _let_the_leader_answer(entity, data)
        case = Case(entity, today, _accounts(entity, posts), data["evidence"])
        for plan in data["plans"]:
            case.plans[plan["slug"]] = _approved_plan(case, plan, year, data["note"])
        for scheme in sorted({plan.scheme for plan in case.plans.values()}):
            dates = example_dates(year, scheme, today)
            open_year(entity, year, scheme, by=case.posts[PLANNING], dates=dates)
        for step in data["steps"]:
            perform_step(case, **step)
    return Loaded(label, is_new=True)


def _has_room(entity, data, year, posts) -> bool:
    """No calendar and no such plan in the year, and posts and offices still are what the demo made of them."""
    slugs = [plan["slug"] for plan in data["plans"]]
    if ReportingPeriod.objects.filter(entity=entity, year=year).exists():
        return False
    if ActionPlan.objects.filter(entity=entity, year=year, slug__in=slugs).exists():
        return False
    find_office = office_finder(entity)
    named = {name for plan in data["plans"] for name in offices_named(plan)}
    if not all(find_office(name) for name in named):
        return False
    return all(_membership(entity, name, role).exists() for name, role in posts.items())


def _membership(entity, name, role):
    held = Membership.objects.in_force().filter(entity=entity, role=role, user__is_active=True)
    return held.filter(user__email=_address(entity, name))


def _address(entity, name) -> str:
    return f"{name}@{entity.slug}.example"


def _accounts(entity, posts) -> dict[str, User]:
    return {name: User.objects.get(email=_address(entity, name)) for name in posts}


def _mark(entity, data) -> None:
    """From here on all its pages and files say that it shows example data."""
    said = {"has_example_data": True}
    if data.get("allows_self_validation"):
        said["allows_self_validation"] = True
    old = {name: getattr(entity, name) for name in said}
    for name, value in said.items():
        setattr(entity, name, value)
    entity.save(update_fields=list(said))
    audit.record(entity, entity, LOADED, by=None, old=old, new=said, comment=COMMENT)


def _let_the_leader_answer(entity, data) -> None:
    """The leader's post answers for the offices that report in the example, besides those that it has."""
    find_office = office_finder(entity)
    membership = _membership(entity, LEADER, Role.LEADER).get()
    before = sorted(office.name for office in membership.offices.all())
    membership.offices.add(*(find_office(name) for name in data["leader_offices"]))
    after = sorted(office.name for office in membership.offices.all())
    if after != before:
        told = {"old": {"offices": before}, "new": {"offices": after}}
        audit.record(entity, membership, "change", by=None, comment=COMMENT, **told)


def _approved_plan(case: Case, data, year, note) -> ActionPlan:
    planning = case.posts[PLANNING]
    version = create_plan(
        case.entity,
        year,
        example_plan(case.entity, data, note),
        by=planning,
        policy=_policy(case.entity, year, data["policy"]),
        slug=data["slug"],
    )
    if (scheme := data.get("scheme", PeriodScheme.QUARTER)) != PeriodScheme.QUARTER:
        set_scheme(version.plan, scheme, by=planning)
    submit(version, by=planning)
    act_date: datetime.date = day(data["act_date"])
    approve(version, by=case.posts[COMMITTEE], act_name=data["act"], act_date=act_date)
    return ActionPlan.objects.get(pk=version.plan_id)


def _policy(entity, year, key) -> Policy | None:
    """None where the entity applies no model with that policy in the year: then the plan is of none."""
    return Policy.objects.in_force(entity, year).filter(key=key).first()
