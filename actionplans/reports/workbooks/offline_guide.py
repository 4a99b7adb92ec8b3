"""How to fill the workbook for work without internet: the words of its second sheet."""

GUIDE = (
    ("Qué llenar", "Solo las celdas blancas. Las grises no se usan en esa fila o dicen lo que el plan prometió."),
    (
        "Una actividad, varias filas",
        "Si una actividad tiene varios indicadores hay una fila por indicador: la cifra va en cada fila; lo demás "
        "(meses, qué se hizo, dificultades, evidencia), solo en la primera.",
    ),
    (
        "Cifras",
        "Escriba solo la cifra. «Qué cifra se pide» dice de qué meses: es donde más se equivocan los totales.",
    ),
    (
        "Sin dato en este periodo",
        "Elija Sí donde todavía no hay cifra del indicador, y diga por qué en «Dificultades».",
    ),
    ("Meses", "Elija Sí en los meses en que la actividad se hizo; deje vacíos los demás."),
    ("No hubo avance", "Elija Sí y diga por qué en «Dificultades». También es un reporte."),
    (
        "Evidencias",
        "Aquí caben enlaces que se abran desde cualquier parte, uno por actividad, y quién los puede ver. Los "
        "archivos y las fotos se adjuntan en el portal cuando haya internet.",
    ),
    (
        "Al terminar",
        "Guarde el libro y súbalo en la misma página de donde lo descargó. Verá qué cambia antes de aplicarlo; "
        "queda como borrador, y usted lo envía.",
    ),
    (
        "Si alguien escribió en el portal mientras tanto",
        "Nada se pierde: verá los dos textos y elegirá cuál queda.",
    ),
    (
        "Qué no cambiar",
        "No borre columnas ni copie filas: cada fila dice, en una columna oculta, de qué actividad es. Donde no "
        "concuerda con el número y la actividad que se ven, la fila no se toma.",
    ),
)
