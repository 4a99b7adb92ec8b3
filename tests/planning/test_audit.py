"""The audit trail keeps everything and shows what was touched."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from planning import audit
from planning.models import AuditChain, AuditEvent
from tests.factories import make_entity

pytestmark = pytest.mark.django_db


def record_three(entity):
    for comment in ("uno", "dos", "tres"):
        audit.record(entity, entity, "change", by=None, new={"name": comment}, comment=comment)
    return AuditChain.objects.get(entity=entity)


def test_events_of_an_entity_form_one_chain_from_one(house):
    chain = record_three(house.entity)
    assert list(chain.events.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3]
    assert audit.verify(chain) == []


def test_an_event_keeps_who_in_words_so_that_it_outlives_the_account(house):
    event = audit.record(house.entity, house.office, "change", by=house.planning)
    assert (event.actor_id, event.actor) == (house.planning.pk, "Planeación (planning@cartago.example)")
    assert event.object_label == house.office.name


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    entity = make_entity()
    with pytest.raises(RuntimeError):
        audit.record(entity, entity, "change", by=None)


def test_an_event_goes_away_with_the_change_that_failed(house):
    def change_and_fail():
        with transaction.atomic():
            audit.record(house.entity, house.entity, "change", by=None)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        change_and_fail()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("tampering", "reason"),
    [
        ({"comment": "otra cosa"}, "su contenido fue cambiado"),
        ({"new": {"name": "otra"}}, "su contenido fue cambiado"),
        ({"actor": "Nadie"}, "su contenido fue cambiado"),
        ({"object_label": "Otra fila"}, "su contenido fue cambiado"),
        ({"event": "approve"}, "sus datos fueron cambiados"),
        ({"object_id": "999"}, "sus datos fueron cambiados"),
        ({"actor_id": 999}, "sus datos fueron cambiados"),
        ({"at": "2020-01-01T00:00:00Z"}, "sus datos fueron cambiados"),
        ({"digest": "0" * 64}, "sus datos fueron cambiados"),
    ],
)
def test_any_column_changed_behind_its_back_is_found(house, tampering, reason):
    chain = record_three(house.entity)
    AuditEvent.objects.filter(chain=chain, sequence=2).update(**tampering)
    flaws = audit.verify(chain)
    assert (flaws[0].sequence, flaws[0].reason) == (2, reason)


def test_a_row_removed_from_the_middle_is_found(house):
    chain = record_three(house.entity)
    AuditEvent.objects.filter(chain=chain, sequence=2).delete()
    assert [flaw.reason for flaw in audit.verify(chain)] == ["faltan los eventos 2 a 2"]


def test_a_row_removed_from_the_end_is_found(house):
    chain = record_three(house.entity)
    AuditEvent.objects.filter(chain=chain, sequence=3).delete()
    assert [flaw.reason for flaw in audit.verify(chain)] == ["la cabeza de la cadena no es su último evento"]


def test_a_rewritten_event_with_its_digests_made_anew_breaks_the_next_one(house):
    chain = record_three(house.entity)
    forged = chain.events.get(sequence=2)
    forged.comment = "falso"
    forged.content_digest = audit.content_digest(forged)
    forged.digest = audit.chain_digest(forged)
    forged.save()
    assert [(flaw.sequence, flaw.reason) for flaw in audit.verify(chain)] == [(3, "no sigue al evento anterior")]


def test_the_command_passes_over_whole_chains_and_names_a_tampered_row(house, capsys):
    chain = record_three(house.entity)
    call_command("verify_audit")
    assert "3 eventos, cadena completa" in capsys.readouterr().out
    row = chain.events.get(sequence=2)
    with connection.cursor() as cursor:  # as somebody with a database console would
        cursor.execute("UPDATE planning_auditevent SET comment = 'cambiado' WHERE id = %s", [row.pk])
    with pytest.raises(
        CommandError, match=rf"evento n.º 2 \(fila {row.pk}\): su contenido fue cambiado"
    ) as refusal:
        call_command("verify_audit", entity=house.entity.slug)
    assert refusal.value.returncode == 2


def test_each_entity_has_a_chain_of_its_own_and_so_has_the_system(house, neighbour):
    record_three(house.entity)
    audit.record(neighbour.entity, neighbour.entity, "change", by=None)
    audit.record(None, house.planning, "password", by=None)
    assert {str(chain): chain.sequence for chain in AuditChain.objects.all()} == {
        house.entity.name: 3,
        neighbour.entity.name: 1,
        "Sistema": 1,
    }


def test_a_password_is_never_kept(house):
    values = audit.field_values(house.planning)
    assert house.planning.password not in str(values)
