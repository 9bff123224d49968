"""Text files in old encodings, and accents that were encoded twice."""

import pytest

from cbs_desktop.sheets import letters
from cbs_desktop.sheets.read import read

TEXT = "Prénom et nom;N° carte d’identité;Lieu\nBéatrice Mukamana;1;Forêt\nThéogène Habimana;2;Île\nFrançois Kana;3;Noël\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16", "utf-16-le", "utf-16-be"],
)  # fmt: skip
def test_accents_are_read_whatever_program_wrote_them(tmp_path, encoding):
    path = tmp_path / "list.csv"
    text = TEXT.replace("’", "'") if encoding == "cp850" else TEXT
    path.write_bytes(text.encode(encoding))
    sheet = read(path)
    assert sheet.header[0] == "Prénom et nom" and sheet.header[1].endswith("identité")
    assert [row[0] for row in sheet.rows] == [
        "Béatrice Mukamana",
        "Théogène Habimana",
        "François Kana",
    ]
    assert [row[2] for row in sheet.rows] == ["Forêt", "Île", "Noël"]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_names_in_capitals_keep_their_accents(encoding):
    text = "NOM;PRÉNOM\nMUKAMANA;BÉATRICE\nHABIMANA;THÉOGÈNE\n"
    assert letters.decode(text.encode(encoding)) == text


def test_what_is_no_text_is_not_taken_for_utf_16():
    assert letters.decode(bytes(range(256)) * 8) is None
    assert letters.decode(b"MZ\x90\x00\x03\x00\x00\x00") is None


@pytest.mark.parametrize(
    "text", ["José", "carte d'identité", "l’école", "Noël", "GARÇON", "“Île”"]
)
def test_accents_that_were_encoded_twice_are_mended(text):
    broken = "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in text.encode()
    )  # fmt: skip
    assert broken != text and letters.repaired(broken) == text
    assert letters.repaired(text) == text


@pytest.mark.parametrize("text", ["Âge", "SÃO", "Ânes et Îles", "ÉCOLE N° 4", "5 €"])
def test_letters_that_only_look_broken_stay(text):
    assert letters.repaired(text) == text


def test_how_many_cells_were_mended_is_known(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text("PrÃ©nom;Sexe\nJosÃ©;M\nAline;F\nBÃ©atrice;F\n", "utf-8")
    sheet = read(path)
    assert sheet.header == ("Prénom", "Sexe") and sheet.repaired == 2
    assert [row[0] for row in sheet.rows] == ["José", "Aline", "Béatrice"]
