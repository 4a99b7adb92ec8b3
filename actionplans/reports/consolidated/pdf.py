"""The consolidated PDF: a table of contents and, after it, each plan as its own PDF shows it."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string

from ..issued.verification import Mark
from ..plan.builders import plan_sheet
from ..plan.month_strips import strip_class, strip_rules, strip_words
from ..plan.pdf import drawing, laid_out, plan_html

UNKNOWN = 0


def write(selection, summaries, target: Path, progress, mark: Mark | None = None) -> None:
    """Plans are laid out one by one and then written together, so that links and bookmarks go across.

    Pages bear two numbers: «Página 2 de 7» is of the plan; the folio goes through the whole file.
    """
    folios = [UNKNOWN] * len(summaries)
    length = len(_contents(selection, summaries, folios, UNKNOWN, mark).pages)
    documents = []
    folio = length + 1
    for place, plan in enumerate(summaries):
        progress(place, len(summaries), plan.title)
        folios[place] = folio
        documents.append(_plan(plan, place + 1, folio, selection.reader, mark))
        folio += len(documents[-1].pages)
    progress(len(summaries), len(summaries), "Guardando el PDF")
    contents = _contents(selection, summaries, folios, folio - 1, mark)
    pages = [page for document in (contents, *documents) for page in document.pages]
    drawing(contents.copy(pages), target)


def _plan(plan, number: int, folio: int, reader, mark):
    state = "" if plan.is_public else f"{plan.state}, versión {plan.version.number}"
    html = plan_html(plan_sheet(plan.version, reader=reader), anchor=f"plan-{number}", state=state)
    return laid_out(html, _numbered_from(folio), mark=mark, part="de este plan")


def _contents(selection, summaries, folios, length, mark):
    rows = [
        {
            "plan": plan,
            "anchor": f"plan-{number}",
            "folio": folio or "",
            "months": strip_words(plan.busy_months),
            "strip": strip_class(plan.busy_months),
        }
        for number, (plan, folio) in enumerate(zip(summaries, folios, strict=True), start=1)
    ]
    html = render_to_string(
        "reports/contents.html",
        {
            "title": selection.title,
            "entity": selection.entity.name,
            "remarks": selection.remarks,
            "rows": rows,
            "folios": length,
            "strips": strip_rules(plan.busy_months for plan in summaries),
            "mark": mark,
        },
    )
    return laid_out(html, _numbered_from(1), mark=mark, part="del índice")


def _numbered_from(folio: int) -> str:
    """The rules by which the pages of a part go on with the numbers of the file."""
    return (
        "@page { counter-increment: page folio; "
        '@bottom-center { content: "Folio " counter(folio); font: 8pt Arial, "Liberation Sans", sans-serif; } } '
        f"@page :first {{ counter-reset: folio {folio - 1}; }}"
    )
