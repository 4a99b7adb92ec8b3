"""The list of activities as a person reads it."""

import re

from tests.following import on_day
from tests.reading import words_of

PAGE = "/cartago/actividades/"


def ask(client, day=(2024, 5, 2), **asked) -> str:
    """The page on that day, with those filters."""
    with on_day(*day):
        answer = client.get(PAGE, asked)
    assert answer.status_code == 200, asked
    return words_of(answer)


def listed(page: str) -> list[str]:
    """The activities in their order."""
    rows = page.partition('id="actividades"')[2]
    return re.findall(r'<h3><a href="/cartago/planes/[^"]+/actividades/\d+/">([^<]+)</a>', rows)
