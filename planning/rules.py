"""Who may do what in this app. State (draft, closed, expired) is never asked here."""

import rules

from planning.enums import AUDIT_READERS, Role


@rules.predicate
def is_superuser(user, obj=None):
    return user.is_superuser


def has_role(*roles: str):
    """A predicate: the person has one of these roles today in the entity of the object."""

    @rules.predicate(f"has_role:{'|'.join(roles)}")
    def predicate(user, obj=None):
        return obj is not None and user.is_authenticated and bool(user.roles_in(obj.entity).intersection(roles))

    return predicate


@rules.predicate
def is_published(user, framework=None):
    return framework is not None and framework.is_published


@rules.predicate
def is_of_an_entity(user, obj=None):
    """What comes with the portal has no entity: only who runs the installation keeps it."""
    return obj is not None and obj.entity is not None


is_member = has_role(*Role.values)
keeps_the_framework = is_superuser | has_role(Role.ADMINISTRATOR, Role.PLANNING)

rules.add_perm("planning.view_entity_record", is_superuser | is_member)
rules.add_perm("planning.read_framework", is_published | is_superuser | is_member)
rules.add_perm("planning.edit_framework", keeps_the_framework)
rules.add_perm("planning.edit_entity", keeps_the_framework)
rules.add_perm("planning.edit_office", keeps_the_framework)
rules.add_perm(
    "planning.edit_light", is_superuser | (is_of_an_entity & has_role(Role.ADMINISTRATOR, Role.PLANNING))
)
rules.add_perm("planning.edit_glossary", is_superuser)
rules.add_perm("planning.edit_membership", is_superuser | has_role(Role.ADMINISTRATOR))
rules.add_perm("planning.edit_account", is_superuser)
rules.add_perm("planning.hand_over_link", has_role(Role.ADMINISTRATOR))
rules.add_perm("planning.read_audit", is_superuser | has_role(*AUDIT_READERS))
rules.add_perm("planning.export_audit", has_role(Role.AUDITOR))
