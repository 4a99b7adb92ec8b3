"""One-time sign-in links, for people whom no mail reaches: who may get one, making it, using it.

Whoever holds a link comes in as the account, so it serves once, for an hour, and only an account whose whole
work is in the entity of who hands it over: another way would open one entity from another.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from sesame.tokens import create_token, parse_token

from planning import audit
from planning.mail import compose, send_after_commit
from planning.models import Entity, Membership, User

HAND_OVER = "planning.hand_over_link"
DURATION = datetime.timedelta(seconds=settings.SESAME_MAX_AGE)


class LinkRefused(Exception):
    """No link is made for the account; the sentence says why."""


@dataclass(frozen=True)
class Candidate:
    """A person of the entity on the page of links; `obstacle` is empty where a link can be made."""

    user: User
    roles: tuple[str, ...]
    obstacle: str


def candidates(entity: Entity, *, by) -> list[Candidate]:
    """Who works in the entity today, and whether `by` may make a link for each; three queries however many."""
    working = Membership.objects.in_force().filter(entity=entity)
    people = _with_todays_work(User.objects.filter(pk__in=working.values("user")).order_by("post", "email"))
    return [
        Candidate(
            user=user,
            roles=tuple(m.get_role_display() for m in user.todays_work if m.entity_id == entity.pk),
            obstacle=_own_account(user, by) or _obstacle(user, entity),
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
        audit.record(entity, user, "make_sign_in_link", by=by, comment=reason.strip())
        return create_token(user, _scope(entity))


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
        audit.record(entity, user, "use_sign_in_link", by=user)
    return user


def _read(token, entity, accounts) -> User | None:
    user = parse_token(token, lambda pk: accounts.filter(pk=pk).first(), _scope(entity))
    if user is None:
        return None
    work = Membership.objects.in_force().filter(user=user).select_related("entity")
    user.todays_work = list(work)
    return user if not _obstacle(user, entity) else None


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
