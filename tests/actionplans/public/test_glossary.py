"""Words with their meaning at hand, and the page of all of them."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.reporting.reviewing import verify_progress
from planning.documents import load_glossary, read
from planning.models import AuditEvent, GlossaryTerm
from tests.factories import adopt, make_entity, make_policy, make_published_plan
from tests.following import close, link, make_year, months, on_day, reported, shipped_lights

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]


@pytest.fixture
def terms(db):
    load_glossary(read("glossary.json"))


def drawn(rf, source: str, **values) -> str:
    from django.template import RequestContext

    return Template(source).render(RequestContext(rf.get("/"), values))


def test_a_term_has_its_words_a_button_and_what_it_means(rf, terms):
    page = drawn(rf, '{% term "vigencia" "vigencias" %}')
    assert page.startswith('<span class="term">vigencias<')
    assert 'popovertarget="termino-vigencia"' in page
    assert re.search(r'id="termino-vigencia" popover>', page)
    assert GlossaryTerm.objects.get(key="vigencia").meaning in page
    assert 'href="/glosario/#vigencia"' in page
    assert "Qué quiere decir vigencia" in page


def test_without_words_a_term_has_its_own_name(rf, terms):
    assert drawn(rf, '{% term "mipg" %}').startswith('<span class="term">MIPG<')


def test_only_the_first_use_on_a_page_explains_it(rf, terms):
    page = drawn(rf, '{% term "meta" %}|{% term "meta" "metas" %}')
    assert page.count("popovertarget=") == 2  # the button that opens it and the one that closes it
    assert page.endswith("|metas")


def test_a_term_inside_an_included_part_is_of_the_same_page(rf, terms):
    page = drawn(rf, '{% term "meta" %}{% include part %}', part=Template('-{% term "meta" "metas" %}'))
    assert page.endswith("-metas")


def test_all_terms_of_a_page_cost_one_query(rf, terms, django_assert_num_queries):
    with django_assert_num_queries(1):
        drawn(rf, '{% term "meta" %}{% term "vigencia" %}{% term "meta" %}{% term "no-existe" "nada" %}')


def test_an_unknown_term_and_paper_have_only_the_words(rf, terms):
    assert drawn(rf, '{% term "no-existe" "sus palabras" %}') == "sus palabras"
    assert Template('{% term "vigencia" "vigencia" %}').render(Context({})) == "vigencia"


def test_meanings_are_escaped(rf, db):
    GlossaryTerm.objects.create(key="x", name="<b>", meaning="<script>alert(1)</script>")
    page = drawn(rf, '{% term "x" %}{% term "y" words %}', words="<i>")
    assert "<script>" not in page
    assert "<b>" not in page
    assert "<i>" not in page


def test_every_term_that_templates_name_is_in_the_glossary():
    known = {row["key"] for row in json.loads((ROOT / "fixtures" / "glossary.json").read_text())["terms"]}
    sources = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    used = {key for source in sources for key in re.findall(r'{% term "([^"]+)"', source)}
    assert len(used) > 8
    assert used - known == set()


def test_the_glossary_has_every_term_under_its_anchor(client, terms):
    page = client.get("/glosario/").content.decode()
    for term in GlossaryTerm.objects.all():
        assert f'<dt id="{term.key}">' in page
        assert term.meaning in page
    assert page.index("Actividad<") < page.index("MIPG<") < page.index("Vigencia<")


def test_an_empty_glossary_says_what_will_be_there(client, db):
    assert "Aún no hay palabras" in client.get("/glosario/").content.decode()


def test_loading_again_keeps_what_people_wrote(db):
    assert load_glossary(read("glossary.json")).is_new
    GlossaryTerm.objects.filter(key="meta").update(meaning="Otra cosa")
    GlossaryTerm.objects.filter(key="corte").delete()
    assert load_glossary(read("glossary.json")).is_new
    assert GlossaryTerm.objects.get(key="meta").meaning == "Otra cosa"
    assert GlossaryTerm.objects.filter(key="corte").exists()
    assert not load_glossary(read("glossary.json")).is_new
    assert AuditEvent.objects.filter(object_type="planning.glossaryterm").count() == 2


def test_a_public_page_explains_its_words(client, terms):
    cartago = make_entity("cartago")
    adopt(cartago, make_policy())
    page = client.get("/cartago/mipg/").content.decode()
    assert page.count('id="termino-mipg"') == 1
    assert "public/glossary.css" in page


def explained(client, address) -> set[str]:
    """The words that a page explains, each of them once."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    keys = re.findall(r'id="termino-([a-z-]+)"', answer.content.decode())
    assert len(keys) == len(set(keys))
    return set(keys)


@pytest.fixture
def followed(house, terms):
    """A plan with a closed quarter; its only evidence is not public, and control interno verified the figure."""
    shipped_lights()
    measured = IndicatorContent(
        name="Ferias", kind="count", accumulation="flow", target=2, baseline=1, unit="ferias"
    )
    promise = ActivityContent(
        description="Hacer ferias",
        months=months(1),
        weight=Decimal(100),
        indicators=(measured,),
        responsibles=(ResponsibleContent(text="", office=house.office),),
    )
    version = make_published_plan(house.entity, content=PlanContent(title="Plan", activities=(promise,)))
    first, row = make_year(house)[0], version.activities.get()
    reserved = {"classification": "reservada", "ground": "Ley 1712 de 2014, artículo 19"}
    with on_day(2024, 4, 5):
        reported(house, row, first, 1, evidence=(link(house, **reserved),))
        verify_progress(row, first, by=house.auditor, value=Decimal(40), opinion="Se hizo una.")
    with on_day(2024, 4, 20):
        close(house, first)


def test_pages_of_figures_explain_their_words(client, followed):
    assert explained(client, "/cartago/transparencia/2024/") == {
        "vigencia",
        "avance-ejecutado",
        "avance-programado",
        "corte",
        "semaforo",
        "cierre",
    }
    assert explained(client, "/cartago/planes/2024/plan/") == {
        "vigencia",
        "actividad",
        "plan-de-accion",
        "indicador",
        "meta",
    }
    assert explained(client, "/cartago/planes/2024/plan/actividades/1/") == {
        "validado",
        "verificado",
        "evidencia-reservada",
        "indicador",
        "meta",
        "linea-base",
        "ponderacion",
    }


def test_a_meaning_that_changes_in_the_admin_is_on_the_pages_at_once(client, terms, superuser, settings):
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    make_entity("cartago")
    adopted = "/cartago/mipg/"
    assert "Es el modelo." not in client.get(adopted).content.decode()
    mipg = GlossaryTerm.objects.get(key="mipg")
    client.force_login(superuser)
    answer = client.post(
        f"/admin/planning/glossaryterm/{mipg.pk}/change/", {"name": "MIPG", "meaning": "Es el modelo.", "norm": ""}
    )
    assert answer.status_code == 302
    client.logout()
    client.cookies.clear()
    assert "Es el modelo." in client.get(adopted).content.decode()
