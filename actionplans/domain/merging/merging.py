"""What a file says otherwise than a draft, activity by activity and fact by fact. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from actionplans.domain.comparing.comparison import Change, compare
from actionplans.domain.contents.content import ActivityContent, PlanContent
from actionplans.domain.contents.facts import activity_facts, header_facts, names_in
from actionplans.domain.merging.choosing import (
    CANCEL,
    CHANGED,
    COMPONENTS,
    FACT_LABELS,
    LEAVE,
    MISSING,
    NEW,
    ORDER,
    PLAN_FACTS,
    REMOVE,
    SAME,
    TAKE,
    Fact,
    Merge,
    Row,
    woven,
)
from actionplans.domain.merging.filling import Speech, components, filled
from actionplans.domain.merging.pairing import pairs


def merge(current: PlanContent, incoming: PlanContent, *, promised: Collection[int] = ()) -> Merge:
    """What `incoming` says otherwise than the draft.

    `promised` are the permanent numbers of the activities that were approved: they are cancelled at most.
    """
    speech = Speech(incoming)
    matched = pairs(current.activities, incoming.activities)
    names = names_in(current, incoming)
    proposed = replace(_header(current, incoming, speech), activities=incoming.activities)
    found = {}
    for place, activity in enumerate(incoming.activities):
        if place in matched:
            row = _paired(current.activities[matched[place]], activity, speech, place, names)
        else:
            row = _new(activity, place)
        found[row.token] = row
    for activity in current.activities:
        if _token(activity) not in found:
            found[_token(activity)] = _missing(activity, promised)
    order = [row.token for row in found.values() if row.place is not None]
    order = woven(order, [_token(activity) for activity in current.activities])
    rows = tuple(found[token] for token in order)
    return Merge(
        current=current,
        proposed=proposed,
        rows=rows,
        facts=(*_facts(current, proposed, names), *_order(current, rows)),
    )


def _token(activity: ActivityContent) -> str:
    return f"a{activity.key}"


def _paired(current, activity, speech, place, names) -> Row:
    content = filled(current, activity, speech)
    changes = () if content == current else _changes(current, content, names)
    return Row(
        token=_token(current),
        kind=CHANGED if changes else SAME,
        content=content if changes else current,
        place=place,
        changes=changes,
        options=(TAKE, LEAVE) if changes else (LEAVE,),
    )


def _new(activity, place) -> Row:
    content = replace(activity, key=None, is_cancelled=False, cancel_reason="")
    return Row(token=f"n{place + 1}", kind=NEW, content=content, place=place, options=(TAKE, LEAVE))


def _missing(activity, promised) -> Row:
    """One that was cancelled is expected to be missing."""
    if activity.is_cancelled:
        return Row(token=_token(activity), kind=SAME, content=activity, options=(LEAVE,))
    away = CANCEL if activity.key in promised else REMOVE
    return Row(token=_token(activity), kind=MISSING, content=activity, options=(LEAVE, away))


def _changes(current, content, names) -> tuple[Change, ...]:
    frame = header_facts(PlanContent(title=""))
    found = compare(
        frame | {"activities": [activity_facts(current)]}, frame | {"activities": [activity_facts(content)]}, names
    )
    return tuple(change for row in found.changed for change in row.changes)


def _header(current: PlanContent, incoming: PlanContent, speech: Speech) -> PlanContent:
    """The draft's facts, with those that the file says; what it leaves empty, it does not say."""
    said = {}
    for names in PLAN_FACTS.values():
        values = {name: getattr(incoming, name) for name in names}
        if any(values.values()):
            said |= values
    if incoming.printed_formulating_office == current.printed_formulating_office:
        said["formulating_office"] = incoming.formulating_office or current.formulating_office
    if incoming.printed_participants == current.printed_participants:
        offices = (*current.participating_offices, *incoming.participating_offices)
        said["participating_offices"] = tuple(dict.fromkeys(offices))
    said[COMPONENTS] = components(current, incoming, speech)
    return replace(current, **said)


def _facts(current, proposed, names):
    before, after = header_facts(current), header_facts(proposed)
    keys = {"participants": ("participants", "participating_offices")}
    for name, fields in PLAN_FACTS.items():
        own = {key: after[key] for key in keys.get(name, fields)}
        if changes := compare(before, before | own, names).plan:
            yield Fact(name=name, label=FACT_LABELS[name], changes=changes)


def _order(current: PlanContent, rows):
    """A fact of its own where what both have stands in another order."""
    old = [activity.key for activity in current.activities]
    new = [row.content.key for row in rows if row.kind != NEW]
    if old != new:
        listed = [" · ".join(str(key) for key in keys) for keys in (old, new)]
        yield Fact(
            name=ORDER,
            label=FACT_LABELS[ORDER],
            changes=(Change(label=FACT_LABELS[ORDER], old=listed[0], new=listed[1]),),
        )
