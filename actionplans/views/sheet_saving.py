"""What the sheet's script asks to save, checked, and what it is answered row by row."""

from __future__ import annotations

import json
from dataclasses import dataclass

from actionplans.domain.contents.content import ActivityContent
from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.drafting.editing import RowEdit, RowOutcome, edit_rows, rows_of
from actionplans.domain.drafting.row_order import add_activities, added_before
from actionplans.forms.cells import CellFlaws, content_with
from actionplans.forms.columns import BY_NAME
from actionplans.forms.office_cells import OfficeReader

from .sheet_rows import differences, last_change, row_html, sheet_rows, written_by

MOST_ROWS = 500
"""Rows that one request may bring; a longer paste comes as a file."""
LARGEST = 2_000_000_000
LONGEST_TOKEN = 80
NOTHING = ActivityContent(description="")


@dataclass(frozen=True)
class Asked:
    """`edits` of rows as of their `revision`, and `new` rows behind activity `after`, each with its `id`.

    `again`: the same may have arrived before, with its answer lost.
    """

    edits: list[dict]
    new: list[dict]
    after: int
    again: bool

    @classmethod
    def read(cls, body: bytes) -> Asked:
        """Raises ValueError for anything that the page does not send."""
        try:
            said = json.loads(body)
            asked = cls(
                said.get("edits", []), said.get("new", []), said.get("after", 0), said.get("again") is True
            )
            asked._check()
        except (AttributeError, KeyError, TypeError, RecursionError, UnicodeError) as nonsense:
            raise ValueError("not what the sheet sends") from nonsense
        return asked

    def _check(self):
        rows = [*self.edits, *self.new]
        numbers = [self.after, *(row[name] for row in self.edits for name in ("key", "revision"))]
        texts = [text for row in rows for text in (row["id"], *row["values"].values())]
        keys = [row["key"] for row in self.edits]
        if not (
            len(rows) <= MOST_ROWS
            and len(keys) == len(set(keys))
            and all(type(number) is int and 0 <= number <= LARGEST for number in numbers)
            and all(isinstance(text, str) and text.encode() is not None for text in texts)
            and all(len(row["id"]) <= LONGEST_TOKEN for row in rows)
            and all(name in BY_NAME for row in rows for name in row["values"])
        ):
            raise ValueError("not what the sheet sends")


def save_rows(version, asked: Asked, *, by) -> list[dict]:
    """Save what can be saved, and say of each row what became of it."""
    reader = OfficeReader(version.entity)
    return [*_edit(version, asked, reader, by), *_add(version, asked, reader, by)]


def _edit(version, asked, reader, by):
    if not asked.edits:
        return []
    keys = [edit["key"] for edit in asked.edits]
    rows = {row.activity.key: row for row in rows_of(version, keys)}
    scheme = version.plan.scheme
    read = [
        (edit, *_typed(_as_it_is(rows.get(edit["key"])), edit["values"], reader, scheme)) for edit in asked.edits
    ]
    wanted = [RowEdit(key=edit["key"], revision=edit["revision"], content=content) for edit, content, _ in read]
    if asked.again:
        wanted = [_on_top_of_own(version, edit, rows.get(edit.key), by) for edit in wanted]
    outcomes = edit_rows(version, wanted, by=by)
    shown = {row.key: row for row in sheet_rows(version, keys)}
    return [
        _told(version, edit, content, flaws, outcome, shown.get(edit["key"]))
        for (edit, content, flaws), outcome in zip(read, outcomes, strict=True)
    ]


def _as_it_is(row) -> ActivityContent:
    return content_of_activity(row) if row else NOTHING


def _on_top_of_own(version, edit: RowEdit, row, by) -> RowEdit:
    """The answer to the person's last save was lost: what stands is their own text, not another's."""
    if row is None or row.revision != edit.revision + 1 or not written_by(version, edit.key, by):
        return edit
    return RowEdit(key=edit.key, revision=row.revision, content=edit.content)


def _told(version, edit, mine: ActivityContent, flaws, outcome: RowOutcome, row) -> dict:
    if row is None:
        return {"id": edit["id"], "key": edit["key"], "gone": True}
    answer = _answer(version, edit, row, flaws)
    stands = content_of_activity(outcome.row)
    if not outcome.stale or not (fields := differences(mine, stands, version.plan.scheme)):
        return answer
    told = [vars(difference) for difference in fields if difference.name in edit["values"]]
    return answer | {"stale": {"who": last_change(version, row.key), "fields": told}}


def _typed(content, values, reader, scheme):
    """The content with what could be read, and what could not by column: one bad date loses no other cell."""
    try:
        return content_with(content, values, reader, scheme=scheme), {}
    except CellFlaws as refusal:
        flaws = refusal.by_column
    good = {name: text for name, text in values.items() if name not in flaws}
    if len(good) == len(values):
        return content, flaws
    content, more = _typed(content, good, reader, scheme)
    return content, flaws | more


def _add(version, asked, reader, by):
    """New rows with all that could be read of them; one that does not say its activity is not added."""
    known = {row["id"]: added_before(version, row["id"]) for row in asked.new} if asked.again else {}
    new = [row for row in asked.new if not known.get(row["id"])]
    scheme = version.plan.scheme
    read = [(row, *_typed(NOTHING, {"description": "", **row["values"]}, reader, scheme)) for row in new]
    good = [(row, content, flaws) for row, content, flaws in read if "description" not in flaws]
    answers = [{"id": row["id"], "key": None, "errors": flaws} for row, _, flaws in read if "description" in flaws]
    tokens = [row["id"] for row, _, _ in good]
    contents = [content for _, content, _ in good]
    added = add_activities(version, contents, by=by, after=asked.after, tokens=tokens) if good else []
    keys = {row["id"]: saved.activity.key for (row, _, _), saved in zip(good, added, strict=True)}
    keys |= {id_: key for id_, key in known.items() if key}
    shown = {row.key: row for row in sheet_rows(version, list(keys.values()))} if keys else {}
    flaws = {row["id"]: flaws for row, _, flaws in good}
    return answers + [
        _answer(version, row, shown[keys[row["id"]]], flaws.get(row["id"], {}))
        for row in asked.new
        if keys.get(row["id"]) in shown
    ]


def _answer(version, asked, row, flaws) -> dict:
    html = row_html(version, row)
    return {"id": asked["id"], "key": row.key, "revision": row.revision, "html": html, "errors": flaws}
