"""What the preview page of an import is given."""

from django.core.paginator import Paginator

from actionplans.domain.contents.facts import fingerprint
from actionplans.domain.contents.snapshots import from_json
from actionplans.domain.merging.choosing import CHANGED, MISSING, NEW, SAME
from actionplans.forms.import_answers import NONE_OF_THEM, mark_of
from actionplans.forms.imports import open_drafts
from actionplans.imports.merge import choices_of, merge_of, obstacles_of
from actionplans.imports.preview import Preview
from actionplans.imports.preview_reading import answers_digest, is_stale, title_of, year_of
from actionplans.imports.reading.meanings import MEANINGS
from actionplans.models import ColumnTemplate
from actionplans.months import MONTH_NAMES
from mipg.models import Policy
from planning.words import count, joined

FEW_ROWS = 100
"""Up to so many activities the whole plan is one table; of more, those to look at come first."""

PAGE_SIZE = 100
MOST_FOLDED = 300
UNREAD = (
    "Hay respuestas sin leer. Si el archivo se está leyendo de nuevo, espere; si no, elija «Revisar de nuevo»."
)
MOST_QUESTIONS = 100
"""Names asked about at once; of more, the open ones come first."""


def preview_context(request, run) -> dict:
    """Everything that the page shows; a number of queries that does not depend on the number of rows."""
    content = from_json(run.found["content"], run.entity)
    merge = merge_of(run, content) if run.target else None
    preview = Preview(run, content, merge, choices_of(run))
    shown, folded = _split(preview)
    questions = _questions(run)
    year = year_of(run)
    obstacles = obstacles_of(run, merge)
    return {
        "run": run,
        "preview": preview,
        "sentence": _sentence(run, preview, year),
        "left": UNREAD if is_stale(run) else _left(preview),
        "is_stale": is_stale(run),
        "seen": answers_digest(run),
        "year": year,
        "title": title_of(run),
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("pagina")),
        "folded": folded[:MOST_FOLDED],
        "folded_count": len(folded),
        "folded_rest": max(0, len(folded) - MOST_FOLDED),
        "counts": _counts(preview) if merge else "",
        "questions": questions[:MOST_QUESTIONS],
        "questions_rest": max(0, len(questions) - MOST_QUESTIONS),
        "columns": _columns(run),
        "asks_for_columns": bool(preview.missing) or not run.found["cells"],
        "meanings": MEANINGS,
        "months": MONTH_NAMES,
        "templates": list(ColumnTemplate.objects.filter(entity=run.entity)),
        "drafts": _destinations(run),
        "policies": list(Policy.objects.in_force(run.entity, year)) if year and not run.target else [],
        "expected": fingerprint(merge.current) if merge else "",
        "obstacles": obstacles,
        "nothing_to_do": merge is not None and merge.is_empty,
    }


def _split(preview) -> tuple[list, list]:
    """The rows to look at, and those to fold."""
    rows = preview.rows
    if preview.merge is None and len(rows) <= FEW_ROWS:
        return rows, []
    return [row for row in rows if not row.is_plain], [row for row in rows if row.is_plain]


def _sentence(run, preview, year) -> str:
    """«Se leyeron 12 actividades de la hoja «Plan» de plan.xlsx, para la vigencia 2025.»"""
    number = len(preview.content.activities)
    read = count(number, "actividad", "actividades") if number else "No se leyó ninguna actividad"
    verb = "" if not number else "Se leyó " if number == 1 else "Se leyeron "
    sheet = f" de la hoja «{run.found['sheet']}»" if run.found["sheet"] and run.source == "libro" else ""
    of_year = f", para la vigencia {year}" if year else ", sin vigencia"
    return f"{verb}{read}{sheet} de {run.file_name}{of_year}."


def _left(preview) -> str:
    """What a person has still to look at, in one line."""
    parts = []
    if preview.open_questions:
        parts.append(count(preview.open_questions, "pregunta", "preguntas"))
    if preview.errors:
        parts.append(count(preview.errors, "error", "errores"))
    if preview.warnings:
        parts.append(count(preview.warnings, "aviso", "avisos"))
    if preview.missing:
        parts.append(count(len(preview.missing), "columna sin encontrar", "columnas sin encontrar"))
    if not parts:
        return "No queda nada por responder."
    words = joined(parts)
    return f"{'Queda' if words.startswith('1 ') and len(parts) == 1 else 'Quedan'} {words}."


def _counts(preview) -> str:
    """«2 nuevas, 1 cambia, 1 falta en el archivo y 9 iguales»."""
    words = {
        NEW: ("nueva", "nuevas"),
        CHANGED: ("cambia", "cambian"),
        MISSING: ("falta en el archivo", "faltan en el archivo"),
        SAME: ("igual", "iguales"),
    }
    return joined([count(number, *words[kind]) for kind in words if (number := len(preview.merge.of(kind)))])


def _questions(run) -> list[dict]:
    """Each printed name with the offices to choose from, the most similar one apart."""
    offices = list(run.entity.offices.in_force())
    names = {office.slug: office.name for office in offices}
    answers, forgotten = run.corrections.get("offices", {}), set(run.choices.get("forget", ()))
    asked = run.found["questions"]
    if len(asked) > MOST_QUESTIONS:
        asked = sorted(asked, key=lambda question: question["text"] in answers)
    return [
        {
            **question,
            "mark": mark_of(question["text"]),
            "suggested": names.get(question["suggestion"], ""),
            "percent": round(question["score"] * 100),
            "offices": [office for office in offices if office.slug != question["suggestion"]],
            "answer": (answers[question["text"]] or NONE_OF_THEM) if question["text"] in answers else "",
            "is_answered": question["text"] in answers,
            "remember": question["text"] not in forgotten,
        }
        for question in asked
    ]


def _destinations(run) -> list:
    """The drafts to choose from, and the one chosen though it is no draft any more."""
    drafts = list(open_drafts(run.entity))
    return drafts if run.target is None or run.target in drafts else [run.target, *drafts]


def _columns(run) -> list[dict]:
    corrected = run.corrections.get("columns", {})
    return [{**column, "is_corrected": str(column["index"]) in corrected} for column in run.found["columns"]]
