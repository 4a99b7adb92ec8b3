"""The search page's form and results: what was asked in the address, and each hit with its words marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core.paginator import Page, Paginator
from django.utils import timezone

from actionplans.domain.finding.asking import MOST_HITS, Asked, Hit, find, listed
from actionplans.domain.finding.words import LONGEST_ASKED, Pieces, asked_words, marked, plain, snippet
from actionplans.enums import SearchKind
from actionplans.models import ActionPlan, SearchEntry
from mipg.models import Adoption, ModelVersion, Policy
from planning.models import Entity
from planning.words import counted, joined

from .filters import ActiveFilter

HITS_PER_PAGE = 20
YEARS_OFFERED = 10
COUNTED = {
    SearchKind.PLAN: ("plan de acción", "planes de acción"),
    SearchKind.POLICY: ("política", "políticas"),
    SearchKind.FRAMEWORK: ("parte de la plataforma estratégica", "partes de la plataforma estratégica"),
    SearchKind.ACTIVITY: ("actividad", "actividades"),
    SearchKind.EVIDENCE: ("evidencia", "evidencias"),
}


class SearchForm(forms.Form):
    """Words and filters. A value that is not offered is an error, is said, and filters nothing."""

    texto = forms.CharField(label="Qué busca", required=False)
    tipo = forms.ChoiceField(label="Tipo", required=False, choices=[("", "Todo"), *SearchKind.choices])
    vigencia = forms.TypedChoiceField(label="Vigencia", required=False, coerce=int, empty_value=None)
    politica = forms.ChoiceField(label="Política de MIPG", required=False)

    use_required_attribute = False
    error_css_class = "has-error"

    def __init__(self, data, *, entity: Entity | None):
        data = data.copy()
        data["texto"] = plain(data.get("texto", ""))
        super().__init__(data)
        self.entity = entity
        self.fields["texto"].widget.input_type = "search"
        self.fields["texto"].widget.attrs = {"maxlength": LONGEST_ASKED}
        for name, (everything, options) in self._options().items():
            self.fields[name].choices = [("", everything), *options]
        for name in ("tipo", "vigencia", "politica"):
            self.fields[name].error_messages["invalid_choice"] = "Escoja una de las opciones de la lista."
        self.is_valid()

    def _options(self) -> dict:
        years = _years_of(self.entity) if self.entity else _last_years()
        return {
            "vigencia": ("Todas las vigencias", [(year, str(year)) for year in years]),
            "politica": ("Todas las políticas", list(_policies(self.entity))),
        }

    @property
    def text(self) -> str:
        return self.cleaned_data.get("texto", "")

    @property
    def words(self) -> tuple[str, ...]:
        return asked_words(self.text)

    @property
    def asked(self) -> Asked:
        return Asked(
            words=self.words,
            entity=self.entity.pk if self.entity else None,
            kind=self.cleaned_data.get("tipo", ""),
            year=self.cleaned_data.get("vigencia"),
            policy=self.cleaned_data.get("politica", ""),
        )

    @property
    def asks(self) -> bool:
        """Whether there is something to look for: words, or filters of an entity without any."""
        asked = self.asked
        return bool(asked.words) or bool(asked.entity and not self.text and self.in_use())

    def in_use(self) -> list[ActiveFilter]:
        """The filters beside the words, each with the address without it."""
        return [
            ActiveFilter(field.label, dict(field.choices)[value], self.address(without=name))
            for name, field in self.fields.items()
            if name != "texto" and (value := self.cleaned_data.get(name))
        ]

    def address(self, *, without: str = "", text: str | None = None) -> str:
        """The query of this page with something taken away, or with other words; always its first page."""
        query = self.data.copy()
        for gone in (without, "pagina"):
            query.pop(gone, None)
        if text is not None:
            query["texto"] = text
        return query.urlencode()

    def only_words(self) -> str:
        """The query of this page without filters."""
        query = self.data.copy()
        for name in list(query):
            if name != "texto":
                del query[name]
        return query.urlencode()

    def words_alone(self) -> list[tuple[str, str]]:
        """Each of several words with the address that asks for it alone."""
        return [(word, self.address(text=word)) for word in self.words] if len(self.words) > 1 else []


@dataclass(frozen=True, kw_only=True)
class Result:
    """A hit as the page shows it; `address` is its own, `entity` whose it is."""

    kind: str
    title: Pieces
    context: Pieces
    address: str
    year: int | None
    entity: Entity


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of hits, what the others are, and whether there were more than can be put in order."""

    page: Page
    results: list[Result]
    summary: str
    has_more: bool


def search(form: SearchForm) -> Found:
    """What the form asks for: by its words, or all that its filters choose. Two queries, whatever is found."""
    hits = find(form.asked) if form.words else listed(form.asked)
    has_more = len(hits) > MOST_HITS
    page = Paginator(hits[:MOST_HITS], HITS_PER_PAGE).get_page(form.data.get("pagina"))
    return Found(
        page=page,
        results=_results(page.object_list, form.words),
        summary=_summary(hits[:MOST_HITS]),
        has_more=has_more,
    )


def _results(hits: Sequence[Hit], words: Sequence[str]) -> list[Result]:
    entries = SearchEntry.objects.select_related("entity").in_bulk([hit.pk for hit in hits])
    shown = [entries[hit.pk] for hit in hits if hit.pk in entries]  # one may have gone since it was found
    return [
        Result(
            kind=entry.get_kind_display(),
            title=marked(entry.title, words),
            context=snippet(entry.text, words),
            address=f"/{entry.entity.slug}/{entry.path}",
            year=entry.year,
            entity=entry.entity,
        )
        for entry in shown
    ]


def _summary(hits: Sequence[Hit]) -> str:
    """«2 planes de acción y 9 actividades»."""
    kinds = Counter(hit.kind for hit in hits)
    return joined([words for kind, names in COUNTED.items() if (words := counted(kinds[kind], *names))])


def _years_of(entity: Entity) -> list[int]:
    years = ActionPlan.objects.published().filter(entity=entity).order_by("-year")
    return list(years.values_list("year", flat=True).distinct())


def _last_years() -> list[int]:
    """Of all entities together: what they have would be asked of every plan."""
    last = timezone.localdate().year + 1
    return list(range(last, last - YEARS_OFFERED, -1))


def _policies(entity: Entity | None):
    """Those of the model that the entity applies, or of the newest one."""
    this_year = timezone.localdate().year
    version = Adoption.objects.version_for(entity, this_year) if entity else ModelVersion.objects.first()
    return Policy.objects.filter(model_version=version).order_by("name").values_list("key", "name")
