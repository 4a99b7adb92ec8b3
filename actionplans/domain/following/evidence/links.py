"""Links that are brought as evidence: which are taken, and which machines the portal never visits. Pure."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

LONGEST = 1_000
_LOCAL_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".home", ".intranet", ".corp")
NOT_A_LINK = "Escriba la dirección completa, como aparece en el navegador: https://…"
NOT_FOR_ALL = (
    "La dirección es de un equipo o de la red interna: nadie más la puede abrir. Suba el archivo o use un enlace "
    "que se abra desde cualquier parte."
)


def full_link(text: str) -> str:
    """As a browser takes what people copy from posters and letters: «www.…» without its scheme has one."""
    text = text.strip()
    return f"https://{text}" if text.lower().startswith("www.") else text


def link_flaw(text: str) -> str:
    """Why the text is no link that anybody could open; empty where it is one."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return NOT_A_LINK
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() or not c.isprintable() for c in text):
        return NOT_A_LINK
    if len(text) > LONGEST:
        return f"El enlace tiene más de {LONGEST} caracteres: use el enlace corto para compartir."
    if parts.username is not None or parts.password is not None:
        return "El enlace lleva un usuario o una contraseña: quítelos antes de traerlo."
    return NOT_FOR_ALL if _is_inner_name(host) else ""


def _is_inner_name(host: str) -> bool:
    """Whether the host by itself says that it is not on the public network; names are not resolved here."""
    host = host.rstrip(".").lower()
    try:
        return not is_public_address(host)
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_ENDINGS)


def is_public_address(address: str) -> bool:
    """Whether an IP address is one that the whole network reaches. Raises ValueError for what is no address."""
    ip = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if mapped is not None:
        ip = mapped
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
