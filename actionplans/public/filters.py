"""Filters that live in the address, so that a result can be shared, and those of the list of plans."""

from dataclasses import dataclass

from django import forms
from django.db.models import Exists, OuterRef, Q

from actionplans.models import ActivityVersion, PlanVersion, Responsibility
from planning.models import Axis, Office


@dataclass(frozen=True)
class ActiveFilter:
    """A filter in use: what it is about, its words, and the address of the list without it."""

    label: str
    value: str
    address_without: str


class AddressFilters(forms.Form):
    """Fields that narrow a list. A value that is not offered is an error, is said, and filters nothing."""

    use_required_attribute = False
    error_css_class = "has-error"
    says_by_itself: tuple[str, ...] = ()
    """Fields that the page always tells, so that they are not said again as filters in use."""

    def offer(self, options) -> None:
        """What each field offers: the words for everything, then the choices; a field without any is left out."""
        for name, (everything, choices) in options.items():
            self.fields[name].choices = [("", everything), *choices]
            self.fields[name].error_messages["invalid_choice"] = "Escoja una de las opciones de la lista."
            if not choices:
                del self.fields[name]

    def in_use(self) -> list[ActiveFilter]:
        self.is_valid()
        return [
            ActiveFilter(self.fields[name].label, self._words(name, value), self._address_without(name))
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and name not in self.says_by_itself
        ]

    def _address_without(self, name) -> str:
        rest = self.data.copy()
        for gone in (name, "pagina"):
            rest.pop(gone, None)
        return rest.urlencode()

    def _words(self, name, value) -> str:
        choices = getattr(self.fields[name], "choices", None)
        return _flat(choices)[value] if choices else f"«{value}»"


def _flat(choices) -> dict:
    """The words of each choice by its value, those in groups too."""
    found = {}
    for value, words in choices:
        found.update(words if isinstance(words, (list, tuple)) else [(value, words)])
    return found


class PlanFilters(AddressFilters):
    """Offers only what the entity's published plans have."""

    texto = forms.CharField(label="Palabras", required=False, max_length=200)
    vigencia = forms.TypedChoiceField(label="Vigencia", required=False, coerce=int, empty_value=None)
    politica = forms.ChoiceField(label="Política de MIPG", required=False)
    dependencia = forms.ChoiceField(label="Dependencia", required=False)
    eje = forms.TypedChoiceField(label="Eje estratégico", required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, entity):
        super().__init__(data)
        self.entity = entity
        self.published = PlanVersion.objects.published().filter(entity=entity)
        self.fields["texto"].widget.input_type = "search"
        self.offer(self._options())

    def _options(self):
        years = self.published.order_by("-plan__year").values_list("plan__year", flat=True).distinct()
        policies = (
            self.published.filter(plan__policy__isnull=False)
            .order_by("plan__policy__name")
            .values_list("plan__policy__key", "plan__policy__name")
            .distinct()
        )
        activities = ActivityVersion.objects.filter(version__in=self.published)
        offices = (
            Office.objects.filter(entity=self.entity)
            .filter(
                Exists(
                    Responsibility.objects.filter(
                        office=OuterRef("pk"), activity_version__version__in=self.published
                    )
                )
                | Exists(self.published.filter(formulating_office=OuterRef("pk")))
            )
            .order_by("name")
            .values_list("slug", "name")
        )
        axes = (
            Axis.objects.filter(framework__entity=self.entity, framework__is_published=True)
            .filter(Exists(activities.filter(objectives__axis=OuterRef("pk"))))
            .order_by("framework", "position")
            .values_list("pk", "name")
        )
        return {
            "vigencia": ("Todas las vigencias", [(year, str(year)) for year in years]),
            "politica": ("Todas las políticas", list(dict(policies).items())),
            "dependencia": ("Todas las dependencias", list(offices)),
            "eje": ("Todos los ejes", list(axes)),
        }

    def results(self):
        """The published versions that pass every filter in use, newest year first."""
        self.is_valid()
        asked = self.cleaned_data
        found = self.published
        if asked.get("vigencia"):
            found = found.filter(plan__year=asked["vigencia"])
        if asked.get("politica"):
            found = found.filter(plan__policy__key=asked["politica"])
        if asked.get("dependencia"):
            found = found.filter(_takes_part(self.entity, asked["dependencia"]))
        if asked.get("eje"):
            serving = ActivityVersion.objects.filter(version=OuterRef("pk"), objectives__axis=asked["eje"])
            found = found.filter(Exists(serving))
        return found.matching(asked.get("texto", "")).order_by("-plan__year", "title", "pk")


def _takes_part(entity, slug: str) -> Q:
    """The office formulates the plan or is responsible for one of its activities."""
    answers = Responsibility.objects.filter(
        activity_version__version=OuterRef("pk"), office__slug=slug, office__entity=entity
    )
    return Q(formulating_office__slug=slug, formulating_office__entity=entity) | Exists(answers)
