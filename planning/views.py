"""Where a person lands after signing in, and the links by which somebody comes in without a password."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from planning import sign_in_links as links
from planning.accounts import WORKPLACES, workplace
from planning.models import Entity, User


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


@never_cache
@login_required
def sign_in_links(request, entity):
    """An administrator makes a link for a person of the own entity; it is shown once, to be copied."""
    entity = get_object_or_404(Entity.objects.visible_to(request.user), slug=entity)
    if not request.user.has_perm(links.HAND_OVER, entity):
        raise PermissionDenied(links.HAND_OVER)
    made, refusal = None, ""
    if request.method == "POST":
        person = get_object_or_404(User, pk=_number(request.POST.get("person")))
        try:
            token = links.make_token(person, entity, by=request.user)
        except links.LinkRefused as refused:
            refusal = str(refused)
        else:
            path = reverse("sign_in_by_link", args=[entity.slug, token])
            made = {"person": person, "address": request.build_absolute_uri(path)}
    return render(
        request,
        "planning/sign_in_links.html",
        {
            "entity": entity,
            "section": "enlaces",
            "candidates": links.candidates(entity),
            "made": made,
            "refusal": refusal,
        },
    )


@never_cache
def sign_in_by_link(request, entity, token):
    """A page with a button: a program that visits links to check them does not use this one up.

    The second step, where the account has one, is asked as after a password.
    """
    entity = get_object_or_404(Entity, slug=entity)
    context = {"entity": entity, "person": links.holder(token, entity)}
    if request.user.is_authenticated:
        return render(request, "planning/sign_in_by_link.html", {**context, "is_signed_in": True})
    if request.method == "POST":
        if refused := ratelimit.consume_or_429(request, action="sign_in_link"):
            return refused
        if person := links.use(token, entity):
            return perform_login(request, person)
        context["person"] = None
    status = 200 if context["person"] else 410
    return render(request, "planning/sign_in_by_link.html", context, status=status)


def admin_login(request):
    """The admin asks for credentials where everybody else does; who has signed in and may not enter is told so."""
    if request.user.is_authenticated:
        raise PermissionDenied("admin")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', '/admin/')})}")


def favicon(request):
    """Where browsers look when a page names no icon."""
    return redirect(static("favicon.svg"), permanent=True)


def _number(text) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
