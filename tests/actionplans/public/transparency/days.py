"""Days as the tests of obligations write them."""

import datetime


def day(text):
    return datetime.date.fromisoformat(text)
