"""The same file or link brought again: told as it was, and never public and withheld in one report."""

import pytest
from django.urls import reverse

from actionplans.domain.following.evidence.bringing import bring_file, bring_link
from actionplans.domain.following.reporting.drafts import attach
from actionplans.domain.workflow import TransitionRefused
from actionplans.forms.report_evidence import EvidenceForm
from actionplans.models import Evidence, ReportDraft
from tests.evidence_files import PDF, picture, upload
from tests.following import promised

pytestmark = pytest.mark.django_db
GROUND = "Ley 1581 de 2012: cédulas"
LINK = "https://ejemplo.gov.co/acta"


def form_of(*files, known=(), **said):
    class Files:
        def getlist(self, name):
            return list(files)

    data = {f"evidence_{name}": value for name, value in {"classification": "publica", **said}.items()}
    form = EvidenceForm(data, Files(), activity_id=1, known=known)
    assert form.is_valid(), form.errors
    return form


def brought(house, form, beside=()):
    return form.bring(house.entity, by=house.leader, office=house.office, beside=beside)


def told(house, **said):
    return {"by": house.leader, "office": house.office, "classification": "publica", **said}


def personal(house):
    return told(house, classification="datos-personales", ground=GROUND)


def test_what_was_there_with_other_words_is_told_as_it_was(house):
    brought(house, form_of(upload(PDF, "acta.pdf"), description="Acta del comité"))
    form = form_of(upload(PDF, "informe.pdf"), description="Informe")
    assert brought(house, form)[0].description == "Acta del comité"
    assert form.notes == [
        "El archivo ya estaba como «Acta del comité» (acta.pdf): queda como estaba, sin lo que escribió ahora."
    ]


@pytest.mark.parametrize("name", ["acta.pdf", "ACTA.PDF"])
def test_what_is_brought_again_as_it_was_needs_no_word(house, name):
    brought(house, form_of(upload(PDF, "acta.pdf" if name == "acta.pdf" else "ACTA.pdf"), description="Acta"))
    form = form_of(upload(PDF, name), description="Acta ")
    brought(house, form)
    assert form.notes == []


def test_a_new_file_or_link_is_not_told_to_have_been_there(house):
    form = form_of(upload(picture("PNG"), "foto"), url="www.ejemplo.gov.co/x", description="Nuevo")
    assert len(brought(house, form)) == 2
    assert form.notes == []


def test_another_ground_of_what_was_there_is_told(house):
    withheld = {"classification": "datos-personales", "url": LINK}
    brought(house, form_of(ground=GROUND, **withheld))
    form = form_of(ground="Otra norma", **withheld)
    brought(house, form)
    assert form.notes == [f"El enlace ya estaba como «{LINK}»: queda como estaba, sin lo que escribió ahora."]


def test_the_same_file_chosen_twice_is_one_piece(house):
    assert len(brought(house, form_of(upload(PDF), upload(PDF)))) == 1


def test_the_same_in_another_class_is_refused_before_it_is_kept(house):
    public = bring_file(house.entity, upload(PDF, "acta.pdf"), **told(house))
    form = form_of(upload(PDF, "otra.pdf"), classification="datos-personales", ground=GROUND)
    assert brought(house, form, beside=[public]) == []
    assert "«acta.pdf» (Pública)" in form.errors["file"][0]
    link = bring_link(house.entity, LINK, **told(house))
    form = form_of(url=LINK, classification="datos-personales", ground=GROUND)
    brought(house, form, beside=[link])
    assert "Ya acompaña este reporte" in form.errors["url"][0]
    assert Evidence.objects.count() == 2


def test_two_pieces_chosen_again_are_refused_where_they_are_the_same(house):
    rows = [bring_file(house.entity, upload(), **said) for said in (told(house), personal(house))]
    form = form_of(known=rows, reuse=[row.pk for row in rows])
    assert brought(house, form) == rows[:1]
    assert "Ya acompaña" in form.errors["reuse"][0]


def test_attaching_asks_once_more(house, plan, first):
    rows = [bring_file(house.entity, upload(), **said) for said in (told(house), personal(house))]
    promise = promised(plan.activities.first(), first)
    attach(promise, first, rows[0], by=house.leader)
    with pytest.raises(TransitionRefused, match="Ya acompaña este reporte"):
        attach(promise, first, rows[1], by=house.leader)
    other = promised(plan.activities.last(), first)
    attach(other, first, rows[1], by=house.leader)
    assert [draft.evidence.get() for draft in ReportDraft.objects.order_by("pk")] == rows


def address(plan, first, name):
    return reverse(name, args=["cartago", first.pk, plan.activities.first().activity_id])


def test_the_page_tells_both_with_and_without_script(house, plan, first, client):
    client.force_login(house.leader)
    public = {"evidence_classification": "publica"}
    quiet = address(plan, first, "report_attach")
    client.post(quiet, {"evidence_file": upload(PDF, "acta.pdf"), **public})
    again = {"evidence_file": upload(PDF, "informe.pdf"), "evidence_description": "Informe", **public}
    assert "ya estaba como «acta.pdf»" in client.post(quiet, again).json()["html"]
    withheld = {"evidence_classification": "datos-personales", "evidence_ground": GROUND}
    refused = client.post(quiet, {"evidence_file": upload(PDF, "acta.pdf"), **withheld})
    assert (refused.status_code, "Ya acompaña" in refused.json()["message"]) == (422, True)
    page = address(plan, first, "report_page")
    again["evidence_file"] = upload(PDF, "informe.pdf")
    revision = {"revision": ReportDraft.objects.get().revision, "do": "attach"}
    html = client.post(page, {**again, **revision}, follow=True).content.decode()
    assert "ya estaba como «acta.pdf»" in html
    html = client.post(page, {"evidence_file": upload(PDF, "x.pdf"), **withheld, **revision}).content.decode()
    assert "Ya acompaña este reporte" in html
    assert Evidence.objects.count() == 1
