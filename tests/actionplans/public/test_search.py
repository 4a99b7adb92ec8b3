"""The search pages: what they say, what they keep in the address, and what they never tell."""

import pytest
from django.core.cache import caches

from actionplans.domain.finding.rebuilding import index_entity
from actionplans.domain.following.evidence.bringing import bring_file
from actionplans.domain.plan import submit
from actionplans.enums import Classification
from actionplans.models import SearchEntry
from mipg.models import PolicyLeadership
from tests.evidence_files import PDF, upload
from tests.factories import make_draft, make_framework, make_policy, make_published_plan
from tests.following import close, link, make_year, on_day, report, reported

pytestmark = pytest.mark.django_db

NOTHING = "Ningún plan, actividad, marco estratégico ni evidencia dice"
HERE, EVERYWHERE = "/cartago/buscar/", "/buscar/"


def text_of(client, address=HERE, **params):
    answer = client.get(address, params)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def plan(house):
    return make_published_plan(house.entity, title="Plan de archivos", activities=2, office=house.office)


def test_before_anything_is_asked_there_is_a_box_and_where_else_to_look(client, plan):
    for address in (HERE, EVERYWHERE):
        page = text_of(client, address)
        assert '<label for="id_texto">Qué busca</label>' in page
        assert 'type="search"' in page
        assert "También puede" in page
        assert "resultado" not in page


def test_a_hit_says_what_it_is_where_it_is_and_where_the_word_stands(client, plan):
    page = text_of(client, texto="ARCHIVO")
    assert "3 resultados para «ARCHIVO»: 1 plan de acción y 2 actividades." in page
    assert '<a href="/cartago/planes/2024/plan-de-archivos/">Plan de <mark>archivos</mark></a>' in page
    assert "Actividad 1 · Plan de <mark>archivos</mark> 2024" in page
    assert "/cartago/planes/2024/plan-de-archivos/actividades/1/</p>" in page
    assert "<span>Actividad</span><span>Vigencia 2024</span>" in page
    assert page.index("Plan de <mark>") < page.index("Actividad número 1")


def test_every_address_that_is_found_opens(client, house, plan):
    policy = make_policy()
    PolicyLeadership.objects.create(
        entity=house.entity, policy=policy, office=house.office, role="leads", source="Decreto 12"
    )
    framework = make_framework(house.entity)
    framework.axes.create(position=1, name="Gobierno eficaz")
    with on_day(2024, 4, 5):
        quarter = make_year(house)[0]
        reported(house, plan.activities.first(), quarter, evidence=(link(house),))
        close(house, quarter)
    assert index_entity(house.entity) == 7
    for path in SearchEntry.objects.values_list("path", flat=True):
        assert client.get(f"/cartago/{path}").status_code == 200, path


def test_the_portal_names_whose_each_hit_is(client, plan, neighbour):
    make_published_plan(neighbour.entity, title="Archivos del vecino")
    page = text_of(client, EVERYWHERE, texto="archivos", tipo="plan")
    assert "2 resultados para «archivos»: 2 planes de acción." in page
    for name in ("Alcaldía de Cartago", "Alcaldía de Candelaria"):
        assert f"<span>{name}</span>" in page
    assert "vecino" not in text_of(client, texto="archivos")


def test_filters_stay_in_the_address_and_can_be_taken_away_one_by_one(client, house):
    policy = make_policy()
    make_published_plan(house.entity, title="Archivos de hoy", kind="politica", policy=policy, activities=1)
    make_published_plan(house.entity, title="Archivos de antes", year=2023, activities=1)
    asked = {"texto": "archivos", "tipo": "plan", "vigencia": "2024", "politica": policy.key}
    page = text_of(client, **asked)
    assert "1 resultado para «archivos»: 1 plan de acción." in page
    assert "Archivos de antes" not in page
    assert 'href="?texto=archivos&amp;vigencia=2024&amp;politica=participacion"' in page  # without the kind
    assert 'href="?texto=archivos&amp;tipo=plan&amp;politica=participacion"' in page  # without the year
    assert '<a class="clear" href="?texto=archivos">' in page


@pytest.mark.parametrize(
    "params", [{"vigencia": "abc"}, {"vigencia": "9" * 30}, {"tipo": "borrador"}, {"politica": "o'tra\x00"}]
)
def test_a_value_that_is_not_offered_is_said_and_filters_nothing(client, plan, params):
    for address in (HERE, EVERYWHERE):
        page = text_of(client, address, texto="archivos", **params)
        assert "Escoja una de las opciones de la lista." in page
        assert "3 resultados" in page


def test_without_a_hit_it_says_how_to_go_on(client, plan):
    page = text_of(client, texto="archivos inexistentes", vigencia="2024")
    assert f"{NOTHING} «archivos inexistentes» con esos filtros." in page
    assert "Pruebe con menos palabras" in page
    assert 'href="?texto=archivos&amp;vigencia=2024">archivos</a>' in page
    assert 'href="?texto=archivos+inexistentes">Buscar lo mismo sin filtros</a>' in page
    assert 'href="/cartago/planes/"' in page


def test_words_that_say_nothing_ask_for_others(client, plan):
    assert "Escriba al menos una palabra" in text_of(client, texto="de la")


def test_hits_go_by_twenties_and_keep_what_was_asked(client, house):
    make_published_plan(house.entity, title="Plan", activities=30)
    page = text_of(client, texto="actividad", tipo="actividad")
    assert "30 resultados" in page
    assert "Página 1 de 2" in page
    assert "?texto=actividad&amp;tipo=actividad&amp;pagina=2" in page
    second = text_of(client, texto="actividad", tipo="actividad", pagina="2")
    assert '<ol class="rows hits" start="21">' in second
    assert second.count("<h3>") == 10
    for odd in ("0", "-1", "x", "9" * 40, "\x00"):
        assert text_of(client, texto="actividad", pagina=odd).count("<h3>")


def test_too_many_are_said_to_be_so(client, plan, monkeypatch):
    monkeypatch.setattr("actionplans.domain.finding.asking.MOST_HITS", 2)
    monkeypatch.setattr("actionplans.public.finding.MOST_HITS", 2)
    assert "Más de 2 resultados para «archivos»" in text_of(client, texto="archivos")


@pytest.mark.parametrize(
    "text",
    ["'", '"', "%", "_", "\\", "\x00", "a\x00rchivos", "🙂", "x" * 10_000, "archivos " * 2000,
     "<script>alert(1)</script>", "((", "!archivos", "a & b | c", ":*", "'; DROP TABLE x; --", "\u202e", "ﬁ", "İ",
     "\ud800"],
)  # fmt: skip
@pytest.mark.parametrize("address", [HERE, EVERYWHERE])
def test_whatever_is_typed_is_answered(client, plan, address, text):
    answer = client.get(address, {"texto": text.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_markup_in_what_is_found_is_shown_as_text(client, house):
    make_published_plan(house.entity, title="<b>Archivos</b> & más")
    page = text_of(client, texto="archivos")
    assert "&lt;b&gt;<mark>Archivos</mark>&lt;/b&gt; &amp; más" in page


# --- What is never told ----------------------------------------------------------------------------


def test_nothing_unpublished_is_found(client, house, plan):
    """Each marker is a word that only one thing says; the last one is public, to prove that words are found."""
    make_draft(house.entity, title="Plan zafirouno", activities=1)
    submit(make_draft(house.entity, title="Plan zafirodos", office=house.office), by=house.planning)
    make_framework(house.entity, title="Marco zafirotres", is_published=False, slug="otro")
    hidden = {"classification": Classification.RESERVED, "ground": "Ley 1581 de 2012"}
    with on_day(2024, 4, 5):
        quarter = make_year(house)[0]
        one, two = plan.activities.all()
        secret = link(house, "https://zafirocuatro.example/", description="De zafirocinco", **hidden)
        shown = link(house, "https://otra.example/", description="De zafirodiez")
        reported(house, one, quarter, evidence=(secret, shown), narrative="Contó zafiroseis")
        report(house, two, quarter, evidence=(link(house, "https://x.example/", description="De zafirosiete"),))
        bring_file(house.entity, upload(PDF, "zafiroocho.pdf"), by=house.leader, office=house.office, **hidden)
        close(house, quarter)
    house.leader.post = "Líder zafironueve"
    house.leader.save()
    words = ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]
    for address in (HERE, EVERYWHERE):
        for word in words:
            assert NOTHING in text_of(client, address, texto=f"zafiro{word}"), word
        assert "1 resultado" in text_of(client, address, texto="zafirodiez")
    assert not SearchEntry.objects.filter(text__icontains="leader@").exists()


# --- Cost ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_asks_the_same_queries_however_much_is_found(client, house, django_assert_num_queries, number):
    for position in range(number):
        make_published_plan(house.entity, title=f"Archivos {position}", activities=10)
    with django_assert_num_queries(8):
        assert client.get(HERE, {"texto": "archivos"}).status_code == 200
    with django_assert_num_queries(5):
        assert client.get(EVERYWHERE, {"texto": "archivos"}).status_code == 200


def test_pages_without_words_are_kept_and_answers_are_not(client, plan, settings):
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    assert "public" in client.get(HERE)["Cache-Control"]
    answer = client.get(HERE, {"texto": "archivos"})
    assert "private" in answer["Cache-Control"]
    SearchEntry.objects.all().delete()
    assert "Ningún plan, actividad" in text_of(client, texto="archivos")


def test_filters_without_a_word_list_what_they_choose_newest_first(client, house, plan):
    make_published_plan(house.entity, title="Archivos de antes", year=2023, activities=1)
    page = text_of(client, tipo="plan")
    assert "2 resultados con esos filtros: 2 planes de acción." in page
    assert page.index("/cartago/planes/2024/plan-de-archivos/") < page.index(
        "/cartago/planes/2023/archivos-de-antes/"
    )
    assert "Nada de lo publicado cumple esos filtros." in text_of(client, tipo="evidencia")


@pytest.mark.parametrize("params", [{"texto": "el", "tipo": "plan"}, {"texto": "?", "vigencia": "2024"}])
def test_words_that_say_nothing_ask_for_one_that_does(client, plan, params):
    page = text_of(client, **params)
    assert "Escriba al menos una palabra que diga qué busca." in page
    assert "1 resultado" not in page


def test_all_entities_together_are_not_listed_without_a_word(client, plan):
    page = text_of(client, EVERYWHERE, tipo="plan")
    assert "Escriba al menos una palabra que diga qué busca." in page
    assert "plan-de-archivos" not in page


def test_a_page_beyond_the_last_is_said(client, plan):
    page = text_of(client, texto="archivos", pagina="99")
    assert "La lista llega hasta la página 1: se muestra la 1." in page
    assert "Esa página no está" not in text_of(client, texto="archivos", pagina="1")


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_without_words_asks_the_same_queries_however_long(client, house, django_assert_num_queries, number):
    for position in range(number):
        make_published_plan(house.entity, title=f"Archivos {position}", office=house.office)
    with django_assert_num_queries(9):
        client.get(HERE, {"tipo": "plan"})
