"""What makes a file verifiable: its code, the address where it is verified, and that address as a QR."""

from __future__ import annotations

import io
import re
import secrets
from dataclasses import dataclass
from functools import cached_property

import segno
from django.conf import settings
from django.urls import reverse

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O or U: nobody takes one sign for another, and no word comes out."""
GROUPS, IN_A_GROUP = 3, 4
_READ_AS = str.maketrans("OIL", "011")
_NOT_OF_A_CODE = re.compile(r"[^0-9A-Z]")
_IN_A_TEXT = tuple(
    re.compile(rf"(?<![^\W_]){between.join(['[0-9A-Z]{4}'] * GROUPS)}(?![^\W_])")
    for between in ("[-–‑]", "", r"\s+")
)
"""What may be a code among other words, the surest first; «_» parts words as a space does."""
_DOTS = 4  # pixels of a module of the QR where it is not vectors


def new_code() -> str:
    """«7K3M-9QXT-2RVB»: sixty bits by chance, which nobody guesses."""
    signs = [secrets.choice(ALPHABET) for _ in range(GROUPS * IN_A_GROUP)]
    return grouped("".join(signs))


def read_code(text: str) -> str:
    """The code in what somebody typed, pasted or scanned; empty where there is none.

    Spaces, hyphens and lower case do not matter, nor O for 0, I or L for 1. Of a line as files print it, or of an
    address, what looks like a code counts, in groups with hyphens before anything else.
    """
    upper = text.upper()
    found = next((hit for pattern in _IN_A_TEXT for hit in pattern.findall(upper)), "")
    last = upper.strip().rstrip("/").rpartition("/")[2]
    return next(filter(None, map(_code_of, (last, found))), "")


def _code_of(text: str) -> str:
    signs = _NOT_OF_A_CODE.sub("", text).translate(_READ_AS)
    whole = len(signs) == GROUPS * IN_A_GROUP and set(signs) <= set(ALPHABET)
    return grouped(signs) if whole else ""


def grouped(signs: str) -> str:
    return "-".join(signs[start : start + IN_A_GROUP] for start in range(0, len(signs), IN_A_GROUP))


@dataclass(frozen=True)
class Mark:
    """What a file bears: renderers print its code, its words and its QR."""

    code: str

    @property
    def address(self) -> str:
        return settings.SITE_URL + reverse("verify_file", args=[self.code])

    @property
    def words(self) -> str:
        return f"Verifique este documento en {self.address}"

    def page_rules(self, part: str = "") -> str:
        """Style by which every page of a PDF bears the code beside its number, counted in its `part`."""
        of_part = f' " {part}"' if part else ""
        return (
            f'@page {{ @bottom-right {{ content: "Código de verificación {self.code} · Página " '
            f'counter(page) " de " counter(pages){of_part}; }} }}'
        )

    @property
    def footer(self) -> str:
        """What every printed sheet of a workbook says below, in the language of its headers and footers."""
        address = self.address.replace("&", "&&")
        return f"&L&8Código de verificación {self.code}\n{address}&C&8&A&R&8Página &P de &N"

    def svg_uri(self) -> str:
        """The QR as vectors, in an address of its own."""
        return self._qr.svg_data_uri(border=2, omitsize=True)

    def png(self) -> io.BytesIO:
        file = io.BytesIO()
        self._qr.save(file, kind="png", scale=_DOTS, border=4)
        file.seek(0)
        return file

    @cached_property
    def _qr(self) -> segno.QRCode:
        return segno.make_qr(self.address, error="m")
