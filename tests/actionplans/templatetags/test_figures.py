"""How a figure reads: words before colours, and states that are never a zero."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from actionplans.progress import ActivityProgress, Band, GroupProgress, ProgressState, Step

SEPTEMBER = SimpleNamespace(ends=datetime.date(2024, 9, 30))
RISK = Band(Decimal(60), "En riesgo", "en-riesgo", "▲")


@dataclass
class AFigure:
    progress: object
    light: object = None
    steps: list = field(default_factory=list)


def an_activity(state=ProgressState.MEASURED, executed=None, programmed=None, **fields):
    return ActivityProgress(
        key=1,
        label="1. Actividad",
        state=state,
        executed=None if executed is None else Decimal(executed),
        programmed=None if programmed is None else Decimal(programmed),
        **fields,
    )


def drawn(tag, figure, **context):
    template = Template("{% load figures %}{% " + tag + " %}")
    return " ".join(template.render(Context({"figure": figure, "period": SEPTEMBER, **context})).split())


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (an_activity(executed="62", programmed="75"), "62 % ejecutado de 75 % programado a septiembre"),
        (an_activity(executed="63.3333333", programmed="75"), "63,33 % ejecutado de 75 % programado a septiembre"),
        (an_activity(executed="120.5", programmed="100"), "120,5 % ejecutado de 100 % programado a septiembre"),
        (an_activity(executed="0", programmed="75"), "0 % ejecutado de 75 % programado a septiembre"),
        (an_activity(ProgressState.NOT_REPORTED, programmed="75"), "Sin reporte"),
        (an_activity(ProgressState.NO_TARGET, programmed="75"), "Sin meta definida"),
        (an_activity(ProgressState.UNDEFINED, reason="meta cero"), "Indefinida: meta cero"),
        (an_activity(ProgressState.NO_SCHEDULE, executed="40"), "40 % ejecutado; sin programación"),
        (an_activity(ProgressState.NOT_SCHEDULED, programmed="0"), "No programada hasta septiembre"),
        (
            an_activity(ProgressState.NOT_SCHEDULED, executed="20", programmed="0"),
            "20 % ejecutado; no programada hasta septiembre",
        ),
    ],
)
def test_the_words_of_a_figure(progress, words):
    assert drawn("figure_words figure period", AFigure(progress)) == words


def test_the_bar_has_points_for_decimals_and_ends_at_100():
    line = drawn("progress_line figure period", AFigure(an_activity(executed="120.5", programmed="62.5"), RISK))

    assert 'class="bar-done bar-warn" width="100.00"' in line
    assert 'x1="62.50"' in line
    assert "style=" not in line


@pytest.mark.parametrize("state", [ProgressState.NOT_REPORTED, ProgressState.NO_TARGET, ProgressState.UNDEFINED])
def test_a_state_has_neither_bar_nor_zero(state):
    line = drawn("progress_line figure period", AFigure(an_activity(state, programmed="75")))

    assert "<svg" not in line
    assert "0 %" not in line


def test_declared_figures_say_it():
    figure = AFigure(an_activity(ProgressState.DECLARED, executed="40", programmed="50", is_declared=True))

    assert "(declarado por la dependencia)" in drawn("progress_line figure period", figure)


@pytest.mark.parametrize(
    ("figure", "css", "shape", "word"),
    [
        (AFigure(an_activity(executed="1"), RISK), "state-warn", "▲", "En riesgo"),
        (AFigure(an_activity(ProgressState.NOT_REPORTED)), "state-none", "○", "Sin reporte"),
        (AFigure(an_activity(ProgressState.NO_TARGET)), "state-none", "◇", "Sin meta definida"),
        (AFigure(an_activity(ProgressState.NOT_SCHEDULED)), "state-none", "–", "No programada"),
        (AFigure(an_activity(executed="1", programmed="1")), "state-none", "○", "Sin semáforo"),
    ],
)
def test_a_light_is_a_word_and_a_shape_before_it_is_a_colour(figure, css, shape, word):
    tag = drawn("light_tag figure", figure)

    assert tag == f'<span class="state {css}"><span aria-hidden="true">{shape}</span>{word}</span>'


def test_the_account_shows_rule_data_source_and_result():
    step = Step(
        words="Lo reportado se suma.",
        formula="suma ÷ meta × 100",
        inputs=(("Trimestre I", "38", "Reporte validado el 08/04/2024"),),
        result="38 ÷ 60 × 100 = 63,33 %",
        figure="executed",
    )
    remark = Step(words="La acumulación se leyó como flujo.", figure="rule")
    account = drawn("how_calculated figure", AFigure(an_activity(executed="63.3333", steps=(remark, step))))

    assert 'Ejecutado en el año: <span class="nowrap">63,33 %</span></th>' in account
    for words in (
        "Lo reportado se suma.",
        "suma ÷ meta × 100",
        "Trimestre I: <strong>38</strong>",
        "(Reporte validado el 08/04/2024)",
        "38 ÷ 60 × 100 = 63,33 %",
        "<p>La acumulación se leyó como flujo.</p>",
    ):
        assert words in account


def test_the_account_of_a_group_says_who_counts_and_who_does_not():
    group = GroupProgress(
        state=ProgressState.MEASURED,
        executed=Decimal(50),
        counted=12,
        total=15,
        left_out=((ProgressState.NOT_REPORTED, 2), (ProgressState.NO_TARGET, 1)),
        cancelled=1,
        rule="Promedio simple: las ponderaciones no suman 100.",
    )
    account = drawn("how_calculated figure 'Plan'", AFigure(group))

    assert "Promedio simple: las ponderaciones no suman 100." in account
    assert (
        "Cuentan 12 de 15 actividades; quedan fuera: 2 sin reporte, 1 sin meta definida; 1 cancelada no cuenta."
        in account
    )
    assert '<span class="visually-hidden"> Plan</span>' in account


def test_what_is_typed_into_a_figure_is_text_and_no_markup():
    figure = AFigure(an_activity(ProgressState.UNDEFINED, reason="<script>alert(1)</script>"))

    assert "<script>" not in drawn("progress_line figure period", figure)
    assert "<script>" not in drawn("how_calculated figure", figure)


@pytest.mark.parametrize(
    ("revision", "validation", "marks"),
    [
        ({}, None, []),
        ({"is_on_behalf": True}, None, ["Lo registró planeación por la dependencia"]),
        ({"is_by_extension": True}, None, ["Se reportó con prórroga"]),
        ({}, {"corrected_declared": Decimal(3)}, ["Planeación corrigió el valor reportado"]),
        ({}, {"corrections": [1]}, ["Planeación corrigió el valor reportado"]),
        ({}, {"is_self": True}, ["Lo validó quien lo envió"]),
    ],
)
def test_marks_tell_where_a_figure_comes_from(revision, validation, marks):
    from actionplans.templatetags.figures import marks_of

    a_revision = SimpleNamespace(**{"is_on_behalf": False, "is_by_extension": False, **revision})
    a_validation = None
    if validation is not None:
        rows = validation.pop("corrections", [])
        a_validation = SimpleNamespace(
            **{"corrected_declared": None, "is_self": False, **validation},
            corrections=SimpleNamespace(all=lambda: rows),
        )

    assert marks_of(a_revision, a_validation) == marks


@pytest.mark.parametrize("tag", ["progress_line figure period told", "figure_line figure period told"])
def test_what_a_period_has_of_its_report_stands_beside_the_figure_or_for_it(tag):
    period = SimpleNamespace(ends=datetime.date(2024, 9, 30), name="trimestre III")
    shown = {"period": period, "told": "Enviado, por validar"}
    measured = drawn(tag, AFigure(an_activity(executed="62", programmed="75"), RISK), **shown)
    silent = drawn(tag, AFigure(an_activity(ProgressState.NOT_REPORTED, programmed="75")), **shown)

    assert "62 % ejecutado de 75 % programado a septiembre" in measured
    assert "rimestre III: enviado, por validar" in measured
    assert "Enviado, por validar" in silent
    assert "Sin reporte" not in silent


def test_the_account_of_a_plan_has_that_of_its_components_and_the_version_measured():
    step = Step(words="Promedio simple.", result="50 %", figure="executed")
    parts = tuple(
        GroupProgress(
            state=ProgressState.MEASURED, label=label, executed=Decimal(50), steps=(step,), counted=1, total=1
        )
        for label in ("Preparar", "")
    )
    plan = GroupProgress(state=ProgressState.MEASURED, executed=Decimal(50), counted=2, total=2, groups=parts)
    account = drawn("how_calculated figure 'Plan' version=3", AFigure(plan))

    assert "<strong>Componente: Preparar</strong>" in account
    assert "<strong>Actividades sin componente</strong>" in account
    assert account.count("Promedio simple.") == 2
    assert "Se midió lo que promete la versión 3 del plan." in account
