"""Months in the database, in lookups and in forms."""

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers import deserialize, serialize
from django.db import IntegrityError, transaction
from django.db.models import F
from django.forms import modelform_factory
from hypothesis import given
from hypothesis import strategies as st

from actionplans.models import ActivityVersion
from actionplans.months import MonthSet
from actionplans.months.fields import MonthSetField, MonthSetFormField
from tests.factories import make_draft

masks = st.integers(0, 4095)


@pytest.fixture
def activities(house):
    """Twelve activities, one in each month."""
    return make_draft(house.entity, activities=12).activities


def numbers(queryset):
    return list(queryset.order_by("position").values_list("position", flat=True))


def test_the_set_comes_back_as_it_was_saved(activities):
    activities.filter(position=1).update(months=MonthSet([2, 12]))
    assert activities.get(position=1).months == MonthSet([2, 12])


def test_contains_month_finds_the_rows_of_that_month(activities):
    assert numbers(activities.filter(months__contains_month=7)) == [7]


def test_exact_compares_whole_sets(activities):
    assert numbers(activities.filter(months=MonthSet([3]))) == [3]


def test_the_database_refuses_a_mask_that_is_no_year(activities):
    with pytest.raises(IntegrityError), transaction.atomic():
        activities.filter(position=1).update(months=F("position") + 4095)


@given(masks)
def test_a_field_takes_masks_sets_and_written_numbers_alike(mask):
    field, chosen = MonthSetField(), MonthSet.from_mask(mask)
    written = " ".join(str(month) for month in chosen)
    assert field.to_python(mask) == field.to_python(chosen) == field.to_python(written) == chosen
    assert field.get_prep_value(chosen) == mask


def test_a_field_refuses_what_is_no_month():
    with pytest.raises(ValidationError, match="meses del 1 al 12"):
        MonthSetField().to_python("3, 14")


def test_a_form_gives_a_set_and_knows_when_it_changed():
    field = MonthSetFormField(required=False)
    assert field.clean(["2", "3"]) == MonthSet([2, 3])
    assert field.clean([]) == MonthSet()
    assert not field.has_changed(MonthSet([2, 3]), ["3", "2"])
    assert field.has_changed(MonthSet([2, 3]), ["3"])


def test_a_model_form_offers_twelve_boxes_with_the_chosen_ones_ticked(activities):
    form = modelform_factory(ActivityVersion, fields=["months"])(instance=activities.get(position=5))
    html = str(form["months"])
    assert html.count('type="checkbox"') == 12
    assert html.count("checked") == 1


def test_it_travels_through_django_s_serializers(activities):
    row = activities.get(position=5)
    text = serialize("json", [row])
    assert '"months": "5"' in text
    assert next(deserialize("json", text)).object.months == MonthSet([5])
