"""What each address answers to each post: a new address has its row here."""

from dataclasses import dataclass, field

from actionplans.opendata.tables import TABLES

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
    "api:index": public(),
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
    "activities": public(**HOUSE),
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
    "evidence_copy_withdraw": staff(EVIDENCE, 404),  # there is none
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
    "report_discard": staff(
        {**HOUSE, "period": "period", "activity": "activity"}, 403, planning=200, leader=200, neighbour=404
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
    "account_password_after_link": Expected(other=302),
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
