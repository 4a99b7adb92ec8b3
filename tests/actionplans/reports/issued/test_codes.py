"""The codes by which a file is verified: how they are made and how they are read."""

import re

import pytest

from actionplans.reports.issued.verification import ALPHABET, new_code, read_code

from .published import CODE

pytestmark = pytest.mark.django_db


def test_codes_are_short_unambiguous_and_all_different():
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", code) for code in codes)
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        CODE, "7k3m9qxt2rvb", " 7K3M 9QXT 2RVB ", "7K3M–9QXT–2RVB", f"https://portal.example/verificar/{CODE}/",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == CODE


def test_letters_that_look_like_digits_are_read_as_them():
    assert read_code("oIl0-1111-AAAA") == "0110-1111-AAAA"


@pytest.mark.parametrize("typed", ["", "7K3M", f"{CODE}A", "7K3M-9QXT-2RVU", "¿?"])
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) == ""
