"""Reading by patterns gives what openpyxl gives, and leaves to it whatever is written in another way."""

import gc
import io
import warnings
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.reader.strings import read_string_table

from actionplans.collector import paused_collector
from actionplans.imports.opening import archive
from actionplans.imports.opening.deadline import NEVER
from actionplans.imports.opening.file_kind import Refused
from actionplans.imports.opening.shared_texts import shared_texts
from actionplans.imports.opening.workbook import _Book
from actionplans.imports.opening.xml_text import OddXml, unescaped
from actionplans.imports.reading import text

from . import hostile

WORKBOOKS = sorted((Path(__file__).parents[2] / "data" / "workbooks").iterdir())
FORMS = sorted((Path(__file__).parents[3] / "fixtures" / "forms").iterdir())


def by_patterns(data):
    """The sheets, and whether all of them were read by patterns."""
    book = _Book(data, NEVER)
    scans = archive.check(data, NEVER, book.reader)
    quick = all(scan.content is not None for scan in scans.values())
    return book.sheets(scans), quick


def by_openpyxl(data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _Book(data, NEVER).sheets(archive.check(data, NEVER))


def cells_of(body):
    """The cells of a sheet with these rows, read both ways; and whether the patterns took them."""
    data = hostile.with_sheet(body)
    [quick], taken = by_patterns(data)
    assert [quick] == by_openpyxl(data)
    return quick, taken


def row(*cells, number=1):
    return f'<row r="{number}">{"".join(cells)}</row>'


def rows(*cells):
    return f"<sheetData>{row(*cells)}</sheetData>"


@pytest.mark.parametrize("path", WORKBOOKS + FORMS, ids=lambda path: path.stem)
def test_every_workbook_of_the_corpus_reads_the_same_both_ways(path):
    data = path.read_bytes()
    sheets, quick = by_patterns(data)
    assert quick
    assert sheets == by_openpyxl(data)


VALUES = st.one_of(
    st.none(), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12), st.integers(),
    st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.sampled_from([" ", "a\nb", "<&>'", "=1"]),
)  # fmt: skip
FORMATS = st.sampled_from(
    [{}, {"border": 1}, {"bg_color": "#92D050"}, {"num_format": "0%"}, {"num_format": "d/m/yy"}]
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 20), st.integers(0, 30)), st.tuples(VALUES, FORMATS), max_size=25))
def test_whatever_a_program_writes_reads_the_same_both_ways(cells):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Plan")
    for (at, column), (value, style) in cells.items():
        sheet.write(at, column, value, book.add_format(style))
    book.close()
    sheets, quick = by_patterns(file.getvalue())
    assert quick or not cells
    assert sheets == by_openpyxl(file.getvalue())


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>12</v></c>', 12),
        ('<c r="A1" t="n"><v>1.5E3</v></c>', 1500.0),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="d"><v>2025-02-03</v></c>', None),
        ('<c r="A1" t="str"><f>B1&amp;C1</f><v>a &lt; b &#243; &#xF3;</v></c>', "a < b ó ó"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> dos\r\nlíneas </t></is></c>', " dos\nlíneas "),
        ('<c r="A1"><v></v></c>', None),
        ('<c r="A1" t="inlineStr"></c>', None),
        ('<c r="A1" t="inlineStr"><is><t> </t></is></c>', None),
    ],
)
def test_each_kind_of_value_is_read_by_patterns(cell, value):
    sheet, taken = cells_of(rows(cell))
    assert taken
    if 't="d"' not in cell:
        assert sheet.own(1, 1).value == value


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>NaN</v></c>',
        '<c r="A1"><v>uno</v></c>',
        '<c r="A1" t="d"><v>0000-01-99</v></c>',
        '<c r="A1" t="b"><v>sí</v></c>',
    ],
)
def test_a_malformed_value_is_garbled(cell):
    sheet, taken = cells_of(rows(cell))
    assert (taken, sheet.garbled, sheet.cells) == (True, {(1, 1)}, {})


def test_a_formula_without_a_result_is_unknown():
    formulas = ("<f>B1</f>", '<f t="shared" ref="A1:A2" si="0"/>', "<f>B1</f><v/>", "<f>B1</f><v></v>")
    for formula in formulas:
        sheet, taken = cells_of(rows(f'<c r="A1">{formula}</c>'))
        assert (taken, sheet.unknown) == (True, {(1, 1)})
    assert cells_of(rows('<c r="A1" t="str"><f>B1</f><v></v></c>'))[0].unknown == frozenset()


@pytest.mark.parametrize(
    "body",
    [
        rows("<c><v>1</v></c>"),
        rows('<c t="n" r="A1"><v>1</v></c>'),
        rows("<c r='A1'><v>1</v></c>"),
        rows('<c r="A1">\n<v>1</v></c>'),
        rows('<c r="A1"><!-- nota --><v>1</v></c>'),
        rows('<c r="A1"><v><![CDATA[1]]></v></c>'),
        rows('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>'),
        rows('<c r="A1" t="inlineStr"><is><t>a</t></is><v>1</v></c>'),
        rows('<c r="A2"><v>1</v></c>'),
        rows('<c r="A1" cm="1"><v>1</v></c>'),
        "<sheetData><row><c><v>1</v></c></row></sheetData>",
        "<sheetData/>",
        "<!-- <sheetData> --><sheetData></sheetData>",
    ],
)
def test_what_is_written_otherwise_is_left_to_openpyxl(body):
    assert not cells_of(body)[1]


def test_rows_may_be_empty_and_far_empty_cells_are_not_read():
    far = '<c r="XFD1048576" s="0"/>'
    written = row('<c r="B2"><v>5</v></c>', number=2)
    body = f'<row r="1" spans="1:3"/>{written}{row(far, number=1048576)}'
    sheet, taken = cells_of(f"<sheetData>{body}</sheetData>")
    assert (taken, sheet.cells.keys()) == (True, {(2, 2)})


def test_what_stands_around_the_rows_is_followed_like_any_xml():
    merges = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    sheet, taken = cells_of(rows('<c r="A1"><v>1</v></c>') + merges)
    assert (taken, sheet.merges) == (True, [(1, 1, 2, 2)])
    with pytest.raises(Refused):
        by_patterns(hostile.with_sheet(rows('<c r="A1"><v>1</v></c>') + "<mergeCells>"))
    with pytest.raises(Refused, match="DTD"):
        by_patterns(hostile.with_sheet(rows('<c r="A1"><v>1</v></c>'), before='<!DOCTYPE w [<!ENTITY a "b">]>'))


def test_text_that_is_no_xml_is_refused_either_way():
    for broken in ("\x01", "&nada;", "&#1;", "&"):
        with pytest.raises(Refused):
            by_patterns(hostile.with_sheet(rows(f'<c r="A1" t="str"><v>{broken}</v></c>')))


def test_a_sheet_longer_than_a_piece_is_read_whole():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    for number in range(9_000):
        sheet.append([number, f"Texto de la fila {number}", None, "x" * (number % 50)])
    data = hostile.saved(book)
    [quick], taken = by_patterns(data)
    assert taken
    assert len(data) > 0
    assert [quick] == by_openpyxl(data)


def test_a_row_longer_than_any_token_is_left_to_openpyxl(monkeypatch):
    monkeypatch.setattr("actionplans.imports.opening.sheet_text.MAX_TOKEN_BYTES", 1_000)
    monkeypatch.setattr(archive, "_CHUNK", 500)
    long = rows(f'<c r="A1" t="str"><v>{"a" * 3_000}</v></c>')
    assert not cells_of(long)[1]


def test_the_limit_of_cells_counts_the_empty_ones(monkeypatch):
    monkeypatch.setattr("actionplans.imports.opening.sheet_text.MAX_CELLS", 3)
    with pytest.raises(Refused, match="demasiadas celdas"):
        by_patterns(hostile.with_sheet(rows(*[f'<c r="{name}1"/>' for name in "ABCD"])))


SST = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2">{}</sst>'


@pytest.mark.parametrize(
    "items",
    [
        '<si><t>uno</t></si><si><t xml:space="preserve"> dos &amp; tres\r\n</t></si>',
        "<si><t>_x005F_uno</t></si><si><t></t></si>",
        "<si><r><t>ri</t></r><r><rPr><b/></rPr><t>co</t></r></si><si><t>dos</t></si>",
        '<si><t/></si><si><t>dos</t><phoneticPr fontId="1"/></si>',
        "",
    ],
)
def test_shared_texts_are_those_that_openpyxl_reads(items):
    xml = SST.format(items).encode()
    assert list(shared_texts(xml)) == read_string_table(io.BytesIO(xml))


@pytest.mark.parametrize("raw", [b"&nbsp;", b"&#0;", b"&#xD800;", b"&#99999999;", b"a & b"])
def test_no_character_is_made_of_what_is_none(raw):
    with pytest.raises(OddXml):
        unescaped(raw)


LETTERS = st.one_of(st.characters(max_codepoint=0x17F), st.sampled_from("()sS.- \n%#_°–“…\u0301ﬁ中"))


@settings(max_examples=500)
@given(st.text(LETTERS, max_size=20))
def test_texts_compare_the_same_however_quickly_they_are_normalised(printed):
    slowly = text._HYPHENATED.sub("", printed)
    slowly = text._OPTIONAL_PLURAL.sub(" ", slowly)
    slowly = text._INITIALS.sub(lambda found: found.group().replace(".", ""), slowly)
    assert text.normalise(printed) == text._letter_by_letter(slowly).strip()


def test_the_collector_is_paused_only_while_something_is_read():
    with paused_collector(), paused_collector():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), paused_collector():
        raise ValueError("x")
    assert gc.isenabled()
