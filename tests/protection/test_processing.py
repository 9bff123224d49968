"""The register of processing: what the program knows, what the office adds, and its paper without a name of anybody."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from cbs_desktop import cli
from cbs_desktop.errors import Invalid, Refused
from cbs_desktop.exports import actions as exports
from cbs_desktop.exports import queries as left
from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.choices import PURPOSES
from cbs_desktop.protection import actions, documents, processing
from cbs_desktop.protection.law import of_country
from cbs_desktop.protection.processing import Disclosure
from cbs_desktop.protection.processing_words import (
    PURPOSE_WORDS,
    ROLE_WORDS,
    missing,
    parts,
)
from cbs_desktop.protection.rules import ControllerEntries, kept_entries, read_entries
from cbs_desktop.safe.permissions import Role
from tests.conftest import PASSWORD

LAW = of_country("RW")
HOSPITAL = Recipient("hospital", country="Uganda")


def test_it_counts_what_the_program_knows(office, lines, tmp_path, calendar):
    office.do(participants.import_people, lines(4))
    for people, to in ((3, HOSPITAL), (2, HOSPITAL), (1, Recipient())):
        path = tmp_path / f"{people}.pdf"
        office.do(exports.save_files, Outgoing("list", people, to), {path: b""})
    register = office.ask(processing.processing, office.now())
    assert register.counts == {
        "people": 4,
        "questionnaires": 0,
        "certificates": 0,
        "facilitators": 0,
    }
    assert register.roles[Role.AUDITOR] == 1
    assert set(register.left) == {
        Disclosure("list", HOSPITAL, 2, 5),
        Disclosure("list", Recipient(), 1, 1),
    }
    later = office.now() + timedelta(days=366)
    assert office.ask(processing.processing, later).left == ()


def test_its_words_cover_every_purpose_and_role():
    assert tuple(PURPOSE_WORDS) == PURPOSES
    assert set(ROLE_WORDS) == set(Role)


def test_what_the_office_adds_is_kept_checked_and_can_be_taken_back(office):
    today = office.now().date()
    entries = ControllerEntries(
        "Office of Musanze", registration="R-17", registered_on=today
    )
    assert read_entries(kept_entries(entries)) == entries
    before = office.ask(processing.processing, office.now())
    assert "the registration number" in missing(before)
    assert not office.ask(overview.today).steps["authority"]
    office.do(actions.describe_processing, entries)
    assert office.ask(processing.entries) == entries
    assert office.ask(overview.today).steps["authority"]
    for wrong in (
        replace(entries, registration=" "),
        replace(entries, registered_on=today + timedelta(days=1)),
        replace(entries, safeguards="x" * 301),
    ):
        with pytest.raises(Invalid):
            office.do(actions.describe_processing, wrong)
    office.undo()
    assert office.ask(processing.entries) == ControllerEntries()


def test_an_auditor_reads_it_and_a_clerk_does_not(office, sign_in):
    office.close()
    auditor = sign_in("auditor")
    assert auditor.ask(processing.processing, auditor.now()).entries
    with pytest.raises(Refused):
        auditor.do(actions.describe_processing, ControllerEntries())
    auditor.close()
    clerk = sign_in("clerk")
    with pytest.raises(Refused):
        clerk.ask(processing.processing, clerk.now())


def test_the_paper_has_every_part_and_names_nobody(practice):
    entries = ControllerEntries(
        controller="Office of Musanze\nPO Box 1",
        registration="R-17",
        officer="UWERA Diane",
        authority_contact="KG 7 Ave, Kigali",
    )
    practice.do(actions.describe_processing, entries)
    register = practice.ask(processing.processing, practice.now())
    content = documents.processing_register(practice, register, LAW, practice.now())
    pages = PdfReader(BytesIO(content)).pages
    assert 1 <= len(pages) <= 3
    said = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for part in parts(register, practice.title, LAW):
        assert part.head in said
        for each in part.lines:
            assert each in said
    for told in ("art. 17", "R-17", "UWERA Diane", "KG 7 Ave, Kigali", "PRACTICE"):
        assert told in said
    for row in practice.ask(overview.roster).rows:
        assert row.name not in said


@pytest.fixture
def command(office, sign_in, monkeypatch, capsys):
    """A command over the office; its exit code, what it said, and the office opened again."""
    monkeypatch.setenv("CBS_PASSWORD", PASSWORD)
    opened = [office]

    def run(*words):
        opened.pop().close()
        code = cli.run([*map(str, words), "--office", str(office.folder)])
        said = "".join(capsys.readouterr())
        opened.append(sign_in("coordinator"))
        return code, said, opened[0]

    yield run
    opened[0].close()


def test_the_command_shows_it_and_writes_it(command, tmp_path):
    code, said, _office = command("processing")
    assert code == 0 and "Still to be added: the controller" in said
    path = tmp_path / "register.pdf"
    code, said, office = command("processing", "--out", path)
    assert code == 0 and path.read_bytes().startswith(b"%PDF")
    assert office.ask(left.what_left)[0].kind == "processing register"


def test_a_command_says_who_gets_what_it_writes(command, office, lines, tmp_path):
    office.do(participants.import_people, lines(2))
    path = tmp_path / "list.pdf"
    code, said, _office = command("list", "--out", path, "--to-country", "Uganda")
    assert code == 1 and "Own use stays in the country" in said and not path.exists()
    words = ("--to", "Clinic of Kisoro", "--to-country", "Uganda")
    code, said, again = command("list", "--out", path, *words)
    assert code == 0 and path.exists()
    assert again.ask(left.what_left)[0].to == Recipient(
        "other", "Clinic of Kisoro", "Uganda"
    )


def test_rows_that_are_left_out_and_papers_of_a_season_go_to_somebody(
    command, office, round_id, tmp_path
):
    sheet = tmp_path / "people.csv"
    sheet.write_text(
        "Names,Sex,Age,District,Sector,Consent\nMUGABO Bosco,G,30,Musanze,Muhoza,\n",
        "utf-8",
    )
    rest = tmp_path / "rest.xlsx"
    command("import", sheet, "--leave-out", rest, "--to", "ministry")
    assert rest.exists()
    code, _said, again = command("season", "--out", tmp_path / "p", "--to", "donor")
    latest, first = again.ask(left.what_left)[:2]
    assert code == 0 and (latest.kind, latest.to.who) == ("season papers", "donor")
    assert (first.kind, first.to.who) == ("import rows", "ministry")
