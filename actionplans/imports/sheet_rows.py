"""The rows of a worksheet that openpyxl has open, as the file holds them: only the cells that are there."""

from collections.abc import Iterator

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.worksheet._reader import WorkSheetParser

from actionplans.imports.grid import position


def rows_of(worksheet, garbled: set[tuple[int, int]]) -> Iterator[tuple[int, list[ReadOnlyCell]]]:
    """The number and the cells of each row, in order; a malformed cell is empty and is added to `garbled`."""
    book = worksheet.parent
    with worksheet._get_source() as source:
        # What ReadOnlyWorksheet does, but for the empty cells that it makes up and its errors.
        parser = _Parser(
            source,
            worksheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        parser.garbled = garbled
        for number, cells in parser.parse():
            yield number, [ReadOnlyCell(worksheet, **cell) for cell in cells]


class _Parser(WorkSheetParser):
    """openpyxl's parser, for which one malformed value is the end of the whole file."""

    garbled: set[tuple[int, int]]

    def parse_cell(self, element) -> dict:
        try:
            cell = super().parse_cell(element)
        except (ValueError, OverflowError, TypeError):
            row, column = position(element.get("r") or "") or (self.row_counter, self.col_counter)
            cell = {"row": row, "column": column, "style_id": 0}
        else:
            if cell["data_type"] != "e" or element.get("t") == "e":
                return cell
        self.garbled.add((cell["row"], cell["column"]))
        return {**cell, "value": None, "data_type": "n"}
