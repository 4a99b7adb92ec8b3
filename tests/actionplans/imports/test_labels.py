import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.imports.reading.labels import classify, normalise

KINDS = {
    "number": ["N°", "Nº", "No.", "#", "ÍTEM", "Orden", "ACTIVIDAD / CÓDIGO"],
    "activity": ["ACTIVIDADES", "Actividad(es)", "Actividades Específicas", "ACTIVIDADES PROGRAMADAS",
                 "Actividad a realizar",
                 "ACCIONES", "INICIATIVA", "ESTRATEGIA", "CÓDIGO Y DESCRIPCIÓN", "ACTIVI\nDADES", "ACTIVI-\nDADES",
                 "Descripción de la meta", "Acciones a implementar para dar cumplimiento",
                 "ACTIVIDAD / DESCRIPCIÓN"],
    "task": ["TAREA (S) QUE AYUDA A IMPLEMENTAR LA ACTIVIDAD", "Tareas", "SUBACTIVIDAD", "PASOS A SEGUIR", "Hito"],
    "deliverable": ["PRODUCTOS (BIENES O SERVICIOS) ENTREGABLES", "Producto", "Entregable(s)", "Meta o producto",
                    "Meta Producto", "META DE PRODUCTO", "Bien o servicio", "Evidencia esperada"],
    "responsible": ["RESPONSABLES", "Responsable", "DEPENDENCIA", "Área / Cargo", "Líder", "EJECUTOR",
                    "Dependencia responsable", "PROCESO"],
    "indicator": ["INDICADOR", "Indicadores de Desempeño", "NOMBRE DEL INDICADOR", "INDICADOR / NOMBRE"],
    "formula": ["INDICADOR / FÓRMULA", "Fórmula de cálculo"],
    "result": ["INDICADOR / RESULTADO", "Resultado acumulado"],
    "target": ["META", "Meta anual", "META 2025", "Cantidad", "INDICADOR / META"],
    "baseline": ["LÍNEA BASE", "L.B", "LB", "Línea de base"],
    "unit": ["UNIDAD DE MEDIDA"],
    "start": ["FECHA INICIO", "Fecha de inicio", "FECHA / INICIO"],
    "end": ["FECHA FINAL", "Fecha fin", "Fecha de terminación", "FECHA / FIN"],
    "schedule": ["Plazo", "FECHA PROGRAMADA", "Cronograma", "Período propuesto", "MES"],
    "weight": ["PESO (%)", "Ponderación", "PONDERADOR EJE", "Importancia relativa (%)"],
    "budget": ["PRESUPUESTO", "APROPIACION DEFINITIVA 2025", "Ppto vigente", "Recursos financieros"],
    "component": ["Componentes", "SUBCOMPONENTE", "EJE", "Línea estratégica", "OBJETIVO ESTRATÉGICO",
                  "PROGRAMA PDT"],
    "progress": ["% de Avance", "AVANCE 2025", "Actividades Realizadas", "% EJECUCIÓN FINANCIERA"],
    "other": ["Observaciones", "BPIN", "SOPORTES DE CUMPLIMIENTO", "COMPROMISOS 2025", "ESTADO",
              "VALOR ESPERADO CUATRIENIO"],
}  # fmt: skip
MONTHS = {
    "MES / 1": (1,), "MES / 12": (12,), "Mes 3": (3,), "ENERO": (1,), "sept.": (9,), "ene / P": (1,),
    "MES / 1 / P": (1,),
    "Mes de marzo": (3,), "ene-25": (1,), "PROGRAMACIÓN / ENERO": (1,), "CRONOGRAMA / ENERO / 2": (1,),
    "ENERO - MARZO": (1, 2, 3), "JULIO - SEPT.": (7, 8, 9), "OCT. - DIC.": (10, 11, 12),
    "T1 PLANEADO 2025": (1, 2, 3),
    "Trimestre I / P": (1, 2, 3), "II TRIMESTRE": (4, 5, 6), "TRIMESTRE / III": (7, 8, 9),
    "Primer semestre": (1, 2, 3, 4, 5, 6),
    "SEM 2": (7, 8, 9, 10, 11, 12), "I CUATRIMESTRE": (1, 2, 3, 4),
}  # fmt: skip
EXECUTED = {
    "ene / E": (1,),
    "T4 EJECUTADO 2025": (10, 11, 12),
    "EJECUCIÓN / MAYO": (5,),
    "Trimestre I / Ejecutado": (1, 2, 3),
}
FOLLOWUPS = {
    "SEGUIMIENTO TRIMESTRAL / II": (2, "text"), "SEGUIMIENTO / I TRIMESTRE": (1, "text"),
    "SEGUIMIENTO TRIMESTRAL / TRIMESTRE III / % DE AVANCE": (3, "progress"),
    "TRIMESTRE IV / % AVANCE": (4, "progress"),
    "Trimestre I / Observaciones": (1, "text"), "AVANCE / T2": (2, "progress"),
}  # fmt: skip


@pytest.mark.parametrize(("label", "kind"), [(label, kind) for kind, labels in KINDS.items() for label in labels])
def test_labels_of_real_plans_are_known(label, kind):
    assert classify(label).kind == kind


@pytest.mark.parametrize("label", MONTHS)
def test_labels_of_time_are_months(label):
    meaning = classify(label)
    assert (meaning.kind, meaning.months, meaning.executed) == ("months", MONTHS[label], False)


@pytest.mark.parametrize("label", EXECUTED)
def test_labels_of_execution_count_what_was_done(label):
    meaning = classify(label)
    assert (meaning.kind, meaning.months, meaning.executed) == ("months", EXECUTED[label], True)


@pytest.mark.parametrize("label", FOLLOWUPS)
def test_labels_of_follow_up_name_their_quarter(label):
    meaning = classify(label)
    assert (meaning.kind, (meaning.ordinal, meaning.aspect)) == ("followup", FOLLOWUPS[label])


@pytest.mark.parametrize(
    "label", ["", "hola mundo", "1", "I", "Secretaría de Planeación", "FORMATO PLAN DE ACCIÓN", "www.x.co"]
)
def test_what_is_no_label_is_not_known(label):
    assert classify(label) is None


def test_a_slash_inside_a_label_is_not_a_group():
    assert classify(["Subcomponente / Proceso"]).kind == "component"


@pytest.mark.parametrize("text", ["TAREA (S)  que", "tarea(s) QUE", "Tárea que", " tarea\nque. "])
def test_spelling_does_not_matter(text):
    assert normalise(text) == "tarea que"


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=4))
def test_no_text_is_too_strange_to_be_a_label(text, path):
    classify(text)
    classify(path)
    assert normalise(normalise(text)) == normalise(text)
