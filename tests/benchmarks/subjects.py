"""The pages that benchmarks ask for, of the first entity that a load made."""

import json

from tests.benchmarks.serving import run

_ASK = """
import json
import django
django.setup()
from planning.models import Entity
from tests.public_pages import addresses, subject_of
found = addresses(subject_of(Entity.objects.order_by("pk")[0]))
print(json.dumps({name: found[name] for name in ("home", "entity", "transparency", "plan", "activity", "search")}))
"""
_EXPLAIN = """
import django
django.setup()
from django.test.utils import setup_test_environment
from planning.models import Entity
from tests.explaining import flaws, sizes
from tests.public_pages import WHOLE_PORTAL, addresses, subject_of
setup_test_environment()
known = sizes()
for name, address in addresses(subject_of(Entity.objects.order_by("pk")[0])).items():
    for flaw in flaws(address, known, 1 if name in WHOLE_PORTAL else 0.05):
        print(flaw)
"""


def first_pages(environment) -> dict[str, str]:
    """Addresses by name."""
    return json.loads(run(environment, "-c", _ASK))


def flaws_of_all_pages(environment) -> list[str]:
    """What any public page of the first entity reads too much of, in words."""
    return run(environment, "-c", _EXPLAIN).splitlines()
