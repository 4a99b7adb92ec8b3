"""Plain mails of the portal: written from a template, sent after commit, and never in the way of the work."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
_silence = ContextVar("silence", default=False)


def compose(template: str, to: str, **context) -> EmailMessage:
    """The mail of `mail/<template>.txt`: its first line is the subject, the rest after a blank line the text."""
    subject, _, body = render_to_string(f"mail/{template}.txt", context).strip().partition("\n")
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[to])


@contextmanager
def in_silence() -> Iterator[None]:
    """No mail is written inside: for examples, of which nobody is to be told. Wrap the whole transaction."""
    token = _silence.set(True)
    try:
        yield
    finally:
        _silence.reset(token)


def is_silent() -> bool:
    return _silence.get()


def send_after_commit(mails: Iterable[EmailMessage]) -> None:
    """Send once the change stands; a change that is rolled back sends nothing."""
    mails = list(mails)
    if mails:
        transaction.on_commit(lambda: send(mails), robust=True)


def send(mails: Iterable[EmailMessage]) -> list[EmailMessage]:
    """Send over one connection and return those that left; what did not is logged, and the others still go."""
    sent = []
    if is_silent():
        return sent
    connection = get_connection()
    for mail in mails:
        mail.connection = connection
        try:
            mail.send()
        except Exception:
            logger.exception("No se pudo enviar «%s» a %s", mail.subject, ", ".join(mail.to))
        else:
            sent.append(mail)
    try:
        connection.close()
    except Exception:
        logger.exception("No se pudo cerrar la conexión del correo")
    return sent
