"""The offices about which a reading has to ask: each printed text once."""

from collections.abc import Iterator
from dataclasses import dataclass

from actionplans.imports.reading.parsed import ParsedResponsible, Reading
from actionplans.imports.reading.text import normalise

RESPONSIBLE, PARTICIPANT, FORMULATES = "responsable", "participante", "formula el plan"


@dataclass(frozen=True, kw_only=True)
class OfficeQuestion:
    """A name that is no office for certain: the most similar one (slug), in how many activities and where.

    `parts` are what the name is in the plan; `cells`, where a person finds it in the table.
    """

    text: str
    suggestion: str | None
    score: float
    activities: int
    parts: tuple[str, ...]
    cells: tuple[str, ...]


def office_questions(reading: Reading) -> tuple[OfficeQuestion, ...]:
    """Uncertain and unknown names in the order in which the plan says them; none that a person has settled."""
    found: dict[str, list[tuple[ParsedResponsible, str, int | None]]] = {}
    for person, part, activity in _named(reading):
        if not person.certain and not person.settled:
            found.setdefault(normalise(person.text) or person.text, []).append((person, part, activity))
    return tuple(_question(reading, mentions) for mentions in found.values())


def _question(reading: Reading, mentions: list[tuple[ParsedResponsible, str, int | None]]) -> OfficeQuestion:
    first = mentions[0][0]
    texts = dict.fromkeys(person.text for person, _, _ in mentions)
    return OfficeQuestion(
        text=first.text,
        suggestion=first.suggestion,
        score=first.score,
        activities=len({activity for _, _, activity in mentions if activity is not None}),
        parts=tuple(dict.fromkeys(part for _, part, _ in mentions)),
        cells=tuple(dict.fromkeys(cell for text in texts for cell in reading.named_at.get(text, ()))),
    )


def _named(reading: Reading) -> Iterator[tuple[ParsedResponsible, str, int | None]]:
    if reading.plan.formulating_office:
        yield reading.plan.formulating_office, FORMULATES, None
    for person in reading.plan.participants:
        yield person, PARTICIPANT, None
    for activity in reading.activities:
        for person in activity.responsibles:
            yield person, RESPONSIBLE, activity.number
