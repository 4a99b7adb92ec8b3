"""A downloaded workbook, filled as a person would by openpyxl: cells by the words of their column."""

import io

from openpyxl import load_workbook

from actionplans.imports.reading.offline_columns import FIRST_ROW, KEY_ROW, SHEET


class FilledBook:
    def __init__(self, content: bytes):
        self.book = load_workbook(io.BytesIO(content))
        self.sheet = self.book[SHEET]
        self.columns = {cell.value: cell.column for cell in self.sheet[KEY_ROW] if cell.value}

    @property
    def rows(self) -> range:
        return range(FIRST_ROW, self.sheet.max_row + 1)

    def cell(self, row: int, key: str):
        """`row` counts from 0: the first row of answers."""
        return self.sheet.cell(FIRST_ROW + row, self.columns[key])

    def fill(self, row: int, **answers):
        for key, value in answers.items():
            self.cell(row, key).value = value
        return self

    def copy_row(self, source: int, target: int):
        """As a person copies a whole row, with what is hidden in it."""
        for column in range(1, self.sheet.max_column + 1):
            cell, copy = (self.sheet.cell(FIRST_ROW + row, column) for row in (source, target))
            copy.value, copy.data_type = cell.value, cell.data_type  # «=Divulgar» is a text
        return self

    def content(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()
