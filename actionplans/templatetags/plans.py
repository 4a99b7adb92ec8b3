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
    "add_activity": "Se agregaron actividades",
    "approve": "Se aprobó y publicó",
    "bring_evidence": "Se aportó una evidencia",
    "bring_redacted": "Se subió una copia con lo reservado tachado",
    "classify_evidence": "Se cambió quién puede ver una evidencia",
    "remove_evidence": "Se eliminó una evidencia que no acompañaba ningún reporte",
    "cancel_activity": "Se canceló una actividad",
    "change": "Se cambió",
    "copy_plan": "Se tomó de un plan anterior",
    "copy_light": "Se copió un semáforo",
    "set_light": "Se eligió el semáforo de un indicador",
    "create": "Se creó el borrador",
    "delete": "Se eliminó",
    "edit_activity": "Se cambiaron actividades",
    "edit_plan": "Se cambiaron los datos del plan",
    "move_activity": "Se cambió el orden de las actividades",
    "recover_activity": "Se recuperó una actividad quitada",
    "remove_activity": "Se quitó una actividad del borrador",
    "discard": "Se descartó un borrador",
    "discard_import": "Se descartó una importación",
    "import": "Se actualizó con un archivo",
    "import_add": "Se agregó desde un archivo",
    "import_change": "Se cambió desde un archivo",
    "load_document": "Se cargó un documento",
    "password": "Se cambió la contraseña",
    "make_sign_in_link": "Se creó un enlace de ingreso",
    "use_sign_in_link": "Ingresó con un enlace",
    "open_period": "Se creó un periodo de seguimiento",
    "change_dates": "Se cambiaron las fechas de un periodo",
    "extend": "Se dio una prórroga",
    "withdraw_extension": "Se retiró una prórroga",
    "delete_period": "Se borró un periodo de seguimiento",
    "set_scheme": "Se cambió cada cuánto se sigue el plan",
    "close_period": "Se cerró un periodo",
    "reopen_period": "Se reabrió un periodo",
    "write_report_draft": "Se guardó el borrador de un reporte",
    "discard_report_draft": "Se descartó el borrador de un reporte",
    "attach_evidence": "Se adjuntó una evidencia a un reporte",
    "detach_evidence": "Se quitó una evidencia de un reporte",
    "send_report": "Se envió un reporte",
    "contribute": "Otra dependencia aportó a un reporte",
    "correct_report": "Planeación corrigió el valor de un reporte",
    "verify_progress": "Control interno verificó un avance",
    "validate_report": "Se validó un reporte",
    "return_report": "Se devolvió un reporte",
    "reconsider_report": "Se retiró la validación de un reporte",
    "reopen_report": "Se reabrió un reporte",
    "publish": "Se publicó el documento",
    "register_act": "Se aprobó y publicó por acto del comité",
    "remember_alias": "Se agregó otro nombre de la dependencia",
    "restore_activity": "Se restableció una actividad",
    "return": "Se devolvió",
    "rewrite": "Se reescribió el borrador",
    "save_reading": "Se guardó una plantilla de lectura",
    "start_modification": "Se abrió una modificación",
    "submit": "Se envió a revisión",
    "supersede": "Quedó sustituido por otra versión",
    "undo_import": "Se deshizo una importación",
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
