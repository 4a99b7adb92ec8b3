"""What the preview of an import posts: the answers, checked one by one, put beside those given before.

Only what the page showed is posted, so every answer of another page of the same import stays.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Mapping

from actionplans.domain.merging.choosing import CANCEL, LEAVE, REMOVE, TAKE
from actionplans.imports.opening.grid import address, position
from actionplans.imports.reading.fiscal_year import FIRST, LAST
from actionplans.imports.reading.meanings import MEANINGS

NONE_OF_THEM = "-"
LONGEST = 2000
UNKEPT = frozenset({"Cc", "Cs"})
CODES = frozenset(code for code, _ in MEANINGS)
CHOICES = frozenset({TAKE, LEAVE, REMOVE, CANCEL})

OFFICE, REMEMBER, CELL, COLUMN = "oficina-", "recordar-", "celda-", "columna-"
ROW, REASON, FACT = "fila-", "motivo-", "dato-"


def mark_of(text: str) -> str:
    """The short name by which a printed text stands in the fields of the page."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def is_number(text: str) -> bool:
    """Whether the text is a number that Python and the database can hold."""
    return text.isdecimal() and len(text) <= 9


def clean_text(text: str) -> str:
    """The text without what no database keeps: control characters and halves of letters."""
    return "".join(letter for letter in text if letter in "\t\n\r" or unicodedata.category(letter) not in UNKEPT)


class Answers:
    """The posted fields over what the run had; `corrections` and `choices` are what it has then."""

    def __init__(self, post: Mapping[str, str], run, offices: Collection[str]):
        self._post = {clean_text(name): clean_text(value) for name, value in post.items()}
        self._run, self._offices = run, offices
        self.corrections = {
            "columns": self._columns(),
            "cells": self._cells(),
            "offices": self._office_answers(),
        }
        self.choices = {
            **run.choices,
            "rows": self._chosen(ROW, "rows"),
            "facts": self._chosen(FACT, "facts"),
            "reasons": self._reasons(),
            "forget": self._forgotten(),
            "cells": self._complaints(),
        }

    def year(self) -> int | None:
        text = self._post.get("year", str(self._run.year or "")).strip()
        return int(text) if is_number(text) and FIRST <= int(text) <= LAST else None

    def title(self) -> str:
        return " ".join(self._post.get("title", self._run.title).split())[:250]

    def sheet(self) -> str:
        """Another sheet of the file, if the person asked for one."""
        wanted = self._post.get("sheet", "")
        return wanted if wanted in self._run.found.get("sheets", ()) else self._run.sheet

    def _old(self, name: str) -> dict:
        return dict(self._run.corrections.get(name, {}))

    def _posted(self, prefix: str):
        return (
            (name.removeprefix(prefix), value) for name, value in self._post.items() if name.startswith(prefix)
        )

    def _columns(self) -> dict:
        """A column is corrected where the answer is not what it was taken for, or where that was but a guess."""
        kept = self._old("columns")
        guessed = not self._run.found.get("cells")
        shown = {str(column["index"]): column["code"] for column in self._run.found.get("columns", ())}
        for index, code in self._posted(COLUMN):
            if code in CODES and index in shown and (guessed or code != shown[index]):
                kept[index] = code
        return kept

    def _cells(self) -> dict:
        """Blank takes an earlier correction back."""
        kept = self._old("cells")
        for name, text in self._posted(CELL):
            if position(name) is None:
                continue
            if text.strip():
                kept[name] = text.strip()[:LONGEST]
            else:
                kept.pop(name, None)
        return kept

    def _complaints(self) -> dict:
        """What was said of each corrected cell and how a person finds it, to be shown beside the correction."""
        said = dict(self._run.choices.get("cells", {}))
        for problem in self._run.found.get("problems", ()):
            if problem["at"]:
                told = {"message": problem["message"], "cell": problem["cell"]}
                said.setdefault(address(*problem["at"]), told)
        return {name: said.get(name, {"message": "", "cell": name}) for name in self._cells()}

    def _office_answers(self) -> dict:
        kept = self._old("offices")
        for text, answer in self._asked(OFFICE):
            if answer == NONE_OF_THEM:
                kept[text] = None
            elif answer in self._offices:
                kept[text] = answer
            elif answer == "":
                kept.pop(text, None)
        return kept

    def _forgotten(self) -> list:
        """Names whose box was taken away; a box only counts where its question was on the page."""
        forgotten = set(self._run.choices.get("forget", ()))
        for text, _ in self._asked(OFFICE):
            forgotten.discard(text)
            if REMEMBER + mark_of(text) not in self._post:
                forgotten.add(text)
        return sorted(forgotten)

    def _asked(self, prefix: str):
        texts = {mark_of(question["text"]): question["text"] for question in self._run.found.get("questions", ())}
        return ((texts[mark], value) for mark, value in self._posted(prefix) if mark in texts)

    def _chosen(self, prefix: str, name: str) -> dict:
        posted = {token: choice for token, choice in self._posted(prefix) if choice in CHOICES}
        return {**self._run.choices.get(name, {}), **posted}

    def _reasons(self) -> dict:
        posted = {token: text.strip()[:LONGEST] for token, text in self._posted(REASON)}
        return {**self._run.choices.get("reasons", {}), **posted}
