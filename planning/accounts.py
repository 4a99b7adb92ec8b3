"""How people come in."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator for a post; nobody signs up."""

    def is_open_for_signup(self, request):
        return False
