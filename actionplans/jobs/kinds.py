"""Every kind of work that the portal does outside a request. To add one, add its row."""

from .audit_extract import extract_audit
from .closing_act import draw_act
from .consolidated import consolidate
from .contract import Kind
from .follow_up import write_follow_up
from .imports import apply_import, read_import

KINDS: dict[str, Kind] = {
    "read_import": Kind(work=read_import, permission="actionplans.import_plan"),
    "apply_import": Kind(work=apply_import, permission="actionplans.import_plan"),
    "consolidated": Kind(work=consolidate, permission="actionplans.export_plans"),
    "closing_act": Kind(work=draw_act, permission="actionplans.see_periods"),
    "follow_up": Kind(work=write_follow_up, permission="actionplans.follow_progress"),
    "audit_extract": Kind(work=extract_audit, permission="planning.export_audit"),
}
