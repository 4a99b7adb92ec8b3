"""How people come in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.urls import reverse

from planning import audit
from planning.enums import Role

# Where the work of each role is, most of it first: somebody with several roles lands in the first.
WORKPLACES = {
    Role.PLANNING: "management_entity",
    Role.COMMITTEE: "management_entity",
    Role.LEADER: "follow_up_entity",
    Role.AUDITOR: "audit_entity",
    Role.ADMINISTRATOR: "admin:index",
}


def workplace(membership, user) -> str:
    """Address of the page where the work of a membership of `user` is.

    The admin lets in who is marked for it alone: an administrator who is not has the entity's links.
    """
    name = WORKPLACES[membership.role]
    if name == "admin:index" and not user.is_staff:
        name = "sign_in_links"
    return reverse(name) if name.startswith("admin:") else reverse(name, args=[membership.entity.slug])


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator for a post; nobody signs up."""

    def is_open_for_signup(self, request):
        return False

    def set_password(self, user, password):
        """Changed, chosen or recovered: the new password leaves its trace, never itself."""
        with transaction.atomic():
            super().set_password(user, password)
            audit.record(None, user, "password", by=user)
