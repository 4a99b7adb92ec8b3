"""Other names of an office, learnt from what people answer."""

import pytest
from django.core.exceptions import PermissionDenied

from planning.models import AuditEvent
from planning.offices import remember_alias
from tests.factories import make_office


@pytest.fixture
def office(house):
    return make_office(house.entity, "Secretaría de Hacienda", abbreviation="SH", aliases="Hacienda")


def test_a_name_is_kept_once_with_its_event(office, house):
    for name in ("Sría. de Hacienda", "SRIA. DE HACIENDA", "Tesorería "):
        remember_alias(office, name, by=house.planning)
    office.refresh_from_db()
    assert office.alias_list == ["Hacienda", "Sría. de Hacienda", "Tesorería"]
    events = AuditEvent.objects.filter(event="remember_alias").order_by("sequence")
    assert [event.new for event in events] == [{"alias": "Sría. de Hacienda"}, {"alias": "Tesorería"}]


@pytest.mark.parametrize("name", ["", "  ", "secretaria de hacienda", "sh", "dos\nlíneas", "x" * 201])
def test_what_is_no_new_name_is_not_kept(name, office, house):
    remember_alias(office, name, by=house.planning)
    office.refresh_from_db()
    assert office.aliases == "Hacienda"
    assert not AuditEvent.objects.filter(event="remember_alias").exists()


def test_nobody_names_the_offices_of_another_entity(office, neighbour):
    with pytest.raises(PermissionDenied):
        remember_alias(office, "Ajena", by=neighbour.planning)
