"""Certificates from the command line: issuing by decision, correcting, lists that travel, checking without an office."""

import json

import pytest
from pypdf import PdfReader

from cbs_desktop import cli
from cbs_desktop.certificates import queries
from cbs_desktop.office import Office
from cbs_desktop.participants import actions as participants
from cbs_desktop.safe import roots
from cbs_desktop.sheets.read import read


@pytest.fixture
def say(practice, monkeypatch, capsys):
    """Run a command over the practice office; exit code and its JSON, or its words."""
    practice.close()
    monkeypatch.setenv("CBS_PASSWORD", "practice")

    def run(*words, plain=False, alone=False):
        place = [] if alone else ["--office", str(practice.folder)]
        code = cli.run([*map(str, words), *place, *([] if plain else ["--json"])])
        out, err = capsys.readouterr()
        return code, (json.loads(out) if out and not plain else out + err)

    yield run
    practice.__dict__.update(
        Office.open(practice.folder, "coordinator", "practice", practice.now).__dict__
    )


def test_by_decision_replaced_withdrawn_and_every_number_explained(
    practice, say, tmp_path
):
    opened = Office.open(practice.folder, "coordinator", "practice", practice.now)
    short = next(one for one in opened.ask(queries.candidates) if one.open_to_override)
    first, second = opened.ask(queries.register)[:2]
    opened.do(participants.name_on_papers, first.person_id, "UWERA Aline <b>")
    opened.close()
    assert (
        say("certificates", "--override", short.number, "--reason", "sessions made up")[
            0
        ]
        == 1
    )  # no words
    code, found = say(
        "certificates",
        "--override",
        short.number,
        "--reason",
        "sessions made up",
        "--words",
        "list of 4 Nov",
    )
    assert code == 0 and found["issued by decision"].endswith("-0837")
    assert (
        say(
            "certificates",
            "--override",
            "nobody",
            "--reason",
            "sessions made up",
            "--words",
            "x",
        )[0]
        == 1
    )
    code, found = say(
        "certificates",
        "--replace",
        first.number,
        "--withdraw",
        second.number,
        "--reason",
        "wrong person",
        "--gaps",
    )
    assert code == 0 and found["replaced by"].endswith("-0838")
    states = {
        one["number"]: one["state"]
        for one in found["numbers without a standing certificate"]
    }
    assert states == {first.number: "replaced", second.number: "withdrawn"}
    proof, register, table = (
        tmp_path / name for name in ("proof.pdf", "register.pdf", "register.xlsx")
    )
    assert say("certificates", "--proof", proof, "--register", register)[0] == 0
    assert say("certificates", "--register", table)[0] == 0
    assert "UWERA Aline <b>" in " ".join(
        page.extract_text() for page in PdfReader(register).pages
    )
    assert len(read(table).rows) >= 838 and PdfReader(proof).pages


def test_lists_travel_and_a_paper_is_checked_without_an_office(
    practice, say, tmp_path, monkeypatch
):
    text = practice_code(practice)
    code, made = say("root")
    assert code == 0 and roots.private(made["root code"])
    assert say("root")[0] == 1
    assert say("lists", "--give", tmp_path / "list.json")[0] == 0
    code, found = say("verify", text, "--keys", tmp_path / "list.json", alone=True)
    assert code == 0 and found["certificates"][0]["state"] == "genuine"
    code, words = say(
        "verify",
        text[:-1] + "%",
        "--keys",
        tmp_path / "list.json",
        alone=True,
        plain=True,
    )
    assert code == 1 and "Altered" in words
    code, words = say(
        "verify", text, "--keys", tmp_path / "list.json", alone=True, plain=True
    )
    assert (
        "Genuine" in words
        and "Checked against the list of " in words
        and "0 days old" in words
    )
    assert (
        say(
            "verify",
            "--page",
            tmp_path / "check.html",
            "--keys",
            tmp_path / "list.json",
            alone=True,
        )[0]
        == 0
    )
    assert "CBS2" in (tmp_path / "check.html").read_text("utf-8")
    (tmp_path / "broken.json").write_bytes(b"\xff\xfe")
    for wrong in (tmp_path / "broken.json", tmp_path / "nowhere.json"):
        assert say("verify", text, "--keys", wrong, alone=True, plain=True)[0] == 1
    assert say("lists", "--take", tmp_path / "list.json", plain=True)[1].startswith(
        "This list comes from this office"
    )
    monkeypatch.setenv("CBS_ROOT", made["root code"])
    assert say("root", "--revoke")[0] == 0
    assert say("lists", "--give", tmp_path / "after.json", plain=True)[0] == 1
    assert say("lists", "--give", tmp_path / "after.json", "--with-root")[0] == 0
    code, found = say("verify", text, "--keys", tmp_path / "after.json", alone=True)
    assert code == 1 and found["certificates"][0]["by_key"]


def practice_code(practice):
    opened = Office.open(practice.folder, "coordinator", "practice", practice.now)
    text = opened.ask(queries.register)[0].code
    opened.close()
    return text


def test_a_file_that_is_none_is_said(say, tmp_path):
    (tmp_path / "empty.pdf").write_bytes(b"")
    for what, words in (
        (tmp_path / "empty.pdf", "is empty"),
        (tmp_path / "no.png", "was not found"),
        ("x", "None of our certificates"),
    ):
        code, said = say("verify", what, plain=True)
        assert code == 1 and words in said
