"""The form as a PDF for paper and for screen readers: PDF/UA-1, tagged, legal landscape."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string

from actionplans.imports.data_sheet import NO_COMPONENT
from actionplans.months import MONTH_NAMES

from .pdf_annex import annex
from .sheet import QUARTERS, ActivityLine, PlanSheet
from .words import short_date
from .xlsx_form import FORM_TITLE, metadata_lines

STYLE = Path(__file__).with_name("plan.css")
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
INSTALL = f"apt-get install -y --no-install-recommends {PACKAGES}"


class PdfUnavailable(Exception):
    """The machine lacks the libraries that draw PDFs; the message, in Spanish, says how to install them."""

    def __init__(self):
        super().__init__(
            f"Faltan en el servidor las bibliotecas que dibujan PDF. En Debian o Ubuntu se instalan así: {INSTALL}"
        )


@dataclass(frozen=True)
class _Row:
    """An activity as the page shows it: the name of each month in which it is scheduled, else nothing."""

    activity: ActivityLine
    months: tuple[str, ...]
    component: str | None = None


def render(sheet: PlanSheet) -> bytes:
    """The PDF. Raises PdfUnavailable where WeasyPrint cannot find its libraries."""
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=_html(sheet), url_fetcher=_nothing_is_fetched)
    return document.write_pdf(
        stylesheets=[weasyprint.CSS(filename=STYLE, url_fetcher=_nothing_is_fetched)],
        pdf_variant="pdf/ua-1",
    )


def is_available() -> bool:
    try:
        _weasyprint()
    except PdfUnavailable:
        return False
    return True


def _weasyprint():
    try:
        import weasyprint  # noqa: PLC0415  it takes a second, and needs libraries that may be missing
    except OSError as error:
        raise PdfUnavailable from error
    return weasyprint


def _nothing_is_fetched(url: str, *args, **kwargs):
    raise ValueError(f"Un PDF no trae nada de otra parte: {url}")


def _html(sheet: PlanSheet) -> str:
    return render_to_string(
        "reports/plan.html",
        {
            "sheet": sheet,
            "form_title": FORM_TITLE,
            "approval_date": short_date(sheet.letterhead.approval_date),
            "metadata": metadata_lines(sheet),
            "months": range(1, 13),
            "quarters": QUARTERS,
            "rows": list(_rows(sheet)),
            **annex(sheet),
        },
    )


def _rows(sheet: PlanSheet):
    component = None
    for activity in sheet.activities:
        changes = activity.component != component
        component = activity.component
        yield _Row(
            activity=activity,
            months=tuple(
                name if month in activity.months else "" for month, name in enumerate(MONTH_NAMES, start=1)
            ),
            component=(component or NO_COMPONENT) if changes else None,
        )
