"""What the synthetic plans are made of: places that do not exist, and the work that town halls do."""

from __future__ import annotations

FIRST = (
    "Puerto", "Villa", "San José", "Santa Rita", "El Carmen", "La Palma", "San Martín", "Santa Lucía",
    "El Retiro", "Buenavista", "San Isidro", "La Esperanza", "Belén", "Monterrey", "San Antonio", "La Unión",
    "El Porvenir", "Santa Elena", "San Rafael", "La Victoria", "El Rosario", "San Jerónimo", "Aguas Claras",
    "Palmar", "San Benito", "Las Flores", "El Recreo", "Santa Bárbara", "La Florida", "San Luis", "El Mirador",
    "Campo Hermoso",
)  # fmt: skip
LAST = (
    "del Río", "de la Sierra", "del Llano", "de los Andes", "del Valle", "de la Costa", "del Mar", "de las Lomas",
    "del Norte", "del Sur", "de la Montaña", "del Páramo", "de los Cedros", "de las Ceibas", "del Guadual",
    "de la Sabana", "del Pinar", "de los Robles", "de la Ribera", "del Encanto", "de la Cordillera", "del Nogal",
    "de las Cruces", "de los Samanes", "del Cauce", "de la Ladera", "del Trapiche", "de la Cumbre", "del Cafetal",
    "de los Manantiales", "de la Ensenada", "del Horizonte",
)  # fmt: skip
DEPARTMENTS = (
    "Antioquia", "Bolívar", "Boyacá", "Caldas", "Cauca", "Cesar", "Córdoba", "Cundinamarca", "Huila", "Meta",
    "Nariño", "Quindío", "Risaralda", "Santander", "Sucre", "Tolima", "Valle del Cauca",
)  # fmt: skip
COLOURS = ("#1D4E89", "#14532D", "#7A1F2B", "#4A2C6F", "#0F4C5C", "#5B3A1A", "#1F3A5F", "#375A1E")
OFFICES = (
    ("Secretaría de Planeación", "secretaria"),
    ("Secretaría de Hacienda", "secretaria"),
    ("Secretaría General", "secretaria"),
    ("Secretaría de Gobierno", "secretaria"),
    ("Secretaría de Infraestructura", "secretaria"),
    ("Secretaría de Desarrollo Social", "secretaria"),
    ("Dirección de Talento Humano", "direccion"),
    ("Dirección de Contratación", "direccion"),
    ("Oficina Jurídica", "oficina"),
    ("Oficina de Tecnologías de la Información", "oficina"),
    ("Oficina de Atención al Ciudadano", "oficina"),
    ("Oficina de Control Interno", "oficina"),
    ("Unidad de Gestión Documental", "unidad"),
    ("Comité Institucional de Gestión y Desempeño", "comite"),
)
AXES = (
    ("Gobierno abierto y confianza ciudadana", (
        "Rendir cuentas de manera permanente y en lenguaje claro",
        "Responder a tiempo y con calidad las peticiones de la ciudadanía",
        "Fortalecer la participación en las decisiones públicas",
    )),
    ("Administración moderna y eficiente", (
        "Simplificar los trámites de mayor demanda",
        "Consolidar el modelo de gestión de la entidad",
        "Cuidar el gasto y los bienes públicos",
    )),
    ("Territorio sostenible y seguro", (
        "Ordenar el territorio alrededor del agua",
        "Reducir el riesgo de desastres",
        "Mejorar la infraestructura rural",
    )),
    ("Bienestar e igualdad de oportunidades", (
        "Ampliar la cobertura de los servicios sociales",
        "Atender de manera preferente a la niñez y a las personas mayores",
        "Promover el empleo y el emprendimiento local",
    )),
)  # fmt: skip
# (what is done, what comes of it, how it is counted, unit)
WORK = (
    (
        "Realizar jornadas de capacitación sobre {topic}",
        "Listas de asistencia y memorias",
        "Jornadas realizadas",
        "jornadas",
    ),
    (
        "Actualizar el procedimiento de {topic}",
        "Procedimiento aprobado y publicado",
        "Procedimientos actualizados",
        "procedimientos",
    ),
    (
        "Elaborar el diagnóstico de {topic}",
        "Documento de diagnóstico",
        "Diagnósticos elaborados",
        "documentos",
    ),
    (
        "Hacer seguimiento al plan de trabajo de {topic}",
        "Informes de seguimiento",
        "Informes presentados",
        "informes",
    ),
    (
        "Publicar en el sitio web la información de {topic}",
        "Publicaciones en el sitio web",
        "Publicaciones hechas",
        "publicaciones",
    ),
    (
        "Aplicar la encuesta de satisfacción sobre {topic}",
        "Informe de resultados de la encuesta",
        "Encuestas aplicadas",
        "encuestas",
    ),
    (
        "Realizar mesas de trabajo con las dependencias sobre {topic}",
        "Actas de las mesas de trabajo",
        "Mesas realizadas",
        "mesas",
    ),
    (
        "Implementar las acciones de mejora de {topic}",
        "Evidencias de las acciones de mejora",
        "Acciones implementadas",
        "acciones",
    ),
    (
        "Revisar y ajustar los indicadores de {topic}",
        "Batería de indicadores ajustada",
        "Indicadores revisados",
        "indicadores",
    ),
    (
        "Divulgar los lineamientos de {topic} por los canales internos",
        "Piezas de comunicación",
        "Piezas divulgadas",
        "piezas",
    ),
    (
        "Atender los requerimientos ciudadanos relacionados con {topic}",
        "Registro de respuestas",
        "Requerimientos atendidos",
        "respuestas",
    ),
    (
        "Verificar el cumplimiento de los controles de {topic}",
        "Informe de verificación",
        "Verificaciones hechas",
        "informes",
    ),
    (
        "Socializar con la comunidad los avances de {topic}",
        "Actas de los encuentros",
        "Encuentros realizados",
        "encuentros",
    ),
    (
        "Consolidar la matriz de riesgos de {topic}",
        "Matriz de riesgos actualizada",
        "Matrices actualizadas",
        "matrices",
    ),
    (
        "Organizar el archivo de gestión de {topic}",
        "Inventario documental",
        "Series organizadas",
        "series",
    ),
    (
        "Acompañar a las dependencias en {topic}",
        "Registro de acompañamientos",
        "Acompañamientos hechos",
        "acompañamientos",
    ),
)
TOPICS = (
    "integridad y conflicto de intereses", "inducción y reinducción", "evaluación del desempeño laboral",
    "seguridad y salud en el trabajo", "planeación presupuestal", "ejecución del plan anual de adquisiciones",
    "contratación pública", "transparencia activa", "datos abiertos", "protección de datos personales",
    "seguridad digital", "trámites en línea", "servicio al ciudadano", "lenguaje claro",
    "rendición de cuentas", "participación ciudadana", "defensa jurídica", "mejora normativa",
    "tablas de retención documental", "conservación de documentos", "gestión del conocimiento",
    "innovación pública", "estadísticas de la entidad", "control interno", "administración del riesgo",
    "bienestar social de los servidores", "inventario de bienes", "austeridad en el gasto",
    "gestión ambiental", "atención a población con enfoque diferencial",
)  # fmt: skip
STEPS = (
    "Definir el alcance y el cronograma", "Designar a los responsables", "Recopilar la información necesaria",
    "Convocar a las dependencias", "Elaborar la versión preliminar", "Presentar los resultados al comité",
    "Publicar y divulgar el resultado", "Conservar los soportes en el expediente",
)  # fmt: skip
COMPONENTS = ("Diagnóstico y planeación", "Implementación", "Seguimiento y mejora")
DONE = (
    "Se cumplió con lo previsto para el periodo; los soportes reposan en el expediente de la dependencia.",
    "Se realizaron las actividades programadas con la participación de las dependencias convocadas.",
    "Se avanzó en la elaboración y se presentaron los resultados parciales al comité.",
    "Se ejecutó lo programado y se publicó el resultado en el sitio web de la entidad.",
)
DIFFICULTIES = (
    "", "", "",
    "La entrega de información por parte de algunas dependencias se retrasó.",
    "La agenda institucional obligó a reprogramar una de las jornadas.",
)  # fmt: skip
NO_PROGRESS = "El contrato que apoya la actividad inició después de lo previsto."
GROUNDS = {
    "reservada": "Contiene información de un proceso contractual en curso.",
    "datos-personales": "Contiene datos personales de los asistentes.",
}
EVIDENCE = ("Acta de la jornada", "Informe de resultados", "Registro fotográfico", "Listado de asistencia",
            "Constancia de publicación", "Matriz de seguimiento")  # fmt: skip
INSTITUTIONAL = "Plan de trabajo de {topic}"
CANCELLED = "El objeto de la actividad se atiende con un proyecto de inversión aprobado durante la vigencia."
MODIFIED = "Se ajusta la programación de algunas actividades a las apropiaciones definitivas del presupuesto."
