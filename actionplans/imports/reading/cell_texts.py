"""Cells whose own content is wrong, whatever column they stand in."""

from actionplans.imports.opening.grid import LONGEST_TEXT, Sheet, address
from actionplans.imports.reading.parsed import Problem

_UNREADABLE = (
    "El número o la fecha de la celda está mal guardado en el archivo; quedó sin valor. Escríbalo de nuevo."
)


def cell_problems(sheet: Sheet) -> list[Problem]:
    """Texts too long to be kept, as errors; numbers and dates that the file garbles, as warnings."""
    found = [_problem("error", sheet, at, _too_long(size)) for at, size in sheet.overlong.items()]
    return found + [_problem("warning", sheet, at, _UNREADABLE) for at in sorted(sheet.garbled)]


def _too_long(size: int) -> str:
    return (
        f"El texto de la celda tiene {_dotted(size)} caracteres; el máximo es {_dotted(LONGEST_TEXT)}. Acórtelo."
    )


def _problem(severity: str, sheet: Sheet, at: tuple[int, int], message: str) -> Problem:
    return Problem(severity=severity, sheet=sheet.name, cell=address(*at), message=message)


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
