"""Traffic lights: what makes a set of bands whole, which one counts, and who changes it."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actionplans.models import IndicatorLight
from planning.bands import BandWords, flaws_of
from planning.documents import load_traffic_lights, read
from planning.lights import copy_preset
from planning.models import AuditEvent, TrafficLightPreset
from tests.factories import make_published_plan
from tests.following import shipped_lights

PAGES = "admin:planning_trafficlightpreset"


def words(*bands):
    return [BandWords(Decimal(floor), label, shape) for floor, label, shape in bands]


# --- Bands ---------------------------------------------------------------------------------------------------


def test_bands_that_put_every_share_in_exactly_one_have_no_flaw():
    assert flaws_of(words(("60", "Media", "▲"), ("0", "Baja", "■"), ("80.5", "Alta", "●"))) == []


@pytest.mark.parametrize(
    ("bands", "told"),
    [
        ((), "al menos una franja"),
        ((("10", "Baja", "■"), ("60", "Alta", "●")), "empezar en 0"),
        ((("0", "Baja", "■"), ("0.00", "Alta", "●")), "mismo porcentaje"),
        ((("0", "Baja", "■"), ("60", " BAJA ", "●")), "misma palabra"),
        ((("0", "Baja", "■"), ("60", "Alta", "■")), "misma forma"),
    ],
)
def test_each_flaw_is_told(bands, told):
    [flaw] = flaws_of(words(*bands))
    assert told in flaw


def test_the_shipped_sets_are_whole_and_load_once(db):
    data = read("traffic_lights.json")
    first = load_traffic_lights(data)
    assert [loaded.is_new for loaded in first] == [True] * len(data["presets"])
    assert not any(loaded.is_new for loaded in load_traffic_lights(data))
    for preset in TrafficLightPreset.objects.prefetch_related("bands"):
        assert flaws_of([BandWords(band.floor, band.label, band.shape) for band in preset.bands.all()]) == []
    assert TrafficLightPreset.objects.get(entity=None, is_in_use=True).key == "tres-franjas"
    assert AuditEvent.objects.filter(event="load_document", chain__entity=None).count() == len(data["presets"])


def test_what_somebody_put_in_use_stays_so_when_the_documents_are_loaded(db):
    ours = TrafficLightPreset.objects.create(key="nuestro", name="Nuestro", is_in_use=True)
    load_traffic_lights(read("traffic_lights.json"))
    assert TrafficLightPreset.objects.get(entity=None, is_in_use=True) == ours


def test_a_band_says_from_where_it_counts_as_colombians_write_it(db):
    preset = shipped_lights()
    band = preset.bands.create(floor=Decimal("60.50"), label="Media", tone="en-riesgo", shape="◆")
    assert str(band) == "Media (desde 60,5 %)"


# --- Copying -------------------------------------------------------------------------------------------------


def test_a_copy_is_the_entitys_own_and_waits_to_be_put_in_use(house):
    shipped = shipped_lights()
    day = datetime.date(2024, 4, 1)
    copy = copy_preset(shipped, house.entity, by=house.planning)
    assert [str(band) for band in copy.bands.all()] == [str(band) for band in shipped.bands.all()]
    assert TrafficLightPreset.objects.in_force(house.entity, day) == shipped
    copy.is_in_use, copy.valid_from = True, datetime.date(2024, 4, 2)
    copy.save()
    assert TrafficLightPreset.objects.in_force(house.entity, day) == shipped
    assert TrafficLightPreset.objects.in_force(house.entity, datetime.date(2024, 4, 2)) == copy
    second = copy_preset(shipped, house.entity, by=house.planning)
    assert (copy.key, second.key) == ("tres", "tres-2")
    whose = f"de {house.entity.label}"
    assert (copy.name, second.name) == (f"Tres franjas ({whose})", f"Tres franjas ({whose}, 2)")
    assert copy_preset(copy, house.entity, by=house.planning).name == f"Tres franjas ({whose}, 3)"


def test_a_dated_light_counts_before_one_without_a_date(house):
    shipped = shipped_lights()
    old, new = (copy_preset(shipped, house.entity, by=house.planning) for _ in range(2))
    TrafficLightPreset.objects.filter(pk__in=[old.pk, new.pk]).update(is_in_use=True)
    TrafficLightPreset.objects.filter(pk=old.pk).update(valid_from="2024-01-01")
    assert TrafficLightPreset.objects.in_force(house.entity, datetime.date(2024, 4, 1)) == old
    assert TrafficLightPreset.objects.in_force(house.entity, datetime.date(2023, 4, 1)) == new


def test_the_name_of_a_copy_has_room_for_whose_it_is(house):
    long = TrafficLightPreset.objects.create(key="largo", name="L" * 120)
    name = copy_preset(long, house.entity, by=house.planning).name
    assert len(name) == 120
    assert name.endswith(f"(de {house.entity.label})")


def test_nobody_copies_for_an_entity_that_is_not_the_own(house, neighbour):
    shipped = shipped_lights()
    for person in (neighbour.planning, house.leader, house.committee):
        with pytest.raises(PermissionDenied):
            copy_preset(shipped, house.entity, by=person)
    assert not house.entity.traffic_lights.exists()


# --- In the admin --------------------------------------------------------------------------------------------


@pytest.fixture
def own(house):
    return copy_preset(shipped_lights(), house.entity, by=house.planning)


def form_of(preset, floors=("0", "60", "80"), **changes):
    rows = list(preset.bands.order_by("floor"))
    data = {
        "name": preset.name,
        "source": preset.source,
        "valid_from": "",
        "bands-TOTAL_FORMS": len(rows),
        "bands-INITIAL_FORMS": len(rows),
    }
    for number, (row, floor) in enumerate(zip(rows, floors, strict=True)):
        data |= {
            f"bands-{number}-id": row.pk,
            f"bands-{number}-preset": preset.pk,
            f"bands-{number}-floor": floor,
            f"bands-{number}-label": row.label,
            f"bands-{number}-tone": row.tone,
            f"bands-{number}-shape": row.shape,
        }
    return data | changes


def test_the_list_shows_the_shipped_sets_and_the_own_ones_and_no_others(house, neighbour, own, client):
    copy_preset(TrafficLightPreset.objects.get(entity=None), neighbour.entity, by=neighbour.planning)
    client.force_login(house.planning)
    shown = client.get(reverse(f"{PAGES}_changelist")).context["cl"].result_list
    assert {row.entity for row in shown} == {None, house.entity}


def test_the_action_copies_for_the_own_entity(house, client):
    shipped = shipped_lights()
    client.force_login(house.planning)
    data = {"action": "copy_for_cartago", "_selected_action": [shipped.pk]}
    client.post(reverse(f"{PAGES}_changelist"), data)
    assert house.entity.traffic_lights.get().bands.count() == 3
    event = AuditEvent.objects.get(event="copy_light")
    assert (event.chain.entity, event.actor_id) == (house.entity, house.planning.pk)


def test_planning_changes_the_bands_of_the_own_set_and_leaves_a_trace(house, own, client):
    client.force_login(house.planning)
    address = reverse(f"{PAGES}_change", args=[own.pk])
    data = form_of(own, ("0", "70", "90"), is_in_use="on", valid_from="2024-01-01")
    assert client.post(address, data).status_code == 302
    assert [band.floor for band in own.bands.order_by("floor")] == [0, 70, 90]
    events = AuditEvent.objects.filter(event="change", chain__entity=house.entity)
    told = {(event.object_type, tuple(event.new)) for event in events}
    assert ("planning.trafficlightpreset", ("is_in_use", "valid_from")) in told
    assert ("planning.trafficlightband", ("floor",)) in told


def test_bands_that_leave_a_share_without_light_are_refused(house, own, client):
    client.force_login(house.planning)
    answer = client.post(reverse(f"{PAGES}_change", args=[own.pk]), form_of(own, ("10", "60", "80")))
    assert answer.status_code == 200
    assert "empezar en 0" in answer.content.decode()
    assert own.bands.order_by("floor").first().floor == 0


def test_a_set_cannot_lose_all_its_bands(house, own, client):
    client.force_login(house.planning)
    gone = {f"bands-{number}-DELETE": "on" for number in range(3)}
    answer = client.post(reverse(f"{PAGES}_change", args=[own.pk]), form_of(own, **gone))
    assert "al menos una franja" in answer.content.decode()
    assert own.bands.count() == 3


def test_the_shipped_ones_are_changed_only_by_who_runs_the_installation(house, superuser, client):
    shipped = shipped_lights()
    address = reverse(f"{PAGES}_change", args=[shipped.pk])
    data = form_of(shipped, ("0", "50", "80"), is_in_use="on")
    client.force_login(house.planning)
    assert client.get(address).status_code == 200
    assert client.post(address, data).status_code == 403
    client.force_login(superuser)
    assert client.post(address, data).status_code == 302
    assert AuditEvent.objects.filter(event="change", chain__is_system=True).exists()


def test_planning_adds_a_set_for_the_own_entity_and_for_no_other(house, neighbour, client):
    client.force_login(house.planning)
    bands = {
        "bands-TOTAL_FORMS": 1,
        "bands-INITIAL_FORMS": 0,
        "bands-0-floor": "0",
        "bands-0-label": "Única",
        "bands-0-tone": "al-dia",
        "bands-0-shape": "●",
    }
    data = {"name": "Nuevo", "key": "nuevo", "source": "", "valid_from": "", **bands}
    address = reverse(f"{PAGES}_add")
    for entity in ("", neighbour.entity.pk):
        answer = client.post(address, data | {"entity": entity})
        assert "entity" in answer.context["adminform"].form.errors
    assert client.post(address, data | {"entity": house.entity.pk}).status_code == 302
    assert house.entity.traffic_lights.get().bands.get().label == "Única"


def test_a_set_in_use_is_not_deleted_and_the_page_says_why(house, own, client):
    own.is_in_use = True
    own.save()
    client.force_login(house.planning)
    address = reverse(f"{PAGES}_delete", args=[own.pk])
    for answer in (client.get(address, follow=True), client.post(address, {"post": "yes"}, follow=True)):
        assert "está en uso: los planes se leen con él" in answer.content.decode()
    data = {"action": "delete_selected", "_selected_action": [own.pk], "post": "yes"}
    assert "está en uso" in client.post(reverse(f"{PAGES}_changelist"), data, follow=True).content.decode()
    assert house.entity.traffic_lights.get() == own


def test_the_light_of_an_indicator_is_not_deleted_either(house, own, client):
    activity = make_published_plan(house.entity).activities.first().activity
    IndicatorLight.objects.create(activity=activity, entity=house.entity, key=1, preset=own)
    client.force_login(house.planning)
    answer = client.get(reverse(f"{PAGES}_delete", args=[own.pk]), follow=True)
    assert "es el semáforo propio de algún indicador" in answer.content.decode()


def test_a_set_that_nobody_uses_is_deleted(house, own, client):
    client.force_login(house.planning)
    client.post(reverse(f"{PAGES}_delete", args=[own.pk]), {"post": "yes"})
    assert not house.entity.traffic_lights.exists()
