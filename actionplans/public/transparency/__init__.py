"""The transparency page of a year as values: what was promised, how far it is, and which duties were met."""

from .page import TransparencyPage, transparency_page
from .years import years_of

__all__ = ["TransparencyPage", "transparency_page", "years_of"]
