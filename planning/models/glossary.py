"""Words of the field in plain language, for the tips of public pages and the glossary."""

from django.db import models


class GlossaryTermQuerySet(models.QuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)


class GlossaryTerm(models.Model):
    """A term as a citizen would explain it to another; `norm` names where it comes from, where that is known."""

    key = models.SlugField("identificador", unique=True)
    name = models.CharField("término", max_length=80)
    meaning = models.TextField("qué quiere decir")
    norm = models.CharField("norma", max_length=200, blank=True)

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        verbose_name = "término del glosario"
        verbose_name_plural = "términos del glosario"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.key,)
