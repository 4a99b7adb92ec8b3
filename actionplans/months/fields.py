"""`MonthSet` in the database, in forms and in the admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Lookup

from .value import FULL_MASK, MONTH_NAMES, MonthSet

MONTH_CHOICES = [(number, name) for number, name in enumerate(MONTH_NAMES, start=1)]


def as_month_set(value) -> MonthSet:
    """A `MonthSet` from one, from a mask or from month numbers (also as text); ValidationError otherwise."""
    try:
        if isinstance(value, MonthSet):
            return value
        if isinstance(value, int):
            return MonthSet.from_mask(value)
        if isinstance(value, str):
            value = value.replace(",", " ").split()
        return MonthSet(int(month) for month in value or ())
    except (TypeError, ValueError) as error:
        raise ValidationError("Escriba meses del 1 al 12.", code="invalid") from error


class MonthSetFormField(forms.TypedMultipleChoiceField):
    """Twelve boxes to tick; an empty choice is an empty set."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, max_length=None, empty_value=None, **kwargs):
        super().__init__(choices=MONTH_CHOICES, coerce=int, empty_value=MonthSet(), **kwargs)

    def clean(self, value):
        return MonthSet(super().clean(value))

    def prepare_value(self, value):
        return list(value) if isinstance(value, MonthSet) else value

    def has_changed(self, initial, data):
        return as_month_set(initial) != as_month_set(data)


class MonthSetField(models.PositiveSmallIntegerField):
    """Stores a `MonthSet` as its mask. Lookups: exact, `contains_month`, `overlaps`."""

    description = "Meses del año"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", MonthSet)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if kwargs.get("default") is MonthSet:
            del kwargs["default"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return None if value is None else MonthSet.from_mask(value)

    def to_python(self, value):
        return None if value is None else as_month_set(value)

    def get_prep_value(self, value):
        return None if value is None else as_month_set(value).mask

    def value_to_string(self, obj):
        return ",".join(str(month) for month in self.value_from_object(obj))

    def formfield(self, **kwargs):
        # Skips the number field's own arguments: a set of months has no least and no greatest value.
        return models.Field.formfield(
            self, **{"form_class": MonthSetFormField, "required": not self.blank, **kwargs}
        )

    @property
    def validators(self):
        return []  # the column's range is checked by MonthSet itself and by a constraint


@MonthSetField.register_lookup
class ContainsMonth(Lookup):
    """Rows whose set has the month asked for."""

    lookup_name = "contains_month"

    def get_prep_lookup(self):
        return MonthSet([self.rhs]).mask

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"({column} & %s) <> 0", [*params, self.rhs]


def months_in_range(name: str, column: str = "months") -> models.CheckConstraint:
    """The constraint that every table with a `MonthSetField` carries."""
    field = models.F(column)
    return models.CheckConstraint(
        condition=models.lookups.GreaterThanOrEqual(models.functions.Cast(field, models.IntegerField()), 0)
        & models.lookups.LessThanOrEqual(models.functions.Cast(field, models.IntegerField()), FULL_MASK),
        name=name,
    )
