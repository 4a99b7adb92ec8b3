"""A set of months behaves as a set of numbers from 1 to 12, whatever is done to it."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.months import MONTH_NAMES, MonthSet

months = st.frozensets(st.integers(1, 12))
two_sets = st.tuples(months, months)


@given(months)
def test_it_holds_exactly_what_it_was_given_in_order(chosen):
    held = MonthSet(chosen)
    assert list(held) == sorted(chosen)
    assert len(held) == len(chosen)
    assert bool(held) == bool(chosen)
    assert all((month in held) == (month in chosen) for month in range(-1, 15))


@given(months)
def test_the_mask_gives_the_same_set_back(chosen):
    assert MonthSet.from_mask(MonthSet(chosen).mask) == MonthSet(chosen)


@given(two_sets)
def test_union_intersection_and_difference_are_those_of_sets(pair):
    one, other = pair
    assert set(MonthSet(one) | MonthSet(other)) == one | other
    assert set(MonthSet(one) & MonthSet(other)) == one & other
    assert set(MonthSet(one) - MonthSet(other)) == one - other


@given(two_sets)
def test_equal_sets_are_equal_and_hash_alike(pair):
    one, other = pair
    assert (MonthSet(one) == MonthSet(other)) == (one == other)
    if one == other:
        assert hash(MonthSet(one)) == hash(MonthSet(other))


@given(months, st.integers(0, 13))
def test_up_to_keeps_the_months_not_later(chosen, month):
    assert set(MonthSet(chosen).up_to(month)) == {m for m in chosen if m <= month}


@given(months)
def test_in_words_every_month_is_named_or_lies_inside_a_run(chosen):
    words = str(MonthSet(chosen))
    assert (words == "") == (not chosen)
    for month in chosen:
        inside_run = {month - 1, month + 1} <= chosen
        assert inside_run or MONTH_NAMES[month - 1] in words


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([], ""),
        ([2], "febrero"),
        ([2, 3], "febrero y marzo"),
        ([1, 2, 3], "enero a marzo"),
        ([2, 4, 5, 6, 12], "febrero, abril a junio y diciembre"),
        (range(1, 13), "enero a diciembre"),
    ],
)
def test_the_words_read_as_a_person_would_say_them(chosen, words):
    assert str(MonthSet(chosen)) == words


@pytest.mark.parametrize("wrong", [[0], [13], [-1], ["enero"], [None]])
def test_what_is_no_month_is_refused(wrong):
    with pytest.raises(ValueError, match="mes"):
        MonthSet(wrong)


@pytest.mark.parametrize("wrong", [-1, 4096])
def test_what_is_no_mask_is_refused(wrong):
    with pytest.raises(ValueError, match="doce"):
        MonthSet.from_mask(wrong)


def test_quarters_cover_the_year_once():
    assert [list(MonthSet.quarter(q)) for q in (1, 2, 3, 4)] == [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]
    with pytest.raises(ValueError, match="trimestre"):
        MonthSet.quarter(5)


def test_it_does_not_change_and_can_be_copied():
    held = MonthSet([1, 2])
    with pytest.raises(AttributeError):
        held.mask = 0
    assert pickle.loads(pickle.dumps(held)) == copy.deepcopy(held) == held
