"""Spanish for counts, lists, figures and dates: what every layer says alike, whatever page or file says it."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format

MEGABYTE = 1024 * 1024


def whole(number: int) -> str:
    """«1.250»."""
    return number_format(number, use_l10n=True, force_grouping=True)


def figure(value: Decimal | None) -> str:
    """A quantity as Colombians write it, without the zeros that the column adds: «1.250,5»."""
    if value is None:
        return ""
    value = Decimal(value)
    exponent = value.normalize().as_tuple().exponent
    return number_format(value, decimal_pos=max(0, -exponent), use_l10n=True, force_grouping=True)


def comma(value: Decimal | None) -> str:
    """A quantity as a person here types it, with no dots between thousands: «1250,5»."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def money(value: Decimal | None) -> str:
    """«$ 1.250»."""
    return f"$ {figure(value)}" if value is not None else ""


def megabytes(size: int) -> str:
    """«10,4 MB» of so many bytes."""
    return f"{size / MEGABYTE:.1f} MB".replace(".", ",")


def count(number: int, singular: str, plural: str) -> str:
    """«1 actividad», «3 actividades»; what to say of none is the caller's choice."""
    return f"{whole(number)} {singular if number == 1 else plural}"


def counted(number: int, singular: str, plural: str) -> str:
    """As `count`; empty for none, so that a sentence leaves it out."""
    return count(number, singular, plural) if number else ""


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


def joined(parts: Sequence[str]) -> str:
    """«a», «a y b», «a, b y c»; «e» before the sound of i."""
    if len(parts) < 2:
        return "".join(parts)
    last = parts[-1]
    return f"{', '.join(parts[:-1])} {'e' if _sounds_like_i(last) else 'y'} {last}"


def _sounds_like_i(word: str) -> bool:
    start = word.lower()
    return start.startswith(("i", "í", "hi", "hí")) and not start.startswith(("hia", "hie", "hio"))


def capitalised(text: str) -> str:
    """`text` as a sentence begins; unlike `str.capitalize`, the rest stays as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def inside(text: str) -> str:
    """`text` as it goes on inside a sentence: its first letter small."""
    return f"{text[:1].lower()}{text[1:]}"


def sentence(text: str) -> str:
    """`text` with a capital letter and one full stop; empty where it says nothing."""
    text = text.strip().rstrip(".")
    return f"{capitalised(text)}." if text else ""


def long_date(value: datetime.date | datetime.datetime | None) -> str:
    """«29 de octubre de 2024»; a moment is told by its day in the portal's time zone."""
    if not value:
        return ""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value)
    return date_format(value, r"j \d\e F \d\e Y").lower()


def short_date(date: datetime.date | None) -> str:
    """«29/10/2024»."""
    return f"{date:%d/%m/%Y}" if date else ""


def with_year(title: str, year: int) -> str:
    """A plan's title with its year, said once."""
    return title if str(year) in title else f"{title} {year}"


def initials(name: str) -> str:
    """Up to two letters that stand for a name: «Alcaldía de Cartago» gives «AC»."""
    words = [word for word in name.split() if word[0].isupper()]
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in ends) or name[:1].upper()
