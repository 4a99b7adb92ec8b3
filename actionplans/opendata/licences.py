"""The open licences under which entities publish their data: their names and where to read them."""

from __future__ import annotations

from dataclasses import dataclass

from planning.enums import DataLicence
from planning.models import Entity


@dataclass(frozen=True)
class Licence:
    """`name` is the one of SPDX, `path` the address of the licence itself."""

    name: str
    title: str
    path: str

    @property
    def deed(self) -> str:
        """The address where it is told in Spanish, in a few words."""
        return f"{self.path}deed.es"


_PATHS = {
    DataLicence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    DataLicence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    DataLicence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}


def licence_of(entity: Entity) -> Licence:
    licence = DataLicence(entity.data_licence)
    return Licence(licence.value, str(licence.label), _PATHS[licence])
