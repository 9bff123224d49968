"""The papers of a season, read back: names, numbers, codes; nothing sensitive."""

import json
import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from cbs_desktop.certificates import code_reader, documents, papers, queries
from cbs_desktop.certificates.looks import Look
from cbs_desktop.certificates.rules import Printable, Signer
from cbs_desktop.participants.choices import CATEGORIES
from cbs_desktop.programmes.queries import rounds
from cbs_desktop.season import papers as season_papers
from cbs_desktop.sheets.read import read

ONE = Printable(
    "MU-1",
    "MUKAMANA Alice",
    "",
    13,
    15,
    date(2026, 2, 16),
    date(2026, 6, 29),
    date(2026, 7, 3),
    "Musanze",
    "CBS1:ABC",
)
SHEET = documents.PrintSettings(
    "Musanze office", (Signer("A", "Director"), Signer("B", "Mayor"))
)


def text_of(content, page=0):
    return PdfReader(BytesIO(content)).pages[page].extract_text()


def test_the_whole_season_on_paper(practice, tmp_path):
    round_id = practice.ask(rounds)[0].id
    made = season_papers.write_season(practice, round_id, tmp_path / "papers")
    with pypdfium2.PdfDocument(
        made["certificates"]
    ) as document:  # much quicker than pypdf where a page has a design
        certificates = [page.get_textpage().get_text_range() for page in document]
    register = practice.ask(queries.register)
    assert len(certificates) == 836
    assert register[0].number in certificates[0] and register[0].name in certificates[0]
    assert len(PdfReader(made["registers"]).pages) == 62
    sheet = read(tmp_path / "papers" / "graduation.xlsx")
    total = next(row for row in sheet.rows if row[0] == "Total")
    assert total[1:4] == (836, 489, 347)
    everything = " ".join(
        page.extract_text()
        for path in (made["registers"], made["report"])
        for page in PdfReader(path).pages
    )
    everything += " ".join(certificates)
    assert not any(category in everything for category in CATEGORIES)
    assert "Correctional" not in " ".join(certificates)


def test_codes_are_read_from_the_page_and_are_genuine(practice, tmp_path):
    ids = [one.id for one in practice.ask(queries.register)][:3]
    content = papers.render(
        practice, [printable for _i, printable in practice.ask(queries.printable, ids)]
    )
    path = tmp_path / "three.pdf"
    path.write_bytes(content)
    verdicts = [practice.ask(queries.verdict, text) for text in code_reader.find(path)]
    assert [one.state for one in verdicts] == ["genuine"] * 3
    assert verdicts[0].facts.name == practice.ask(queries.register)[0].name


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x>",
        "& Söhne <b>",
        "=1+1",
        "X" * 80,
        "UWIMANA " * 9 + "Z",
        "Ne\u0301e Console\u0301e",
        "MUKA\u202eMANA",
        "Ŵ ẽ ŋ",
    ],
)
def test_hostile_names_are_words_on_the_paper_and_never_cut(name):
    content = documents.render([replace(ONE, name=name)], SHEET)
    assert len(PdfReader(BytesIO(content)).pages) == 1
    shown = "".join(text_of(content).split())
    wanted = unicodedata.normalize("NFC", name).replace("\u202e", "")
    for word in wanted.split():
        if word.isascii():
            assert word in shown or len(word) > 40
    if name == "X" * 80:
        assert shown.count("X") == 80


def test_duplicates_practice_and_drafts_are_marked():
    again = text_of(documents.render([replace(ONE, duplicate=date(2027, 3, 3))], SHEET))
    assert "Duplicate of 03.03.2027" in again
    assert "IGERAGEZWA" in text_of_form(
        documents.render([ONE], replace(SHEET, practice=True))
    )
    assert "DRAFT" in text_of_form(
        documents.render([ONE], replace(SHEET, draft=True), with_code=False)
    )


def text_of_form(content):
    page = PdfReader(BytesIO(content)).pages[0]
    forms = page["/Resources"]["/XObject"]
    return (
        " ".join(str(form.get_object().get_data()) for form in forms.values())
        + page.extract_text()
    )


def test_a_certificate_page_is_small_because_the_design_is_shared():
    one = len(documents.render([ONE], SHEET))
    many = len(documents.render([ONE] * 21, SHEET))
    assert (many - one) / 20 < 2_000


def test_three_signatories_and_one_language():
    words = text_of_form(
        documents.render(
            [ONE],
            replace(
                SHEET,
                signers=(*SHEET.signers, Signer("C", "Sector")),
                look=Look(languages=("fr",)),
            ),
        )
    )
    assert "ATTESTATION" in words


def test_without_signatories_there_are_lines_to_sign_on():
    assert (
        len(
            PdfReader(
                BytesIO(documents.render([ONE], replace(SHEET, signers=())))
            ).pages
        )
        == 1
    )


def test_commands_give_one_json_document(practice, tmp_path, capsys, monkeypatch):
    from cbs_desktop import cli

    folder = practice.folder
    practice.close()
    monkeypatch.setenv("CBS_PASSWORD", "practice")
    try:
        assert cli.run(["report", "graduation", "--office", str(folder), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["total"]["total"] == 836
        assert cli.run(["check", "--office", str(folder), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["well"] is True
        assert (
            cli.run(
                ["backup", str(tmp_path / "usb"), "--office", str(folder), "--json"]
            )
            == 0
        )
        backup = json.loads(capsys.readouterr().out)["folder"]
        assert (
            cli.run(["restore", backup, "--office", str(tmp_path / "again"), "--json"])
            == 0
        )
        assert json.loads(capsys.readouterr().out)["well"] is True
        assert (
            cli.run(
                [
                    "certificates",
                    "--office",
                    str(folder),
                    "--out",
                    str(tmp_path / "c.pdf"),
                    "--json",
                ]
            )
            == 0
        )
        assert json.loads(capsys.readouterr().out)["certificates"] == 836
        assert cli.run(["verify", "CBS1:nonsense", "--office", str(folder)]) == 1
        assert "Altered" in capsys.readouterr().out
        assert cli.run(["verify", "nonsense", "--office", str(folder)]) == 1
        assert "None of our certificates" in capsys.readouterr().err
        assert cli.run(["screen", "--office", str(folder), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["new"] == 10
        assert (
            cli.run(
                ["report", "graduation", "--round", "1999Z", "--office", str(folder)]
            )
            == 1
        )
    finally:
        from cbs_desktop.office import Office

        practice.__dict__.update(
            Office.open(folder, "coordinator", "practice").__dict__
        )  # for the fixture to close
