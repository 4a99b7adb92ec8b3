"""Permanent numbers: by them seals, closed figures, addresses and data files name a row, whatever its place becomes."""

from django.db import models
from django.db.models import Max


class PermanentKeyField(models.PositiveSmallIntegerField):
    """Written once, when the row is created: the row's position where its writer gives no number.

    Nobody edits it, and a number of a row that is gone is not given again (`take_key`).
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "editable": False, "blank": True})

    def pre_save(self, model_instance, add):
        if add and getattr(model_instance, self.attname) is None:
            setattr(model_instance, self.attname, model_instance.position)
        return super().pre_save(model_instance, add)


def take_key(rows, parent) -> int:
    """The next number for a new row among `rows`, all those of its kind under `parent`; it counts as given.

    Must run in a transaction: the parent stays locked, so that nobody else takes the same number.
    """
    last = type(parent).objects.select_for_update().values_list("last_key", flat=True).get(pk=parent.pk)
    key = max(last, rows.aggregate(last=Max("key"))["last"] or 0) + 1
    parent.last_key = key
    type(parent).objects.filter(pk=parent.pk).update(last_key=key)
    return key
