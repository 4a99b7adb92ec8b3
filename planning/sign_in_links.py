"""One-time sign-in links, for people whom no mail reaches: who may get one, making it, using it.

Whoever holds a link comes in as the account, so it serves once, for an hour, and only an account whose whole
work is in the entity of who hands it over: another way would open one entity from another.
"""

from __future__ import annotations

import datetime
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from sesame.tokens import create_token, parse_token

from planning import audit
from planning.mail import compose, send_after_commit
from planning.models import AuditEvent, Entity, Membership, User

HAND_OVER = "planning.hand_over_link"
MADE, USED, ANNULLED = "make_sign_in_link", "use_sign_in_link", "annul_sign_in_link"


class LinkRefused(Exception):
    """No link is made for the account; the sentence says why."""


@dataclass(frozen=True)
class Candidate:
    """A person of the entity on the page of links; `obstacle` is empty where a link can be made.

    `waiting` is when the link was made that may still be used, None where there is none.
    """

    user: User
    roles: tuple[str, ...]
    obstacle: str
    waiting: datetime.datetime | None


def candidates(entity: Entity, *, by) -> list[Candidate]:
    """Who works in the entity today, and whether `by` may make a link for each; four queries however many."""
    working = Membership.objects.in_force().filter(entity=entity)
    waiting = _waiting(entity)
    people = _with_todays_work(User.objects.filter(pk__in=working.values("user")).order_by("post", "email"))
    return [
        Candidate(
            user=user,
            roles=tuple(m.get_role_display() for m in user.todays_work if m.entity_id == entity.pk),
            obstacle=_own_account(user, by) or _obstacle(user, entity),
            waiting=waiting.get(str(user.pk)),
        )
        for user in people
    ]


def make_token(user: User, entity: Entity, *, by, reason: str) -> str:
    """What goes into the link; the reason stays in the trail, where planning and control interno read it.

    Raises PermissionDenied, or LinkRefused with its sentence.
    """
    if not by.has_perm(HAND_OVER, entity):
        raise PermissionDenied(HAND_OVER)
    if not reason.strip():
        raise LinkRefused("Escriba por qué crea el enlace.")
    with transaction.atomic():
        user = _with_todays_work(User.objects.filter(pk=user.pk)).get()
        if obstacle := _own_account(user, by) or _obstacle(user, entity):
            raise LinkRefused(obstacle)
        # The owner hears of it too: a link that nobody asked for should not come in unseen.
        send_after_commit([compose("link_made", user.email, entity=entity, by=by, reason=reason.strip())])
        audit.record(entity, user, MADE, by=by, comment=reason.strip())
        return create_token(user, _scope(entity))


def annul(user: User, entity: Entity, *, by) -> None:
    """The links made for the account in the entity serve no more. Raises PermissionDenied, LinkRefused."""
    if not by.has_perm(HAND_OVER, entity):
        raise PermissionDenied(HAND_OVER)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if str(user.pk) not in _waiting(entity):
            raise LinkRefused("No hay un enlace en espera: ya se usó, se anuló o pasó su hora.")
        audit.record(entity, user, ANNULLED, by=by)


def holder(token: str, entity: Entity) -> User | None:
    """Whose link it is, while it serves; looking at it does not use it."""
    return _read(token, entity, User.objects.all())


def use(token: str, entity: Entity) -> User | None:
    """The account that comes in by the link, which serves no more; None where it no longer did.

    Two uses at once: the row is locked, and the second one finds another «last login».
    """
    with transaction.atomic():
        user = _read(token, entity, User.objects.select_for_update())
        if user is None:
            return None
        user.last_login = timezone.now()  # what the link's signature hangs on
        user.save(update_fields=["last_login"])
        audit.record(entity, user, USED, by=user)
    return user


def _read(token, entity, accounts) -> User | None:
    def account(pk):
        return accounts.filter(pk=pk).first()

    user = parse_token(token, account, _scope(entity))
    if user and (annulled := _annulled(user, entity)):
        # Both in whole seconds, as the token keeps them: what was made in that very second is annulled too.
        user = parse_token(token, account, _scope(entity), max_age=int(time.time()) - int(annulled.timestamp()))
    if user is None:
        return None
    work = Membership.objects.in_force().filter(user=user).select_related("entity")
    user.todays_work = list(work)
    return user if not _obstacle(user, entity) else None


def _waiting(entity) -> dict[str, datetime.datetime]:
    """When the newest link was made, by the account's id as the trail has it, of those that may still be used."""
    newest = {event.object_id: event for event in _of_links(entity)}
    return {pk: event.at for pk, event in newest.items() if event.event == MADE}


def _annulled(user, entity) -> datetime.datetime | None:
    """When its links were annulled last, while one of them might still serve."""
    return max((event.at for event in _of_links(entity, user) if event.event == ANNULLED), default=None)


def _of_links(entity, user: User | None = None):
    """What was done with links of the entity in the time that one serves, oldest first."""
    since = timezone.now() - datetime.timedelta(seconds=settings.SESAME_MAX_AGE)
    rows = (
        AuditEvent.objects.about(user) if user else AuditEvent.objects.filter(object_type=User._meta.label_lower)
    )
    return rows.filter(chain__entity=entity, event__in=(MADE, USED, ANNULLED), at__gte=since).order_by("sequence")


def _scope(entity) -> str:
    return f"entity:{entity.pk}"


def _with_todays_work(users):
    work = Membership.objects.in_force().select_related("entity")
    return users.prefetch_related(Prefetch("memberships", work, to_attr="todays_work"))


def _own_account(user, by) -> str:
    return "Es su propia cuenta: ya ingresó con ella." if user.pk == by.pk else ""


def _obstacle(user, entity) -> str:
    entities = {membership.entity_id for membership in user.todays_work}
    if not user.is_active:
        return "La cuenta está inactiva."
    if user.is_superuser:
        return "Administra todo el portal: entra con su contraseña."
    if entity.pk not in entities:
        return "No tiene funciones en la entidad hoy."
    if len(entities) > 1:
        return "Trabaja también en otra entidad: entra con su contraseña."
    return ""
