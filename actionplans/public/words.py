"""Spanish for counts and lists. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format

from planning.templatetags.ui import figure


def counted(number: int, singular: str, plural: str) -> str:
    """«1 eje», «3 ejes»; empty for none, so that a sentence leaves it out."""
    if not number:
        return ""
    return f"{number_format(number, force_grouping=True)} {singular if number == 1 else plural}"


def joined(parts: Sequence[str]) -> str:
    """«a», «a y b», «a, b y c»; «e» before the sound of i."""
    if len(parts) < 2:
        return "".join(parts)
    last = parts[-1]
    return f"{', '.join(parts[:-1])} {'e' if _sounds_like_i(last) else 'y'} {last}"


def _sounds_like_i(word: str) -> bool:
    start = word.lower()
    return start.startswith(("i", "í", "hi", "hí")) and not start.startswith(("hia", "hie", "hio"))


def amount(value: Decimal | None, unit: str) -> str:
    """«12 ferias», «1 feria», «1 (veces)»: in the singular where that is sure; empty without a value."""
    if value is None:
        return ""
    if value == 1 and unit.endswith("s"):
        words = unit.split()
        unit = " ".join(word[:-1] for word in words) if all(map(_drops_its_s, words)) else f"({unit})"
    return f"{figure(value)} {unit}".strip()


def _drops_its_s(word: str) -> bool:
    return word.endswith(("as", "os"))


def sentence(text: str) -> str:
    """`text` with a capital letter and one full stop."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
