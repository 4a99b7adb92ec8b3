"""The answers of a report as a draft keeps them: known fields alone, as typed, without what is empty."""

from __future__ import annotations

from .report_questions import questions_of

LONGEST = 8000
LISTS = ("months",)
CHECKED = "on"
NO_DATA, CONFIRMED = "no_data_", "confirm_"
"""Before the key of an indicator: there is no figure of it in this period; its strange figure is right."""

MONTHS = frozenset(str(month) for month in range(1, 13))
NUL = "\x00"


def answers_from(data, fields) -> dict:
    """The fields of a POST as a draft keeps them; `fields` are the names that the form knows."""
    answers = {}
    for name in fields:
        if name in LISTS:
            said = sorted({text for text in data.getlist(name) if text in MONTHS}, key=int)
        elif name == "without_progress" or name.startswith(NO_DATA):
            said = CHECKED if data.get(name) else ""
        else:
            said = _clean(data.get(name, ""))
        if said:
            answers[name] = said
    return answers


def same_answers(one: dict, other: dict) -> bool:
    """Whether both say the same, whatever they leave out or leave empty."""
    return {name: said for name, said in one.items() if said} == {
        name: said for name, said in other.items() if said
    }


def _clean(text: str) -> str:
    """As typed, but for what no column holds and for the line ends of the browser."""
    return text.replace(NUL, "").replace("\r\n", "\n").replace("\r", "\n")[: LONGEST * 2].rstrip()


def with_what_is_missing(answers: dict, promise, period) -> dict:
    """The answers of a report that was sent, with «Sin dato» where it gave no figure."""
    if answers.get("without_progress"):
        return answers
    silent = [
        question.key
        for question in questions_of(promise, period)
        if question.has_target and not any(answers.get(name) for name in question.names)
    ]
    return answers | {f"{NO_DATA}{key}": CHECKED for key in silent}
