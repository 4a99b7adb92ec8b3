"""The cells of a worksheet as openpyxl reads them, only those that are there and whatever is malformed in one."""

from collections.abc import Iterator, Sequence
from typing import IO

from openpyxl.worksheet._reader import WorkSheetParser

from actionplans.imports.opening.grid import position


class Rows(WorkSheetParser):
    """openpyxl's parser, for which one malformed value is the end of the whole file."""

    def __init__(self, source: IO[bytes], texts: Sequence[str], book, garbled: set[tuple[int, int]]) -> None:
        """A malformed cell is empty and is added to `garbled`."""
        # What openpyxl's ReadOnlyWorksheet does, but for the empty cells that it makes up and its errors.
        super().__init__(
            source,
            texts,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self._garbled = garbled

    def __iter__(self) -> Iterator[tuple[tuple[int, int], int, object]]:
        """The place of each cell, the number of its style and its value."""
        for row, cells in self.parse():
            for cell in cells:
                yield (row, cell["column"]), cell["style_id"], cell["value"]

    def parse_cell(self, element) -> dict:
        try:
            cell = super().parse_cell(element)
        except (ValueError, OverflowError, TypeError):
            row, column = position(element.get("r") or "") or (self.row_counter, self.col_counter)
            cell = {"row": row, "column": column, "style_id": 0}
        else:
            if cell["data_type"] != "e" or element.get("t") == "e":
                return cell
        self._garbled.add((cell["row"], cell["column"]))
        return {**cell, "value": None, "data_type": "n"}
