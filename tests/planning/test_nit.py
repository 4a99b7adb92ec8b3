"""The check digit of a NIT."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.nit import check_digit, has_valid_check_digit


@pytest.mark.parametrize(
    "nit", ["891.900.493-2", "891900493-2", "891.900.493.2", "899.999.001-7", "800.197.268-4"]
)
def test_a_real_nit_is_accepted_however_it_is_written(nit):
    assert has_valid_check_digit(nit)


@pytest.mark.parametrize("nit", ["891.900.493-3", "123", "", "NIT 891900493-2", "١٢٣٤٥٦٧"])
def test_what_is_no_nit_is_refused(nit):
    assert not has_valid_check_digit(nit)


@given(st.integers(100_000, 10**14).map(str))
def test_only_one_digit_verifies_a_number(number):
    accepted = [digit for digit in range(10) if has_valid_check_digit(f"{number}-{digit}")]
    assert accepted == [check_digit(number)]
