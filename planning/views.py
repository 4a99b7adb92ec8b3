"""Where a person lands after signing in."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode

from planning.accounts import WORKPLACES, workplace


@login_required
def account_home(request):
    """To the place of the person's first role; a page that says whom to ask where there is none."""
    order = list(WORKPLACES)
    memberships = sorted(request.user.current_memberships, key=lambda membership: order.index(membership.role))
    if memberships:
        return redirect(workplace(memberships[0]))
    if request.user.is_superuser:
        return redirect("admin:index")
    return render(request, "planning/no_role.html")


def admin_login(request):
    """The admin asks for credentials where everybody else does; who has signed in and may not enter is told so."""
    if request.user.is_authenticated:
        raise PermissionDenied("admin")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', '/admin/')})}")


def favicon(request):
    """Where browsers look when a page names no icon."""
    return redirect(static("favicon.svg"), permanent=True)
