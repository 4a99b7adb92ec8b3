"""The check digit of a NIT, Colombia's tax number. Pure."""

import re

WEIGHTS = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)  # from the last digit to the first


def check_digit(number: str) -> int:
    """The digit that verifies `number`, digits alone, at most fifteen: weighted sum, modulo 11."""
    remainder = sum(int(digit) * weight for digit, weight in zip(reversed(number), WEIGHTS, strict=False)) % 11
    return remainder if remainder < 2 else 11 - remainder


def has_valid_check_digit(nit: str) -> bool:
    """Whether a NIT as people write it («891.900.493-2», dots or spaces anywhere) ends in its check digit."""
    digits = re.sub(r"[.\s-]", "", nit)
    is_number = digits.isascii() and digits.isdecimal() and 6 <= len(digits) <= 16
    return is_number and check_digit(digits[:-1]) == int(digits[-1])
