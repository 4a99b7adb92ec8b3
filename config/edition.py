"""The edition of the portal that is running: pages kept by another one are not shown."""

import hashlib
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DRAWN_FROM = {
    "templates": "*.html",
    "static": "*.*",
    "config": "*.py",
    "planning": "*.py",
    "mipg": "*.py",
    "actionplans": "*.py",
}


def edition_of(base: Path) -> str:
    """A digest of everything that decides how a page is drawn: the same on every server with the same files."""
    digest = hashlib.sha256()
    for folder, pattern in DRAWN_FROM.items():
        for path in sorted((base / folder).rglob(pattern)):
            digest.update(str(path.relative_to(base)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


EDITION = edition_of(BASE_DIR)
