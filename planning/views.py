"""Where a person lands after signing in."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

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
