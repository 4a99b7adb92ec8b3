"""Addresses of the staff's pages: the entity is always in them, never in the session."""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from actionplans.domain.procedure import PLAN_TRANSITIONS
from actionplans.views import (
    audit,
    consolidated,
    files,
    imports,
    jobs,
    landings,
    plans,
    sheet,
    sheet_activity,
    transitions,
    versions,
    workspace,
)
from actionplans.views.following import (
    board,
    closing,
    evidence,
    extensions,
    handover,
    lights,
    links,
    missing,
    period_years,
    periods,
    review,
    verification,
)
from actionplans.views.following import files as following_files
from actionplans.views.following.offline import pages as offline
from actionplans.views.following.quarter import page as quarter
from actionplans.views.following.reporting import contribution_saving
from actionplans.views.following.reporting import discarding as report_discarding
from actionplans.views.following.reporting import page as report_page
from actionplans.views.following.reporting import saving as report_saving


class StepConverter:
    """A step of a plan's life by its word in the address: «enviar» is `submit`."""

    regex = "|".join(transition.address for transition in PLAN_TRANSITIONS)
    names = {transition.address: transition.name for transition in PLAN_TRANSITIONS}
    addresses = {transition.name: transition.address for transition in PLAN_TRANSITIONS}

    def to_python(self, value):
        return self.names[value]

    def to_url(self, value):
        return self.addresses[value]


class RowConverter(StringConverter):
    """What is done with a whole row of the sheet: «quitar», «duplicar»."""

    regex = "|".join(sheet_activity.ACTIONS)


register_converter(StepConverter, "step")


class NumberConverter(IntConverter):
    """A number that a database column holds."""

    regex = "[0-9]{1,9}"


register_converter(RowConverter, "row")
register_converter(NumberConverter, "number")

of_a_version = [
    path("", plans.version_page, name="version"),
    path("descargar.<slug:suffix>/", files.download, name="version_file"),
    path("hoja/", sheet.sheet, name="sheet"),
    path("hoja/datos/", sheet.save_header, name="sheet_header"),
    path("hoja/celdas/", sheet.save_cells, name="sheet_cells"),
    path("hoja/actividades/nueva/", sheet_activity.new_activity, name="sheet_new"),
    path("hoja/filas/<row:action>/", sheet_activity.rows_action, name="sheet_rows"),
    path("hoja/actividades/<number:number>/", sheet_activity.activity_page, name="sheet_activity"),
    path("hoja/actividades/<number:number>/<row:action>/", sheet_activity.row_action, name="sheet_row"),
    path("modificar/", versions.start_modification, name="modification_start"),
    path("descartar/", versions.discard_draft, name="draft_discard"),
    path("comparar/<int:other>/", versions.compare, name="version_compare"),
    path("actividades/<int:number>/cancelar/", versions.cancel_activity, name="activity_cancel"),
    path("actividades/<int:number>/restablecer/", versions.restore_activity, name="activity_restore"),
    path("<step:step>/", transitions.transition, name="version_step"),
]

of_an_evidence = [
    path("", evidence.evidence_page, name="evidence_page"),
    path("archivo/", evidence.evidence_file, name="evidence_file"),
    path("tachada/", evidence.evidence_redacted_file, name="evidence_redacted_file"),
    path("clasificar/", evidence.evidence_classify, name="evidence_classify"),
    path("copia/", evidence.evidence_copy, name="evidence_copy"),
    path("copia/quitar/", evidence.evidence_copy_withdraw, name="evidence_copy_withdraw"),
    path("eliminar/", evidence.evidence_remove, name="evidence_remove"),
]

of_the_periods = [
    path("", periods.period_list, name="period_list"),
    path("nuevos/", period_years.year_new, name="period_year"),
    path("borrar/", period_years.year_delete, name="period_year_delete"),
    path("planes/", periods.scheme_list, name="period_schemes"),
    path("planes/<number:pk>/", periods.scheme_change, name="period_scheme"),
    path("semaforos/", lights.light_list, name="period_lights"),
    path("semaforos/<number:preset>/copiar/", lights.light_copy, name="period_light_copy"),
    path("semaforos/<number:activity>/<number:key>/", lights.light_change, name="period_light"),
    path("<number:pk>/", closing.period_page, name="period_page"),
    path("<number:pk>/fechas/", periods.dates, name="period_dates"),
    path("<number:pk>/prorroga/", extensions.extend, name="period_extend"),
    path("<number:pk>/prorroga/<number:activity>/retirar/", extensions.withdraw, name="period_extension_withdraw"),
    path("<number:pk>/cerrar/", closing.close, name="period_close"),
    path("<number:pk>/reabrir/", closing.reopen, name="period_reopen"),
    path("<number:pk>/cierres/<number:sequence>/acta.pdf", closing.act, name="period_act"),
    path("<number:pk>/cierres/<number:sequence>/datos.json", closing.snapshot, name="period_snapshot"),
]

of_the_workbook = [
    path("", offline.offline, name="offline_download"),
    path("libro.xlsx", offline.offline_file, name="offline_file"),
    path("<number:pk>/", offline.offline_preview, name="offline_preview"),
]

of_a_report = [
    path("", report_page.report_page, name="report_page"),
    path("borrador/", report_saving.save_draft_quietly, name="report_draft"),
    path("adjuntar/", report_saving.attach_quietly, name="report_attach"),
    path("aporte/", contribution_saving.contribute_quietly, name="report_contribute"),
    path("descartar/", report_discarding.report_discard, name="report_discard"),
]

urlpatterns = [
    path("gestion/", landings.management, name="management"),
    path("gestion/<slug:entity>/", workspace.plan_list, name="management_entity"),
    path("gestion/<slug:entity>/planes/acto/", transitions.register_session, name="register_act"),
    path("gestion/<slug:entity>/planes/nuevo/", workspace.plan_new, name="plan_new"),
    path("gestion/<slug:entity>/planes/nuevo/en-blanco/", workspace.plan_blank, name="plan_blank"),
    path("gestion/<slug:entity>/planes/nuevo/desde/", workspace.plan_from, name="plan_from"),
    path("gestion/<slug:entity>/planes/<int:pk>/", include(of_a_version)),
    path("gestion/<slug:entity>/importar/", imports.import_list, name="imports"),
    path("gestion/<slug:entity>/importar/<int:pk>/", imports.import_preview, name="import_preview"),
    path("gestion/<slug:entity>/importar/<int:pk>/deshacer/", imports.import_undo, name="import_undo"),
    path("gestion/<slug:entity>/importar/<int:pk>/descartar/", imports.import_discard, name="import_discard"),
    path("gestion/<slug:entity>/importar/<int:pk>/archivo/", imports.import_file, name="import_file"),
    path("gestion/<slug:entity>/consolidados/", consolidated.consolidated, name="consolidated"),
    path("gestion/<slug:entity>/tablero/", board.board, name="board"),
    path("gestion/<slug:entity>/tablero/informe/", board.report, name="board_report"),
    path("gestion/<slug:entity>/tablero/informe.pdf", board.report_file, name="board_report_file"),
    path("gestion/<slug:entity>/descargas/", following_files.follow_up_files_page, name="follow_up_files"),
    path("gestion/<slug:entity>/periodos/", include(of_the_periods)),
    path("gestion/<slug:entity>/revision/", review.review_list, name="review"),
    path("gestion/<slug:entity>/revision/validar/", review.review_many, name="review_many"),
    path("gestion/<slug:entity>/revision/<number:pk>/", review.review_report, name="review_report"),
    path("gestion/<slug:entity>/sin-reporte/", missing.missing, name="missing"),
    path("gestion/<slug:entity>/entrega/", handover.handover, name="handover"),
    path("gestion/<slug:entity>/actos/<int:pk>/", versions.act_scan, name="act_scan"),
    path("gestion/<slug:entity>/trabajos/", jobs.job_list, name="jobs"),
    path("gestion/<slug:entity>/trabajos/<int:pk>/", jobs.job_page, name="job"),
    path("gestion/<slug:entity>/trabajos/<int:pk>/archivo/", jobs.job_file, name="job_file"),
    path("gestion/<slug:entity>/trabajos/<int:pk>/estado.json", jobs.job_state, name="job_state"),
    path("seguimiento/", landings.follow_up, name="follow_up"),
    path("seguimiento/<slug:entity>/", quarter.quarter, name="follow_up_entity"),
    path("seguimiento/<slug:entity>/<number:period>/enviar/", quarter.send_all, name="report_send_all"),
    path("seguimiento/<slug:entity>/<number:period>/excel/", include(of_the_workbook)),
    path("seguimiento/<slug:entity>/<number:period>/<number:activity>/", include(of_a_report)),
    path("seguimiento/<slug:entity>/evidencias/<int:pk>/", include(of_an_evidence)),
    path("gestion/<slug:entity>/enlaces/", links.evidence_links, name="evidence_links"),
    path("auditoria/", landings.audit, name="audit"),
    path("auditoria/<slug:entity>/", audit.trail, name="audit_entity"),
    path("auditoria/<slug:entity>/verificacion/", verification.verification_list, name="verification"),
    path(
        "auditoria/<slug:entity>/verificacion/<number:period>/<number:activity>/",
        verification.verify_activity,
        name="verify_activity",
    ),
    path("auditoria/<slug:entity>/extracto/", audit.extract, name="audit_extract"),
]
