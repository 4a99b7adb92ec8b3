"""Where a person lands after signing in, and the links by which somebody comes in without a password."""

from allauth.account.utils import perform_login
from allauth.account.views import PasswordSetView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from planning import sign_in_links as links
from planning.accounts import WORKPLACES, workplace
from planning.forms import LinkForm
from planning.models import Entity

MADE = "sign_in_link_made"
"""Where the session holds the link that was just made, until the next page shows it."""
BY_LINK = "came_by_link"
"""Where the session holds who came in by a link, and when: for an hour a new password needs no present one."""


@login_required
def account_home(request):
    """To the place of the person's first role; a page that says whom to ask where there is none."""
    order = list(WORKPLACES)
    memberships = sorted(request.user.current_memberships, key=lambda membership: order.index(membership.role))
    if memberships:
        return redirect(workplace(memberships[0], request.user))
    if request.user.is_superuser:
        return redirect("admin:index")
    return render(request, "planning/no_role.html")


@never_cache
@login_required
def sign_in_links(request, entity):
    """An administrator makes a link for a person of the own entity, saying why; it is shown once, to be copied."""
    entity = get_object_or_404(Entity.objects.visible_to(request.user), slug=entity)
    if not request.user.has_perm(links.HAND_OVER, entity):
        raise PermissionDenied(links.HAND_OVER)
    people = links.candidates(entity, by=request.user)
    context = {"entity": entity, "section": "enlaces"}
    if request.method == "POST" and (annulled := request.POST.get("annul")):
        return _annulled(request, entity, _one_of(people, annulled).user)
    if asked := request.GET.get("persona"):
        chosen = _one_of(people, asked)
        form = LinkForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and _made(request, entity, chosen.user, form):
            return redirect("sign_in_links", entity=entity.slug)
        return render(request, "planning/sign_in_link_asked.html", {**context, "chosen": chosen, "form": form})
    made = request.session.pop(MADE, None)
    if made and made["entity"] != entity.pk:
        made = None
    return render(request, "planning/sign_in_links.html", {**context, "candidates": people, "made": made})


def _one_of(people, asked: str) -> links.Candidate:
    """The candidate whose account was asked for."""
    chosen = next((row for row in people if str(row.user.pk) == asked), None)
    if chosen is None:
        raise Http404("No trabaja hoy en la entidad.")
    return chosen


def _annulled(request, entity, person):
    try:
        links.annul(person, entity, by=request.user)
    except links.LinkRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"El enlace de {person} quedó anulado: ya no sirve.")
    return redirect("sign_in_links", entity=entity.slug)


def _made(request, entity, person, form) -> bool:
    """Make the link and keep it in the session for the page that shows it; a refusal becomes the field's error."""
    try:
        token = links.make_token(person, entity, by=request.user, reason=form.cleaned_data["reason"])
    except links.LinkRefused as refused:
        form.add_error(None, str(refused))
        return False
    path = reverse("sign_in_by_link", args=[entity.slug, token])
    request.session[MADE] = {
        "entity": entity.pk,
        "person": str(person),
        "name": person.get_short_name(),
        "address": request.build_absolute_uri(path),
    }
    return True


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
            request.session[BY_LINK] = {"user": person.pk, "at": timezone.now().timestamp()}
            return perform_login(request, person, redirect_url=reverse("account_password_after_link"))
        context["person"] = None
    status = 200 if context["person"] else 410
    return render(request, "planning/sign_in_by_link.html", context, status=status)


@method_decorator([never_cache, login_required], name="dispatch")
class PasswordAfterLinkView(PasswordSetView):
    """A new password for who came in by a link and knows no present one; the person may also go on without."""

    template_name = "planning/password_after_link.html"

    def dispatch(self, request, *args, **kwargs):
        if not _came_by_link(request):
            return redirect("account_change_password")
        # Past the question of the parent, which lets in only who has no password at all.
        return super(PasswordSetView, self).dispatch(request, *args, **kwargs)

    def get_default_success_url(self):
        """By way of signing in, for the session is over, to the person's work."""
        return reverse("account_home")


def _came_by_link(request) -> bool:
    came = request.session.get(BY_LINK)
    passed = timezone.now().timestamp() - came["at"] if came else None
    return bool(came) and came["user"] == request.user.pk and passed < settings.SESAME_MAX_AGE


def admin_login(request):
    """The admin asks for credentials where everybody else does; who has signed in and may not enter is told so."""
    if request.user.is_authenticated:
        raise PermissionDenied("admin")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', '/admin/')})}")


def favicon(request):
    """Where browsers look when a page names no icon."""
    return redirect(static("favicon.svg"), permanent=True)
