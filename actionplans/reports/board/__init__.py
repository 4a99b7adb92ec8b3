"""The dashboard of follow-up as values: the page, the printed report and the PDF show the same ones."""

from .board import Board, board_of
from .subject import Subject

__all__ = ["Board", "Subject", "board_of"]
