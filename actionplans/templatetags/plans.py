"""What plan pages say of states and events."""

from django import template

from actionplans.enums import VersionStatus
from planning.templatetags.ui import state

register = template.Library()

TONES = {
    VersionStatus.DRAFT: ("none", "○"),
    VersionStatus.IN_REVIEW: ("warn", "▲"),
    VersionStatus.APPROVED: ("good", "●"),
    VersionStatus.SUPERSEDED: ("none", "–"),
}

EVENT_NAMES = {
    "add": "Se agregó",
    "approve": "Se aprobó y publicó",
    "cancel_activity": "Se canceló una actividad",
    "change": "Se cambió",
    "create": "Se creó el borrador",
    "delete": "Se eliminó",
    "discard": "Se descartó un borrador",
    "import_add": "Se agregó desde un archivo",
    "import_change": "Se cambió desde un archivo",
    "load_document": "Se cargó un documento",
    "password": "Se cambió la contraseña",
    "publish": "Se publicó el documento",
    "register_act": "Se aprobó y publicó por acto del comité",
    "restore_activity": "Se restableció una actividad",
    "return": "Se devolvió",
    "rewrite": "Se reescribió el borrador",
    "start_modification": "Se abrió una modificación",
    "submit": "Se envió a revisión",
    "supersede": "Quedó sustituido por otra versión",
}


@register.simple_tag
def version_state(version):
    """The badge of a version's state."""
    tone, shape = TONES[version.status]
    return state(tone, version.get_status_display(), shape)


@register.simple_tag
def event_name(event) -> str:
    """What an audit event is called on a page."""
    return EVENT_NAMES.get(event.event, event.event)
