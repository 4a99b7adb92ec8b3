"""The form as a PDF for paper and for screen readers: PDF/UA-1, tagged, legal landscape."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string

from actionplans.imports.reading.data_sheet import NO_COMPONENT
from planning.words import short_date

from ..issued.verification import Mark
from ..words import as_items
from .annex import annex
from .built_in_workbook import FORM_TITLE, metadata_lines
from .month_strips import strip_class, strip_rules, strip_words
from .sheet import QUARTERS, ActivityLine, PlanSheet

STYLE = Path(__file__).with_name("plan.css")
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
VARIANT = "pdf/ua-1"
INSTALL = f"apt-get install -y --no-install-recommends {PACKAGES}"


class PdfUnavailable(Exception):
    """The machine lacks the libraries that draw PDFs; the message, in Spanish, says how to install them."""

    def __init__(self):
        super().__init__(
            f"Faltan en el servidor las bibliotecas que dibujan PDF. En Debian o Ubuntu se instalan así: {INSTALL}"
        )


@dataclass(frozen=True)
class _Row:
    """An activity as the page shows it: its months in words and as a drawing, its component where it changes."""

    activity: ActivityLine
    months: str
    strip: str
    tasks: str
    component: str | None = None


def render(sheet: PlanSheet, mark: Mark | None = None) -> bytes:
    """The PDF. Raises PdfUnavailable where WeasyPrint cannot find its libraries."""
    return drawing(laid_out(plan_html(sheet, mark=mark), mark=mark))


def laid_out(html: str, rules: str = "", *, mark: Mark | None = None, part: str = ""):
    """The pages of a document of ours, with further style `rules`; several may be written as one file.

    Each page bears the code of the `mark`, and of which `part` of the file its number is; its QR is where the
    document itself says it.
    """
    weasyprint = _weasyprint()
    further = [*([rules] if rules else []), *([mark.page_rules(part)] if mark else [])]
    styles = [weasyprint.CSS(filename=STYLE), *(weasyprint.CSS(string=text) for text in further)]
    return weasyprint.HTML(string=html, url_fetcher=fetcher()).render(stylesheets=styles, pdf_variant=VARIANT)


def drawing(document, target: Path | None = None) -> bytes | None:
    """The pages as a file, or as bytes where there is no `target`."""
    return document.write_pdf(target, pdf_variant=VARIANT)


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


def fetcher():
    """Nothing comes from elsewhere: images are drawings of ours, each in its own address."""
    return _weasyprint().urls.URLFetcher(allowed_protocols=("data",))


def plan_html(sheet: PlanSheet, *, anchor: str = "plan", state: str = "", mark: Mark | None = None) -> str:
    """The page of a plan; `anchor` is where links to it lead, `state` what its title adds, else how it stands."""
    return render_to_string(
        "reports/plan.html",
        {
            "sheet": sheet,
            "anchor": anchor,
            "state": state or sheet.standing,
            "mark": mark,
            "form_title": FORM_TITLE,
            "approval_date": short_date(sheet.letterhead.approval_date),
            "metadata": metadata_lines(sheet),
            "months": range(1, 13),
            "quarters": QUARTERS,
            "rows": list(_rows(sheet)),
            "strips": strip_rules(activity.months for activity in sheet.activities),
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
            months=strip_words(activity.months),
            strip=strip_class(activity.months),
            tasks=as_items(activity.tasks),
            component=(component or NO_COMPONENT) if changes else None,
        )
