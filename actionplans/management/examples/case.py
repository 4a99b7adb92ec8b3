"""What the steps of an example work with: the entity, its posts, plans, periods and evidence."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.core.files.base import File

from actionplans.domain.following.evidence.bringing import bring_file, bring_link, bring_redacted
from actionplans.domain.following.figures.promises import promise_of
from actionplans.models import ActionPlan, Activity, ActivityVersion, Evidence, Report, ReportingPeriod
from planning.documents import FIXTURES, office_finder
from planning.models import Entity, User

FILES = FIXTURES / "examples"


@dataclass
class Case:
    """`posts` by the first part of their address; `pieces` is what the file says of each piece of evidence."""

    entity: Entity
    today: datetime.date
    posts: dict[str, User]
    pieces: dict[str, dict]
    plans: dict[str, ActionPlan] = field(default_factory=dict)
    brought: dict[str, Evidence] = field(default_factory=dict)

    def period(self, plan: str, ordinal: int) -> ReportingPeriod:
        return ReportingPeriod.objects.of_plan(self.plans[plan]).get(ordinal=ordinal)

    def activity(self, plan: str, key: int) -> Activity:
        return self.plans[plan].activities.get(key=key)

    def promise(self, plan: str, ordinal: int, key: int) -> ActivityVersion:
        return promise_of(self.activity(plan, key), self.period(plan, ordinal))

    def report(self, plan: str, ordinal: int, key: int) -> Report:
        """As it is now, with what was sent last."""
        reports = Report.objects.select_related("current", "period__entity")
        return reports.get(period=self.period(plan, ordinal), activity=self.activity(plan, key))

    def evidence(self, names) -> tuple[Evidence, ...]:
        return tuple(self._piece(name) for name in names)

    def _piece(self, name: str) -> Evidence:
        """Brought by the leader when it is first used; afterwards the same one serves again."""
        if name not in self.brought:
            self.brought[name] = self._bring(**self.pieces[name])
        return self.brought[name]

    def _bring(self, *, office, redacted="", file="", url="", **said) -> Evidence:
        leader, office = self.posts["lider"], office_finder(self.entity)(office)
        if url:
            return bring_link(self.entity, url, by=leader, office=office, **said)
        with (FILES / file).open("rb") as content:
            row = bring_file(self.entity, File(content, name=file), by=leader, office=office, **said)
        if redacted:
            with (FILES / redacted).open("rb") as content:
                bring_redacted(row, File(content, name=redacted), by=leader)
        return row
