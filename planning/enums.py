"""Closed lists of this app. Their labels are what people read."""

from django.db import models


class Role(models.TextChoices):
    """What a membership lets a person do in one entity; `rules.py` says what each role may."""

    ADMINISTRATOR = "administrator", "Administración"
    PLANNING = "planning", "Planeación"
    LEADER = "leader", "Líder de política o enlace"
    COMMITTEE = "committee", "Comité de gestión y desempeño"
    AUDITOR = "auditor", "Control interno"


AUDIT_READERS = (Role.ADMINISTRATOR, Role.PLANNING, Role.COMMITTEE, Role.AUDITOR)


class EntityKind(models.TextChoices):
    MUNICIPALITY = "alcaldia", "Alcaldía"
    DISTRICT = "distrito", "Alcaldía distrital"
    COUNCIL = "concejo", "Concejo"
    GOVERNORATE = "gobernacion", "Gobernación"
    ASSEMBLY = "asamblea", "Asamblea"
    OMBUDSMAN = "personeria", "Personería"
    DECENTRALISED = "descentralizada", "Entidad descentralizada"
    HOSPITAL = "ese", "Empresa social del Estado"
    OTHER = "otra", "Otra entidad pública"


class OfficeKind(models.TextChoices):
    SECRETARIAT = "secretaria", "Secretaría"
    DIRECTORATE = "direccion", "Dirección"
    OFFICE = "oficina", "Oficina"
    DEPARTMENT = "departamento", "Departamento administrativo"
    COMMITTEE = "comite", "Comité"
    CORPORATION = "corporacion", "Corporación"
    UNIT = "unidad", "Unidad o grupo"
    OTHER = "otra", "Otra dependencia"


class FrameworkKind(models.TextChoices):
    """What a strategic framework is, so that a promise is not shown as an adopted plan."""

    DEVELOPMENT_PLAN = "plan-desarrollo", "Plan de desarrollo adoptado"
    DIRECTION = "direccionamiento", "Direccionamiento estratégico institucional"
    GOVERNMENT_PROGRAMME = "programa-gobierno", "Programa de gobierno de la candidatura"


class DataLicence(models.TextChoices):
    """Open licences for data, by their SPDX names."""

    CC_BY = "CC-BY-4.0", "Creative Commons Atribución 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "Creative Commons Atribución-CompartirIgual 4.0"
    CC0 = "CC0-1.0", "Creative Commons CC0 1.0, dominio público"
