"""Workbooks in: read → check → preview → apply. Everything here but `apply` is pure: no ORM, no Django."""

from actionplans.imports.reading.plan_form import read_plan

__all__ = ["read_plan"]
