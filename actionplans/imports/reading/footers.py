"""Rows that end a table: signatures, addresses, notes; and the totals inside it."""

import re

from actionplans.imports.opening.grid import Sheet
from actionplans.imports.reading.text import clean, normalise

_SIGNATURES = re.compile(
    r"(elaboro|elaborado|reviso|revisado|aprobo|aprobado|proyecto|proyectado|firmas?|vo ?bo|visto bueno)"
    r"( (por|y reviso|y aprobo|nombre|cargo|el|del.*))?"
)
_SIGNATURE_FIELD = re.compile(
    r"nombres?( y (apellidos?|cargo|firma))?( completo)?|cargos?( y firma)?|firmas?|fecha|cedula|cc|rol"
    r"|elaboro|reviso|aprobo|elaborado|revisado|aprobado|(nombre|cargo|firma) (del?|de quien) .{1,40}"
)
_ADDRESS = re.compile(
    r"(www|https?|codigo postal|direccion|telefonos?|tel|linea gratuita|correo|e ?mail|pagina web"
    r"|notas?|convenciones|fuente|calle \d|carrera \d|cra \d|cll \d|avenida|transversal \d)\b.*"
)
_TOTAL = re.compile(
    r"(sub ?|gran )?total(es)?"
    r"( (general|actividades|ponderacion|presupuesto|plan|componente|avance|eje|cumplimiento)\b.*)?"
)
_LONGEST = 120
_MOST_FIELDS = 12
_RULE = re.compile(r"[_\W]{3,}")


def is_signature(text: str, *, alone: bool) -> bool:
    """Whether a row begins a block of signatures: "Elaboró: Ana", or "Elaboró" with no activity beside it."""
    label = text.partition(":")[0]
    label = normalise(label) if len(label) <= _LONGEST else ""
    return 0 < len(label) < 40 and bool(_SIGNATURES.fullmatch(label)) and (":" in text or alone)


def is_signature_block(sheet: Sheet, row: int) -> bool:
    """A row of nothing but the labels of a signature: "Nombre | Cargo", or rules to sign on."""
    columns = sheet.written(row)
    if len(columns) > _MOST_FIELDS:
        return False
    labels = 0
    rules = False
    for column in columns:
        text = clean(sheet.own(row, column).value)
        if len(text) <= _LONGEST and _RULE.fullmatch(text):
            rules = rules or "_" in text
        elif len(text) <= _LONGEST and _SIGNATURE_FIELD.fullmatch(normalise(text.partition(":")[0])):
            labels += 1
        else:
            return False
    return labels >= 2 if labels else rules


def is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(normalise(text[:_LONGEST])))


def is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(normalise(text[:_LONGEST])))
