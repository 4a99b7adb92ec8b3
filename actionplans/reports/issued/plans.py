"""The files of published plans: found by the numbers of what they show, else by their values, else drawn once."""

from __future__ import annotations

from django.core.cache import caches

from actionplans.enums import IssuedKind
from actionplans.models import IssuedFile, PlanVersion
from planning.content import FRAME, Stamp, stamp_of
from planning.models import User
from planning.words import with_year

from ..plan.builders import own_form, plan_sheet
from ..plan.files import FORMATS, Format, file_name, fingerprint
from ..plan.sheet import PlanSheet
from .issuing import Issue, in_memory, is_whole, issued_bytes, issued_file, known_file, last_event, seen

MOST_AT_ONCE = {"xlsx": 600, "pdf": 120}
"""Activities of a file that is drawn while the person waits: a second or two."""
REMEMBERED_FOR = 24 * 60 * 60  # seconds


def stamp_of_version(version: PlanVersion) -> Stamp:
    """The numbers of what the files of a version show. One query; the version comes with plan and entity."""
    return stamp_of(version.plan.entity.slug, [FRAME, version.plan.topic])


def found_by_number(version: PlanVersion, suffix: str, content: str) -> IssuedFile | None:
    """The file made of content with those numbers, without reading the plan.

    A row keeps the numbers with which it was made: that they moved and the plan's values did not is remembered
    beside it (`remember`), so that the values are read once for each change and process.
    """
    rows = IssuedFile.objects.standing().filter(
        version=version, kind=IssuedKind.PLAN, suffix=suffix, is_public=True
    )
    if found := rows.filter(content=content).first():
        return found
    code = caches["pages"].get(_place(version, suffix, content))
    return rows.filter(code=code).first() if code else None


def remember(version: PlanVersion, suffix: str, content: str, issued: IssuedFile) -> None:
    """That content with those numbers is in that file, too."""
    if issued.content != content:
        caches["pages"].set(_place(version, suffix, content), issued.code, REMEMBERED_FOR)


def plan_issue(version: PlanVersion, sheet: PlanSheet, suffix: str, content: str) -> Issue:
    return Issue(
        entity=version.plan.entity,
        kind=IssuedKind.PLAN,
        suffix=suffix,
        title=_title(sheet),
        name=file_name(sheet, suffix),
        source=fingerprint(sheet, suffix),
        content=content,
        version=version,
        is_public=True,
    )


def is_small(sheet: PlanSheet, suffix: str) -> bool:
    return len(sheet.activities) <= MOST_AT_ONCE[suffix]


def draw_plan(issue: Issue, version: PlanVersion, sheet: PlanSheet) -> IssuedFile:
    """Raises PdfUnavailable where the server draws none, BeingDrawn where another process does."""
    draw = FORMATS[issue.suffix].draw
    return issued_file(issue, in_memory(lambda mark: draw(sheet, own_form(version), mark)))


def issued_plan(version: PlanVersion, suffix: str) -> IssuedFile:
    """The file of a published version with its bytes as issued, whatever it takes."""
    content = seen(stamp_of_version(version))  # before the values: what changes meanwhile is seen the next time
    found = found_by_number(version, suffix, content)
    if found and is_whole(found):
        return found
    sheet = plan_sheet(version)
    return draw_plan(plan_issue(version, sheet, suffix, content), version, sheet)


def plan_copy(version: PlanVersion, format_: Format, *, reader: User | None = None) -> tuple[str, bytes]:
    """Name and content of the file with what only `reader` may know: noted where it bears a code, never kept."""
    before = last_event(version.entity)
    sheet, form = plan_sheet(version, reader=reader), own_form(version)
    name = file_name(sheet, format_.suffix)
    if not format_.is_issued:
        return name, format_.draw(sheet, form, None)
    issue = Issue(
        entity=version.entity,
        kind=IssuedKind.PLAN if version.is_public else IssuedKind.DRAFT,
        suffix=format_.suffix,
        title=_title(sheet),
        name=name,
        version=version if version.is_public else None,
        by=reader,
        last_event=before,
    )
    return name, issued_bytes(issue, lambda mark: format_.draw(sheet, form, mark))


def current_file(issued: IssuedFile) -> IssuedFile | None:
    """The file that the version of `issued` would give today, if it was drawn: the very one if nothing changed."""
    version, content = issued.version, seen(stamp_of_version(issued.version))
    if found := found_by_number(version, issued.suffix, content):
        return found
    known = known_file(plan_issue(version, plan_sheet(version), issued.suffix, content))
    if known:
        remember(version, issued.suffix, content, known)
    return known


def _title(sheet: PlanSheet) -> str:
    return f"{with_year(sheet.title, sheet.year)}, versión {sheet.version}"


def _place(version: PlanVersion, suffix: str, content: str) -> str:
    return f"issued:{version.pk}:{suffix}:{content.replace(' ', ':')}"
