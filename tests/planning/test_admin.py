"""What staff change in the admin stays inside their entity and leaves its trace."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from planning import audit
from planning.models import AuditEvent, Office
from tests.factories import make_framework, make_policy


def last_event():
    return AuditEvent.objects.order_by("pk").last()


def office_form(office, **changes):
    fields = {
        "entity": office.entity_id,
        "name": office.name,
        "slug": office.slug,
        "kind": office.kind,
        "abbreviation": office.abbreviation,
        "aliases": office.aliases,
    }
    return {**fields, **changes}


def test_a_change_leaves_the_values_before_and_after(house, client):
    client.force_login(house.planning)
    url = reverse("admin:planning_office_change", args=[house.office.pk])
    assert client.post(url, office_form(house.office, abbreviation="SPM")).status_code == 302
    event = last_event()
    assert (event.event, event.old, event.new) == ("change", {"abbreviation": ""}, {"abbreviation": "SPM"})
    assert (event.chain.entity, event.actor_id) == (house.entity, house.planning.pk)


def test_saving_without_a_change_leaves_no_event(house, client):
    client.force_login(house.planning)
    url = reverse("admin:planning_office_change", args=[house.office.pk])
    client.post(url, office_form(house.office))
    assert not AuditEvent.objects.exists()


def test_a_deleted_row_is_told_with_all_that_it_said(house, client):
    extra = Office.objects.create(entity=house.entity, slug="extra", name="Oficina de más", kind="oficina")
    client.force_login(house.planning)
    client.post(reverse("admin:planning_office_delete", args=[extra.pk]), {"post": "yes"})
    event = last_event()
    assert (event.event, event.object_label, event.object_id) == ("delete", "Oficina de más", str(extra.pk))
    assert event.old["slug"] == "extra"


def test_several_rows_deleted_at_once_leave_an_event_each(house, client):
    rows = [
        Office.objects.create(entity=house.entity, slug=name, name=name, kind="oficina") for name in ("a", "b")
    ]
    client.force_login(house.planning)
    client.post(
        reverse("admin:planning_office_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"},
    )
    assert list(AuditEvent.objects.values_list("event", "object_label")) == [("delete", "b"), ("delete", "a")]


def formset(prefix, *rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


OTHER_PARTS = ("axes", "pillars", "approaches", "principles", "sections")


def test_rows_changed_inside_their_parent_leave_an_event_each(house, client):
    framework = make_framework(house.entity)
    kept = framework.values.create(position=1, name="Servicio", description="Antes")
    gone = framework.values.create(position=2, name="Respeto")
    client.force_login(house.planning)
    data = {
        "entity": house.entity.pk, "slug": "marco", "title": framework.title, "kind": framework.kind,
        "first_year": 2020, "last_year": 2023, "is_published": "on",
        **formset(
            "values",
            {"id": kept.pk, "framework": framework.pk, "position": 1, "name": "Servicio", "description": "Hoy"},
            {"id": gone.pk, "framework": framework.pk, "position": 2, "name": "Respeto", "DELETE": "on"},
            {"framework": framework.pk, "position": 3, "name": "Amabilidad", "description": ""},
            initial=2,
        ),
        **{k: v for part in OTHER_PARTS for k, v in formset(part).items()},
    }  # fmt: skip
    answer = client.post(reverse("admin:planning_strategicframework_change", args=[framework.pk]), data)
    assert answer.status_code == 302
    told = {(e.event, e.object_label): (e.old, e.new) for e in AuditEvent.objects.all()}
    assert set(told) == {
        ("add", f"Amabilidad · {framework}"),
        ("change", f"Servicio · {framework}"),
        ("delete", f"Respeto · {framework}"),
    }
    assert told["change", f"Servicio · {framework}"] == ({"description": "Antes"}, {"description": "Hoy"})


def membership_form(user, entity, offices):
    return {
        "user": user.pk, "entity": entity.pk, "role": "leader", "valid_from": "01/01/2025",
        "offices": [office.pk for office in offices],
    }  # fmt: skip


def test_an_administrator_gives_a_membership_with_its_offices_and_that_is_told(house, client):
    client.force_login(house.administrator)
    data = membership_form(house.auditor, house.entity, [house.office])
    assert client.post(reverse("admin:planning_membership_add"), data).status_code == 302
    events = AuditEvent.objects.order_by("sequence")
    assert [event.event for event in events] == ["add", "change"]
    assert events[1].new == {"offices": [house.office.name]}


def test_nobody_is_made_to_answer_for_an_office_of_another_entity(house, neighbour, superuser, client):
    client.force_login(superuser)
    answer = client.post(
        reverse("admin:planning_membership_add"),
        membership_form(house.auditor, house.entity, [neighbour.office]),
    )
    assert answer.status_code == 200
    assert "No son de" in str(answer.context["adminform"].form.errors["offices"])


def test_offices_without_an_entity_are_a_form_to_complete(house, superuser, client):
    client.force_login(superuser)
    data = membership_form(house.auditor, house.entity, [house.office]) | {"entity": ""}
    answer = client.post(reverse("admin:planning_membership_add"), data)
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {"entity"}


def test_an_administrator_chooses_the_licence_and_who_validates_and_that_is_told(house, client):
    client.force_login(house.administrator)
    page = client.get(reverse("admin:planning_entity_change", args=[house.entity.pk]))
    asked = page.context["adminform"].form.initial
    data = {name: value for name, value in asked.items() if value not in (None, "")}
    data |= {"data_licence": "CC0-1.0", "allows_self_validation": "on"}
    data.pop("logo", None)
    answer = client.post(reverse("admin:planning_entity_change", args=[house.entity.pk]), data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    house.entity.refresh_from_db()
    assert (house.entity.data_licence, house.entity.allows_self_validation) == ("CC0-1.0", True)
    told = last_event().new
    assert told["data_licence"] == "CC0-1.0"
    assert told["allows_self_validation"] is True


def test_planning_staff_do_not_reach_memberships_or_accounts(house, client):
    client.force_login(house.planning)
    for name in ("membership", "user"):
        assert client.get(reverse(f"admin:planning_{name}_changelist")).status_code == 403


def test_a_new_password_is_told_and_not_shown(house, superuser, client):
    client.force_login(superuser)
    password = "otra-clave-larga-2025"
    client.post(
        reverse("admin:auth_user_password_change", args=[house.leader.pk]),
        {"password1": password, "password2": password, "usable_password": "true"},
    )
    event = last_event()
    assert (event.event, event.object_id, event.chain.is_system) == ("password", str(house.leader.pk), True)


# --- Tables in and out ------------------------------------------------------------------------------------


def offices_csv(*rows):
    head = "entidad,identificador,nombre,sigla,tipo,otros nombres"
    return SimpleUploadedFile("dependencias.csv", "\n".join([head, *rows]).encode(), "text/csv")


def preview(client, file):
    return client.post(
        reverse("admin:planning_office_import"), {"format": "0", "resource": "", "import_file": file}
    )


def test_offices_come_in_from_a_table_after_a_preview(house, client):
    client.force_login(house.planning)
    shown = preview(client, offices_csv("cartago,hacienda,Secretaría de Hacienda,SH,secretaria,Hacienda"))
    assert not shown.context["result"].has_errors()
    assert not Office.objects.filter(slug="hacienda").exists()
    client.post(reverse("admin:planning_office_process_import"), shown.context["confirm_form"].initial)
    assert Office.objects.get(slug="hacienda").entity == house.entity
    event = last_event()
    assert (event.event, event.object_label) == ("import_add", "Secretaría de Hacienda")


def test_a_table_with_a_row_for_another_entity_is_refused_whole(house, neighbour, client):
    client.force_login(house.planning)
    shown = preview(
        client,
        offices_csv("cartago,buena,Oficina buena,,oficina,", "candelaria,intrusa,Oficina intrusa,,oficina,"),
    )
    assert shown.context["result"].has_errors()
    assert "confirm_form" not in shown.context
    assert not AuditEvent.objects.exists()


def test_the_table_that_goes_out_holds_the_own_entity_only(house, neighbour, client):
    client.force_login(house.planning)
    answer = client.post(
        reverse("admin:planning_office_export"),
        {"format": "0", "resource": ""},
    )
    text = answer.content.decode()
    assert house.office.name in text
    assert neighbour.office.name not in text


@pytest.mark.parametrize("name", ["office", "axis", "objective", "membership", "strategicframework"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_the_admin_cost_the_same_for_any_number_of_rows(
    name, count, house, superuser, client, django_assert_max_num_queries
):
    framework = make_framework(house.entity)
    for position in range(1, count + 1):
        axis = framework.axes.create(position=position, name=f"Eje {position}")
        axis.objectives.create(position=1, name="Objetivo")
        Office.objects.create(entity=house.entity, slug=f"o{position}", name=f"O {position}", kind="oficina")
    client.force_login(superuser)
    with django_assert_max_num_queries(14):
        assert client.get(reverse(f"admin:planning_{name}_changelist")).status_code == 200


@pytest.mark.parametrize("name", ["office", "strategicframework", "axis", "objective", "auditevent"])
def test_the_filters_of_a_list_name_no_other_entity(name, house, neighbour, client):
    for entity in (house.entity, neighbour.entity):
        axis = make_framework(entity).axes.create(position=1, name=f"Eje de {entity}")
        axis.objectives.create(position=1, name="Objetivo")
        with transaction.atomic():
            audit.record(entity, entity, "change", by=None)
    client.force_login(house.planning)
    page = client.get(reverse(f"admin:planning_{name}_changelist")).content.decode()
    assert house.entity.name in page
    assert neighbour.entity.name not in page


def test_a_browser_s_line_ends_are_no_change(house, client):
    framework = make_framework(house.entity, mission="Uno\nDos ")
    kept = framework.sections.create(position=1, title="Portada", body="Línea\nOtra línea")
    client.force_login(house.planning)
    data = {
        "entity": house.entity.pk, "slug": "marco", "title": framework.title, "kind": framework.kind,
        "first_year": 2020, "last_year": 2023, "is_published": "on", "mission": "Uno\r\nDos ",
        **formset(
            "sections",
            {
                "id": kept.pk, "framework": framework.pk, "position": 1, "title": "Portada",
                "body": "Línea\r\nOtra línea",
            },
            initial=1,
        ),
        **{k: v for part in (*OTHER_PARTS[:-1], "values") for k, v in formset(part).items()},
    }  # fmt: skip
    answer = client.post(reverse("admin:planning_strategicframework_change", args=[framework.pk]), data)
    assert answer.status_code == 302
    framework.refresh_from_db()
    assert (framework.mission, framework.sections.get().body) == ("Uno\nDos ", "Línea\nOtra línea")
    assert not AuditEvent.objects.exists()


def test_what_goes_with_a_deleted_row_is_told_too(house, client):
    axis = make_framework(house.entity).axes.create(position=1, name="Eje")
    axis.objectives.create(position=1, name="Objetivo uno")
    axis.lines.create(position=1, name="Línea").programmes.create(position=1, name="Programa")
    client.force_login(house.planning)
    client.post(reverse("admin:planning_axis_delete", args=[axis.pk]), {"post": "yes"})
    told = {event.old["name"] for event in AuditEvent.objects.filter(event="delete")}
    assert told == {"Eje", "Objetivo uno", "Línea", "Programa"}


def test_offices_taken_from_a_membership_are_told_with_what_it_had(house, client):
    client.force_login(house.administrator)
    membership = house.leader.memberships.get()
    data = {**membership_form(house.leader, house.entity, []), "valid_from": f"{membership.valid_from:%d/%m/%Y}"}
    answer = client.post(reverse("admin:planning_membership_change", args=[membership.pk]), data)
    assert answer.status_code == 302
    event = last_event()
    assert (event.old, event.new) == ({"offices": [house.office.name]}, {"offices": []})


def test_the_slug_by_which_sealed_plans_name_an_office_does_not_change(house, client):
    client.force_login(house.planning)
    url = reverse("admin:planning_office_change", args=[house.office.pk])
    client.post(url, office_form(house.office, slug="otro", name="Secretaría nueva"))
    house.office.refresh_from_db()
    assert house.office.name == "Secretaría nueva"
    assert house.office.slug != "otro"


@pytest.mark.parametrize("model", ["actor", "policyleadership", "institutionalplan"])
def test_a_row_never_names_an_office_of_another_entity(model, house, neighbour):
    from django.apps import apps
    from django.core.exceptions import ValidationError

    row = apps.get_model("mipg", model)(entity=house.entity, office=neighbour.office)
    with pytest.raises(ValidationError, match="misma entidad"):
        row.clean()


def test_a_table_of_leaders_with_an_office_of_another_entity_is_refused(house, neighbour, client):
    policy = make_policy()
    client.force_login(house.planning)
    row = f"cartago,mipg-v5/{policy.key},Tabla,1,candelaria/{neighbour.office.slug},leads,,"
    head = "entidad,política,fuente,orden,dependencia,papel,para qué,como está impreso"
    file = SimpleUploadedFile("lideres.csv", f"{head}\n{row}".encode(), "text/csv")
    shown = client.post(
        reverse("admin:mipg_policyleadership_import"), {"format": "0", "resource": "", "import_file": file}
    )
    assert "Elija una dependencia de la misma entidad." in shown.content.decode()
    assert not house.entity.leaderships.exists()


def test_a_table_without_its_columns_is_refused_naming_them(house, client):
    client.force_login(house.planning)
    file = SimpleUploadedFile("otra.csv", b"uno,dos\n1,2", "text/csv")
    page = preview(client, file).content.decode()
    assert "Al archivo le faltan columnas: entidad, identificador" in page
    assert "Traceback" not in page


def test_a_file_of_another_format_is_refused_in_plain_words(house, client):
    client.force_login(house.planning)
    answer = client.post(
        reverse("admin:planning_office_import"),
        {"format": "0", "resource": "", "import_file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00PK")},
    )
    assert "No se pudo leer el archivo en ese formato" in answer.content.decode()


def test_a_framework_s_objectives_go_out_and_come_back_by_their_names(house, client):
    axis = make_framework(house.entity).axes.create(position=1, name="Eje")
    axis.objectives.create(position=1, name="Objetivo", description="Largo")
    client.force_login(house.planning)
    out = client.post(reverse("admin:planning_objective_export"), {"format": "0", "resource": ""})
    assert "cartago/marco/1,1,1,Objetivo,Largo" in out.content.decode()
    text = out.content.decode().replace("Objetivo,", "Objetivo mejorado,")
    shown = client.post(
        reverse("admin:planning_objective_import"),
        {"format": "0", "resource": "", "import_file": SimpleUploadedFile("o.csv", text.encode())},
    )
    client.post(reverse("admin:planning_objective_process_import"), shown.context["confirm_form"].initial)
    assert axis.objectives.get().name == "Objetivo mejorado"


def test_who_may_not_enter_the_admin_is_told_so(house, client):
    client.force_login(house.leader)
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_index_offers_no_table_of_the_libraries(superuser, client):
    client.force_login(superuser)
    apps = {app["app_label"] for app in client.get("/admin/").context["app_list"]}
    assert apps == {"planning", "mipg", "actionplans"}
