"""Bringing evidence, and saying who may see it."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import call_command

from actionplans.domain.following.evidence.bringing import bring_file, bring_link, bring_redacted, reclassify
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import Classification
from actionplans.models import Evidence
from planning.management.refusal import Error
from planning.models import AuditEvent
from tests.evidence_files import PDF, picture, upload
from tests.factories import make_office, make_published_plan
from tests.following import close, make_year, on_day, reported

pytestmark = pytest.mark.django_db
PUBLIC, PERSONAL = Classification.PUBLIC, Classification.PERSONAL


@pytest.fixture(autouse=True)
def own_storage(settings):
    """No file of another test is counted."""
    settings.STORAGES = {**settings.STORAGES}


def bring(house, content=PDF, name="acta.pdf", **said):
    options = {"by": house.leader, "office": house.office, "classification": PUBLIC, **said}
    return bring_file(house.entity, upload(content, name), **options)


def stored_files(house):
    try:
        return default_storage.listdir(f"evidencias/{house.entity.slug}")[1]
    except FileNotFoundError:
        return []


def refusal_of(call, *args, **kwargs):
    with pytest.raises(TransitionRefused) as refusal:
        call(*args, **kwargs)
    return " ".join(refusal.value.reasons)


def test_a_file_is_kept_as_it_came_under_a_name_of_ours(house):
    row = bring(house, name="../Acta de comité.PDF", description="  Firmas  ")
    assert (row.name, row.media_type, row.size, row.description) == (
        "Acta de comité.pdf", "application/pdf", len(PDF), "Firmas",
    )  # fmt: skip
    assert row.file.read() == PDF
    assert "comit" not in row.file.name
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    event = AuditEvent.objects.about(row).get()
    assert (event.event, event.new["sha256"]) == ("bring_evidence", row.sha256)


def test_the_same_bytes_of_the_same_office_and_class_are_one_row(house):
    first = bring(house)
    assert bring(house, name="otro-nombre.pdf") == first
    assert len(stored_files(house)) == 1
    assert AuditEvent.objects.filter(event="bring_evidence").count() == 1


def test_another_office_or_another_class_gets_its_own_row(house):
    other = make_office(house.entity, "Secretaría de Gobierno")
    rows = [
        bring(house),
        bring(house, by=house.planning, office=other),
        bring(house, by=house.planning, office=None),
        bring(house, classification=PERSONAL, ground="Ley 1581 de 2012: cédulas"),
    ]
    assert len({row.pk for row in rows}) == 4


def test_what_the_entity_withholds_is_not_brought_again_for_everybody(house, neighbour):
    office = make_office(house.entity, "Secretaría de Gobierno")
    bring(house, by=house.planning, office=office, classification=PERSONAL, ground="Tiene cédulas")
    told = refusal_of(bring, house, name="otro-nombre.pdf")
    assert "sin acceso público" in told
    assert "acta.pdf" not in told
    said = {"by": house.planning, "office": None}
    bring_link(house.entity, "https://a.example/plan", classification=PERSONAL, ground="Tiene cédulas", **said)
    assert "sin acceso" in refusal_of(
        bring_link, house.entity, "https://a.example/plan", classification=PUBLIC, **said
    )
    assert bring(neighbour).classification == PUBLIC
    assert bring(house, classification=PERSONAL, ground="Ley 1581 de 2012: cédulas").ground


def test_what_is_withheld_says_why_and_what_is_public_has_no_ground(house):
    assert "por qué no es pública" in refusal_of(bring, house, classification=PERSONAL)
    assert "Elija quién" in refusal_of(bring, house, classification="")
    assert "Elija quién" in refusal_of(bring, house, classification="secreta")
    assert bring(house, ground="sobra").ground == ""
    assert not Evidence.objects.exclude(classification=PUBLIC).exists()


def test_a_file_of_another_kind_is_refused_by_name(house):
    words = refusal_of(bring, house, b"<html></html>", "informe.pdf")
    assert words.startswith("«informe.pdf»: El archivo es una página web")
    assert stored_files(house) == []


def test_a_file_that_is_too_large_is_refused_with_its_size(house, settings):
    settings.EVIDENCE_MAX_MB = 1
    words = refusal_of(bring, house, PDF + b" " * 1_600_000)
    assert "pesa 1,5 MB y el máximo son 1 MB" in words


def test_a_long_description_is_refused(house):
    assert "250 letras" in refusal_of(bring, house, description="x" * 251)


def test_where_the_row_is_not_kept_its_file_is_removed(house, monkeypatch):
    monkeypatch.setattr("planning.audit.record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring(house)
    assert stored_files(house) == []
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("post", ["administrator", "committee", "auditor"])
def test_who_neither_reports_nor_plans_brings_nothing(house, post):
    with pytest.raises(PermissionDenied):
        bring(house, by=getattr(house, post))
    with pytest.raises(PermissionDenied):
        bring(house, by=getattr(house, post), office=None)


def test_nobody_brings_for_an_office_of_others(house, neighbour):
    other = make_office(house.entity, "Secretaría de Gobierno")
    for by, office in ((house.leader, other), (house.leader, None), (neighbour.leader, house.office),
                       (neighbour.planning, None), (house.planning, neighbour.office)):  # fmt: skip
        with pytest.raises(PermissionDenied):
            bring(house, by=by, office=office)


def test_a_link_is_kept_once(house):
    link = {"by": house.leader, "office": house.office, "classification": PUBLIC}
    first = bring_link(house.entity, " https://ejemplo.gov.co/a ", **link)
    assert bring_link(house.entity, "https://ejemplo.gov.co/a", **link) == first
    assert (first.is_link, first.name, first.sha256) == (True, "https://ejemplo.gov.co/a", "")
    assert "red interna" in refusal_of(bring_link, house.entity, "http://localhost/a", **link)


def test_the_class_changes_with_a_reason_that_stays_in_the_trail(house):
    row = reclassify(bring(house), by=house.leader, classification=PERSONAL, ground="Tiene cédulas")
    assert (row.classification, row.ground) == (PERSONAL, "Tiene cédulas")
    row = reclassify(row, by=house.planning, classification=PUBLIC, ground="Se quitaron")
    assert (row.classification, row.ground) == (PUBLIC, "")
    event = AuditEvent.objects.about(row).order_by("-sequence").first()
    told = (event.event, event.comment, event.old["ground"])
    assert told == ("classify_evidence", "Se quitaron", "Tiene cédulas")
    assert "motivo" in refusal_of(reclassify, row, by=house.planning, classification=PUBLIC, ground=" ")
    assert "por qué" in refusal_of(reclassify, row, by=house.planning, classification=PERSONAL, ground="")


def test_others_change_no_class(house, neighbour):
    row = bring(house)
    for by in (house.committee, house.auditor, house.administrator, neighbour.planning, neighbour.leader):
        with pytest.raises(PermissionDenied):
            reclassify(row, by=by, classification=PERSONAL, ground="x")
        with pytest.raises(PermissionDenied):
            bring_redacted(row, upload(), by=by)


def test_after_the_closing_only_planning_changes_the_class(house):
    plan = make_published_plan(house.entity, office=house.office)
    first = make_year(house)[0]
    with on_day(2024, 4, 5):
        row = bring(house)
        reported(house, plan.activities.first(), first, evidence=(row,))
        close(house, first)
        assert "ya se cerró" in refusal_of(
            reclassify, row, by=house.leader, classification=PERSONAL, ground="Tiene cédulas"
        )
        assert reclassify(row, by=house.planning, classification=PERSONAL, ground="Tiene cédulas").ground


def test_a_redacted_copy_stands_in_and_an_earlier_one_is_removed(house, django_capture_on_commit_callbacks):
    row = bring(house, classification=PERSONAL, ground="Tiene cédulas")
    first = bring_redacted(row, upload(PDF + b"uno", "tachada.pdf"), by=house.leader)
    assert (first.redacted_name, first.redacted_file.read()) == ("tachada.pdf", PDF + b"uno")
    with django_capture_on_commit_callbacks(execute=True):
        second = bring_redacted(row, upload(picture("PNG"), "tachada.png"), by=house.planning)
    assert second.redacted_media_type == "image/png"
    assert second.file.read() == PDF
    assert len(stored_files(house)) == 2
    assert [event.event for event in AuditEvent.objects.about(row).order_by("sequence")] == [
        "bring_evidence", "bring_redacted", "bring_redacted",
    ]  # fmt: skip


def test_a_copy_that_strikes_nothing_out_is_refused(house):
    row = bring(house, classification=PERSONAL, ground="Tiene cédulas")
    assert "igual al original" in refusal_of(bring_redacted, row, upload(), by=house.leader)
    bring(house, PDF + b"z", classification=PERSONAL, ground="Tiene rostros")
    assert "sin acceso público" in refusal_of(bring_redacted, row, upload(PDF + b"z"), by=house.planning)
    assert "es pública" in refusal_of(
        bring_redacted, bring(house, PDF + b"y"), upload(PDF + b"x"), by=house.leader
    )
    assert len(stored_files(house)) == 3


# --- The proof ------------------------------------------------------------------------------------


def test_the_proof_reads_every_file_and_copy(house, capsys):
    bring(house)
    bring_redacted(
        bring(house, PDF + b"x", classification=PERSONAL, ground="Tiene cédulas"),
        upload(PDF + b"y"),
        by=house.leader,
    )
    call_command("verify_audit", entity="cartago")
    assert "3 archivos de evidencia, iguales a lo que se aportó." in capsys.readouterr().out


@pytest.mark.parametrize(("field", "named"), [("file", "su archivo"), ("redacted_file", "su copia tachada")])
@pytest.mark.parametrize(("change", "told"), [(b"otro", "no es el que se aportó"), (None, "ya no está")])
def test_the_proof_names_what_is_not_what_was_brought(house, field, named, change, told):
    row = bring(house, classification=PERSONAL, ground="Tiene cédulas")
    row = bring_redacted(row, upload(PDF + b"y"), by=house.leader)
    stored = getattr(row, field)
    storage, name = stored.storage, stored.name
    storage.delete(name)
    if change:
        with storage.open(name, "wb") as file:
            file.write(change)
    with pytest.raises(Error, match=f"evidencia n.º {row.pk} .*{named} {told}"):
        call_command("verify_audit", entity="cartago")
    call_command("verify_audit", entity="cartago", skip_files=True)
