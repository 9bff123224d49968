"""The proof list and the register on real pages: every name, room to tick, correct and sign; formula-safe as a sheet."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from cbs_desktop.certificates import list_documents, papers, queries
from cbs_desktop.certificates.list_documents import ProofGroup, RegisterEntry
from cbs_desktop.participants.choices import CATEGORIES
from cbs_desktop.programmes.queries import rounds
from cbs_desktop.sheets.read import read

ENTRIES = [
    RegisterEntry("MU-L1-2026A-0001", "=1+1", "Ituze", date(2026, 7, 3), "CBS1:ABC"),
    RegisterEntry(
        "MU-L1-2026A-0002",
        "KEZA " * 23 + "KEZA",
        "Ituze",
        date(2026, 7, 3),
        "",
        date(2026, 9, 1),
    ),
]


def pages(content):
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_names_are_read_group_by_group():
    groups = [
        ProofGroup(
            "Ituze",
            "Musanze",
            ("NYIRAMANA Francine", "MUSONI Anastase"),
            ("<b>KEZA</b> Aline", "W" * 120, "KEZA 😀"),
        ),
        ProofGroup("Umucyo", "", (), tuple(f"UWASE {n}" for n in range(60))),
    ]
    first, *more = pages(
        list_documents.proof_list(groups, "Musanze office", practice=True)
    )
    assert (
        "<b>KEZA</b> Aline" in first
        and "MUSONI Anastase" in first
        and "Signature" in first
        and "PRACTICE" in first
    )
    assert first.count("contains characters that cannot be printed") == 1
    assert "".join(first.split()).count("W") >= 120
    assert len(more) > 1 and all(f"UWASE {n}" in "\n".join(more) for n in range(60))
    assert "Signature" in more[-1] and pages(
        list_documents.proof_list([], "Musanze office")
    )


def test_the_register_has_a_line_to_sign_for_each():
    (page,) = pages(list_documents.register(ENTRIES, "Musanze office"))
    for words in (
        "MU-L1-2026A-0001",
        "=1+1",
        "03.07.2026",
        list_documents.short("CBS1:ABC"),
        "withdrawn 01.09.2026",
        "Signature",
    ):
        assert words in page
    assert "CBS1:" not in page and page.count("KEZA") == 24


def test_the_sheet_holds_the_whole_code_and_no_formula(tmp_path):
    (tmp_path / "register.xlsx").write_bytes(list_documents.register_sheet(ENTRIES))
    sheet = read(tmp_path / "register.xlsx")
    assert sheet.rows[0][1] == "=1+1" and sheet.rows[0][5] == "CBS1:ABC"
    from zipfile import ZipFile

    assert b"<f>" not in ZipFile(tmp_path / "register.xlsx").read(
        "xl/worksheets/sheet1.xml"
    )


def test_the_sheet_names_only_who_agrees_to_be_named(practice, tmp_path):
    round_id = practice.ask(rounds)[0].id
    register = practice.ask(queries.register, round_id)
    shared = [one for one in register if one.shared]
    assert 20 < len(shared) < len(register) / 2
    path = tmp_path / "register.xlsx"
    papers.write_around(practice, "certificate register", round_id, path)
    names = {row[0]: row[1] for row in read(path).rows}
    assert {one.number for one in shared} == {
        number for number, name in names.items() if name != "name not shared"
    }
    assert all(names[one.number] == one.name for one in shared)


def test_codes_are_told_apart_by_their_short_form():
    made = {list_documents.short(f"CBS1:{n}") for n in range(2000)}
    assert (
        len(made) == 2000
        and all(len(one) == 9 for one in made)
        and list_documents.short("") == ""
    )


def test_the_season_comes_with_both(practice, tmp_path):
    round_id = practice.ask(rounds)[0].id
    register = practice.ask(queries.register)
    proof = "\n".join(pages(papers.proof_list(practice, round_id)))
    assert all(one.name in " ".join(proof.split()) for one in register[::40])
    assert (
        not any(category in proof for category in CATEGORIES)
        and "Correctional" not in proof
    )
    for name in ("register.pdf", "register.xlsx"):
        papers.write_around(practice, "certificate register", round_id, tmp_path / name)
    sheet = read(tmp_path / "register.xlsx")
    assert [row[0] for row in sheet.rows] == [one.number for one in register] and all(
        row[5] for row in sheet.rows
    )
