"""From the municipality's own workbook to the public page, as the procedure goes."""

from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from planning.models import AuditEvent
from tests.factories import PASSWORD

from .people import sign_in

FORM = "fixtures/forms/MESG-AS-F17-participacion-ciudadana-2024.xlsx"
TITLE = "Participación Ciudadana 2025"


def test_planning_brings_the_form_the_committee_approves_and_the_citizen_reads(house, client):
    call_command("import_plan", FORM, entity="cartago", year=2025, title=TITLE, by=house.planning.email)
    public_page = reverse("plans", kwargs={"entity": "cartago"})
    assert TITLE not in client.get(public_page).content.decode()

    # Planning finds the draft where it lands after signing in, and submits it.
    sign_in(client, house.planning)
    landing = client.get(reverse("account_home"), follow=True)
    (version,) = (row.version for group in landing.context["groups"] for row in group.rows)
    step = {"entity": "cartago", "pk": version.pk}
    asked = client.get(reverse("version_step", kwargs={**step, "step": "submit"}))
    assert "Enviar a revisión" in asked.content.decode()
    client.post(reverse("version_step", kwargs={**step, "step": "submit"}))

    # The committee returns it with a comment; planning submits it again.
    sign_in(client, house.committee)
    refused = client.post(reverse("version_step", kwargs={**step, "step": "return"}), {"comment": ""})
    assert refused.context["form"].errors["comment"]
    client.post(reverse("version_step", kwargs={**step, "step": "return"}), {"comment": "Revise los meses."})
    sign_in(client, house.planning)
    assert "Revise los meses." in client.get(reverse("version", kwargs=step)).content.decode()
    client.post(reverse("version_step", kwargs={**step, "step": "submit"}))

    # Planning cannot approve its own plan; the committee can.
    assert client.post(reverse("version_step", kwargs={**step, "step": "approve"})).status_code == 403
    sign_in(client, house.committee)
    done = client.post(reverse("version_step", kwargs={**step, "step": "approve"}), follow=True)
    assert "aprobado y publicado" in done.content.decode()

    # Now anybody reads it.
    client.logout()
    page = client.get(public_page)
    assert TITLE in page.content.decode()
    plan = client.get(reverse("plan", kwargs={"entity": "cartago", "year": 2025, "plan": version.plan.slug}))
    assert plan.content.decode().count("Actualizar de la Caracterización de Ciudadanos") >= 1

    # And every step stands in the trail, which holds.
    events = list(AuditEvent.objects.about(version).order_by("sequence").values_list("event", flat=True))
    assert events == ["create", "submit", "return", "submit", "approve"]
    call_command("verify_audit")


def test_who_forgot_the_password_gets_a_link_in_spanish(house, client):
    client.post(reverse("account_reset_password"), {"email": house.leader.email})
    assert mail.outbox[0].to == [house.leader.email]
    assert "/cuenta/contrasena/recuperar/clave/" in mail.outbox[0].body
    client.post(reverse("account_reset_password"), {"email": "nadie@cartago.example"})
    answer = client.get(reverse("account_reset_password_done"))
    assert house.leader.email not in answer.content.decode()


def test_guessing_passwords_is_slowed_down(house, client):
    for _ in range(10):
        client.post(reverse("account_login"), {"login": house.leader.email, "password": "no es"})
    answer = client.post(reverse("account_login"), {"login": house.leader.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
