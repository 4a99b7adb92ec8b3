"""The filters of the planning office's list of plans."""

from __future__ import annotations

from django import forms

from actionplans.enums import VersionStatus
from actionplans.forms.beginning import year_at_hand

EVERY_YEAR = "todas"
CURRENT = (VersionStatus.IN_REVIEW, VersionStatus.DRAFT, VersionStatus.APPROVED)


class WorkspaceFilters(forms.Form):
    """Vigencia, política and estado, from the address; without vigencia, the newest one that has plans.

    A value that is not offered is an error, is said, and filters nothing.
    """

    vigencia = forms.ChoiceField(label="Vigencia", required=False)
    politica = forms.ChoiceField(label="Política de MIPG", required=False)
    estado = forms.ChoiceField(label="Estado", required=False)

    use_required_attribute = False

    def __init__(self, data, *, versions):
        """`versions` are all that the person may read in the entity."""
        self.versions = versions
        known = list(versions.order_by("-plan__year").values_list("plan__year", flat=True).distinct())
        data = data.copy()
        if not data.get("vigencia"):
            data["vigencia"] = str(known[0] if known else year_at_hand())
        years = sorted({*known, year_at_hand()}, reverse=True)  # a year begins by what it still lacks
        super().__init__(data)
        policies = (
            versions.filter(plan__policy__isnull=False)
            .order_by("plan__policy__name")
            .values_list("plan__policy__key", "plan__policy__name")
            .distinct()
        )
        self._offer("vigencia", [(EVERY_YEAR, "Todas las vigencias"), *((str(year), str(year)) for year in years)])
        self._offer("politica", [("", "Todas las políticas"), *dict(policies).items()])
        self._offer("estado", [("", "Todos los vigentes"), *VersionStatus.choices])

    def _offer(self, name, choices):
        self.fields[name].choices = choices
        self.fields[name].error_messages["invalid_choice"] = "Escoja una de las opciones de la lista."

    @property
    def year(self) -> int | None:
        """The one vigencia of which the list is; None where it is of all."""
        asked = self._asked("vigencia")
        return int(asked) if asked not in ("", EVERY_YEAR) else None

    @property
    def narrows(self) -> bool:
        """Whether it shows less than all that counts in its vigencia."""
        return bool(self._asked("politica") or self._asked("estado"))

    def is_about(self, status: str) -> bool:
        """Whether a plan in that state would be on the list, were there one."""
        asked = self._asked("estado")
        return status == asked if asked else status in CURRENT and not self._asked("politica")

    def of_year(self):
        """All the versions of the vigencia, whatever else is asked."""
        return self.versions.filter(plan__year=self.year) if self.year else self.versions

    def results(self):
        """The versions that pass; replaced ones only where they are asked for."""
        found = self.of_year()
        if policy := self._asked("politica"):
            found = found.filter(plan__policy__key=policy)
        if status := self._asked("estado"):
            return found.filter(status=status)
        return found.filter(status__in=CURRENT)

    def _asked(self, name) -> str:
        self.is_valid()
        return self.cleaned_data.get(name, "")
