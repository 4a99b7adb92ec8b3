"""Who reaches the file of an evidence, before and after the closing: every post, and citizens."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from actionplans.domain.following.evidence.bringing import bring_file, bring_link, bring_redacted, reclassify
from actionplans.enums import Classification
from actionplans.reports.issued.stored_files import stored_answer
from planning.enums import Role
from tests.evidence_files import PDF, picture, upload
from tests.factories import make_office, make_user
from tests.following import close, reopen, report, reported

pytestmark = pytest.mark.django_db
PUBLIC, RESERVED = Classification.PUBLIC, Classification.RESERVED
GROUND = "Ley 1712 de 2014, artículo 19: datos de una investigación"
POSTS = ("anonymous", "administrator", "planning", "leader", "committee", "auditor", "other_leader", "neighbour")


def bring(house, content=PDF, classification=PUBLIC, **said):
    told = {"by": house.leader, "office": house.office, "ground": GROUND, **said}
    return bring_file(house.entity, upload(content, "acta.pdf"), classification=classification, **told)


@pytest.fixture
def sign_in(house, neighbour, client):
    other = make_office(house.entity, "Secretaría de Gobierno")
    people = {
        "other_leader": make_user("otra@cartago.example", house.entity, Role.LEADER, offices=[other]),
        "neighbour": neighbour.planning,
    }

    def signed_in(post):
        client.logout()
        if post != "anonymous":
            client.force_login(people.get(post) or getattr(house, post))
        return client

    return signed_in


def page(evidence, name="evidence_page"):
    return reverse(name, args=[evidence.entity.slug, evidence.pk])


def public_page(evidence, name="public_evidence"):
    return reverse(name, args=[evidence.entity.slug, evidence.pk])


OPENS = {"planning", "leader", "committee", "auditor"}


@pytest.mark.parametrize("classification", [PUBLIC, RESERVED])
@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("post", POSTS)
def test_the_private_door(house, plan, first, sign_in, post, closed, classification):
    row = bring(house, classification=classification)
    reported(house, plan.activities.first(), first, evidence=(row,))
    if closed:
        close(house, first)
    client = sign_in(post)
    answers = {name: client.get(page(row, name)).status_code for name in ("evidence_page", "evidence_file")}
    expected = 302 if post == "anonymous" else 200 if post in OPENS else 404
    assert set(answers.values()) == {expected}


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize(("classification", "after", "file"), [(PUBLIC, 200, 200), (RESERVED, 200, 404)])
def test_the_public_door_opens_with_the_closing(house, plan, first, sign_in, post, classification, after, file):
    row = bring(house, classification=classification)
    reported(house, plan.activities.first(), first, evidence=(row,))
    client = sign_in(post)
    for name in ("public_evidence", "public_evidence_file"):
        assert client.get(public_page(row, name)).status_code == 404
    close(house, first)
    assert client.get(public_page(row)).status_code == after
    assert client.get(public_page(row, "public_evidence_file")).status_code == file


def test_only_what_was_validated_and_attached_is_public(house, plan, first, client):
    one, two, _ = plan.activities.all()
    validated, sent, loose = bring(house), bring(house, PDF + b"2"), bring(house, PDF + b"3")
    reported(house, one, first, evidence=(validated,))
    report(house, two, first, evidence=(sent,))
    close(house, first)
    assert [client.get(public_page(row)).status_code for row in (validated, sent, loose)] == [200, 404, 404]


def test_a_reopened_period_shows_what_counted_in_its_newest_closing(house, plan, first, client):
    one, two, _ = plan.activities.all()
    old, new, kept = bring(house), bring(house, PDF + b"2"), bring(house, PDF + b"3")
    reported(house, one, first, evidence=(old,))
    reported(house, two, first, evidence=(kept,))
    close(house, first)
    reopen(house, first, [one], until=first.closes)
    reported(house, one, first, evidence=(new,))
    assert [client.get(public_page(row)).status_code for row in (old, new, kept)] == [200, 404, 200]
    first.refresh_from_db()
    close(house, first)
    assert [client.get(public_page(row)).status_code for row in (old, new, kept)] == [404, 200, 200]


def test_what_is_withheld_says_that_it_exists_and_how_to_ask_for_it(house, plan, first, client):
    house.entity.email, house.entity.pqrsd_url = "contacto@cartago.example", "https://cartago.example/pqrsd"
    house.entity.save()
    row = bring(house, classification=RESERVED, description="Denuncia de Fulana")
    reported(house, plan.activities.first(), first, evidence=(row,))
    close(house, first)
    html = client.get(public_page(row)).content.decode()
    for words in ("no es pública", GROUND, "contacto@cartago.example", "https://cartago.example/pqrsd",
                  "Reservada o clasificada"):  # fmt: skip
        assert words in html
    for secret in ("Fulana", "acta.pdf", row.sha256):
        assert secret not in html


def test_a_withheld_link_is_not_told(house, plan, first, client):
    link = "https://ejemplo.gov.co/expediente"
    row = bring_link(
        house.entity, link, by=house.leader, office=house.office, classification=RESERVED, ground=GROUND
    )
    reported(house, plan.activities.first(), first, evidence=(row,))
    close(house, first)
    assert link not in client.get(public_page(row)).content.decode()
    reclassify(row, by=house.planning, classification=PUBLIC, ground="Ya se resolvió")
    assert f'href="{link}"' in client.get(public_page(row)).content.decode()
    assert client.get(public_page(row, "public_evidence_file")).status_code == 404


def test_the_redacted_copy_stands_in(house, plan, first, client):
    row = bring(house, classification=RESERVED)
    reported(house, plan.activities.first(), first, evidence=(row,))
    bring_redacted(row, upload(PDF + b"tachada", "nombre-de-alguien-tachada.pdf"), by=house.leader)
    close(house, first)
    answer = client.get(public_page(row, "public_evidence_file"))
    assert b"".join(answer.streaming_content) == PDF + b"tachada"
    assert answer["Content-Disposition"] == f'attachment; filename="evidencia-{row.pk}-tachada.pdf"'
    assert "nombre-de-alguien" not in client.get(public_page(row)).content.decode()


def test_withdrawing_takes_the_file_from_the_public_at_once(house, plan, first, client):
    row = bring(house)
    reported(house, plan.activities.first(), first, evidence=(row,))
    close(house, first)
    answer = client.get(public_page(row, "public_evidence_file"))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="evidencia-{row.pk}.pdf"'
    reclassify(row, by=house.planning, classification=RESERVED, ground=GROUND)
    assert client.get(public_page(row, "public_evidence_file")).status_code == 404


def test_of_another_entity_nothing_is_found_by_number(house, neighbour, plan, first, sign_in):
    row = bring(house)
    reported(house, plan.activities.first(), first, evidence=(row,))
    close(house, first)
    client = sign_in("neighbour")
    for name in ("evidence_page", "evidence_file", "evidence_classify", "evidence_copy", "evidence_remove",
                 "public_evidence"):  # fmt: skip
        assert client.get(reverse(name, args=[neighbour.entity.slug, row.pk])).status_code == 404


def test_a_draft_is_told_only_to_who_writes_it(house, plan, first, sign_in):
    from actionplans.domain.following.reporting.drafts import attach
    from tests.following import promised

    row = bring(house)
    attach(promised(plan.activities.first(), first), first, row, by=house.leader)
    for post in ("leader", "planning"):
        assert "En un borrador" in sign_in(post).get(page(row)).content.decode()
    for post in POSTS:
        if post not in ("leader", "planning", "anonymous"):
            answers = [sign_in(post).get(page(row, name)) for name in ("evidence_page", "evidence_file")]
            assert [answer.status_code for answer in answers] == [404, 404], post


def test_files_travel_so_that_nothing_in_them_runs(house, first, sign_in):
    client = sign_in("leader")
    saved = client.get(page(bring(house), "evidence_file"))
    assert saved["Content-Disposition"] == 'attachment; filename="acta.pdf"'
    photo = bring(house, picture("PNG"))
    shown = client.get(page(photo, "evidence_file") + "?ver=1")
    assert shown["Content-Disposition"] == 'inline; filename="acta.pdf.png"'
    assert shown["Content-Type"] == "image/png"
    for answer in (saved, shown):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in answer["Cache-Control"]


def test_a_kind_that_shows_nothing_is_saved_even_when_asked_to_show(house, first):
    stored = bring(house).file
    answer = stored_answer(stored, name="acta.pdf", media_type="text/html", inline=True)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    answer.close()


def test_a_file_that_is_gone_is_not_found(house, first, sign_in):
    row = bring(house, picture("JPEG"))
    default_storage.delete(row.file.name)
    client = sign_in("leader")
    assert client.get(page(row, "evidence_file")).status_code == 404
    assert client.get(page(row)).status_code == 200


def test_what_was_brought_by_mistake_is_removed_after_a_question(
    house, plan, first, sign_in, django_capture_on_commit_callbacks
):
    row, client = bring(house), sign_in("leader")
    assert page(row, "evidence_remove") in client.get(page(row)).content.decode()
    assert "SHA-256" in client.get(page(row, "evidence_remove")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page(row, "evidence_remove"))
    assert answer.url == reverse("follow_up_entity", args=["cartago"])
    assert client.get(page(row)).status_code == 404
    assert not default_storage.exists(row.file.name)


def test_what_goes_with_a_report_offers_no_removal(house, plan, first, sign_in):
    row, client = bring(house), sign_in("leader")
    report(house, plan.activities.first(), first, evidence=(row,))
    assert page(row, "evidence_remove") not in client.get(page(row)).content.decode()
    for answer in (client.get(page(row, "evidence_remove")), client.post(page(row, "evidence_remove"))):
        assert "ya se envió" in answer.content.decode()
    assert default_storage.exists(row.file.name)


def test_a_photo_that_tells_its_place_is_pointed_out(house, first, sign_in):
    client, words = sign_in("leader"), "dice dónde se tomó"
    assert words in client.get(page(bring(house, picture(position=True)))).content.decode()
    assert words not in client.get(page(bring(house, picture()))).content.decode()


def test_the_office_changes_the_class_on_the_page(house, first, sign_in):
    row, client = bring(house), sign_in("leader")
    answer = client.post(page(row, "evidence_classify"), {"classification": RESERVED, "ground": ""})
    assert answer.context["form"].errors["ground"]
    answer = client.post(page(row, "evidence_classify"), {"classification": RESERVED, "ground": GROUND})
    assert answer.url == page(row)
    row.refresh_from_db()
    assert row.ground == GROUND
    client.post(page(row, "evidence_copy"), {"file": upload(PDF + b"2", "tachada.pdf")})
    row.refresh_from_db()
    assert row.redacted_name == "tachada.pdf"
    refused = client.post(page(row, "evidence_copy"), {"file": upload(b"MZ", "tachada.pdf")})
    assert "programa" in refused.content.decode()


def test_who_only_reads_changes_nothing(house, plan, first, sign_in):
    row = bring(house)
    report(house, plan.activities.first(), first, evidence=(row,))
    for post in ("committee", "auditor"):
        client = sign_in(post)
        assert client.get(page(row, "evidence_classify")).status_code == 403
        assert client.post(page(row, "evidence_copy"), {"file": upload(PDF + b"2")}).status_code == 403
        assert client.post(page(row, "evidence_remove")).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_as_often_with_one_use_as_with_three(
    house, plan, first, sign_in, django_assert_num_queries, many
):
    row = bring(house)
    for activity in plan.activities.all()[:many]:
        report(house, activity, first, evidence=(row,))
    client = sign_in("planning")
    with django_assert_num_queries(14):
        client.get(page(row))
    client.logout()


@pytest.mark.parametrize("many", [1, 3])
def test_the_public_page_asks_as_often_with_one_use_as_with_three(
    house, plan, first, client, django_assert_num_queries, many
):
    row = bring(house)
    for activity in plan.activities.all()[:many]:
        reported(house, activity, first, evidence=(row,))
    close(house, first)
    with django_assert_num_queries(5):
        assert len(client.get(public_page(row)).context["uses"]) == many
