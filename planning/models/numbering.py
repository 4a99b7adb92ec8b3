"""Permanent names: by them seals, closed figures, addresses and data files know a row, whatever else changes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max

from planning.words import joined


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


class FixedNames(models.Model):
    """A row whose `fixed_names` stay as they were written first; forms and tables say why they refuse another."""

    fixed_names: tuple[str, ...] = ("key",)

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if not self.pk:
            return
        fields = [self._meta.get_field(name) for name in self.fixed_names]
        names = [field.attname for field in fields]
        known = type(self).objects.filter(pk=self.pk).values_list(*names).first()
        if known and known != tuple(getattr(self, name) for name in names):
            words = joined([f"«{field.verbose_name}»" for field in fields])
            raise ValidationError(
                f"{words} no se puede cambiar: así lo nombran las versiones selladas de los planes, los cierres y "
                "las direcciones públicas."
            )


def take_key(rows, parent) -> int:
    """The next number for a new row among `rows`, all those of its kind under `parent`; it counts as given.

    Must run in a transaction: the parent stays locked, so that nobody else takes the same number.
    """
    last = type(parent).objects.select_for_update().values_list("last_key", flat=True).get(pk=parent.pk)
    key = max(last, rows.aggregate(last=Max("key"))["last"] or 0) + 1
    parent.last_key = key
    type(parent).objects.filter(pk=parent.pk).update(last_key=key)
    return key
