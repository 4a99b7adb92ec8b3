"""How the portal's commands refuse."""

from django.core.management.base import CommandError

REFUSED = 2


class Error(CommandError):
    """A command did nothing, for the reason given in Spanish; the process exits with 2.

    Django prints the name before the message: «Error» is Spanish too.
    """

    def __init__(self, message: str):
        super().__init__(message, returncode=REFUSED)
