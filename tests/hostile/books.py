"""Hostile workbooks: XLSX and ODS made by hand, each with one thing that no spreadsheet program writes."""

import zipfile
from io import BytesIO

from cbs_desktop.sheets.write import SheetPage, xlsx

HEAD = ("Own name", "Sex", "Birth year", "District", "Sector")
GOOD = xlsx(
    [SheetPage("People", HEAD, [("KEZA Aline", "F", 1980, "Musanze", "Muhoza")])]
)
FAR = "XFD1048576"  # the last cell of a sheet
LAUGHS = (
    '<!DOCTYPE s [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
OUTSIDE = '<!DOCTYPE s [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'
_MEGABYTE = 1_000_000


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """A zip file of parts by name; a part may be an iterable of pieces."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as book:
        for name, content in parts.items():
            if isinstance(content, str | bytes):
                book.writestr(name, content)
                continue
            with book.open(name, "w", force_zip64=True) as part:
                for piece in content:
                    part.write(piece.encode() if isinstance(piece, str) else piece)
    return out.getvalue()


def changed(**parts):
    """The good workbook with other parts: sheet=, strings=, book=, links=, styles=."""
    names = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "book": "xl/workbook.xml",
        "links": "xl/_rels/workbook.xml.rels",
        "styles": "xl/styles.xml",
    }
    with zipfile.ZipFile(BytesIO(GOOD)) as whole:
        found = {name: whole.read(name) for name in whole.namelist()}
    for key, content in parts.items():
        found[names[key]] = content
    return packed(found)


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows(*lines, after=""):
    """A sheet of rows of cells, and what stands below them."""
    told = "".join(lines)
    return f"<worksheet><sheetData>{told}</sheetData>{after}</worksheet>"


def row(number, *cells):
    return f'<row r="{number}">{"".join(cells)}</row>'


def heads():
    cells = [cell(f"{chr(65 + n)}1", head) for n, head in enumerate(HEAD)]
    return row(1, *cells) + row(2, *(cell(f"{x}2", "Aline F") for x in "ABCDE"))


def repeated(start, piece, times, end):
    """Many of one piece, without holding them."""
    yield start
    for _ in range(times // 1000):
        yield piece * 1000
    yield end


def far(place=FAR):
    last = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return changed(sheet=rows(heads(), row(last, cell(place, "x"))))


def merged(*areas):
    told = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return changed(sheet=rows(heads(), after=f"<mergeCells>{told}</mergeCells>"))


def overlapping_merges():
    people = "".join(row(n, cell(f"A{n}", f"Name {n}")) for n in range(3, 20_000))
    areas = "".join(f'<mergeCell ref="A{n}:E19999"/>' for n in range(2, 5_000))
    after = f"<mergeCells>{areas}</mergeCells>"
    return changed(sheet=rows(heads(), people, after=after))


def deep(depth):
    return changed(sheet="<a>" * depth + "</a>" * depth)


def lying_directory():
    """The directory says that every part is a few bytes."""
    content = bytearray(changed(sheet=rows(heads()) + " " * (50 * _MEGABYTE)))
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 24 : at + 28] = (100).to_bytes(4, "little")
        at += 4
    return bytes(content)


def shifted_directory(by):
    content = bytearray(GOOD)
    end = content.rindex(b"PK\x05\x06")
    start = int.from_bytes(content[end + 16 : end + 20], "little")
    content[end + 16 : end + 20] = ((start + by) % (1 << 32)).to_bytes(4, "little")
    return bytes(content)


def overlapping_parts(times):
    """Many names for the same compressed bytes."""
    content = packed({"a": bytes(20 * _MEGABYTE)})
    start = content.index(b"PK\x01\x02")
    entry = content[start : content.rindex(b"PK\x05\x06")]
    end = bytearray(content[content.rindex(b"PK\x05\x06") :])
    end[8:12] = times.to_bytes(2, "little") * 2
    end[12:16] = (len(entry) * times).to_bytes(4, "little")
    return content[:start] + entry * times + bytes(end)


def locked_part():
    content = bytearray(GOOD)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := content.find(sign, at)) >= 0:
            content[at + offset] |= 1
            at += 4
    return bytes(content)


def many_sheets(count):
    told = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(count))  # fmt: skip
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return changed(
        book=f'<workbook xmlns:r="{space}"><sheets>{told}</sheets></workbook>'
    )


def unnamed_cells():
    """Rows of 16,384 cells that do not say which they are."""
    line = "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"
    return changed(sheet=repeated("<worksheet><sheetData>" + heads(), line, 2000, "</sheetData></worksheet>"))  # fmt: skip


def long_cells():
    """Cells of as many digits, dashes and slashes as a cell may have."""
    texts = ("1" * 32_000, "1/" * 16_000, "a " * 16_000, "-" * 32_000, "é" * 32_000)
    lines = []
    for number in range(2, 60):
        cells = (cell(f"{x}{number}", texts[(number + n) % 5]) for n, x in enumerate("ABCDE"))  # fmt: skip
        lines.append(row(number, *cells))
    return changed(sheet=rows(heads()[: heads().index('<row r="2">')], *lines))


def ods(body, space=""):
    """An ODS workbook with these rows."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?>{space}<office:document-content xmlns:office="{urn}:office:1.0" '
        f'xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0"/>'
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})  # fmt: skip


def ods_cell(text, times=""):
    more = f' table:number-columns-repeated="{times}"' if times else ""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*cells, times=""):
    more = f' table:number-rows-repeated="{times}"' if times else ""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


GOOD_ODS = ods(
    ods_row(*map(ods_cell, HEAD))
    + ods_row(*map(ods_cell, ("KEZA Aline", "F", "1980", "Musanze", "Muhoza")))
)
_ODS_HEAD = ods_row(*map(ods_cell, HEAD))
_BIG = str(1 << 30)

ODS = {
    "rows-2-30": lambda: ods(_ODS_HEAD + ods_row(ods_cell("x"), times=_BIG)),
    "columns-2-30": lambda: ods(_ODS_HEAD + ods_row(ods_cell("x", _BIG))),
    "both-2-30": lambda: ods(_ODS_HEAD + ods_row(ods_cell("x", _BIG), times=_BIG)),
    "blank-rows-then-one": lambda: ods(_ODS_HEAD + ods_row(ods_cell(""), times=_BIG) + ods_row(ods_cell("x"))),
    "blank-columns-then-one": lambda: ods(_ODS_HEAD + ods_row(ods_cell("", _BIG), ods_cell("x"))),
    "rows-negative": lambda: ods(_ODS_HEAD + ods_row(ods_cell("x"), times="-5")),
    "rows-too-many-digits": lambda: ods(_ODS_HEAD + ods_row(ods_cell("x"), times="9" * 400)),
    "rows-million": lambda: ods(_ODS_HEAD + ods_row(*[ods_cell("x" * 50)] * 5, times="1048576")),
    "columns-16384-rows-5000": lambda: ods(_ODS_HEAD + ods_row(ods_cell("x", "16384"), times="5000")),
    "many-repeats": lambda: ods(_ODS_HEAD + ods_row(ods_cell("x", "10000"), times="1000") * 300),
    "laughs": lambda: ods(ods_row(ods_cell("&l11;")), LAUGHS),
    "outside": lambda: ods(ods_row(ods_cell("&l11;")), OUTSIDE),
    "deep": lambda: ods("<text:p>" * 100_000 + "</text:p>" * 100_000),
    "bomb": lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": repeated("<a>", " " * 100, 8 * _MEGABYTE, "</a>")}),
    "no-content": lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
}  # fmt: skip

XLSX = {
    "far-cell": far,
    "far-column": lambda: far("XFD3"),
    "far-row": lambda: far("A1048576"),
    "beyond": lambda: far("ZZZZZZ99999999"),
    "row-2-32": lambda: far("A4294967296"),
    "row-0": lambda: far("A0"),
    "far-unnamed": lambda: changed(sheet=rows(heads(), f'<row r="1048576">{"<c/>" * 16383}<c><v>1</v></c></row>')),
    "merge-all": lambda: merged(f"A1:{FAR}"),
    "merge-backwards": lambda: merged("E9:A2", "A9:A2"),
    "merge-100000": lambda: merged(*(f"A{n}:E{n}" for n in range(2, 100_002))),
    "merge-overlapping": overlapping_merges,
    "bomb-sheet": lambda: changed(sheet=repeated("<worksheet>", " " * 100, 8 * _MEGABYTE, "</worksheet>")),
    "bomb-strings": lambda: changed(strings=repeated("<sst>", "<si><t>abcdefgh</t></si>" * 10, _MEGABYTE, "</sst>")),
    "bomb-below-limit": lambda: changed(strings=repeated("<sst>", "<si><t>a</t></si>", 15 * _MEGABYTE, "</sst>")),
    "bomb-elsewhere": lambda: packed({f"xl/{n}.xml": bytes(100 * _MEGABYTE) for n in range(5)}),
    "zip-in-zip": lambda: packed({"xl/workbook.xml": GOOD, "a.xlsx": GOOD}),
    "no-directory": lambda: GOOD[: GOOD.rindex(b"PK\x05\x06")],
    "directory-lies": lying_directory,
    "directory-shifted": lambda: shifted_directory(99),
    "directory-far": lambda: shifted_directory((1 << 32) - 5),
    "parts-overlap": lambda: overlapping_parts(1000),
    "locked-part": locked_part,
    "no-parts": lambda: packed({}),
    "no-book": lambda: packed({"xl/worksheets/sheet1.xml": rows(heads())}),
    "up-and-out": lambda: packed({"../../../../tmp/x": "x", "/etc/x": "x", "xl/workbook.xml": "<workbook/>"}),
    "deep": lambda: deep(200_000),
    "deep-millions": lambda: deep(5 * _MEGABYTE),
    "attributes": lambda: changed(sheet="<worksheet " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>"),
    "long-name": lambda: changed(sheet=f"<{'a' * 5_000_000}/>"),
    "laughs-sheet": lambda: changed(sheet=LAUGHS + rows(row(1, cell("A1", "&l11;")))),
    "laughs-strings": lambda: changed(strings=f"{LAUGHS}<sst><si><t>&l11;</t></si></sst>"),
    "laughs-book": lambda: changed(book=f"{LAUGHS}<workbook>&l11;</workbook>"),
    "outside-strings": lambda: changed(strings=f"{OUTSIDE}<sst><si><t>&l11;</t></si></sst>"),
    "styled-million": lambda: changed(sheet=repeated("<worksheet><sheetData>" + heads(), '<row s="1"/>', _MEGABYTE, "</sheetData></worksheet>")),
    "hidden-million": lambda: changed(sheet=repeated("<worksheet><sheetData>" + heads(), '<row r="9" hidden="1"/>', _MEGABYTE, "</sheetData></worksheet>")),
    "unnamed-cells": unnamed_cells,
    "one-column-million": lambda: changed(sheet=repeated("<worksheet><sheetData>" + heads(), "<row><c><v>1</v></c></row>", _MEGABYTE, "</sheetData></worksheet>")),
    "string-huge": lambda: changed(sheet=rows(heads(), row(3, cell("A3", "a" * (50 * _MEGABYTE))))),
    "string-index": lambda: changed(sheet=rows(heads(), row(3, '<c r="A3" t="s"><v>4294967295</v></c><c r="B3" t="s"><v>-1</v></c>'))),
    "numbers": lambda: changed(sheet=rows(heads(), row(3, '<c r="A3"><v>1e999</v></c><c r="B3"><v>nan</v></c><c r="C3" s="1"><v>1e300</v></c><c r="D3"><v>-99999999</v></c>'))),
    "days": lambda: changed(sheet=rows(heads(), row(3, '<c r="A3" t="d"><v>99999-99-99T99:99:99</v></c><c r="B3" t="d"><v>0000-00-00</v></c>'))),
    "styles-million": lambda: changed(styles=repeated("<styleSheet><cellXfs>", '<xf numFmtId="14"/>', _MEGABYTE, "</cellXfs></styleSheet>")),
    "sheets-20000": lambda: many_sheets(20_000),
    "nul": lambda: changed(sheet="\0" * 10_000),
    "utf-16": lambda: changed(sheet=rows(heads()).encode("utf-16")),
    "wrong-encoding": lambda: changed(sheet=b'<?xml version="1.0" encoding="utf-7"?>' + rows(heads()).encode() + b"\xff\xfe"),
    "links-circle": lambda: changed(links='<Relationships><Relationship Id="rId1" Target="workbook.xml"/></Relationships>'),
    "links-out": lambda: changed(links='<Relationships><Relationship Id="rId1" Target="../../../../etc/passwd"/></Relationships>'),
    "formulas": lambda: changed(sheet=rows(heads(), row(3, '<c r="A3"><f>1/0</f></c>'))),
    "formula-deep": lambda: changed(sheet=rows(heads(), row(3, f'<c r="A3"><f>{"(" * 500_000}</f><v>1</v></c>'))),
    "long-cells": long_cells,
    "stored": lambda: packed({"xl/workbook.xml": bytes(59 * _MEGABYTE)}, zipfile.ZIP_STORED),
}  # fmt: skip
