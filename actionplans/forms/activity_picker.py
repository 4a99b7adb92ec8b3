"""Choosing activities of a period among many: by plan, with a search that keeps what is already chosen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django import forms

from actionplans.models import ActivityVersion
from planning.folding import fold

SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Choice:
    number: int
    label: str
    office: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    plan: str
    choices: tuple[Choice, ...]


class ActivityPickerForm(forms.Form):
    """A form with activities to choose. «Buscar» posts it too: it comes back with all that was typed.

    `promises` are the activities of the period as versions in force promise them; what is chosen is handed on
    as `Activity` rows under `activities`.
    """

    texto = forms.CharField(label="Buscar actividades", required=False, max_length=200)
    activities = forms.TypedMultipleChoiceField(
        label="Actividades",
        coerce=int,
        error_messages={
            "required": "Elija al menos una actividad.",
            "invalid_choice": "Una de las actividades ya no se sigue en este periodo: vuelva a elegir.",
        },
    )

    use_required_attribute = False

    def __init__(self, data=None, files=None, *, promises: list[ActivityVersion], **options):
        self.is_search = data is not None and "buscar" in data
        if self.is_search:
            options["initial"] = options.get("initial", {}) | _typed(data)
            data = files = None
        super().__init__(data, files, **options)
        self.promises = {row.activity_id: row for row in promises if not row.is_cancelled}
        self.fields["activities"].choices = [(number, number) for number in self.promises]

    def chosen_activities(self):
        return [self.promises[number].activity for number in self.cleaned_data["activities"]]

    @property
    def plain_fields(self):
        """What the page shows as it shows every field."""
        return [field for field in self if field.name not in ("texto", "activities")]

    @property
    def chosen(self) -> set[int]:
        said = self["activities"].value() or []
        return {int(number) for number in said if str(number).isdecimal()} & set(self.promises)

    @property
    def search(self) -> str:
        return self["texto"].value() or ""

    @property
    def matching(self) -> list[int]:
        words = fold(self.search).split()
        return [number for number, row in self.promises.items() if _matches(row, words)]

    @property
    def left_out(self) -> int:
        """How many that match are not shown, being too many."""
        return max(0, len(self.matching) - SHOWN)

    @property
    def groups(self) -> list[Group]:
        """What is chosen and the first that match, by plan."""
        chosen = self.chosen
        shown = chosen | set(self.matching[:SHOWN])
        rows = [row for number, row in self.promises.items() if number in shown]
        return [
            Group(plan=title, choices=tuple(_choice(row, chosen) for row in rows))
            for (_, title), rows in groupby(rows, key=lambda row: (row.version_id, row.version.title))
        ]


def _typed(data) -> dict:
    return {name: data.getlist(name) if name == "activities" else value for name, value in data.items()}


def _choice(row, chosen) -> Choice:
    return Choice(
        number=row.activity_id,
        label=f"{row.printed_number or row.position}. {row.description}",
        office=_offices(row),
        is_chosen=row.activity_id in chosen,
    )


def _offices(row) -> str:
    return "; ".join(answer.office.name for answer in row.responsibilities.all() if answer.office_id)


def _matches(row, words) -> bool:
    said = fold(f"{row.printed_number or row.position} {row.description} {row.version.title} {_offices(row)}")
    return all(word in said for word in words)
