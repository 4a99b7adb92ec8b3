"""The pages that ask before a step, and the act of a session."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actionplans.domain.acts import register_act
from actionplans.domain.contents.content import ComponentContent, IndicatorContent, PlanContent
from actionplans.domain.plan import create_plan, submit
from actionplans.domain.workflow import TransitionRefused
from actionplans.forms.scans import LARGEST
from actionplans.models import ApprovalAct, PlanVersion
from planning.models import AuditEvent
from tests.factories import activity_contents, make_draft, today
from tests.reading import words_of
from tests.steps import PDF, approve_by_act

from .addresses import address

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 32


def upload(name="acta.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def act(**fields):
    return {"name": "Acta 1", "date": today().isoformat(), "scan": upload(), **fields}


@pytest.fixture
def in_review(house):
    return submit(make_draft(house.entity, title="Plan uno"), by=house.planning)


def test_the_page_before_submitting_tells_what_the_citizen_will_miss(house, client):
    draft = make_draft(house.entity, activities=2)
    client.force_login(house.planning)
    page = words_of(client.get(address("version_step", pk=draft.pk, step="submit")))
    assert "Lo que la ciudadanía echará de menos" in page
    assert "No se podrá medir: sin indicador (actividades 1, 2)" in page
    assert "Lo que la ciudadanía echará de menos" in words_of(client.get(address("version", pk=draft.pk)))
    client.post(address("version_step", pk=draft.pk, step="submit"))
    assert PlanVersion.objects.get().status == "in_review"


def test_planning_registers_the_act_of_one_plan_with_its_scan(house, client, in_review):
    client.force_login(house.planning)
    page = client.get(address("version_step", pk=in_review.pk, step="register_act"))
    assert 'enctype="multipart/form-data"' in words_of(page)
    answer = client.post(address("version_step", pk=in_review.pk, step="register_act"), act(), follow=True)
    assert "El acto quedó registrado y el plan, aprobado y publicado." in words_of(answer)
    assert PlanVersion.objects.published().get().act == "Acta 1"
    assert "Guardar la copia (acta.pdf)" in words_of(answer)


def test_the_committee_may_name_its_act_or_not_but_not_half_of_it(house, client, in_review):
    client.force_login(house.committee)
    step = address("version_step", pk=in_review.pk, step="approve")
    answer = client.post(step, {"name": "Acta 5", "date": ""})
    assert "Escriba el acto con su fecha" in words_of(answer)
    client.post(step, {"name": "Acta 5", "date": today().isoformat()})
    assert PlanVersion.objects.published().get().act == "Acta 5"


def test_a_session_is_chosen_on_the_list_and_approved_at_once(house, client, in_review):
    second = submit(make_draft(house.entity, title="Plan dos"), by=house.planning)
    make_draft(house.entity, title="Plan en borrador")
    client.force_login(house.planning)
    listed = words_of(client.get(address("management_entity")))
    assert listed.count('type="checkbox"') == 2
    asked = client.get(address("register_act"), {"version": [in_review.pk, second.pk]})
    assert words_of(asked).count("checked") == 2
    answer = client.post(address("register_act"), act(versions=[in_review.pk, second.pk]), follow=True)
    assert "2 planes quedaron aprobados y publicados" in words_of(answer)
    assert ApprovalAct.objects.get().versions.count() == 2


def test_a_plan_that_is_no_longer_in_review_stops_the_session(house, client, in_review):
    draft = make_draft(house.entity, title="Plan dos")
    client.force_login(house.planning)
    answer = client.post(address("register_act"), act(versions=[in_review.pk, draft.pk]))
    assert "ya no está en revisión" in words_of(answer)
    assert not PlanVersion.objects.published().exists()


def test_without_plans_in_review_the_page_says_how_to_begin(house, client):
    client.force_login(house.planning)
    assert "Ningún plan está en revisión." in words_of(client.get(address("register_act")))


def test_the_committee_is_not_offered_checkboxes(house, client, in_review):
    client.force_login(house.committee)
    assert 'type="checkbox"' not in words_of(client.get(address("management_entity")))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"scan": upload("acta.exe", b"MZ")}, "no es un PDF, JPG o PNG"),
        ({"scan": upload("acta.pdf", b"<html><script>")}, "no es un PDF, JPG o PNG"),
        ({"scan": upload("acta.png", PDF)}, "su extensión no dice lo que es"),
        ({"scan": upload("acta.pdf", PDF + b"0" * LARGEST)}, "el máximo son 10 MB"),
        ({"scan": upload("a" * 97 + ".pdf")}, None),
        ({"scan": ""}, "Este campo es obligatorio"),
        ({"date": (datetime.date.today() + datetime.timedelta(days=3)).isoformat()}, "no puede ser futura"),
        ({"name": ""}, "Este campo es obligatorio"),
    ],
    ids=["program", "page in disguise", "wrong extension", "heavy", "long name", "none", "future", "no name"],
)
def test_what_is_no_scan_or_no_act_is_refused(house, client, in_review, fields, why):
    client.force_login(house.planning)
    before = AuditEvent.objects.count()
    answer = client.post(address("version_step", pk=in_review.pk, step="register_act"), act(**fields))
    if why:
        assert why in words_of(answer)
        assert (ApprovalAct.objects.count(), AuditEvent.objects.count()) == (0, before)
    else:
        assert ApprovalAct.objects.get().scan_name.endswith(".pdf")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("acta.pdf", PDF, "application/pdf"), ("acta.PNG", PNG, "image/png"), ("acta.jpeg", JPEG, "image/jpeg")],
)
def test_the_scan_is_saved_and_never_shown(house, client, in_review, name, content, kind):
    client.force_login(house.planning)
    client.post(address("version_step", pk=in_review.pk, step="register_act"), act(scan=upload(name, content)))
    answer = client.get(address("act_scan", pk=ApprovalAct.objects.get().pk))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_the_scan_is_for_the_staff_of_the_entity_only(house, neighbour, client, in_review):
    client.force_login(house.planning)
    client.post(address("version_step", pk=in_review.pk, step="register_act"), act())
    scan = address("act_scan", pk=ApprovalAct.objects.get().pk)
    client.force_login(neighbour.planning)
    assert client.get(scan).status_code == 404
    assert client.get(scan.replace("cartago", "candelaria")).status_code == 404
    client.logout()
    assert "/cuenta/ingresar/" in client.get(scan).url


def test_an_act_without_copy_has_nothing_to_save(house, client, in_review):
    row = ApprovalAct.objects.create(entity=house.entity, name="Acta", date=today(), registered_by=house.committee)
    client.force_login(house.planning)
    assert client.get(address("act_scan", pk=row.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_queries_however_many_plans(house, client, number, django_assert_num_queries):
    for position in range(number):
        submit(make_draft(house.entity, title=f"Plan {position}"), by=house.planning)
    client.force_login(house.planning)
    with django_assert_num_queries(19):
        client.get(address("management_entity"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_of_a_plan_by_components_asks_the_same_however_many_activities(
    house, client, number, django_assert_num_queries
):
    content = PlanContent(
        title="Por componentes",
        components=(ComponentContent(name="Diagnóstico", indicators=(IndicatorContent(name="Informes"),)),),
        activities=activity_contents(number, house.office, component="Diagnóstico"),
    )
    version = create_plan(house.entity, 2024, content, by=house.planning)
    client.force_login(house.committee)
    with django_assert_num_queries(21):
        page = words_of(client.get(address("version", pk=version.pk)))
    assert "Del componente «Diagnóstico»" in page
    assert "Informes: sin meta definida" in page


def test_an_act_for_a_plan_approved_already_says_so(house):
    approved = approve_by_act(make_draft(house.entity), house)
    with pytest.raises(TransitionRefused, match="«Aprobado»"):
        register_act([approved], by=house.planning, name="Acta 1", date=datetime.date(2024, 1, 30))
