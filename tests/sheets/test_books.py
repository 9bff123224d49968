"""Workbooks: which sheet, hidden rows, merged and error cells, web pages under the name of a workbook, hostile files."""

import subprocess
import sys
import zipfile
from io import BytesIO
from textwrap import dedent

import pytest
import xlsxwriter

from cbs_desktop.errors import Unreadable
from cbs_desktop.sheets.read import read
from cbs_desktop.sheets.write import SheetPage, xlsx

HEAD = ("Names", "Sex", "Sector")


@pytest.fixture
def book(tmp_path):
    """A workbook of one sheet or several; its path."""

    def make(*sheets, after=None):
        path = tmp_path / "list.xlsx"
        with xlsxwriter.Workbook(path) as made:
            for name, rows in sheets:
                page = made.add_worksheet(name)
                for number, row in enumerate(rows):
                    page.write_row(number, 0, row)
                if after:
                    after(page)
        return path

    return make


ROWS = [HEAD, ("A B", "F", "Muhoza"), ("C D", "M", ""), ("E F", "F", "")]


def test_rows_that_the_spreadsheet_hides_are_read_and_known(book):
    sheet = read(book(("P", ROWS), after=lambda page: page.set_row(2, None, None, {"hidden": True})))  # fmt: skip
    assert (len(sheet.rows), sheet.hidden) == (3, (3,))
    assert [row[0] for row in sheet.without_hidden().rows] == ["A B", "", "E F"]


def test_the_value_of_merged_cells_is_carried_down_when_that_is_wished(book):
    sheet = read(book(("P", ROWS), after=lambda page: page.merge_range(1, 2, 3, 2, "Muhoza")))  # fmt: skip
    assert [row[2] for row in sheet.rows] == ["Muhoza", "", ""]
    assert sheet.merged == ((2, 2, 4, 2),)
    carried = sheet.carried_down()
    assert [row[2] for row in carried.rows] == ["Muhoza"] * 3 and carried.merged == ()


def test_merged_cells_below_titles_stay_with_their_rows(book):
    rows = [("List of Muhoza",), (), *ROWS]
    sheet = read(book(("P", rows), after=lambda page: page.merge_range(3, 2, 5, 2, "Muhoza")))  # fmt: skip
    assert sheet.first_row == 4
    assert [row[2] for row in sheet.carried_down().rows] == ["Muhoza"] * 3


def test_error_cells_are_not_taken_for_empty(book):
    def errors(page):
        page.write_formula(1, 2, "=NA()", value="#N/A")

    sheet = read(book(("P", ROWS), after=errors))
    assert sheet.rows[0] == ("A B", "F", "#N/A")


def test_a_sheet_is_chosen_by_name_and_all_names_are_known(book):
    path = book(("Old & new", ROWS), ("<2026>", [HEAD, ("X Y", "F", "Cyuve")]))
    assert read(path).names == ("Old & new", "<2026>")
    second = read(path, "<2026>")
    assert (second.name, second.rows) == ("<2026>", [("X Y", "F", "Cyuve")])
    with pytest.raises(Unreadable) as raised:
        read(path, "Nothing")
    assert raised.value.facts["kind"] == "no sheet"


def test_the_row_of_the_heads_can_be_given(book):
    rows = [("Cell A", "Cell B", "Cell C"), ("List", "of", "people"), *ROWS]
    path = book(("P", rows))
    assert read(path).header == rows[0]
    given = read(path, heading_row=3)
    assert (given.header, given.first_row, len(given.rows)) == (HEAD, 4, 3)
    with pytest.raises(Unreadable):
        read(path, heading_row=40)


def test_heads_of_several_lines_are_one_text(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('"Names\nof people";Sex;"Date\r\nof birth"\nA B;F;1990\n')
    assert read(path).header == ("Names of people", "Sex", "Date of birth")


PAGE = """<html><head><style>td {x: y}</style></head><body><table border=1><tr><th>Menu</th></tr></table>
<TABLE><tr><th>Names</th><th>Sex</th><th colspan=2>Place</th></tr>
<tr><td>A &amp; B</td><td>F</td><td rowspan=2>Musanze</td><td>Muhoza</td></tr>
<tr><td>C<br>D<td>M</td><td>Cyuve</td></tr></TABLE></body></html>"""
XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="P"><Table><Row><Cell><Data ss:Type="String">Names</Data></Cell><Cell><Data>Sex</Data></Cell>
<Cell><Data>Sector</Data></Cell></Row><Row><Cell><Data>A B</Data></Cell><Cell ss:Index="3"><Data>Muhoza</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_a_web_page_under_the_name_of_a_workbook(tmp_path):
    path = tmp_path / "list.xls"
    path.write_text(PAGE, "utf-8")
    sheet = read(path)
    assert sheet.header == ("Names", "Sex", "Place", "")
    assert sheet.rows == [
        ("A & B", "F", "Musanze", "Muhoza"),
        ("C D", "M", "", "Cyuve"),
    ]


def test_a_workbook_in_one_xml_file(tmp_path):
    path = tmp_path / "list.xls"
    path.write_text(XML, "utf-8")
    sheet = read(path)
    assert (sheet.header, sheet.rows) == (HEAD, [("A B", "", "Muhoza")])


@pytest.mark.parametrize("text", ["<html><body>Please sign in</body></html>", "<"])
def test_a_web_page_without_a_table_is_said_in_words(tmp_path, text):
    path = tmp_path / "list.xls"
    path.write_text(text)
    with pytest.raises(Unreadable) as raised:
        read(path)
    assert raised.value.facts["kind"] == "no rows"


# Hostile files. Each is read by a process of its own, that may not take more than 500 MB nor 10 seconds.
READER = dedent("""
    import sys, time
    from pathlib import Path
    from cbs_desktop.errors import Unreadable
    from cbs_desktop.sheets.read import read
    began = time.monotonic()
    try:
        said = len(read(Path(sys.argv[1])).rows)
    except Unreadable as problem:
        said = problem.facts["kind"]
    status = Path("/proc/self/status").read_text()
    most = int(status.split("VmHWM:")[1].split()[0]) // 1024
    print(said, time.monotonic() - began < 10, most < 500)
""")
EMPTY_ROW = '<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>'  # fmt: skip


def changed(inside):
    """A workbook whose sheet ends with something else."""
    whole = BytesIO()
    usual = zipfile.ZipFile(BytesIO(xlsx([SheetPage("P", HEAD, [("A B", "F", "X")])])))
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for part in usual.namelist():
            content = usual.read(part)
            if part.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", inside + b"</sheetData>")
            made.writestr(part, content)
    return whole.getvalue()


def zeros():
    packed = BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(600):
            sheet.write(bytes(1_000_000))
    return packed.getvalue()


def styled_rows():
    return changed("".join(EMPTY_ROW.format(n=n) for n in range(3, 1_048_577)).encode())


HOSTILE = {
    "the last cell": (lambda: changed(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too big"),
    "the last cell, unnamed": (lambda: changed(b'<row r="1048576">' + b"<c><v>1</v></c>" * 500 + b"</row>"), "too big"),
    "the last row": (lambda: changed(b'<row r="200000"><c r="A200000"><v>1</v></c></row>'), "too many rows"),
    "zeros": (zeros, "too big"),
    "styled rows": (styled_rows, "1"),
    "cut": (lambda: styled_rows()[:-2_000], "damaged"),
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_takes_neither_time_nor_memory(tmp_path, kind):
    make, said = HOSTILE[kind]
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(make())
    command = [sys.executable, "-c", READER, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == f"{said} True True", done.stderr[-500:]
