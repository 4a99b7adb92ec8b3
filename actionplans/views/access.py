"""Fetch if allowed: the first line of every staff view."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from actionplans.models import PlanVersion
from planning.models import Entity


def entity_page(permission: str):
    """The view gets the entity of the address, if the person works there and has `permission` in it.

    An entity where the person has no part is not found, so that its existence tells nothing; one where
    the role is not enough is forbidden.
    """

    def decorate(view):
        @wraps(view)
        @never_cache  # a shared computer keeps no draft
        @login_required
        def checked(request, entity, *args, **kwargs):
            entity = get_object_or_404(Entity.objects.visible_to(request.user), slug=entity)
            if not request.user.has_perm(permission, entity):
                raise PermissionDenied(permission)
            return view(request, entity, *args, **kwargs)

        return checked

    return decorate


def readable_versions(user, entity):
    """The versions of the entity that the person may read, with what every page says of them."""
    return PlanVersion.objects.visible_to(user).filter(entity=entity).select_related("plan__entity", "entity")
