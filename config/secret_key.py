"""The installation's own signing key."""

import os
import secrets
from pathlib import Path


def own_secret_key(path: Path) -> str:
    """The key kept at `path`; the first caller draws it, readable by the owner alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text()
