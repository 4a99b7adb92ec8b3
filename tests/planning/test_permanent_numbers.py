"""What seals, figures and addresses name a row by stays as it was given, whatever staff change in the admin."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from planning.documents import load_framework
from planning.models import Axis, Objective, StrategicFramework
from tests.factories import make_entity, make_framework, make_policy

PARTS = ("axes", "pillars", "approaches", "principles", "values", "sections")
NAMED = "no se puede cambiar: así lo nombran las versiones selladas de los planes, los cierres"


def formset(prefix, *rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def save_framework(client, framework, *axes, initial=0, **changes):
    data = {
        "entity": framework.entity_id, "slug": framework.slug, "title": framework.title, "kind": framework.kind,
        "first_year": 2020, "last_year": 2023, "is_published": "on",
        **{k: v for part in PARTS for k, v in formset(part).items()},
        **formset("axes", *axes, initial=initial), **changes,
    }  # fmt: skip
    answer = client.post(reverse("admin:planning_strategicframework_change", args=[framework.pk]), data)
    assert answer.status_code == 302, answer.context["errors"]


def axis_row(axis, position, **said):
    return {"id": axis.pk, "framework": axis.framework_id, "position": position, "name": axis.name, **said}


def new_row(framework, position, name):
    return {"framework": framework.pk, "position": position, "name": name, "description": ""}


def keys(rows) -> dict[str, int]:
    return dict(rows.values_list("name", "key"))


@pytest.fixture
def framework(house):
    return make_framework(house.entity)


@pytest.fixture
def staff(house, client):
    client.force_login(house.planning)
    return client


def test_a_row_is_numbered_by_the_place_that_it_is_written_at(framework):
    axis = framework.axes.create(position=3, name="Tres")
    Objective.objects.bulk_create([Objective(axis=axis, position=place, name=f"O{place}") for place in (1, 2)])
    assert (axis.key, keys(axis.objectives)) == (3, {"O1": 1, "O2": 2})


def test_a_row_that_moves_keeps_its_number_and_its_names(framework, staff):
    one, two = (framework.axes.create(position=place, name=f"Eje {place}") for place in (1, 2))
    save_framework(staff, framework, axis_row(one, 9), axis_row(two, 1), initial=2)
    save_framework(staff, framework, axis_row(two, 1), axis_row(one, 2), initial=2)
    assert list(framework.axes.values_list("name", "position", "key")) == [("Eje 2", 1, 2), ("Eje 1", 2, 1)]
    assert Axis.objects.get_by_natural_key("cartago", "marco", 1) == one
    assert Axis.objects.get(pk=one.pk).natural_key() == ("cartago", "marco", 1)


def test_the_number_of_a_row_that_is_gone_is_not_given_again(framework, staff):
    one = framework.axes.create(position=1, name="Uno")
    save_framework(staff, framework, axis_row(one, 1), new_row(framework, 2, "Dos"), initial=1)
    two = framework.axes.get(name="Dos")
    save_framework(staff, framework, axis_row(one, 1), axis_row(two, 2, DELETE="on"), initial=2)
    save_framework(
        staff,
        framework,
        axis_row(one, 1),
        new_row(framework, 2, "Tres"),
        new_row(framework, 3, "Cuatro"),
        initial=1,
    )
    assert keys(framework.axes) == {"Uno": 1, "Tres": 3, "Cuatro": 4}


def test_a_document_counts_the_numbers_that_it_gave(house, staff):
    said = {
        "entity": "cartago", "slug": "plan", "title": "Plan", "kind": "direccionamiento", "first_year": 2020,
        "last_year": 2023, "note": "", "source": "Decreto", "sections": [],
        "axes": [{"name": "Uno", "objectives": ["O1", "O2"]}, {"name": "Dos"}],
    }  # fmt: skip
    load_framework(said)
    framework = StrategicFramework.objects.get(slug="plan")
    one, two = framework.axes.all()
    save_framework(staff, framework, axis_row(one, 1), axis_row(two, 2, DELETE="on"), initial=2)
    save_framework(staff, framework, axis_row(one, 1), new_row(framework, 2, "Tres"), initial=1)
    assert keys(framework.axes) == {"Uno": 1, "Tres": 3}
    assert (one.last_key, keys(one.objectives)) == (2, {"O1": 1, "O2": 2})


def test_an_axis_and_an_objective_of_their_own_page_are_numbered_too(framework, staff):
    framework.axes.create(position=5, name="Cinco")
    data = {
        **new_row(framework, 1, "Primero"),
        **formset("objectives", {"position": 7, "name": "Siete", "description": ""}),
        **formset("lines"),
    }
    assert staff.post(reverse("admin:planning_axis_add"), data).status_code == 302
    axis = framework.axes.get(name="Primero")
    said = {"axis": axis.pk, "position": 8, "name": "Ocho", "description": ""}
    assert staff.post(reverse("admin:planning_objective_add"), said).status_code == 302
    assert (axis.key, keys(axis.objectives)) == (6, {"Siete": 1, "Ocho": 2})


def test_an_axis_does_not_go_to_another_framework(house, framework, staff):
    axis = framework.axes.create(position=1, name="Eje")
    other = make_framework(house.entity, slug="otro")
    data = {**new_row(other, 4, "Eje nuevo"), "key": 8, **formset("objectives"), **formset("lines")}
    assert staff.post(reverse("admin:planning_axis_change", args=[axis.pk]), data).status_code == 302
    axis.refresh_from_db()
    assert (axis.name, axis.position, axis.key, axis.framework) == ("Eje nuevo", 4, 1, framework)


def test_the_slug_of_a_framework_does_not_change(framework, staff):
    save_framework(staff, framework, slug="otro", title="Otro título")
    framework.refresh_from_db()
    assert (framework.slug, framework.title) == ("marco", "Otro título")


@pytest.mark.parametrize("change", [{"slug": "otro"}, {"entity": "candelaria"}])
def test_a_framework_refuses_another_name_saying_why(framework, change):
    if "entity" in change:
        change = {"entity": make_entity(change["entity"])}
    for name, value in change.items():
        setattr(framework, name, value)
    with pytest.raises(ValidationError, match=NAMED):
        framework.full_clean()


@pytest.mark.django_db
def test_a_policy_and_its_dimension_keep_the_names_that_closings_use():
    policy = make_policy()
    for row in (policy, policy.dimension):
        row.full_clean()
        row.key = "otra"
        with pytest.raises(ValidationError, match=NAMED):
            row.full_clean()


def import_axes(client, *rows):
    text = "\n".join(["marco estratégico,número permanente,orden,nombre,descripción", *rows])
    file = SimpleUploadedFile("ejes.csv", text.encode())
    data = {"format": "0", "resource": "", "import_file": file}
    shown = client.post(reverse("admin:planning_axis_import"), data)
    if form := shown.context.get("confirm_form"):
        client.post(reverse("admin:planning_axis_process_import"), form.initial)
    return shown.content.decode()


def test_a_table_knows_rows_by_their_number_and_new_rows_get_the_next(framework, staff):
    framework.axes.create(position=1, name="Uno")
    import_axes(staff, "cartago/marco,1,5,Uno mejorado,", "cartago/marco,,2,Dos,")
    assert list(framework.axes.values_list("name", "position", "key")) == [("Dos", 2, 2), ("Uno mejorado", 5, 1)]


def test_a_table_does_not_choose_the_number_of_a_new_row(framework, staff):
    page = import_axes(staff, "cartago/marco,7,1,Siete,")
    assert "No hay un renglón con el número permanente 7." in page
    assert not framework.axes.exists()
