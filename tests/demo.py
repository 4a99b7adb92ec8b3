"""The demo as tests see it: loaded once for a module, and the rows of each of its entities."""

from functools import reduce
from io import StringIO
from operator import or_
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models, transaction

from actionplans.models import SearchEntry
from planning.models import AuditEvent, Entity

TEXTS = Path(__file__).parent / "data" / "documents"


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """Import it, and the module's tests find the demo loaded; it is rolled back after the last of them."""
    yield from _loaded(django_db_blocker)


@pytest.fixture(scope="module", autouse=True)
def documents(django_db_setup, django_db_blocker):
    """The same without the example year: nothing but what the documents say, and the accounts."""
    yield from _loaded(django_db_blocker, no_examples=True)


def _loaded(django_db_blocker, **options):
    with django_db_blocker.unblock():
        loading = transaction.atomic()
        loading.__enter__()
        call_command("load_demo", stdout=StringIO(), **options)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        loading.__exit__(None, None, None)


def rows_of(entity):
    """The rows that belong to an entity, model by model; not the trail, nor what the search repeats."""
    for model in apps.get_models():
        if model in (AuditEvent, SearchEntry) or not (paths := paths_to_entity(model)):
            continue
        of_entity = [models.Q(**{path: entity.pk}) for path in paths]
        yield model.objects.filter(reduce(or_, of_entity)).order_by("pk")


def paths_to_entity(model) -> list[str]:
    """The lookups that lead from a model of ours to its entity: one for each kind of parent it may have."""
    if model is Entity:
        return ["pk"]
    links = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    direct = [link.name for link in links if link.related_model is Entity]
    above = [(link.name, paths_to_entity(link.related_model)) for link in links if not direct]
    return direct or [f"{name}__{paths[0]}" for name, paths in above if paths]


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in ("planning", "mipg", "actionplans")]
