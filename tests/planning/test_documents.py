"""The documents that the portal was made from, read again and looked for in the database."""

import re

import pytest
from django.db import models
from django.utils.formats import date_format

from actionplans.models import ActionPlan
from planning import audit
from planning.documents import FIXTURES, office_finder, read
from planning.enums import FrameworkKind
from planning.models import AuditChain, AuditEvent, Entity, Programme, Purpose, StrategicFramework
from tests.demo import TEXTS, documents, rows_of  # noqa: F401 - an autouse fixture

pytestmark = pytest.mark.django_db

ENTITY_OF = {
    "cartago-marco": "cartago",
    "cartago-f17": "cartago",
    "concejo-plan": "concejo-cartago",
    "candelaria-marco": "candelaria",
    "cartagena-plan": "cartagena",
}

# What a page or a form prints around the content: headings of what has a column of its own, heads of
# tables, and the slogan as the page headers break it.
FURNITURE = {
    "MISIÓN", "VISIÓN", "OBJETIVO GENERAL", "PILARES INSTITUCIONALES", "VALORES INSTITUCIONALES", "OBJETIVOS:",
    "ESCONTIGO",
    "N°", "ACTIVIDADES", "TAREA (S) QUE AYUDA A IMPLEMENTAR LA ACTIVIDAD", "MES",
    "PRODUCTOS (BIENES O SERVICIOS) ENTREGABLES", "INDICADOR", "FÓRMULA", "RESULTADO", "RESPONSABLES",
    "SEGUIMIENTO TRIMESTRAL", "I", "II", "III", "IV",
    "Objetivo General:", "Objetivos Especificos:",
    "Componentes", "Actividades Específicas", "Responsable", "Indicadores de Desempeño", "Plazo",
    "Objetivo de plan de implementación", "Alcance", "PLAN", "RESPONSABLE", "DIMENSIONES",
    "POLÍTICAS DE GESTIÓN Y DESEMPEÑO", "Responsables", "Responsables:", "Fecha estimada:", "Fecha Estimada:",
}  # fmt: skip
LABEL = re.compile(
    r"^(PAGINA|CÓDIGO|VERSION|Fecha Aprobación|PROCESO|SUB PROCESO|OBJETIVO|ALCANCE|FECHA DEL PLAN"
    r"|DEPENDENCIAS? \w+ (DE|EN) LA FORMULACIÓN DEL PLAN|Propósito): "
)
BULLET = re.compile(r"^([-·✓]\s*)+|^(\d{1,2}(\.\d{1,2})+|\d{1,2}[.)])\s*")
PAGE_NUMBER = re.compile(r"\d{1,2}")
# From the largest piece to the smallest: a paragraph, its lines, the cells of a row, what a cell lists.
BREAKS = (r"\n\s*\n", r"\n", r"\t", r"<br>", r" (?=\d+\. )", r"(?<=\)) (?=[A-Z])")

OUR_OWN_WORDS = {"note", "source", "search_text", "digest", "slug"}


def normalise(text: str) -> str:
    return " ".join(re.sub(r"\*+", "", text).split())


def document(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def not_found(text: str, corpus: str, breaks=BREAKS) -> list[str]:
    """The smallest pieces of `text` that the corpus does not hold word for word."""
    piece = LABEL.sub("", BULLET.sub("", normalise(text)))
    if not piece or piece in FURNITURE or PAGE_NUMBER.fullmatch(piece):
        return []
    if re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", corpus):
        return []
    if not breaks:
        return [piece]
    return [missing for part in re.split(breaks[0], text) for missing in not_found(part, corpus, breaks[1:])]


def corpus_of(slug: str) -> str:
    """Every text that the database holds of an entity, but for what the portal says of itself."""
    entity = Entity.objects.get(slug=slug)
    return normalise("\n".join(row_text(row) for queryset in rows_of(entity) for row in queryset))


def row_text(row) -> str:
    """The texts of a row in the order of its columns: a name and its description read «name: description»."""
    fields = [f for f in row._meta.concrete_fields if f.name not in OUR_OWN_WORDS and not f.choices]
    return ": ".join(said for field in fields if (said := value_text(getattr(row, field.name))))


def value_text(value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(value)
    if hasattr(value, "strftime"):
        return "\n".join(date_format(value, style).lower() for style in (r"j \d\e F \d\e Y", "d/m/Y"))
    return ""


# --- Every text -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ENTITY_OF)
def test_every_text_of_the_document_is_in_the_database(name):
    assert not_found(document(name), corpus_of(ENTITY_OF[name])) == []


def test_a_changed_word_is_not_found():
    sentence = "Articular acciones con los colegios oficiales y no oficiales"
    corpus = corpus_of("candelaria")
    assert sentence in document("candelaria-marco")
    assert not_found(sentence, corpus) == []
    assert not_found(sentence.replace("colegios", "museos"), corpus) == [sentence.replace("colegios", "museos")]


def test_a_text_taken_out_of_the_database_is_missed():
    purpose = Purpose.objects.get(text__startswith="Gestionar la creación de medios")
    Purpose.objects.filter(pk=purpose.pk).update(text="")
    assert not_found(document("candelaria-marco"), corpus_of("candelaria")) == [purpose.text]


def test_a_text_of_one_entity_is_not_looked_for_in_another():
    assert len(not_found(document("concejo-plan"), corpus_of("cartago"))) > 50


# --- Cartago --------------------------------------------------------------------------------------


@pytest.fixture
def cartago():
    return StrategicFramework.objects.get(entity__slug="cartago")


def test_the_framework_of_cartago_is_whole(cartago):
    assert (cartago.first_year, cartago.last_year) == (2020, 2023)
    assert cartago.is_published
    assert cartago.kind == FrameworkKind.DIRECTION
    assert cartago.adoption_act == ""
    assert cartago.pillars.count() == 5
    objectives = cartago.axes.annotate(many=models.Count("objectives"))
    assert [(axis.name, axis.many) for axis in objectives] == [
        ("POLÍTICA SOCIAL POR EL BUEN VIVIR", 5),
        ("COMPETITIVIDAD EN ARMONÍA CON EL MEDIO AMBIENTE", 10),
        ("GOBIERNO EFICAZ", 5),
    ]
    assert cartago.principles.count() == 10
    assert cartago.values.count() == 7
    assert cartago.mission.startswith("Construir participativa")
    assert cartago.vision.startswith("En el año 2023")
    assert cartago.general_objective.startswith("Desarrollar acciones por el buen vivir")


def test_a_name_may_be_principle_and_value_with_different_words(cartago):
    both = {"Honestidad", "Respeto", "Transparencia"}
    principles = dict(cartago.principles.filter(name__in=both).values_list("name", "description"))
    values = dict(cartago.values.filter(name__in=both).values_list("name", "description"))
    assert set(principles) == set(values) == both
    assert all(principles[name] != values[name] for name in both)


# --- Candelaria -----------------------------------------------------------------------------------


@pytest.fixture
def candelaria():
    return StrategicFramework.objects.get(entity__slug="candelaria")


def test_the_programme_of_candelaria_is_whole(candelaria):
    assert (candelaria.first_year, candelaria.last_year) == (2024, 2027)
    assert candelaria.principles.count() == 7
    assert candelaria.approaches.count() == 9
    assert candelaria.mission == ""
    assert "Convertir a Candelaria" in candelaria.vision
    assert "Para tal fin, gobernaremos" in candelaria.vision
    of_axis_one = {"line__axis__framework": candelaria, "line__axis__position": 1}
    assert Programme.objects.filter(**of_axis_one).count() == Programme.objects.count() == 13
    assert Purpose.objects.filter(programme__line__axis__framework=candelaria).count() == 15


@pytest.mark.walks_rows
def test_lines_are_those_of_the_table_of_contents(candelaria):
    printed = re.split(r"EJE ESTRATÉGICO 0\d\s*\n", document("candelaria-marco"))[1:]
    titles = [re.findall(r"^(.+?)\t\d+$", axis, re.MULTILINE)[1:] for axis in printed]  # the first is the axis
    assert [len(axis) for axis in titles] == [6, 16, 8, 6, 7]
    assert [[line.name for line in axis.lines.all()] for axis in candelaria.axes.all()] == titles


def test_a_candidates_programme_is_shown_as_what_it_is(candelaria):
    assert candelaria.kind == FrameworkKind.GOVERNMENT_PROGRAMME
    assert not candelaria.is_adopted
    assert "no un plan adoptado" in candelaria.note
    assert not ActionPlan.objects.filter(entity__slug="candelaria").exists()


@pytest.mark.parametrize("word", ["Estudié", "abogada", "Diputada", "Concejala", "madre"])
def test_the_candidates_biography_is_nowhere(word):
    everything = [corpus_of(entity.slug) for entity in Entity.objects.all()]
    everything += [path.read_text(encoding="utf-8") for path in FIXTURES.rglob("*.json")]
    everything += [path.read_text(encoding="utf-8") for path in TEXTS.iterdir()]
    assert not [said for said in everything if re.search(rf"\b{word}\b", said)]


# --- All documents --------------------------------------------------------------------------------


@pytest.mark.walks_rows
def test_every_loaded_row_is_one_that_a_form_would_accept():
    for entity in Entity.objects.all():
        for queryset in rows_of(entity):
            for row in queryset:
                if not isinstance(row, AuditChain):
                    row.full_clean(validate_unique=False)


@pytest.mark.parametrize("name", ["concejo-plan", "cartagena-mipg", "cartagena-plan"])
def test_every_office_that_a_document_names_is_one_of_the_entity(name):
    find_office = office_finder(Entity.objects.get(slug=read(f"documents/{name}.json")["entity"]))
    printed = (FIXTURES / "documents" / f"{name}.json").read_text(encoding="utf-8")
    named = set(re.findall(r'"office": "([^"]+)"', printed))
    assert named
    assert [office for office in named if find_office(office) is None] == []


def test_each_document_is_told_once_in_the_trail():
    told = AuditEvent.objects.filter(event="load_document")
    assert told.filter(object_type="planning.strategicframework").count() == 2
    assert told.filter(object_type="actionplans.planversion").count() == 3
    assert told.filter(chain__entity__slug="cartagena", new__leaderships=43).count() == 1
    assert all(audit.verify(chain) == [] for chain in AuditChain.objects.all())
