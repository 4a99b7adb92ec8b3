"""Words as a search sees them."""

import pytest

from actionplans.domain.finding.words import (
    MOST_WORDS,
    asked_words,
    beginning,
    forms,
    marked,
    plain,
    root,
    searched,
    snippet,
    with_endings_restored,
)


def shown(pieces) -> str:
    return "".join(f"[{text}]" if is_hit else text for text, is_hit in pieces)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  Participación   CIUDADANA ", ("participacion", "ciudadana")),
        ("el plan de la entidad", ("plan", "entidad")),
        ("de la", ()),
        ("plan plan Plán", ("plan",)),
        ("MESG-AS-F17", ("mesg", "as", "f17")),
        ("1.250,5", ("1", "250", "5")),
        ("%_'\"\\ \x00 🙂", ()),
        ("año", ("ano",)),
    ],
)
def test_what_is_asked_is_words(typed, words):
    assert asked_words(typed) == words


def test_a_book_is_not_asked_for():
    assert len(asked_words(" ".join(f"palabra{number}" for number in range(100)))) == MOST_WORDS
    assert len(plain("x" * 10_000)) == 200
    assert asked_words("x" * 10_000) == ("x" * 200,)


@pytest.mark.parametrize(
    ("typed", "shown_again"), [("a\x00b", "a b"), ("a\n b\t", "a b"), ("\ud800", ""), ("«plan»", "«plan»")]
)
def test_what_was_typed_is_shown_without_what_no_page_holds(typed, shown_again):
    assert plain(typed) == shown_again


@pytest.mark.parametrize(
    ("asked", "text", "is_found"),
    [
        ("archivo", "los archivos", True),
        ("archivos", "el archivo", True),
        ("planes", "un plan", True),
        ("evaluaciones", "Evaluación", True),
        ("voces", "la voz", True),
        ("voz", "las voces", True),
        ("archi", "los archivos", True),
        ("arte", "la parte", False),
        ("f17", "formato MESG-AS-F17", True),
        ("f1", "formato F17", False),
        ("2024", "de 20245", False),
    ],
)
def test_the_forms_of_a_word(asked, text, is_found):
    assert any(form in searched("título", text) for form in forms(asked)) is is_found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("participar", "participacion"),
        ("archivo", "archivos"),
        ("capacitaciones", "capacitar"),
        ("planes", "plan"),
        ("meses", "mes"),
        ("ciudadano", "ciudadanas"),
    ],
)
def test_kin_have_one_root(one, other):
    assert root(one) == root(other)
    assert beginning(one) in searched("", other)


def test_the_accent_that_the_dictionary_needs():
    assert with_endings_restored("participacion constitucion atencion") == "participación constitución atencion"


def test_the_title_is_the_first_line():
    assert searched("Plan: Uno", "Dos\ntres") == " plan uno \n dos tres "


def test_hits_are_marked_as_they_are_written():
    text = "Participación de los PARTICIPANTES: «participar» en 2024"
    assert (
        shown(marked(text, ["participar", "2024"]))
        == "[Participación] de los PARTICIPANTES: «[participar]» en [2024]"
    )
    assert shown(marked("nada", ["otro"])) == "nada"
    assert marked("", ["otro"]) == []


def test_the_context_is_the_line_with_most_words_cut_around_the_first():
    before, after = "antes " * 60, " después" * 60
    text = f"Objetivo: archivos\n{before}gestión de archivos{after}"
    said = shown(snippet(text, ["gestion", "archivos"]))
    assert "[gestión] de [archivos]" in said
    assert said.startswith("… antes ")
    assert said.endswith(" …")
    assert len(said) < 270


def test_without_a_hit_the_context_is_how_the_text_begins():
    assert shown(snippet("Actividad 1\nOtra línea", ["nada"])) == "Actividad 1"
    assert snippet("", ["nada"]) == []


def test_a_word_without_end_is_cut_too():
    assert len(shown(snippet("x" * 5000, ["xxxx"]))) < 260
