"""Numbers, percentages, money, lists and marks as people type them into cells."""

import datetime
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from actionplans.imports.reading.text import clean, normalise

NO_DATA = frozenset({"na", "n a", "nd", "n d", "no aplica", "sin dato", "sin datos", "no disponible"})
_ERRORS = re.compile(r"#(?:DIV/0!|N/?A|N/D|NAME\?|¿NOMBRE\?|REF!|¡REF!|VALUE!|¡VALOR!|NUM!|¡NUM!|NULL!|¡DIV/0!)?")
_CURRENCY = re.compile(r"\$|\bcop\b|\bpesos\b|\bm/?cte\.?|\bde\b", re.IGNORECASE)
_SCALES = {"millones": Decimal(10**6), "millon": Decimal(10**6), "mil millones": Decimal(10**9)}
_SCALED = re.compile(r"^(.*?\d)\s*(mil millones|millones|mill[oó]n)$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:'\d{3})+|\d+)(?:[.,]\d+)*")
LARGEST = Decimal(10) ** 15
"""Beyond this SQLite keeps no cents, and no entity spends it."""

LONGEST = 60
"""Characters of the longest text that is still read as a figure."""

_MARKS = frozenset({"x", "xx", "xxx", "si", "ok", "p", "pe", "p e"})
_MARK_SIGNS = re.compile(r"[✓✔☑✅■●⬛◼√ü×]+")

_BULLET = re.compile(r"^\s*(?:[·•●▪■◦‣⁃✓✔➢►\uf0b7\uf0a7*]+\s*|[-–—]+\s+|\(?\d{1,2}[.)-]+\s+|\(?[a-zA-Z][.)]\s+)")
_BREAK_TAG = re.compile(r"\s*<\s*/?\s*br\s*/?\s*>\s*", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<\s*/?\s*br\s*/?\s*>|\n", re.IGNORECASE)
_INNER_BULLET = re.compile(r"\s+(?=[·•●▪➢►✓✔\uf0b7\uf0a7]\s*\S)")


def is_no_data(value: object) -> bool:
    """Whether a cell says that there is no figure (blank, NA, ND, #DIV/0!, a dash): which is not zero."""
    if value is None:
        return True
    text = str(value).strip()
    if not text.strip("-–—. "):
        return True
    if len(text) > LONGEST or (text[0].isalpha() and text[0] not in "nNsS"):
        return False
    return bool(_ERRORS.fullmatch(text)) or normalise(text) in NO_DATA


def parse_number(value: object, *, thousands_comma: bool = False) -> Decimal | None:
    """A number typed in the Colombian way: "." separates thousands and "," decimals; the opposite if plain.

    "1.500" is 1500 and "0.800" is 0.8; "1,500" is 1.5 unless `thousands_comma` says otherwise.
    None when there is no figure or it cannot be understood.
    """
    if isinstance(value, (bool, datetime.date, datetime.time)) or is_no_data(value):
        return None
    if isinstance(value, (int, float, Decimal)):
        return _bounded(str(value))
    if len(str(value)) > LONGEST:
        return None
    text = re.sub(r"[\s\u2009\u202f]", "", str(value).replace("−", "-").replace("’", "'").replace("´", "'"))
    negative = text.startswith("(") and text.endswith(")")
    text = text.strip("()") if negative else text
    if not text.isascii() or not _NUMBER.fullmatch(text):
        return None
    number = _bounded(_with_decimal_point(text.replace("'", "."), thousands_comma))
    return -number if negative and number is not None else number


def _with_decimal_point(text: str, thousands_comma: bool) -> str:
    """The same figure in Python's notation, or "" when its groups make no sense."""
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        decimal = max(".", ",", key=text.rfind)
    elif dots:
        decimal = "," if dots > 1 or _looks_like_thousands(text, ".") else "."
    else:
        decimal = "." if commas > 1 or (thousands_comma and _looks_like_thousands(text, ",")) else ","
    separator = "," if decimal == "." else "."
    whole, _, fraction = text.partition(decimal)
    if separator in fraction or decimal in fraction:
        return ""
    groups = whole.split(separator)
    if len(groups) > 1 and (len(groups[0].lstrip("+-")) > 3 or any(len(group) != 3 for group in groups[1:])):
        return ""
    return "".join(groups) + (f".{fraction}" if fraction else "")


def _looks_like_thousands(text: str, separator: str) -> bool:
    head, _, tail = text.lstrip("+-").partition(separator)
    return len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0")


def _bounded(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= LARGEST else None


def parse_money(value: object) -> Decimal | None:
    """Pesos: "$ 1.707.857.234", "1.500,50", "1'500.000", "2,5 millones". None when not understood."""
    if not isinstance(value, str):
        return parse_number(value)
    text = _CURRENCY.sub(" ", value[: LONGEST + 1]).strip()
    scaled = _SCALED.match(text)
    if not scaled:
        return parse_number(text, thousands_comma=True)
    amount = parse_number(scaled.group(1))
    return None if amount is None else _bounded(str(amount * _SCALES[normalise(scaled.group(2))]))


def parse_percent(value: object, number_format: str = "General") -> Decimal | None:
    """A percentage on 0–100. Up to 1 without a percent sign is a fraction: 0.8, "0,8" and 0.8 as 80% are 80."""
    if isinstance(value, str) and "%" in value:
        return parse_number(value.replace("%", ""))
    number = parse_number(value)
    if number is None:
        return None
    shown_as_percent = "%" in number_format and not isinstance(value, str)
    return number * 100 if shown_as_percent or 0 < number <= 1 else number


def parse_quantity(value: object, number_format: str = "General") -> Decimal | None:
    """A target or baseline: a number, a percentage (80 for 80 %) or a number followed by its unit."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            return None
        counted = re.fullmatch(r"\s*([\d.,']+)\s*(?:%|[^\W\d_]{3}[^\d]*)", value)
        return parse_number(counted.group(1)) if counted else parse_money(value)
    number = parse_number(value)
    return number * 100 if number is not None and "%" in number_format else number


def split_items(text: object) -> list[str]:
    """The items of a list typed in one cell: bullets, "1.", "a)", line breaks and literal "<br>".

    A line that goes on in lower case belongs to the item before it. No word is ever lost.
    """
    return list(_items(str(text)))


@lru_cache(maxsize=1024)
def _items(text: str) -> tuple[str, ...]:
    items: list[str] = []
    for line in _LINE_BREAK.split(clean(text)):
        for piece in _INNER_BULLET.split(line):
            item = _BULLET.sub("", piece, count=1).strip()
            if not item:
                continue
            goes_on = items and item == piece.strip() and item[0].islower()
            if goes_on:
                items[-1] = f"{items[-1]} {item}"
            else:
                items.append(item)
    return tuple(items)


def has_bullets(text: object) -> bool:
    """Whether the text is typed as a list, with bullets or "<br>", not merely broken into lines."""
    lines = _LINE_BREAK.split(clean(text))
    bulleted = sum(bool(_BULLET.match(line)) for line in lines)
    return bulleted > 1 or bool(re.search(r"<\s*/?\s*br\s*/?\s*>|^\s*[·•●▪]|\s[·•●▪]\s", str(text), re.IGNORECASE))


def parse_mark(value: object) -> bool | None:
    """Whether a schedule cell is marked; None when its content is not a mark at all.

    Marked: x, ✓, sí, P and any number or percentage above zero.
    """
    if isinstance(value, bool):
        return value
    if is_no_data(value) or normalise(value) == "no":
        return False
    if isinstance(value, (datetime.date, datetime.time)):
        return True
    text = str(value).strip()
    if normalise(text) in _MARKS or _MARK_SIGNS.fullmatch(text):
        return True
    number = parse_percent(value)
    return None if number is None else number > 0


def display(value: object, number_format: str = "General") -> str:
    """The content of a cell as text: as typed, dates as dd/mm/yyyy, errors as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _shown(value)
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if isinstance(value, (datetime.datetime, datetime.date)):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (int, float)) and "%" in number_format:
        return f"{_short(Decimal(str(value)) * 100)} %"
    if isinstance(value, float):
        return _short(Decimal(str(value)))
    return _shown(str(value))


@lru_cache(maxsize=4096)
def _shown(text: str) -> str:
    if "#" in text and _ERRORS.fullmatch(text.strip()):
        return ""
    text = clean(text)
    return _BREAK_TAG.sub("\n", text).strip() if "<" in text else text


def excerpt(value: object) -> str:
    """The beginning of a cell's text in one line, to quote it in a message."""
    text = " ".join(display(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _short(number: Decimal) -> str:
    if not number.is_finite():
        return ""
    return f"{number.normalize():f}".replace(".", ",")
