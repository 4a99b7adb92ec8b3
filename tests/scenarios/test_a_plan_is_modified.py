"""A year's plans: approved in the January session, one of them modified in April, as the procedure goes."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from actionplans.models import Activity, ApprovalAct, PlanVersion
from actionplans.months import MonthSet
from planning.models import AuditEvent
from tests.factories import make_draft
from tests.steps import PDF

from .people import sign_in


def page(client, name, **kwargs):
    return " ".join(client.get(reverse(name, kwargs={"entity": "cartago", **kwargs})).content.decode().split())


def post(client, name, data=None, **kwargs):
    answer = client.post(reverse(name, kwargs={"entity": "cartago", **kwargs}), data or {}, follow=True)
    return " ".join(answer.content.decode().split())


def act(name, date, **more):
    return {"name": name, "date": date, "scan": SimpleUploadedFile("acta.pdf", PDF), **more}


def test_the_january_session_approves_three_plans_and_april_modifies_one(house, client):
    # Planning formulates three plans and submits them; each page says what the citizen will miss.
    sign_in(client, house.planning)
    titles = ["Plan de archivos", "Plan de participación", "Plan de integridad"]
    drafts = [make_draft(house.entity, title=title, office=house.office, by=house.planning) for title in titles]
    for draft in drafts:
        assert "No se podrá medir: sin indicador" in page(client, "version_step", pk=draft.pk, step="submit")
        post(client, "version_step", pk=draft.pk, step="submit")

    # The committee met on paper: planning registers its act once, for all of them.
    session = act("Acta n.º 1 del comité", "2024-01-30", versions=[draft.pk for draft in drafts])
    assert "3 planes quedaron aprobados y publicados" in post(client, "register_act", session)
    assert ApprovalAct.objects.get().versions.count() == 3
    first = PlanVersion.objects.get(plan__slug="plan-de-archivos")
    plan = {"year": 2024, "plan": "plan-de-archivos"}
    assert "Acta n.º 1 del comité" in page(client, "plan", **plan)

    # In April the plan changes: a draft with reason and month, while the public goes on reading version 1.
    data = {"reason": "Se acabó el contrato de digitalización", "effective_from": "2024-04-01"}
    assert "La modificación quedó abierta" in post(client, "modification_start", data, pk=first.pk)
    draft = PlanVersion.objects.get(plan=first.plan, number=2)
    post(client, "activity_cancel", {"reason": "Sin contrato"}, pk=draft.pk, number=3)
    draft.activities.filter(activity__key=1).update(months=MonthSet([5]))
    identity = Activity.objects.create(plan=draft.plan, entity=house.entity, key=4)
    draft.activities.create(activity=identity, position=4, description="Capacitar", months=MonthSet([2, 8]))
    client.logout()
    assert "Capacitar" not in page(client, "plan", **plan)

    # The committee approves it in its own account, after looking at what changes.
    sign_in(client, house.planning)
    post(client, "version_step", pk=draft.pk, step="submit")
    sign_in(client, house.committee)
    changes = "La versión 2 cambia 1 actividad, agrega 1 y cancela 1."
    assert changes in page(client, "version_compare", pk=draft.pk, other=1)
    approval = {"name": "Acta n.º 4 del comité", "date": "2024-04-12"}
    assert "aprobado y publicado" in post(client, "version_step", approval, pk=draft.pk, step="approve")

    # The citizen reads the new version, why and from when, what changed, and version 1 as it was.
    client.logout()
    now = page(client, "plan", **plan)
    for words in ("Capacitar", "Cancelada", "Se acabó el contrato", "1 de abril de 2024", "febrero: actividad 4"):
        assert words in now
    assert changes in page(client, "plan_compare", first=1, second=2, **plan)
    earlier = client.get(reverse("plan", kwargs={"entity": "cartago", **plan}), {"version": 1})
    assert "Esta versión ya no rige" in earlier.content.decode()
    assert "Capacitar" not in earlier.content.decode()

    # Every step stands in the trail, which holds, and so do the seals.
    events = AuditEvent.objects.about(draft).order_by("sequence").values_list("event", flat=True)
    assert list(events) == ["start_modification", "cancel_activity", "submit", "approve"]
    call_command("verify_audit", entity="cartago")
