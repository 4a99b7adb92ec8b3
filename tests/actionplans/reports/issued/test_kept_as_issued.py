"""What was issued never changes, and what was lost is told and drawn as another file."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from actionplans.models import IssuedFile
from planning.management.refusal import Error

from .published import CODE, PUBLISHED

pytestmark = pytest.mark.django_db


def test_what_was_issued_never_changes(published, client):
    client.get(f"{PUBLISHED}xlsx")
    with pytest.raises(IntegrityError, match="no cambia"), transaction.atomic():
        IssuedFile.objects.update(sha256="0" * 64)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="en SQLite borrar no se vigila: véase docs/decisions/0004"
)
def test_what_was_issued_is_not_removed(published, client):
    client.get(f"{PUBLISHED}xlsx")
    with pytest.raises(DatabaseError, match="no cambia"), transaction.atomic():
        IssuedFile.objects.all().delete()


def test_the_proof_reads_what_is_stored(published, client, capsys):
    client.get(f"{PUBLISHED}xlsx")
    call_command("verify_audit")
    assert "1 archivos emitidos, iguales a lo que se emitió." in capsys.readouterr().out


@pytest.mark.parametrize("change", ["other", "none"])
def test_the_proof_names_a_file_that_is_not_what_was_issued(published, client, change):
    client.get(f"{PUBLISHED}xlsx")
    row = IssuedFile.objects.get()
    storage, name = row.file.storage, row.file.name
    storage.delete(name)
    if change == "other":
        with storage.open(name, "wb") as stored:
            stored.write(b"otro")
    words = {"other": "no es el que se emitió", "none": "ya no está"}[change]
    with pytest.raises(Error, match=f"{row.code}.*{words}"):
        call_command("verify_audit", entity="cartago")


@pytest.mark.parametrize("change", ["other", "none"])
def test_what_was_lost_is_drawn_again_as_another_file_and_the_operator_is_told(
    published, client, change, draws, caplog
):
    address = f"{PUBLISHED}xlsx"
    client.get(address)
    lost = IssuedFile.objects.get()
    storage, name = lost.file.storage, lost.file.name
    storage.delete(name)
    if change == "other":
        with storage.open(name, "wb") as stored:
            stored.write(b"otro")
    answers_ = [client.get(address) for _ in range(2)]
    successor = lost.replaced_by
    assert [hashlib.sha256(answer.content).hexdigest() for answer in answers_] == [successor.sha256] * 2
    assert (successor.source, successor.content) == (lost.source, lost.content)
    assert draws == [1, 1]
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert lost.code in caplog.text
    assert successor.code in caplog.text
    with pytest.raises(Error, match=f"{lost.code}.*Lo reemplaza {successor.code}"):
        call_command("verify_audit", entity="cartago")


def test_of_each_content_one_file_is_not_replaced(published, client):
    client.get(f"{PUBLISHED}xlsx")
    row = IssuedFile.objects.get()
    again = {field.name: getattr(row, field.name) for field in row._meta.fields if field.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedFile.objects.create(**again | {"code": CODE})
    IssuedFile.objects.create(**again | {"code": CODE, "replaces": row})
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedFile.objects.create(**again | {"code": "0000-0000-0001", "replaces": row})
