"""The steps of a plan's life: a page that asks, then the verb."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from actionplans.domain import plan as verbs
from actionplans.domain.acts import register_act
from actionplans.domain.completeness import gaps
from actionplans.domain.procedure import APPROVE, PLAN_TRANSITIONS, REGISTER_ACT, RETURN, SUBMIT
from actionplans.domain.workflow import TransitionRefused, available
from actionplans.forms.transitions import FORMS, SessionActForm
from actionplans.jobs.issued import draw_ahead
from planning.words import count

from .access import entity_page, readable_versions


def _register_one(version, *, by, **act):
    register_act([version], by=by, **act)


VERBS = {
    SUBMIT.name: verbs.submit,
    RETURN.name: verbs.return_,
    APPROVE.name: verbs.approve,
    REGISTER_ACT.name: _register_one,
}
PUBLISHING = (APPROVE, REGISTER_ACT)
DONE = {
    SUBMIT.name: "El plan quedó en revisión. El comité ya puede aprobarlo o devolverlo.",
    RETURN.name: "El plan volvió a borrador, con su comentario.",
    APPROVE.name: "El plan quedó aprobado y publicado.",
    REGISTER_ACT.name: "El acto quedó registrado y el plan, aprobado y publicado.",
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a confirm page says; `is_destructive` where something is lost."""

    title: str
    words: str
    button: str
    obstacles: tuple[str, ...] = ()
    is_destructive: bool = False


QUESTIONS = {
    SUBMIT.name: "El comité podrá aprobarlo o devolverlo con un comentario. Mientras tanto no se puede cambiar.",
    RETURN.name: "El plan volverá a borrador para que planeación lo corrija.",
    APPROVE.name: "El plan quedará publicado y sellado: desde ese momento solo cambia con una nueva versión.",
    REGISTER_ACT.name: (
        "El comité ya lo aprobó y usted registra su acto. El plan quedará publicado y sellado: desde ese momento "
        "solo cambia con una nueva versión."
    ),
}


@entity_page("planning.view_entity_record")
def transition(request, entity, pk, step):
    """Ask before a step of a plan's life, then take it."""
    version = get_object_or_404(readable_versions(request.user, entity).with_activities(), pk=pk)
    row = next(row for row in PLAN_TRANSITIONS if row.name == step)
    form = form_for(request, FORMS[step])
    if form.is_bound and form.is_valid():
        if take(request, DONE[step], VERBS[step], version, **form.cleaned_data) and row in PUBLISHING:
            draw_ahead([version.pk])
        return redirect("version", entity=entity.slug, pk=version.pk)
    offered = next((s for s in available(PLAN_TRANSITIONS, version, request.user) if s.transition is row), None)
    if offered is None:
        raise PermissionDenied(row.permission)
    question = Question(
        title=row.label, words=QUESTIONS[step], button=row.label, obstacles=tuple(offered.obstacles)
    )
    return ask(request, version, question, form, gaps=[] if row is RETURN else gaps(version))


@entity_page("actionplans.register_act")
def register_session(request, entity):
    """One act of the committee for the plans that a session approved: all of them or none."""
    chosen = request.GET.getlist("version")
    form = form_for(request, SessionActForm, entity=entity, initial={"versions": chosen})
    if form.is_bound and form.is_valid():
        versions = form.cleaned_data.pop("versions")
        done = count(len(versions), "plan quedó aprobado y publicado", "planes quedaron aprobados y publicados")
        if take(request, f"El acto quedó registrado: {done}.", register_act, versions, **form.cleaned_data):
            draw_ahead([version.pk for version in versions])
            return redirect("management_entity", entity=entity.slug)
    return render(
        request,
        "actionplans/staff/register_act.html",
        {
            "entity": entity,
            "section": "gestion",
            "form": form,
            "pending": form.fields["versions"].queryset,
        },
    )


def ask(request, version, question: Question, form, **context):
    """The page before a step: what will happen, what stands in its way, and what the step asks for."""
    return render(
        request,
        "actionplans/staff/step.html",
        {
            "entity": version.entity,
            "section": "gestion",
            "version": version,
            "question": question,
            "form": form,
            **context,
        },
    )


def form_for(request, form_class, **options):
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return form_class(*posted, **options)


def take(request, done: str, verb, *args, **kwargs):
    """What the verb returns (True where it returns nothing), with `done` as the message.

    None when it refuses; then its reasons are the message.
    """
    try:
        result = verb(*args, by=request.user, **kwargs)
    except TransitionRefused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return None
    messages.success(request, done)
    return result if result is not None else True
