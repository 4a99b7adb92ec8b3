"""The responsibles of an activity in one cell: a line for each, «Oficina Jurídica (apoya)»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from actionplans.domain.contents.content import ResponsibleContent, proposed_to_report
from actionplans.enums import ResponsibilityRole
from actionplans.imports.apply import office_names
from actionplans.imports.reading.people import People
from planning.folding import fold

SUPPORTS, REPORTS = "apoya", "reporta"
_SUFFIX = re.compile(rf"\s*\(\s*({SUPPORTS}|{REPORTS})\s*\)\s*$", re.IGNORECASE)


def responsibles_text(responsibles: Iterable[ResponsibleContent]) -> str:
    """A line for each; who reports is said only where it is not the one that would be proposed."""
    responsibles = tuple(responsibles)
    proposed = proposed_to_report(responsibles)
    return "\n".join(_line(item, says_it=item.reports and item is not proposed) for item in responsibles)


def _line(item: ResponsibleContent, *, says_it: bool) -> str:
    name = item.office.name if item.office else " ".join(item.text.split())
    supports = f" ({SUPPORTS})" if item.role == ResponsibilityRole.SUPPORTS else ""
    return f"{name}{supports}{f' ({REPORTS})' if says_it else ''}"


class OfficeReader:
    """Reads such cells for an entity; its offices are asked for once."""

    def __init__(self, entity):
        self.offices = {office.slug: office for office in entity.offices.in_force()}
        self._by_name = {fold(office.name): office for office in self.offices.values()}
        self._people = People(office_names(entity))

    def read(self, text: str, known: Sequence[ResponsibleContent] = ()) -> tuple[ResponsibleContent, ...]:
        """The responsibles of a cell; a line that the cell already had keeps its office and printed words."""
        kept = {fold(_line(item, says_it=False)): item for item in known}
        found: list[ResponsibleContent] = []
        for line in filter(None, map(str.strip, text.split("\n"))):
            found += self._line(line, kept)
        return _with_one_that_reports(found)

    def _line(self, line: str, kept) -> list[ResponsibleContent]:
        name, marks = _without_marks(line)
        role = ResponsibilityRole.SUPPORTS if SUPPORTS in marks else ResponsibilityRole.LEADS
        reports = REPORTS in marks or None
        as_before = kept.get(fold(name)) or kept.get(fold(f"{name} ({SUPPORTS})"))
        if as_before:
            return [ResponsibleContent(text=as_before.text, office=as_before.office, role=role, reports=reports)]
        if office := self._by_name.get(fold(name)):
            return [ResponsibleContent(text="", office=office, role=role, reports=reports)]
        return [
            ResponsibleContent(
                text=person.text,
                office=self.offices.get(person.office) if person.office else None,
                role=ResponsibilityRole.SUPPORTS if person.supports else role,
                reports=reports,
            )
            for person in self._people.named_in(name)
        ]


def _without_marks(line: str) -> tuple[str, set[str]]:
    marks = set()
    while found := _SUFFIX.search(line):
        marks.add(found[1].lower())
        line = line[: found.start()]
    return line.strip(), marks


def _with_one_that_reports(found: list[ResponsibleContent]) -> tuple[ResponsibleContent, ...]:
    """At most one office reports: the first that is said to; where nobody is, it is left to be proposed."""
    chosen = next((item for item in found if item.reports and item.office), None)
    return tuple(
        ResponsibleContent(
            text=item.text, office=item.office, role=item.role, reports=item is chosen if chosen else None
        )
        for item in found
    )
