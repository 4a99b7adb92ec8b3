"""Why a file that the public may have is not handed out any more, in words that anybody may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from actionplans.models import IssuedFile
from actionplans.reports.issued.issuing import tell_operator
from planning.stored import sha256_of

from .withdrawn import is_withdrawn


@dataclass(frozen=True)
class Refusal:
    """`words` one sentence each; `links` pairs of words and address, to what may be had instead."""

    title: str
    words: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()


def refusal_of(issued: IssuedFile) -> Refusal | None:
    """None where the very bytes that were issued can be had. Reads them all."""
    if is_withdrawn(issued):
        return _withdrawn(issued)
    stored = sha256_of(issued.file)
    if stored == issued.sha256:
        return None
    tell_operator(issued, is_gone=stored is None)
    if stored is None:
        title, happened = (
            "El portal ya no guarda este archivo",
            "Se perdió del lugar donde se guardaba.",
        )
    else:
        title = "El archivo guardado no es el que se emitió"
        happened = "Lo que hay hoy en su lugar tiene otra huella, y por eso no se entrega."
    successor = getattr(issued, "replaced_by", None)
    words = (
        happened,
        "La huella SHA-256 del documento emitido quedó anotada: con ella puede comprobar su copia.",
        f"Los mismos datos salieron de nuevo con el código {successor.code}." if successor else "",
    )
    return Refusal(title, tuple(filter(None, words)), tuple(_links(issued, successor)))


def _withdrawn(issued: IssuedFile) -> Refusal:
    words = (
        "Después de que salió, la entidad dejó de publicar alguna evidencia o la cambió por una copia con lo "
        "reservado tachado. El archivo podría decir lo que hoy no es público.",
        "Su huella SHA-256 sigue aquí: con ella puede comprobar la copia que usted tenga.",
    )
    links = (("Ver los datos abiertos de hoy", reverse("open_data", args=[issued.entity.slug])),)
    return Refusal("Este archivo ya no se entrega", words, links)


def _links(issued: IssuedFile, successor: IssuedFile | None):
    if successor:
        yield f"Ver el documento {successor.code}", reverse("verify_file", args=[successor.code])
    elif issued.version:
        plan = issued.version.plan
        address = reverse("plan", args=[plan.entity.slug, plan.year, plan.slug])
        yield "Descargarlo de nuevo en la página del plan", f"{address}?version={issued.version.number}"
