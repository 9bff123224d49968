"""Files as they come on USB sticks: whole, cut, empty, locked, huge, or something else altogether."""

import zipfile
from io import BytesIO

import pytest

from cbs_desktop.errors import Unreadable
from cbs_desktop.problems import say
from cbs_desktop.sheets.read import read
from cbs_desktop.sheets.write import SheetPage, xlsx

BOOK = xlsx([SheetPage("People", ("Name", "Sex"), [("KEZA", "F"), ("=1+1", "M")])])


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", BOOK),
        ("a.csv", b"Name;Sex\nKEZA;F\n=1+1;M\n"),
        ("a.csv", "\ufeffName,Sex\nKEZA,F\n=1+1,M\n".encode()),
        ("a.csv", "Name\tSex\nKEZA\tF\n=1+1\tM\n".encode("utf-16")),
        ("a.csv", b"District report 2026\n\nName;Sex\r\nKEZA;F\r\n=1+1;M\r\n\r\n"),
    ],
)
def test_tables_of_every_kind_give_the_same_rows(put, name, content):
    found = read(put(name, content))
    assert found.header == ("Name", "Sex") and found.rows == [
        ("KEZA", "F"),
        ("=1+1", "M"),
    ]


def test_rows_keep_the_number_they_have_in_the_file(put):
    assert read(put("a.csv", b"Title of the list\n\nName;Sex\nKEZA;F\n")).first_row == 4


def test_letters_of_an_old_windows(put):
    assert read(put("a.csv", "Nom;Prénom\nKEZA;Béatrice\n".encode("cp1252"))).rows == [
        ("KEZA", "Béatrice")
    ]


def bomb():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for i in range(7):
            book.writestr(f"xl/{i}.xml", bytes(100_000_000))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xlsx", b"", "empty file"),
        ("a.csv", b"", "empty file"),
        ("a.xlsx", BOOK[: len(BOOK) // 2], "damaged"),
        ("a.xlsx", BOOK[:-30], "damaged"),
        ("a.xlsx", b"PK\x03\x04 nothing behind", "damaged"),
        ("a.xlsx", b"hello, I am a letter", "no rows"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected"),
        ("a.docx", BOOK, "not a sheet"),
        ("a.csv", b"MZ\x90\x00\x03\x00\x00\x00", "not a sheet"),
        ("a.csv", b"Name;Sex\n\n\n", "no rows"),
        ("a.csv", b"1;2\n3;4\n", "no rows"),
        ("a.xlsx", xlsx([SheetPage("Empty", ("Name", "Sex"), [])]), "no rows"),
        ("a.csv", b"Name;Sex\n" + b"KEZA;F\n" * 100_001, "too many rows"),
    ],
)
def test_what_cannot_be_used_is_said_in_words(put, name, content, kind):
    with pytest.raises(Unreadable) as raised:
        read(put(name, content))
    assert raised.value.facts["kind"] == kind
    assert name in str(say(raised.value)) and "Traceback" not in str(say(raised.value))


def test_a_bomb_is_refused_before_it_unpacks(put):
    with pytest.raises(Unreadable) as raised:
        read(put("a.xlsx", bomb()))
    assert raised.value.facts["kind"] == "too big"


def test_missing_files_and_folders(tmp_path):
    for path, kind in ((tmp_path / "no.xlsx", "missing"), (tmp_path, "not a sheet")):
        with pytest.raises(Unreadable) as raised:
            read(path)
        assert raised.value.facts["kind"] == kind


@pytest.mark.parametrize("at", range(0, len(BOOK), 97))
def test_a_changed_byte_anywhere_never_crashes(put, at):
    content = bytearray(BOOK)
    content[at] ^= 0xFF
    try:
        read(put("a.xlsx", bytes(content)))
    except Unreadable:
        return


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "<img src=x>", "http://example.org"]
)
def test_text_that_looks_like_a_formula_stays_text(put, text):
    content = xlsx([SheetPage("A", ("Name", "Sex"), [(text, "F")], notes=(text,))])
    assert read(put("a.xlsx", content)).rows[0][0] == text
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert not any(
            "hyperlink" in name or "externalLink" in name for name in book.namelist()
        )
