"""The admin is where staff keep the entity's own tables; plans have pages of their own."""

from django.contrib import admin

from . import audit, entity, framework, glossary, lights, people  # noqa: F401  registering is what importing them does

admin.site.site_header = "Datos de la entidad"
admin.site.site_title = "Portal de planeación"
admin.site.index_title = "Qué puede consultar o cambiar"
admin.site.empty_value_display = "–"
