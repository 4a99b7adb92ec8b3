"""A redacted copy is taken back: from the public at once, its bytes for ever, the trail says why."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.urls import reverse

from actionplans.domain.following.evidence.bringing import bring_file, bring_redacted
from actionplans.domain.following.evidence.withdrawing import withdraw_redacted
from actionplans.domain.workflow import TransitionRefused
from actionplans.models import Evidence
from planning.models import AuditEvent
from tests.evidence_files import PDF, upload
from tests.following import close, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def withheld(house):
    """Evidence with personal data, of which there is a redacted copy."""
    said = {"classification": "datos-personales", "ground": "Ley 1581: cédulas"}
    row = bring_file(house.entity, upload(PDF, "acta.pdf"), by=house.leader, office=house.office, **said)
    return bring_redacted(row, upload(PDF + b"2", "tachada.pdf"), by=house.leader)


def address(name, row):
    return reverse(name, args=["cartago", row.pk])


def test_of_a_closed_period_the_public_reads_it_no_more(
    house, withheld, plan, first, client, django_capture_on_commit_callbacks
):
    reported(house, plan.activities.first(), first, evidence=(withheld,))
    close(house, first)
    public = address("public_evidence_file", withheld)
    assert client.get(public).status_code == 200
    client.force_login(house.planning)
    page = client.get(address("evidence_copy", withheld)).content.decode()
    assert "Se publica en cuanto la guarde" in page
    assert "Trimestre I de 2024" in page
    withdraw = address("evidence_copy_withdraw", withheld)
    refused = client.post(withdraw, {"reason": " "})
    assert refused.context["form"].errors["reason"] == [
        "Escriba por qué se quita la copia: queda en la auditoría."
    ]
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(withdraw, {"reason": "Deja leer una cédula."}, follow=True)
    assert "La copia se quitó" in done.content.decode()
    assert client.get(public).status_code == 404
    assert client.get(withdraw).status_code == 404
    row = Evidence.objects.get()
    assert (row.redacted_file.name, row.redacted_sha256, row.redacted_size) == ("", "", 0)
    assert not default_storage.exists(withheld.redacted_file.name)
    assert default_storage.exists(withheld.file.name)
    event = AuditEvent.objects.get(event="withdraw_redacted")
    assert (event.comment, event.old["sha256"]) == ("Deja leer una cédula.", withheld.redacted_sha256)


def test_before_any_closing_the_page_does_not_say_that_it_is_published(house, withheld, client):
    client.force_login(house.planning)
    assert "Se publica en cuanto" not in client.get(address("evidence_copy", withheld)).content.decode()


def test_the_bytes_stay_where_the_row_is_not_kept(
    house, withheld, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(Evidence, "save", lambda self, **options: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        withdraw_redacted(withheld, by=house.planning, reason="Deja leer una cédula.")
    assert default_storage.exists(withheld.redacted_file.name)


def test_there_must_be_one(house, withheld):
    withdraw_redacted(withheld, by=house.leader, reason="Deja leer una cédula.")
    with pytest.raises(TransitionRefused, match="no tiene una copia"):
        withdraw_redacted(withheld, by=house.leader, reason="Otra vez.")


def test_once_it_served_in_a_closed_period_only_planning_takes_it_back(house, withheld, plan, first):
    reported(house, plan.activities.first(), first, evidence=(withheld,))
    close(house, first)
    with pytest.raises(TransitionRefused, match="pida el cambio a la oficina de planeación"):
        withdraw_redacted(withheld, by=house.leader, reason="Deja leer una cédula.")
    withdraw_redacted(withheld, by=house.planning, reason="Deja leer una cédula.")
    assert not Evidence.objects.get().redacted_file


@pytest.mark.parametrize("post", ["committee", "auditor", "administrator"])
def test_others_do_not(house, withheld, post):
    with pytest.raises(PermissionDenied):
        withdraw_redacted(withheld, by=getattr(house, post), reason="Deja leer una cédula.")
    assert Evidence.objects.get().redacted_file
