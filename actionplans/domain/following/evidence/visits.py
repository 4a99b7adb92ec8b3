"""Visits to the links that were brought as evidence: do they still open, for anybody?

Addresses come from people, so every connection, redirects too, goes only to a machine of the public network:
the address is checked after the name is resolved, and it is that address which is connected to.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote, urlsplit, urlunsplit

from django.utils import timezone

from actionplans.domain.following.evidence.links import is_public_address
from actionplans.models import Evidence

OPENS = "Abre"
ASKS_TO_SIGN_IN = "Pide iniciar sesión: compártalo con cualquiera que tenga el enlace"
NOT_VISITED = "Lleva a un equipo de la red interna"
NO_ANSWER = "El sitio no responde"
NOT_FOUND = "El sitio ya no existe o su nombre está mal escrito"
BAD_CERTIFICATE = "El certificado del sitio no es válido"
TOO_MANY_TURNS = "Da vueltas sin llegar a ninguna parte"
SECONDS = 10
MOST_REDIRECTS = 5
LONGEST_STATUS = Evidence._meta.get_field("link_status").max_length
_SIGN_IN_HOSTS = ("accounts.google.com", "login.microsoftonline.com", "login.live.com")
_NOT_TAKEN = (403, 405, 501)  # what servers that do not know HEAD answer to it
_REASONS = {401: ASKS_TO_SIGN_IN, 403: ASKS_TO_SIGN_IN, 404: "No se encuentra (404)", 410: "Fue retirado (410)"}
_KEPT = "/%:@!$&'()*+,;=~"
_HEADERS = {"User-Agent": "portal-planeacion (revisa enlaces)", "Accept": "*/*", "Connection": "close"}


def visit_links(evidence, *, allow_private: bool = False) -> Iterator[Evidence]:
    """Visit the link of each row and write what it answered; gives each row as it goes.

    Nothing goes to the audit trail: nobody decided anything. `allow_private` is for tests, whose server is local.
    """
    for row in evidence:
        row.link_status = visit(row.url, allow_private=allow_private)[:LONGEST_STATUS]
        row.link_checked_at = timezone.now()
        row.save(update_fields=["link_status", "link_checked_at"])
        yield row


def visit(url: str, *, allow_private: bool = False) -> str:
    """What a link answers, in words: `OPENS`, or why it does not. Asks for its head, then for itself."""
    opener = _opener(allow_private)
    words, code = _ask(opener, url, "HEAD")
    if code in _NOT_TAKEN or (code and code >= 500):
        words, _ = _ask(opener, url, "GET")
    return words


def _ask(opener, url, method) -> tuple[str, int | None]:
    try:
        request = urllib.request.Request(_ascii(url), method=method, headers=_HEADERS)  # noqa: S310
        with opener.open(request, timeout=SECONDS) as answer:
            host = urlsplit(answer.geturl()).hostname
            return (ASKS_TO_SIGN_IN if host in _SIGN_IN_HOSTS else OPENS), None
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return _refused(refusal), refusal.code
    except urllib.error.URLError as error:
        return _unreached(error.reason), None
    except (OSError, ValueError, http.client.HTTPException) as error:
        return _unreached(error), None


def _refused(refusal) -> str:
    if 300 <= refusal.code < 400:
        return TOO_MANY_TURNS
    return _REASONS.get(refusal.code, f"El sitio responde con un error ({refusal.code})")


def _unreached(error) -> str:
    for kind, words in (
        (_PrivateAddress, NOT_VISITED),
        (ssl.SSLCertVerificationError, BAD_CERTIFICATE),
        (socket.gaierror, NOT_FOUND),
        (UnicodeError, NOT_FOUND),
    ):
        if isinstance(error, kind):
            return words
    return NO_ANSWER


def _ascii(url: str) -> str:
    """The link as it travels: names in IDNA, the rest escaped, no fragment."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    place = f"{host}:{parts.port}" if parts.port else host
    path, query = quote(parts.path, safe=_KEPT), quote(parts.query, safe=f"{_KEPT}?")
    return urlunsplit((parts.scheme, place, path, query, ""))


class _PrivateAddress(OSError):
    """The name leads to a machine that is not on the public network."""


def _connect(host: str, port: int, timeout: float, allow_private: bool) -> socket.socket:
    """A connection to one of the addresses of the host, each of which was looked at before."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not allow_private and not all(is_public_address(address[0]) for *_, address in found):
        raise _PrivateAddress(host)
    last: OSError = OSError(NO_ANSWER)
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(timeout)
            sock.connect(address)
            return sock
        except OSError as error:
            sock.close()
            last = error
    raise last


def _opener(allow_private: bool) -> urllib.request.OpenerDirector:
    """Speaks HTTP and HTTPS and nothing else, through no proxy, with the check in every connection."""

    class Plain(http.client.HTTPConnection):
        def connect(self):
            self.sock = _connect(self.host, self.port, self.timeout, allow_private)

    class Secure(http.client.HTTPSConnection):
        def connect(self):
            sock = _connect(self.host, self.port, self.timeout, allow_private)
            self.sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, request):
            return self.do_open(Plain, request)

    class SecureHandler(urllib.request.HTTPSHandler):
        def https_open(self, request):
            return self.do_open(Secure, request)

    class Redirects(urllib.request.HTTPRedirectHandler):
        max_redirections = MOST_REDIRECTS

    opener = urllib.request.OpenerDirector()
    for handler in (
        PlainHandler(),
        SecureHandler(),
        Redirects(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
