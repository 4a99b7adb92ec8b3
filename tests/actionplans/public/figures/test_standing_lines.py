"""The lines of a cut are written once for what stands alike, and only for that."""

import datetime
from types import SimpleNamespace

import pytest

from actionplans.progress import ActivityProgress, ProgressState
from actionplans.public.figures import standing_lines
from actionplans.public.figures.standing_lines import StandingLines

PERIOD = SimpleNamespace(name="trimestre II", ends=datetime.date(2024, 6, 30))


def followed(reason):
    progress = ActivityProgress(
        key=1, label="1", state=ProgressState.UNDEFINED, executed=None, programmed=None, reason=reason
    )
    figure = SimpleNamespace(progress=progress, light=None)
    return SimpleNamespace(figure=figure, missing_words="", verification=None, is_self_validated=False)


@pytest.fixture
def written(monkeypatch):
    """How often a line was written."""
    calls, write = [], standing_lines.figure_line
    monkeypatch.setattr(standing_lines, "figure_line", lambda *said: calls.append(said) or write(*said))
    return calls


def test_each_tells_its_own_reason(written):
    lines = StandingLines(PERIOD)

    assert "Indefinida: meta cero" in lines.of(followed("meta cero"))
    assert "Indefinida: sin línea base" in lines.of(followed("sin línea base"))
    assert len(written) == 2


def test_what_stands_alike_is_written_once(written):
    lines = StandingLines(PERIOD)

    assert lines.of(followed("meta cero")) == lines.of(followed("meta cero"))
    assert len(written) == 1
