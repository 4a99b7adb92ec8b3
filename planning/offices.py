"""Verbs on offices."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from planning import audit
from planning.folding import fold
from planning.models import Office

EDIT = "planning.edit_office"
LONGEST_NAME = 200


def remember_alias(office: Office, name: str, *, by) -> Office:
    """Keep `name` as another name of the office, by which files are understood from now on.

    Nothing happens where it is one of its names already, or no name at all (several lines, too long).
    """
    if not by.has_perm(EDIT, office):
        raise PermissionDenied(EDIT)
    name = name.strip()
    with transaction.atomic():
        office = Office.objects.select_for_update().get(pk=office.pk)
        known = {fold(each) for each in (office.name, office.abbreviation, *office.alias_list)}
        if not name or "\n" in name or len(name) > LONGEST_NAME or fold(name) in known:
            return office
        office.aliases = "\n".join([*office.alias_list, name])
        office.save(update_fields=["aliases"])
        audit.record(office.entity, office, "remember_alias", by=by, new={"alias": name})
    return office
