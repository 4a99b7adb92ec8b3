"""Layouts as entities of each kind really use them: blocks, sub-rows, anticorruption plans."""

import datetime

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from workbook_tools import ENE, HACIENDA, book, fill_in, layout, merge, shade


@layout
def blocks_with_more_columns() -> Workbook:
    return book(
        ["COMPONENTE 1: Riesgos"],
        ["N°", "ACTIVIDAD", "RESPONSABLE", "FECHA"],
        [1, "Actualizar el mapa", HACIENDA, "Enero"],
        [2, "Divulgar el mapa", HACIENDA, "Febrero"],
        [],
        ["COMPONENTE 2: Trámites"],
        ["N°", "ACTIVIDAD", "META", "INDICADOR", "PRODUCTO", "RESPONSABLE", "FECHA"],
        [1, "Racionalizar un trámite", 3, "Trámites", "Acto", HACIENDA, "Marzo"],
        ["Aprobó: Alcalde"],
        ["COMPONENTE 3: Rendición"],
        ["N°", "ACTIVIDAD", "RESPONSABLE", "FECHA"],
        [1, "Rendir cuentas", HACIENDA, "Abril"],
    )


@layout
def blocks_with_months_shifted() -> Workbook:
    def block(number, *more):
        marks = ["X" if month % 4 == number else None for month in range(12)]
        return [
            [f"COMPONENTE {number}: Tema {number}"],
            ["N°", "ACTIVIDAD", *more, "RESPONSABLE", *ENE],
            [1, f"Actividad {number}.1", *[10 for _ in more], HACIENDA, *marks],
            ["TOTAL COMPONENTE", None, *[None for _ in more], None, *[1] * 12],
            [],
        ]

    return book(["PLAN DE ACCIÓN 2025"], *block(1), *block(2, "META"), *block(3), ["NOTA: cada actividad"])


@layout
def blocks_without_a_row_between() -> Workbook:
    return book(
        ["N°", "ACTIVIDAD", "RESPONSABLE", "FECHA"],
        [1, "Actualizar el mapa", HACIENDA, "Enero"],
        [2, "Seguimiento al plan", "Seguimiento", "Enero"],
        ["N°", "ACTIVIDAD", "META", "RESPONSABLE", "FECHA"],
        [3, "Racionalizar un trámite", 3, HACIENDA, "Marzo"],
        ["Ítem", "Acción", "Líder", "Producto", "Plazo"],
        [4, "Rendir cuentas", HACIENDA, "Informe", "Abril"],
    )


@layout
def rows_that_are_not_read() -> Workbook:
    return book(
        ["N°", "ACTIVIDAD", "RESPONSABLE", "PLAZO"],
        [1, "Elaborar el diagnóstico", HACIENDA, "Marzo", "Un apunte sin encabezado"],
        [None, "Una actividad que solo tiene nombre"],
        ["Elaboró: Ana"],
        [2, "Publicar el informe", HACIENDA, "Abril"],
    )


@layout
def number_and_activity_under_one_label() -> Workbook:
    workbook = book(
        ["PLAN ANTICORRUPCIÓN Y DE ATENCIÓN AL CIUDADANO"],
        ["Vigencia 2017"],
        ["Subcomponente", "Actividades", None, "Meta o producto", "Responsable", "Fecha programada"],
        ["Política", "1.1", "Revisar la política", "Política revisada", HACIENDA, "15 abril de 2017"],
        [None, "1.2", "Aprobar la política", "Acta", HACIENDA, "22 al 28 de abril de 2017"],
        ["Construcción", "2.1", "Identificar riesgos", "Mapa", HACIENDA, "ene-17"],
        title="Hoja1",
    )
    merge(workbook.active, 3, 2, 3, 3)
    merge(workbook.active, 4, 1, 5, 1)
    return workbook


@layout
def number_without_label() -> Workbook:
    return book(
        ["Subcomponente", None, "Actividades", "Meta o producto", "Responsable", "Fecha programada"],
        ["Política", "1.1", "Revisar la política", "Política revisada", HACIENDA, "15/04/2025"],
    )


@layout
def components_over_subcomponents() -> Workbook:
    header = ["Subcomponente / Proceso", "Actividades Programadas", "Actividades Realizadas", "Meta Producto",
              "Responsable", "Fecha Programada", "% de Avance", "Observaciones"]  # fmt: skip
    group = [*[None] * 6, "Seguimiento O.C.I I Cuatrimestre"]
    workbook = book(
        ["SEGUIMIENTO PLAN ANTICORRUPCIÓN 2021"],
        ["Componente 1: Gestión del Riesgo"],
        group,
        header,
        ["1.1 Política", "Actualizar la política", "Se actualizó", "1 política", HACIENDA, "Enero 2021", 1],
        ["Componente 2: Trámites"],
        group,
        header,
        ["2.1 Trámites", "Racionalizar dos trámites", None, "2 trámites", HACIENDA, "Junio 2021", 0],
        ["Elaboró: Pedro Pérez"],
        title="PAAC",
    )
    for row in (2, 6):
        merge(workbook.active, row, 1, row, 8)
        merge(workbook.active, row + 1, 7, row + 1, 8)
    return workbook


@layout
def programmed_and_executed_rows() -> Workbook:
    workbook = book(
        ["ITEM", "ACTIVIDADES", "RESPONSABLES", "P/E", *ENE],
        [1, "Realizar un simulacro", HACIENDA, "P"],
        [None, None, None, "E"],
        [2, "Hacer exámenes", HACIENDA, "P", None, "x"],
        [None, None, None, "E", None, None, "x"],
    )
    for column in (1, 2, 3):
        merge(workbook.active, 2, column, 3, column)
    shade(workbook.active, 2, (7, 13))
    shade(workbook.active, 3, (7,), PatternFill("solid", fgColor="00B0F0"))
    return workbook


@layout
def programmed_and_executed_rows_without_label() -> Workbook:
    workbook = book(
        ["ITEM", "ACTIVIDADES", "RESPONSABLES", None, *ENE],
        [1, "Realizar un simulacro", HACIENDA, "Programado", None, None, "X"],
        [None, None, None, "Ejecutado", None, None, None, None, "X"],
    )
    for column in (1, 2, 3):
        merge(workbook.active, 2, column, 3, column)
    return workbook


@layout
def a_sheet_for_each_year() -> Workbook:
    header = ["N°", "ACTIVIDAD", "RESPONSABLE", "META", *ENE]
    workbook = book(header, [1, "Vieja", HACIENDA, 1, "x"], title="PLAN 2023")
    newer = [header[:3] + ENE, [1, "Nueva", HACIENDA, "x"]]
    fill_in(workbook.create_sheet("PLAN 2024"), newer)
    return workbook


@layout
def signatures_by_name_and_post() -> Workbook:
    return book(
        ["N°", "ACTIVIDAD", "RESPONSABLE", "ENE"],
        [1, "Proyecto de acuerdo: presentar", HACIENDA, "x"],
        [2, "Revisó: informe de gestión", HACIENDA, "x"],
        [3, "Total de predios actualizados", HACIENDA, "x"],
        [],
        ["Nombre", "Cargo"],
        ["Juan", "Secretario"],
        ["FIRMA"],
    )


@layout
def consolidated_with_coordination() -> Workbook:
    return book(
        ["PLAN DE ACCIÓN 2022 CONSOLIDADO"],
        ["OBJETIVO ESTRATÉGICO", "PRODUCTO", "CÓDIGO Y DESCRIPCIÓN", "ENERO - MARZO", "LÍNEA DE COORDINACIÓN",
         "EJECUTOR"],
        ["Vigilar", "Informe", "A1 Auditar un municipio", "25%", "Despacho", HACIENDA],
    )  # fmt: skip


@layout
def first_and_last_month() -> Workbook:
    return book(
        ["Actividad", "Responsable", "Mes de inicio", "Mes de finalización", "Producto"],
        ["Con nombres", HACIENDA, "Febrero", "Junio", "Acta"],
        ["Con números de texto", HACIENDA, "3", "5", "Acta"],
        ["Con números", HACIENDA, 4, 4, "Acta"],
    )


@layout
def improvement_plan() -> Workbook:
    return book(
        ["Hallazgo", "Acción de mejora", "Actividades / Descripción", "Fecha inicio", "Fecha terminación",
         "Plazo en semanas", "Responsable", "Periodo de corte"],
        ["H1", "Mejorar", "Capacitar", "2025/02/01", "2025/06/30", 21, HACIENDA, "2025-06"],
    )  # fmt: skip


@layout
def products_as_activities() -> Workbook:
    labels = [f"T{n} {what} 2025" for n in range(1, 5) for what in ("PLANEADO", "EJECUTADO")]
    return book(
        ["EJE", "META DE RESULTADO / MR", "INDICADOR DE RESULTADO", "NOMBRE DEL PROYECTO", "META DE PRODUCTO",
         "INDICADOR", *labels, "TOTAL PLANEADO 2025", "RESPONSABLE"],
        ["EJE 1", "MR 1", "De resultado", "Vías", "Mantener 10 km de vías", "Km", 2, 1, 0, 0, 3, 0, 2, 0, 7,
         HACIENDA],
        title="PI",
    )  # fmt: skip


@layout
def leaders_and_supporters() -> Workbook:
    return book(
        ["ACTIVIDAD", "RESPONSABLE", "PLAZO"],
        ["Una", "Líder: Secretaría de Hacienda\nApoyo: Oficina de Control Interno", "Marzo"],
        ["Dos", "Secretaría de Hacienda con apoyo de la Secretaría General", "Marzo"],
        ["Tres", "Secretaría de Hacienda. Apoya: OCI", "Marzo"],
    )


@layout
def a_text_too_long() -> Workbook:
    return book(["ACTIVIDAD", "RESPONSABLE", "PRODUCTO", "ENE"], ["Una", HACIENDA, "palabra " * 3_000, "x"])


@layout
def dates_of_every_kind() -> Workbook:
    return book(
        ["ACTIVIDAD", "FECHA INICIO", "FECHA FINAL", "RESPONSABLE"],
        ["Del año al día", "2025/02/01", "2025.04.30", HACIENDA],
        ["Con hora", datetime.datetime(2025, 5, 2, 8, 30), "2025-06-30 00:00:00", HACIENDA],
    )
