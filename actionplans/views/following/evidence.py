"""One piece of evidence: what it is, where it serves, who may see it, and its file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.domain.following.evidence.bringing import CLASSIFY, bring_redacted, classify_obstacles, reclassify
from actionplans.domain.following.evidence.kinds import BY_MEDIA_TYPE
from actionplans.domain.following.evidence.photos import holds_position
from actionplans.domain.following.evidence.published import published_uses
from actionplans.domain.following.evidence.removal import REMOVE, removal_obstacles, remove_evidence
from actionplans.domain.following.evidence.withdrawing import withdraw_redacted
from actionplans.domain.workflow import TransitionRefused
from actionplans.forms.evidence import ClassificationForm, RedactedForm, WithdrawalForm
from actionplans.models import ActivityVersion, Evidence, Report
from actionplans.reports.issued.stored_files import stored_answer
from actionplans.views.access import entity_page
from planning.models import AuditEvent

READ = "planning.view_entity_record"
WRITERS = ("actionplans.report_progress", "actionplans.report_on_behalf")


@require_safe
@entity_page(READ)
def evidence_page(request, entity, pk):
    evidence = _evidence(request, entity, pk)
    may_classify = request.user.has_perm(CLASSIFY, evidence)
    return render(
        request,
        "actionplans/following/evidence.html",
        _context(
            entity,
            evidence,
            kind=BY_MEDIA_TYPE.get(evidence.media_type),
            redacted_kind=BY_MEDIA_TYPE.get(evidence.redacted_media_type),
            uses=_uses(request.user, evidence),
            twins=_twins(request.user, evidence),
            has_position=_has_position(evidence),
            events=AuditEvent.objects.about(evidence).filter(chain__entity=entity).order_by("-sequence"),
            may_classify=may_classify,
            obstacles=classify_obstacles(evidence, request.user) if may_classify else [],
            may_remove=request.user.has_perm(REMOVE, evidence) and not removal_obstacles(evidence, request.user),
        ),
    )


@require_safe
@entity_page(READ)
def evidence_file(request, entity, pk):
    """The file as it was brought; `?ver=1` shows it where the browser can."""
    evidence = _evidence(request, entity, pk)
    if evidence.is_link:
        raise Http404("La evidencia es un enlace.")
    inline = "ver" in request.GET
    return stored_answer(evidence.file, name=evidence.name, media_type=evidence.media_type, inline=inline)


@require_safe
@entity_page(READ)
def evidence_redacted_file(request, entity, pk):
    evidence = _evidence(request, entity, pk)
    return stored_answer(
        evidence.redacted_file,
        name=evidence.redacted_name,
        media_type=evidence.redacted_media_type,
        inline="ver" in request.GET,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(READ)
def evidence_classify(request, entity, pk):
    """Say who may see it, and why."""
    evidence = _classifiable(request, entity, pk)
    form = ClassificationForm(
        request.POST or None, initial={"classification": evidence.classification, "ground": evidence.ground}
    )
    if form.is_bound and form.is_valid():
        words = "Quedó guardado quién puede ver la evidencia."
        if _done(request, form, words, reclassify, evidence, by=request.user, **form.cleaned_data):
            return redirect("evidence_page", entity=entity.slug, pk=evidence.pk)
    return render(
        request,
        "actionplans/following/evidence_classify.html",
        _context(
            entity,
            evidence,
            form=form,
            obstacles=classify_obstacles(evidence, request.user),
            has_position=_has_position(evidence),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(READ)
def evidence_remove(request, entity, pk):
    """Remove what was brought by mistake; the page asks first, and says why not where it stays."""
    evidence = _evidence(request, entity, pk)
    if not request.user.has_perm(REMOVE, evidence):
        raise PermissionDenied(REMOVE)
    obstacles = removal_obstacles(evidence, request.user)
    if request.method == "POST":
        try:
            remove_evidence(evidence, by=request.user)
        except TransitionRefused as refusal:
            obstacles = refusal.reasons
        else:
            messages.success(request, f"«{evidence}» se eliminó.")
            return redirect("follow_up_entity", entity=entity.slug)
    drafts = [use for use in _uses(request.user, evidence) if use.is_only_drafted]
    return render(
        request,
        "actionplans/following/evidence_remove.html",
        _context(entity, evidence, obstacles=obstacles, drafts=drafts),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(READ)
def evidence_copy(request, entity, pk):
    """Bring the copy that the public gets instead of what is withheld."""
    evidence = _classifiable(request, entity, pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RedactedForm(*posted)
    if form.is_bound and form.is_valid():
        words, upload = "La copia quedó guardada.", form.cleaned_data["file"]
        if _done(request, form, words, bring_redacted, evidence, upload, by=request.user):
            return redirect("evidence_page", entity=entity.slug, pk=evidence.pk)
    obstacles = classify_obstacles(evidence, request.user)
    return render(
        request,
        "actionplans/following/evidence_copy.html",
        _context(entity, evidence, form=form, obstacles=obstacles, closed=_closed_in(entity, evidence)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(READ)
def evidence_copy_withdraw(request, entity, pk):
    """Take the copy back, saying why."""
    evidence = _classifiable(request, entity, pk)
    if not evidence.redacted_file:
        raise Http404("La evidencia no tiene una copia.")
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        words, reason = "La copia se quitó: ya nadie la puede leer.", form.cleaned_data["reason"]
        if _done(request, form, words, withdraw_redacted, evidence, by=request.user, reason=reason):
            return redirect("evidence_page", entity=entity.slug, pk=evidence.pk)
    context = {"form": form, "obstacles": classify_obstacles(evidence, request.user)}
    return render(
        request,
        "actionplans/following/evidence_copy_withdraw.html",
        _context(entity, evidence, closed=_closed_in(entity, evidence), **context),
    )


def _closed_in(entity, evidence) -> list:
    """The closed periods in which it counted: what the public gets of it changes at once."""
    return list(dict.fromkeys(closing.period for closing, _ in published_uses(entity, evidence)))


def _evidence(request, entity, pk) -> Evidence:
    visible = Evidence.objects.visible_to(request.user).filter(entity=entity)
    return get_object_or_404(visible.select_related("entity", "office", "by"), pk=pk)


def _classifiable(request, entity, pk) -> Evidence:
    evidence = _evidence(request, entity, pk)
    if not request.user.has_perm(CLASSIFY, evidence):
        raise PermissionDenied(CLASSIFY)
    return evidence


def _uses(user, evidence) -> list:
    """The reports that the person may read in which it serves; drafts only for those who write them."""
    visible = Report.objects.visible_to(user).filter(entity=evidence.entity_id)
    found = {name: set(visible.filter(**{f"{name}__evidence": evidence}).values_list("pk", flat=True))
             for name in ("revisions", "contributions")}  # fmt: skip
    drafts = visible.filter(draft__evidence=evidence) if _writes(user, evidence.entity) else visible.none()
    drafted = set(drafts.values_list("pk", flat=True))
    rows = visible.filter(pk__in=drafted.union(*found.values())).select_related("period")
    uses = list(rows.order_by("period__ends", "activity"))
    promises = ActivityVersion.objects.published().filter(activity__in=[use.activity_id for use in uses])
    words = dict(promises.values_list("activity", "description"))
    for use in uses:
        use.is_only_drafted = use.pk in drafted and use.pk not in found["revisions"]
        use.words = words.get(use.activity_id, "Una actividad que ya no está en el plan")
    return uses


def _writes(user, entity) -> bool:
    return any(user.has_perm(permission, entity) for permission in WRITERS)


def _twins(user, evidence):
    """The same bytes brought otherwise: what is withheld here may be public there."""
    if evidence.is_link:
        return Evidence.objects.none()
    same = Evidence.objects.visible_to(user).filter(entity=evidence.entity_id, sha256=evidence.sha256)
    return same.exclude(pk=evidence.pk).select_related("office")


def _has_position(evidence) -> bool:
    if not evidence.media_type.startswith("image/"):
        return False
    try:
        with evidence.file.open("rb") as file:
            return holds_position(file)
    except FileNotFoundError:
        return False


def _done(request, form, words, verb, *args, **kwargs) -> bool:
    try:
        verb(*args, **kwargs)
    except TransitionRefused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return False
    messages.success(request, words)
    return True


def _context(entity, evidence, **more):
    return {"entity": entity, "section": "seguimiento", "evidence": evidence, **more}
