"""A value of a table as CSV and as JSON write it. Pure."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

from .table import Value


def plain(value: Value) -> str:
    """As CSV writes it: figures without idle zeros, true or false, ISO dates, moments in UTC; None is nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, datetime.datetime):
        return f"{value.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def number(value: Decimal) -> str:
    """All its digits, without idle zeros and without an exponent."""
    value = value.normalize()
    return f"{value:f}" if value else "0"


def as_json(value: Value) -> str:
    """As JSON writes it: figures as numbers with all their digits, dates as texts."""
    if value is None:
        return "null"
    if isinstance(value, bool | int | Decimal):
        return plain(value)
    return json.dumps(plain(value), ensure_ascii=False)
