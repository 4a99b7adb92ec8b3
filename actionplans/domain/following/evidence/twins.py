"""The same file or link twice in one report: it cannot be for everybody and withheld at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def class_clashes(classification: str, beside: Iterable, *, sha256: str = "", url: str = "") -> list[str]:
    """Why a piece cannot go with those `beside` it: one of them is the same in another class."""
    return [
        f"Ya acompaña este reporte como «{piece}» ({piece.get_classification_display()}): quítela primero, o "
        "cambie quién la puede ver."
        for piece in beside
        if ((sha256 and piece.sha256 == sha256) or (url and piece.url == url))
        and piece.classification != classification
    ]
