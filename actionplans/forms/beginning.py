"""Two ways to begin a plan: from nothing, and from the plan of an earlier year."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ExpressionWrapper, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.html import format_html

from actionplans.domain.carrying import Keep
from actionplans.domain.contents.content import PlanContent
from actionplans.enums import PlanKind, VersionStatus
from actionplans.models import PlanVersion
from mipg.models import InstitutionalPlan, Policy
from planning.models.framework import YEAR_RANGE

NEXT_YEAR_FROM = 9  # the month from which plans are made for the year to come
IS_APPROVED = ExpressionWrapper(Q(status=VersionStatus.APPROVED), output_field=models.BooleanField())


def year_at_hand() -> int:
    """The year for which plans are most likely written today."""
    today = timezone.localdate()
    return today.year + (today.month >= NEXT_YEAR_FROM)


class YearField(forms.IntegerField):
    def __init__(self, **options):
        super().__init__(label="Vigencia", min_value=1990, max_value=2100, validators=YEAR_RANGE, **options)


class KnownPlanMixin:
    """Says that a plan of the title is there already, with a link to it."""

    def refuse_known(self, version: PlanVersion, address: str) -> None:
        words = format_html(
            'Ya hay un plan con ese título en {}: <a href="{}">{}</a>. Escriba otro título o trabaje en ese.',
            version.plan.year, address, version.title,
        )  # fmt: skip
        self.add_error(None, words)


class InstitutionalChoice(forms.ModelChoiceField):
    def label_from_instance(self, plan):
        return f"{plan.printed_name or plan.kind.name} ({plan.year})"


class BlankPlanForm(KnownPlanMixin, forms.Form):
    """What a plan needs to exist. A policy names it, unless the person does."""

    year = YearField()
    kind = forms.ChoiceField(label="Clase de plan", choices=PlanKind.choices, initial=PlanKind.POLICY)
    policy = forms.ChoiceField(
        label="Política de MIPG", required=False, help_text="Para el plan de acción de una política."
    )
    institutional_plan = InstitutionalChoice(
        InstitutionalPlan.objects.none(),
        label="Plan institucional",
        required=False,
        empty_label="Ninguno",
        help_text="Uno de los que pide el Decreto 612 de 2018 y la entidad tiene registrados.",
    )
    title = forms.CharField(
        label="Título",
        max_length=250,
        required=False,
        help_text="Si lo deja vacío y escoge una política: «Plan de acción de» y el nombre de la política.",
    )
    objective = forms.CharField(
        label="Objetivo", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Para qué es el plan. Puede escribirlo después, en la hoja.",
    )  # fmt: skip

    def __init__(self, *args, entity, **kwargs):
        super().__init__(*args, **kwargs)
        self.entity = entity
        self.fields["policy"].choices = [("", "Ninguna"), *_policies(entity).items()]
        self.fields["institutional_plan"].queryset = (
            InstitutionalPlan.objects.filter(entity=entity)
            .select_related("kind")
            .order_by("-year", "kind__number")
        )

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        data["policy"] = self._policy(data)
        if data["kind"] == PlanKind.POLICY and not data["policy"]:
            self._add_error_once("policy", "Escoja la política de la que es el plan.")
        plan = data["institutional_plan"]
        if plan and plan.year != data["year"]:
            self.add_error(
                "institutional_plan", f"Ese plan institucional es de {plan.year}, no de {data['year']}."
            )
        if not data["title"] and data["policy"]:
            data["title"] = f"Plan de acción de {data['policy'].name}"[:250]
        if not data["title"] and plan:
            data["title"] = plan.printed_name or plan.kind.name
        if not data["title"] and not self.errors:
            self.add_error("title", "Escriba el título del plan.")
        return data

    def _policy(self, data) -> Policy | None:
        """The policy as the model of that year has it."""
        if not data["policy"]:
            return None
        policy = Policy.objects.in_force(self.entity, data["year"]).filter(key=data["policy"]).first()
        if policy is None:
            self.add_error("policy", f"Esa política no está en el modelo que la entidad aplica en {data['year']}.")
        return policy

    def _add_error_once(self, name, words):
        if name not in self.errors:
            self.add_error(name, words)

    def creation(self) -> dict:
        """What `create_plan` takes, once the form is valid."""
        data = self.cleaned_data
        return {
            "year": data["year"],
            "content": PlanContent(title=data["title"], objective=data["objective"]),
            "kind": data["kind"],
            "policy": data["policy"],
            "institutional_plan": data["institutional_plan"],
        }


def _policies(entity) -> dict[str, str]:
    """Policies by key: those of the model in force, then those that only other versions of it have."""
    here = Policy.objects.in_force(entity, year_at_hand()).values_list("key", "name")
    every = Policy.objects.order_by("model_version", "number").values_list("key", "name")
    return dict(here) | {key: name for key, name in every if key not in dict(here)}


class SourceChoice(forms.ModelChoiceField):
    def label_from_instance(self, version):
        state = version.get_status_display().lower()
        return f"{version.title}, {version.plan.year} ({state}, versión {version.number})"


class FromPlanForm(KnownPlanMixin, forms.Form):
    """Which plan to begin from, for which year, and what of the old year to bring along."""

    source = SourceChoice(PlanVersion.objects.none(), label="Plan del que se parte", empty_label="Escoja un plan")
    year = YearField()
    title = forms.CharField(
        label="Título", max_length=250, required=False, help_text="Vacío: el del plan del que se parte."
    )
    weights = forms.BooleanField(label="Traer las ponderaciones", required=False, initial=True)
    targets = forms.BooleanField(label="Traer las metas", required=False, initial=True)
    budgets = forms.BooleanField(label="Traer los presupuestos", required=False)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources(versions)

    def clean(self):
        data = super().clean()
        source, year = data.get("source"), data.get("year")
        if source and year and year <= source.plan.year:
            raise ValidationError(
                {"year": f"Escriba una vigencia posterior a {source.plan.year}, la de ese plan."}
            )
        return data

    def creation(self) -> dict:
        """What `create_from` takes besides the version, once the form is valid."""
        data = self.cleaned_data
        keep = Keep(**{name: data[name] for name in ("weights", "targets", "budgets")})
        return {"year": data["year"], "title": data["title"] or None, "keep": keep}


def sources(versions):
    """One version of each plan: the approved one, else the newest. Approved ones first, newest year first."""
    of_plan = versions.filter(plan=OuterRef("plan")).annotate(is_approved=IS_APPROVED)
    best = of_plan.order_by("-is_approved", "-number").values("pk")[:1]
    return (
        versions.filter(pk=Subquery(best))
        .annotate(is_approved=IS_APPROVED)
        .select_related("plan")
        .order_by("-is_approved", "-plan__year", "title")
    )
