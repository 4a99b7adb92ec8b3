"""Workbooks in: read → check → preview → apply. Everything here but `apply` is pure: no ORM, no Django."""
