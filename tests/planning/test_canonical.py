"""The bytes on which seals hang: whoever changes one of them breaks every seal that was ever made."""

import datetime
import hashlib
from decimal import Decimal

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from planning.canonical import canonical_json, digest_of

FACTS = {"título": "Año «2024»", "b": [1, None, True], "a": {"z": "1,5", "y": ""}}
TEXT = '{"a":{"y":"","z":"1,5"},"b":[1,null,true],"título":"Año «2024»"}'


def test_the_text_has_sorted_keys_no_spaces_and_its_own_letters():
    assert canonical_json(FACTS) == TEXT
    assert canonical_json(("a", 1)) == '["a",1]'


def test_the_digest_is_that_of_the_text_in_utf_8():
    assert digest_of(FACTS) == hashlib.sha256(TEXT.encode("utf-8")).hexdigest()
    assert digest_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_days_and_figures_are_text_where_an_encoder_says_so_and_refused_elsewhere():
    facts = {"day": datetime.date(2024, 1, 31), "weight": Decimal("12.50")}
    assert canonical_json(facts, encoder=DjangoJSONEncoder) == '{"day":"2024-01-31","weight":"12.50"}'
    with pytest.raises(TypeError):
        canonical_json(facts)
