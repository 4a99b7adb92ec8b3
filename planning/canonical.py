"""The one text of values that seals hang on, and its SHA-256: the same values give the same bytes for ever."""

import hashlib
import json


def canonical_json(value, *, encoder: type[json.JSONEncoder] | None = None) -> str:
    """Sorted keys, no spaces, letters as they are. TypeError of what JSON does not hold, unless `encoder` does."""
    return json.dumps(value, cls=encoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(value, *, encoder: type[json.JSONEncoder] | None = None) -> str:
    """SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value, encoder=encoder).encode()).hexdigest()
