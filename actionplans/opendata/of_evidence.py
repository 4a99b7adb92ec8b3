"""The table of evidence: what citizens may be told of each, as the activity's page tells it."""

from __future__ import annotations

from collections.abc import Iterator

from actionplans.domain.following.evidence.published import stands_in_public
from actionplans.enums import Classification
from actionplans.models import Evidence
from planning.models import Entity

from .codes import choices, said
from .columns import address, text
from .counting import Year, place_of
from .of_reports import OF_REPORT, ORDER, REPORT_KEY, TO_REPORT
from .reading import EVERYTHING, Reading
from .table import Field, Row, Table

STANDS = {"file": "archivo", "redacted": "copia", "link": "enlace", "": "nada"}
HOW_TO_ASK = (
    "Cualquier persona la puede pedir sin decir para qué (Ley 1712 de 2014, artículos 25 a 28). "
    "Cite la evidencia n.º {number}. {where}"
)


ATTACHED = Evidence.revisions.through
REPORT = "reportrevision__report"


def evidence_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    closed = Year(entity, year)
    rows = ATTACHED.objects.filter(reportrevision__in=closed.counted().values())
    rows = rows.annotate(**place_of(REPORT)).order_by(*ORDER, "evidence").select_related("evidence")
    for row in read(rows, f"{REPORT}__activity__plan__slug"):
        yield *closed.head(row.in_plan, row.number, row.in_period), *_values(row.evidence, entity)


def _values(item: Evidence, entity: Entity) -> Row:
    """Of what is not public, neither name nor description nor fingerprint: only class, ground and how to ask."""
    stands = stands_in_public(item)
    is_file = stands in ("file", "redacted")
    of_file = {
        "file": (item.media_type, item.size, item.sha256),
        "redacted": (item.redacted_media_type, item.redacted_size, item.redacted_sha256),
    }.get(stands, (None, None, None))
    return (
        item.pk,
        item.classification,
        str(item) if item.is_public else None,
        STANDS[stands],
        address("public_evidence", entity.slug, item.pk),
        address("public_evidence_file", entity.slug, item.pk) if is_file else None,
        item.url if stands == "link" else None,
        *of_file,
        None if item.is_public else text(item.ground),
        None if item.is_public else how_to_ask(item, entity),
    )


def how_to_ask(item: Evidence, entity: Entity) -> str:
    where = f"Pídala en {entity.pqrsd_url}" if entity.pqrsd_url else "Pídala en la ventanilla de la entidad."
    return HOW_TO_ASK.format(number=item.pk, where=where)


FIELDS = (
    *OF_REPORT,
    Field("evidencia", "integer", "Evidencia", "Su número en el portal.", "41", is_required=True),
    Field(
        "clasificacion",
        "string",
        "Clasificación",
        f"Si es pública y, si no, de qué clase es. {said(Classification)}.",
        "publica",
        choices(Classification),
        is_required=True,
    ),
    Field("nombre", "string", "Nombre", "Qué muestra o cómo se llama, si es pública."),
    Field(
        "disponible",
        "string",
        "Disponible",
        "Qué de ella se puede leer: el archivo, una copia con lo reservado tachado, un enlace o nada.",
        "archivo",
        tuple(STANDS.values()),
        is_required=True,
    ),
    Field("direccion", "string", "Dirección", "Su página en el portal.", is_required=True),
    Field("archivo", "string", "Archivo", "De dónde se descarga."),
    Field("enlace", "string", "Enlace", "A dónde lleva, si es un enlace."),
    Field("formato", "string", "Formato", "Tipo del archivo disponible.", "application/pdf"),
    Field("bytes", "integer", "Bytes", "Tamaño del archivo disponible.", "182044"),
    Field("sha256", "string", "SHA-256", "Huella del archivo disponible."),
    Field("por_que_no_es_publica", "string", "Por qué no es pública", "La norma en que se apoya."),
    Field("como_pedirla", "string", "Cómo pedirla", "Qué hacer para conocerla, si no es pública."),
)

TABLES = (
    Table(
        "evidencias",
        "Evidencias",
        "Las pruebas de lo reportado. De las que no son públicas se dice que existen, de qué clase son, por qué y "
        "cómo pedirlas.",
        FIELDS,
        (*REPORT_KEY, "evidencia"),
        evidence_rows,
        (TO_REPORT,),
    ),
)
