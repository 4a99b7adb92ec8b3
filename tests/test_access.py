"""Every address × every post: what each one answers. A new address without an expectation fails."""

from dataclasses import dataclass, field

import pytest
from django.urls import URLPattern, get_resolver, reverse

from actionplans.domain.following.evidence.bringing import bring_file
from actionplans.domain.following.reporting.offline import keep_upload
from actionplans.jobs import Kind, Outcome, start
from actionplans.jobs.kinds import KINDS
from actionplans.models import (
    ActionPlan,
    Evidence,
    ImportRun,
    Job,
    OfflineUpload,
    PlanVersion,
    Report,
    ReportingPeriod,
)
from actionplans.opendata.tables import TABLES
from actionplans.reports.issued.plans import issued_plan
from planning.models import Entity, GlossaryTerm, Office, StrategicFramework, TrafficLightPreset
from tests.factories import adopt, make_draft, make_framework, make_policy, make_published_plan
from tests.following import close, make_year, report
from tests.messy_workbook import messy_workbook
from tests.steps import bring, modify_and_approve, scan

POSTS = ("anonymous", "superuser", "administrator", "planning", "leader", "committee", "auditor", "neighbour")
SIGN_IN = "to sign in"


@dataclass
class Expected:
    """What an address answers: `all` to everybody, else by post with `other` for the rest."""

    kwargs: dict = field(default_factory=dict)
    all: int | None = None
    anonymous: object = SIGN_IN
    other: int = 403
    by_post: dict = field(default_factory=dict)

    def answer(self, post):
        if self.all is not None:
            return self.all
        return self.anonymous if post == "anonymous" else self.by_post.get(post, self.other)


def public(**kwargs):
    return Expected(kwargs, all=200)


def staff(kwargs, other, **by_post):
    return Expected(kwargs, other=other, by_post=by_post)


HOUSE = {"entity": "cartago"}
PLAN = {**HOUSE, "year": 2024, "plan": "publicado"}
DRAFT = {**HOUSE, "pk": "draft"}
PUBLISHED = {**HOUSE, "pk": "published"}
MODIFIED = {**HOUSE, "pk": "modified"}
JOB = {**HOUSE, "pk": "job"}
PERIOD = {**HOUSE, "pk": "period"}
CLOSED = {**HOUSE, "pk": "closed"}
EVIDENCE = {**HOUSE, "pk": "evidence"}
SIGNED_IN = Expected(other=200)

EXPECTED = {
    "home": public(),
    "health": public(),
    "verify": public(),
    "verify_file": public(code="issued"),
    "verify_download": public(code="issued"),
    "entity": public(**HOUSE),
    "entity_style": public(**HOUSE),
    "entity_logo": Expected(HOUSE, all=404),
    "framework": public(**HOUSE),
    "feed": public(**HOUSE),
    "entity_sitemap": public(**HOUSE),
    "api_docs": public(),
    "api:openapi": public(),
    "api:entities": public(),
    "api:entity": public(entidad="cartago"),
    "api:years": public(entidad="cartago"),
    "api:unknown": Expected(all=404),
    **{f"api:{name}": public(entidad="cartago", vigencia=2024) for name in TABLES},
    "portal_sitemap": public(),
    "sitemap": public(),
    "robots": public(),
    "mipg": public(**HOUSE),
    "policy": public(**HOUSE, policy_key="participacion"),
    "transparency": public(**HOUSE),
    "transparency_year": public(**HOUSE, year=2024),
    "dimension": public(**HOUSE, dimension="valores"),
    "axis": public(**HOUSE, framework="marco", key=1),
    "offices": public(**HOUSE),
    "office": public(**HOUSE, office="office"),
    "ask": public(**HOUSE),
    "accessibility": public(**HOUSE),
    "privacy": public(**HOUSE),
    "terms": public(**HOUSE),
    "site_map": public(**HOUSE),
    "portal_accessibility": public(),
    "portal_privacy": public(),
    "portal_terms": public(),
    "portal_site_map": public(),
    "glossary": public(),
    "plans": public(**HOUSE),
    "plan": public(**PLAN),
    "plan_file": public(**PLAN, suffix="csv"),
    "activity": public(**PLAN, number=1),
    "public_evidence": Expected(EVIDENCE, all=404),  # of no closed period
    "public_evidence_file": Expected(EVIDENCE, all=404),
    "search": public(**HOUSE),
    "search_all": public(),
    "plan_compare": public(**HOUSE, year=2024, plan="modificado", first=1, second=2),
    "open_data": public(**HOUSE),
    "open_data_dictionary": public(**HOUSE),
    "open_data_catalogue": public(**HOUSE),
    "open_data_portal": public(),
    "open_data_package": public(**HOUSE, year=2024),
    "open_data_book": public(**HOUSE, year=2024),
    "open_data_table": public(**HOUSE, year=2024, table="planes", suffix="csv"),
    # Staff pages. An entity where somebody has no part is not found; a role that is not enough is forbidden.
    "management": staff({}, 403, planning=302, committee=302, neighbour=302),
    "management_entity": staff(HOUSE, 403, planning=200, committee=200, neighbour=404),
    "plan_new": staff(HOUSE, 403, planning=200, neighbour=404),
    "plan_blank": staff(HOUSE, 403, planning=200, neighbour=404),
    "plan_from": staff(HOUSE, 403, planning=200, neighbour=404),
    "version": staff(
        DRAFT, 200, superuser=404, administrator=404, neighbour=404
    ),
    "version_file": staff(
        {**DRAFT, "suffix": "csv"}, 200, superuser=404, administrator=404, neighbour=404
    ),
    "version_step": staff(
        {**DRAFT, "step": "submit"}, 403, planning=200, superuser=404, administrator=404, neighbour=404
    ),
    "register_act": staff(HOUSE, 403, planning=200, neighbour=404),
    "consolidated": staff(HOUSE, 403, planning=200, committee=200, auditor=200, neighbour=404),
    "board": staff(HOUSE, 403, planning=200, committee=200, auditor=200, neighbour=404),
    "board_report": staff(HOUSE, 403, planning=200, committee=200, auditor=200, neighbour=404),
    "board_report_file": staff(HOUSE, 403, planning=200, committee=200, auditor=200, neighbour=404),
    "review": staff(HOUSE, 403, planning=200, committee=200, auditor=200, neighbour=404),
    "review_many": staff(HOUSE, 403, planning=405, neighbour=404),
    "review_report": staff(
        {**HOUSE, "pk": "report"}, 403, planning=200, committee=200, auditor=200, neighbour=404
    ),
    "missing": staff(HOUSE, 403, planning=200, committee=200, neighbour=404),
    "handover": staff(HOUSE, 403, planning=200, administrator=200, neighbour=404),
    "verification": staff(HOUSE, 403, planning=200, committee=200, auditor=200, neighbour=404),
    "verify_activity": staff(
        {**HOUSE, "period": "period", "activity": "activity"}, 403, auditor=200, neighbour=404
    ),
    "period_list": staff(HOUSE, 200, superuser=403, neighbour=404),
    "period_year": staff(HOUSE, 403, planning=400, neighbour=404),  # it needs the year in the address
    "period_year_delete": staff(HOUSE, 403, planning=400, neighbour=404),  # likewise
    "period_schemes": staff(HOUSE, 403, planning=200, neighbour=404),
    "period_scheme": staff({**HOUSE, "pk": "plan"}, 403, planning=200, neighbour=404),
    "period_lights": staff(HOUSE, 200, superuser=403, neighbour=404),
    "period_light": staff({**HOUSE, "activity": 1, "key": 1}, 403, planning=404, neighbour=404),  # no indicator
    "period_light_copy": staff({**HOUSE, "preset": 1}, 405, superuser=403, neighbour=404),
    "period_page": staff(PERIOD, 200, superuser=403, neighbour=404),
    "period_dates": staff(PERIOD, 403, planning=200, neighbour=404),
    "period_extend": staff(PERIOD, 403, planning=200, neighbour=404),
    "period_extension_withdraw": staff(
        {**PERIOD, "activity": "activity"}, 403, planning=404, neighbour=404
    ),  # it has none
    "period_close": staff(PERIOD, 403, planning=200, neighbour=404),
    "period_reopen": staff(CLOSED, 403, planning=200, neighbour=404),
    "period_act": staff({**CLOSED, "sequence": 1}, 200, superuser=403, neighbour=404),
    "period_snapshot": staff(
        {**CLOSED, "sequence": 1}, 403, planning=200, committee=200, auditor=200, neighbour=404
    ),
    "follow_up_files": staff(HOUSE, 403, planning=200, committee=200, auditor=200, neighbour=404),
    "modification_start": staff(PUBLISHED, 403, planning=200, neighbour=404),
    "sheet": staff(DRAFT, 403, planning=200, neighbour=404),
    "sheet_header": staff(DRAFT, 403, planning=405, neighbour=404),
    "sheet_cells": staff(DRAFT, 403, planning=405, neighbour=404),
    "sheet_new": staff(DRAFT, 403, planning=200, neighbour=404),
    "sheet_activity": staff({**DRAFT, "number": 1}, 403, planning=200, neighbour=404),
    "sheet_rows": staff({**DRAFT, "action": "quitar"}, 403, planning=405, neighbour=404),
    "sheet_row": staff({**DRAFT, "number": 1, "action": "quitar"}, 403, planning=405, neighbour=404),
    "draft_discard": staff(DRAFT, 403, planning=200, neighbour=404),
    "activity_cancel": staff({**DRAFT, "number": 1}, 403, planning=200, neighbour=404),
    "activity_restore": staff({**DRAFT, "number": 1}, 403, planning=200, neighbour=404),
    "version_compare": staff({**MODIFIED, "other": 1}, 200, neighbour=404),
    "act_scan": staff({**HOUSE, "pk": "act"}, 200, neighbour=404),
    # Jobs are of who asked for them.
    "jobs": staff(HOUSE, 200, neighbour=404),
    "job": staff(JOB, 404, planning=200),
    "job_file": staff(JOB, 404, planning=200),
    "job_state": staff(JOB, 404, planning=200),
    "imports": staff(HOUSE, 403, planning=200, neighbour=404),
    "import_preview": staff({**HOUSE, "pk": "import"}, 403, planning=200, neighbour=404),
    "import_undo": staff({**HOUSE, "pk": "import"}, 403, planning=200, neighbour=404),
    "import_discard": staff({**HOUSE, "pk": "import"}, 403, planning=200, neighbour=404),
    "import_file": staff({**HOUSE, "pk": "import"}, 403, planning=200, neighbour=404),
    "follow_up": staff({}, 403, leader=302),
    # Planning is asked for which office first; what was uploaded is of who uploaded it.
    "offline_download": staff({**HOUSE, "period": "period"}, 403, leader=200, planning=302, neighbour=404),
    "offline_file": staff({**HOUSE, "period": "period"}, 403, leader=200, planning=302, neighbour=404),
    "offline_preview": staff(
        {**HOUSE, "period": "period", "pk": "upload"}, 403, leader=302, planning=404, neighbour=404
    ),  # it cannot be read
    "evidence_page": staff(EVIDENCE, 404, planning=200, leader=200),  # it goes with no report
    "evidence_file": staff(EVIDENCE, 404, planning=200, leader=200),
    "evidence_redacted_file": staff(EVIDENCE, 404),  # there is none
    "evidence_classify": staff(EVIDENCE, 404, planning=200, leader=200),
    "evidence_copy": staff(EVIDENCE, 404, planning=200, leader=200),
    "evidence_remove": staff(EVIDENCE, 404, planning=200, leader=200),
    "evidence_links": staff(HOUSE, 403, planning=200, neighbour=404),
    "follow_up_entity": staff(HOUSE, 403, planning=200, leader=200, neighbour=404),
    "report_page": staff(
        {**HOUSE, "period": "period", "activity": "activity"},
        200, superuser=403, administrator=403, neighbour=404,
    ),
    "report_draft": staff(
        {**HOUSE, "period": "period", "activity": "activity"}, 405, superuser=403, neighbour=404
    ),
    "report_attach": staff(
        {**HOUSE, "period": "period", "activity": "activity"}, 405, superuser=403, neighbour=404
    ),
    "report_contribute": staff(
        {**HOUSE, "period": "period", "activity": "activity"}, 405, superuser=403, neighbour=404
    ),
    "report_send_all": staff({**HOUSE, "period": "period"}, 403, planning=302, leader=200, neighbour=404),
    "audit": staff({}, 302, superuser=200, leader=403),
    "audit_entity": staff(HOUSE, 200, leader=403, neighbour=404),
    "audit_extract": staff(HOUSE, 403, auditor=200, neighbour=404),
    # Accounts
    "account_home": Expected(other=302),
    "account_login": Expected(anonymous=200, other=302),
    "sign_in_links": staff(HOUSE, 403, administrator=200, neighbour=404),
    "sign_in_by_link": Expected({**HOUSE, "token": "inventada"}, anonymous=410, other=200),
    "account_logout": Expected(anonymous=302, other=200),
    "account_signup": Expected(anonymous=200, other=302),
    "account_reauthenticate": SIGNED_IN,
    "account_inactive": Expected(all=200),
    "account_change_password": SIGNED_IN,
    "account_set_password": Expected(other=302),
    "account_reset_password": Expected(all=200),
    "account_reset_password_done": Expected(all=200),
    "account_reset_password_from_key": Expected({"uidb36": "a", "key": "b"}, all=200),
    "account_reset_password_from_key_done": Expected(all=200),
    "account_email": Expected(all=302),
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": Expected(anonymous=302, other=302),
    "mfa_reauthenticate": Expected(other=302),
    "mfa_activate_totp": Expected(other=302),
    "mfa_deactivate_totp": Expected(other=404),
    "mfa_view_recovery_codes": Expected(other=404),
    "mfa_generate_recovery_codes": Expected(other=302),
    "mfa_download_recovery_codes": Expected(other=404),
}  # fmt: skip


def all_patterns(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_patterns(pattern, inner)


def test_every_address_has_an_expectation():
    names = {name for name in all_patterns(get_resolver()) if not name.startswith("admin:")}
    assert names - {"None"} == set(EXPECTED)


def a_file(job, progress):
    return Outcome(name="planes.csv", content_type="text/csv", content=b"a;b")


@pytest.fixture
def site(house, neighbour, superuser, monkeypatch):
    """A published plan, a draft, a framework, a policy, a job and an import of the house; all the people."""
    policy = make_policy()
    adopt(house.entity, policy)
    make_framework(house.entity).axes.create(position=1, name="Eje")
    make_published_plan(house.entity, title="Publicado", office=house.office, policy=policy)
    draft = make_draft(house.entity, title="Borrador", office=house.office)
    people = {post: getattr(house, post) for post in POSTS[2:7]}
    monkeypatch.setitem(KINDS, "prueba", Kind(work=a_file, permission="actionplans.edit_plan"))
    start("prueba", entity=house.entity, by=house.planning, title="Planes", params={}, small=True)
    modify_and_approve(make_published_plan(house.entity, title="Modificado"), house)
    bring(house, messy_workbook())
    first, second, *_ = make_year(house)
    report(house, _first_activity("publicado"), second, by=house.planning, on_behalf=True, source="Correo")
    close(house, first)
    keep_upload(second, name="lleno.xlsx", content=b"nada", by=house.leader)
    bring_file(house.entity, scan(), by=house.leader, office=house.office, classification="publica")
    return draft, {"superuser": superuser, "neighbour": neighbour.planning, **people}


def _first_activity(plan):
    return ActionPlan.objects.get(slug=plan).activities.get(key=1)


def keys_of(draft):
    modified = PlanVersion.objects.get(plan__slug="modificado", number=2)
    published = PlanVersion.objects.select_related("plan__entity").get(plan__slug="publicado")
    return {
        "draft": draft.pk,
        "published": published.pk,
        "issued": issued_plan(published, "xlsx").code,
        "modified": modified.pk,
        "act": modified.approval_act_id,
        "job": Job.objects.get().pk,
        "plan": ActionPlan.objects.get(slug="publicado").pk,
        "period": ReportingPeriod.objects.get(ordinal=2).pk,
        "closed": ReportingPeriod.objects.get(ordinal=1).pk,
        "import": ImportRun.objects.get().pk,
        "report": Report.objects.get(period__ordinal=2).pk,
        "activity": Report.objects.get(period__ordinal=2).activity_id,
        "evidence": Evidence.objects.get().pk,
        "upload": OfflineUpload.objects.get().pk,
        "office": Office.objects.get(entity__slug="cartago").slug,
    }


@pytest.mark.parametrize("post", POSTS)
def test_every_address_answers_each_post_as_expected(post, site, client):
    draft, people = site
    answers, pks = {}, keys_of(draft)
    for name, expected in EXPECTED.items():
        if post != "anonymous":
            client.force_login(people[post])
        kwargs = {name: pks.get(value, value) for name, value in expected.kwargs.items()}
        response = client.get(reverse(name, kwargs=kwargs))
        to_sign_in = response.status_code == 302 and "/cuenta/ingresar/" in response.url
        answers[name] = SIGN_IN if to_sign_in and expected.answer(post) == SIGN_IN else response.status_code
    assert answers == {name: expected.answer(post) for name, expected in EXPECTED.items()}


# --- The admin: model → who reads and who changes a row of the house ---------------------------------------

KEEPERS = {"superuser", "administrator", "planning"}
STAFF = KEEPERS | {"neighbour"}
WORKFLOW = ({"planning"}, set())
OF_ENTITY = (KEEPERS, KEEPERS)

ADMIN = {
    "planning.entity": OF_ENTITY,
    "planning.office": OF_ENTITY,
    "planning.strategicframework": OF_ENTITY,
    "planning.axis": OF_ENTITY,
    "planning.objective": OF_ENTITY,
    "planning.line": OF_ENTITY,
    "planning.programme": OF_ENTITY,
    "planning.trafficlightpreset": OF_ENTITY,
    "planning.glossaryterm": (STAFF, {"superuser"}),
    "planning.membership": ({"superuser", "administrator"}, {"superuser", "administrator"}),
    "planning.user": ({"superuser"}, {"superuser"}),
    "planning.auditevent": (KEEPERS, set()),
    "mipg.modelversion": (STAFF, {"superuser"}),
    "mipg.dimension": (STAFF, {"superuser"}),
    "mipg.policy": (STAFF, {"superuser"}),
    "mipg.institutionalplankind": (STAFF, {"superuser"}),
    "mipg.obligation": (STAFF, {"superuser"}),
    "mipg.adoption": OF_ENTITY,
    "mipg.policyleadership": OF_ENTITY,
    "mipg.actor": OF_ENTITY,
    "mipg.institutionalplan": OF_ENTITY,
    "actionplans.actionplan": (STAFF, set()),  # the house's plan is published: anybody may read it
    "actionplans.planversion": WORKFLOW,  # the row is a draft
    "actionplans.importrun": WORKFLOW,
}


@pytest.fixture
def admin_rows(site, house):
    """A row of every model of the admin, in the house."""
    from django.contrib.admin import site as admin_site

    from mipg import models as mipg
    from planning.models import AuditEvent

    draft, _people = site
    framework = StrategicFramework.objects.get()
    axis = framework.axes.get()
    axis.objectives.create(position=1, name="Objetivo")
    line = axis.lines.create(position=1, name="Línea")
    line.programmes.create(position=1, name="Programa")
    policy = mipg.Policy.objects.get()
    kind = mipg.InstitutionalPlanKind.objects.create(number=1, key="pinar", name="PINAR")
    mipg.InstitutionalPlan.objects.create(entity=house.entity, year=2024, kind=kind)
    mipg.Obligation.objects.create(position=1, key="publicar", name="Publicar", check_by="planes", first_year=2012)
    mipg.Actor.objects.create(entity=house.entity, position=1, name="Ciudadanía", part="Beneficiaria")
    mipg.PolicyLeadership.objects.create(
        entity=house.entity, policy=policy, office=house.office, role="leads", source="prueba"
    )
    TrafficLightPreset.objects.create(entity=house.entity, key="propio", name="Propio")
    GlossaryTerm.objects.create(key="vigencia", name="vigencia", meaning="El año de un plan.")
    rows = {}
    for model in admin_site._registry:
        if model._meta.app_label in ("planning", "mipg", "actionplans"):
            rows[model._meta.label_lower] = _row_of_the_house(model, house, draft, AuditEvent)
    return rows


def _row_of_the_house(model, house, draft, events):
    if model is events:
        return events.objects.filter(chain__entity=house.entity).first()
    own = {
        "planning.entity": house.entity,
        "planning.office": house.office,
        "planning.user": house.leader,
        "actionplans.planversion": draft,
        "actionplans.actionplan": ActionPlan.objects.get(slug="publicado"),
        "planning.membership": house.leader.memberships.get,
    }.get(model._meta.label_lower)
    if callable(own):
        return own()
    return own or model.objects.get()


def test_every_table_of_the_admin_has_an_expectation():
    from django.contrib.admin import site as admin_site

    ours = {
        model._meta.label_lower
        for model in admin_site._registry
        if model._meta.app_label in ("planning", "mipg", "actionplans")
    }
    assert ours == set(ADMIN)


@pytest.mark.parametrize("post", POSTS)
def test_the_admin_shows_and_changes_only_what_the_table_says(post, site, admin_rows, client):
    _draft, people = site
    if post != "anonymous":
        client.force_login(people[post])
    reads, changes, lists = set(), set(), set()
    for label, row in admin_rows.items():
        base = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        response = client.get(reverse(f"{base}_change", args=[row.pk]))
        if response.status_code == 200:
            reads.add(label)
            if response.context["has_change_permission"]:
                changes.add(label)
        listed = client.get(reverse(f"{base}_changelist"))
        if listed.status_code == 200 and row in listed.context["cl"].result_list:
            lists.add(label)
        removed = client.get(reverse(f"{base}_delete", args=[row.pk]))
        assert removed.status_code != 200 or label in changes
    assert changes == {label for label, (_reads, changers) in ADMIN.items() if post in changers}
    assert reads == {label for label, (readers, _changers) in ADMIN.items() if post in readers}
    assert lists == reads


def test_the_picker_of_offices_offers_only_those_of_the_own_entity(house, neighbour, client):
    client.force_login(house.planning)
    answer = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "mipg", "model_name": "actor", "field_name": "office", "term": ""},
    )
    assert [row["text"] for row in answer.json()["results"]] == [house.office.name]


def test_a_row_for_another_entity_is_refused_whatever_the_form_offers(house, neighbour, client):
    client.force_login(house.planning)
    answer = client.post(
        reverse("admin:planning_office_add"),
        {"entity": neighbour.entity.pk, "name": "Intrusa", "slug": "intrusa", "kind": "oficina"},
    )
    assert answer.status_code == 200
    assert "entity" in answer.context["adminform"].form.errors
    assert not Entity.objects.get(pk=neighbour.entity.pk).offices.filter(slug="intrusa").exists()
