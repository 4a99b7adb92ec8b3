"""What is found, and all that the index says."""

from actionplans.domain.contents.content import ActivityContent, PlanContent
from actionplans.domain.finding.asking import Asked, find
from actionplans.domain.finding.words import asked_words
from actionplans.models import SearchEntry
from tests.factories import make_published_plan


def found(entity, text, **said) -> list[str]:
    hits = find(Asked(words=asked_words(text), entity=entity and entity.pk, **said))
    titles = SearchEntry.objects.in_bulk([hit.pk for hit in hits])
    return [titles[hit.pk].title for hit in hits]


def plan_of(entity, *descriptions, title="Plan de archivos", **fields):
    activities = tuple(ActivityContent(description=text, **fields) for text in descriptions)
    return make_published_plan(entity, content=PlanContent(title=title, activities=activities))


def said_everywhere():
    columns = [field.attname for field in SearchEntry._meta.concrete_fields if not field.primary_key]
    return sorted(SearchEntry.objects.values_list(*columns), key=str)
