"""What the rows above the table say: letterhead, form identity and the plan's own fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from actionplans.imports.opening.grid import Sheet, address
from actionplans.imports.reading.text import clean, normalise
from actionplans.imports.reading.values import display

# field: pattern matched against the whole normalised label; the first that fits wins.
FIELDS: dict[str, str] = {
    "code": r"cod|codigo( (del )?(formato|documento))?",
    "version": r"ver|vers|version( (del )?(formato|documento))?",
    "approval_date": (
        r"fecha (de )?(aprobacion|vigencia|version|actualizacion|emision)( .{1,30})?|vigente desde|aprobado el"
    ),
    "page": r"pag|pagina|hoja|nit|sigla|consecutivo",
    "process": r"(nombre del )?(macro ?)?proceso( .{1,30})?",
    "subprocess": r"sub ?proceso( .{1,30})?|procedimiento",
    "objective": r"objetivo( (general|del plan|del plan de accion|estrategico))?( .{1,30})?",
    "scope": r"alcance( .{1,30})?",
    "participants": (
        r"(dependencias?|areas?|oficinas?|equipo) (participantes?|que participan?|de apoyo)( .{1,60})?"
        r"|participantes?"
    ),
    "formulating_office": (
        r"(dependencia|area|oficina|secretaria)"
        r"( (responsable|lider|encargada|que formula|formuladora)( .{1,60})?)?"
        r"|responsable( de(l)? (la )?(formulacion|plan|proceso))( .{1,40})?|lider del (plan|proceso)"
    ),
    "year": r"vigencia( fiscal| del plan)?|ano|ano (de )?vigencia|ano fiscal|periodo|vigencias",
    "date": r"fecha( (del?|de la) (plan|formulacion|elaboracion|diligenciamiento|presentacion)( .{1,40})?)?",
    "policy": r"(nombre de la )?politica( (mipg|de mipg|de gestion.{0,40}|institucional))?",
    "title": r"(nombre del )?plan( de accion)?|titulo( del plan)?|nombre",
    "entity": r"entidad|municipio|alcaldia|departamento|dimension( .{1,30})?|formato",
}  # fmt: skip
_PATTERNS = {name: re.compile(pattern) for name, pattern in FIELDS.items()}
_MULTIPLE_LINES = frozenset({"objective", "scope", "participants", "process", "subprocess", "formulating_office"})
_NEEDS_COLON = frozenset({"title", "entity", "page"})
_TITLE = re.compile(r"(formato |matriz |formulacion |seguimiento )*(del? |al )?plan(es)?\b( \w+){0,16}")


@dataclass
class Metadata:
    """Texts by field, the cell where each was found, and the printed title line."""

    texts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    title: str = ""


def read_metadata(sheet: Sheet, before: int) -> Metadata:
    """Read the rows above row `before`. The first mention of a field wins."""
    found = Metadata()
    for row, column, text in sheet.texts(1, before - 1):
        fields = list(fields_in(text))
        for name, value in fields:
            _keep(found, sheet, (row, column), name, value, before)
        if not fields and not found.title and is_title(text):
            found.title = " ".join(text.split())
    found.title = found.title or found.texts.get("title", "")
    return found


def is_field(text: str) -> bool:
    """Whether a cell is a filled field of the letterhead, such as the ones printed again on each page."""
    return any(value for _, value in fields_in(text))


def _keep(found: Metadata, sheet: Sheet, at: tuple[int, int], name: str, value: str, before: int) -> None:
    cell, raw = at, value
    if not value and (neighbour := _neighbour(sheet, *at, before)):
        cell, raw = neighbour, sheet.own(*neighbour).value
        value = display(raw, sheet.own(*neighbour).number_format)
    if value and name not in found.texts:
        found.texts[name], found.cells[name], found.values[name] = value, address(*cell), raw


def fields_in(text: str) -> Iterator[tuple[str, str]]:
    """Fields typed in one cell, "LABEL: value" line by line; a label alone has an empty value."""
    name, lines = None, []
    for line in clean(text).split("\n"):
        label, colon, value = line.partition(":")
        found = _name_of(label) if colon or "\n" not in clean(text) else None
        found = None if found in _NEEDS_COLON and not colon else found
        if found:
            if name:
                yield name, "\n".join(lines).strip()
            name, lines = found, [value.strip()]
        elif name and (name in _MULTIPLE_LINES or not any(lines)):
            lines.append(line)
    if name:
        yield name, "\n".join(lines).strip()


def _name_of(label: str) -> str | None:
    if len(label) > 120:
        return None
    label = normalise(label)
    return next((name for name, pattern in _PATTERNS.items() if pattern.fullmatch(label)), None)


def _neighbour(sheet: Sheet, row: int, column: int, before: int) -> tuple[int, int] | None:
    """Where the value of a label alone in its cell is: the next cell to the right, or else the one below."""
    following = next((right for right in sheet.written(row) if right > column), None)
    if following is not None:
        return None if _is_label(sheet.own(row, following).value) else (row, following)
    merge = sheet.merge(row, column)
    below = (merge.bottom if merge else row) + 1
    beside = sheet.own(below, column).value if below < before else None
    return (below, column) if beside is not None and not _is_label(beside) else None


def _is_label(value: object) -> bool:
    return isinstance(value, str) and any(True for _ in fields_in(value))


def is_title(text: str) -> bool:
    return len(text) <= 160 and bool(_TITLE.fullmatch(normalise(text)))
