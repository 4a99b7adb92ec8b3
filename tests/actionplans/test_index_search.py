"""The demo ends with everything that is published in the search, as a rebuilding says too."""

from actionplans.domain.finding.rebuilding import index_entity
from actionplans.enums import SearchKind
from actionplans.models import SearchEntry
from planning.models import Entity
from tests.demo import demo  # noqa: F401 - an autouse fixture


def said_everywhere():
    columns = [field.attname for field in SearchEntry._meta.concrete_fields if not field.primary_key]
    return sorted(SearchEntry.objects.values_list(*columns), key=str)


def test_what_the_verbs_wrote_is_what_a_rebuilding_writes(db):
    before = said_everywhere()
    assert {row[1] for row in before} == set(SearchKind.values)
    for entity in Entity.objects.all():
        index_entity(entity)
    assert said_everywhere() == before
