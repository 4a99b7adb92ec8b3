"""Where a person lands after signing in."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from planning.enums import Role

# Somebody with several roles lands where most of the work waits.
LANDINGS = (
    (Role.PLANNING, "management"),
    (Role.COMMITTEE, "management"),
    (Role.LEADER, "follow_up"),
    (Role.AUDITOR, "audit"),
    (Role.ADMINISTRATOR, "admin:index"),
)


@login_required
def account_home(request):
    """To the place of the person's first role; a page that says whom to ask where there is none."""
    roles = {membership.role for membership in request.user.current_memberships}
    for role, name in LANDINGS:
        if role in roles:
            return redirect(name)
    if request.user.is_superuser:
        return redirect("admin:index")
    return render(request, "planning/no_role.html")
