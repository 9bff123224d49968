"""Registers from the command line: printed, read without saving, accepted where nothing is open."""

import json

import pytest

from cbs_desktop import cli
from cbs_desktop.groups import queries as groups
from cbs_desktop.office import Office
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.scans import actions, papers
from cbs_desktop.scans.queries import RegisterChoice
from tests.scans import marked


@pytest.fixture
def say(practice, monkeypatch, capsys):
    """Run a command over the practice office; exit code and its JSON."""
    monkeypatch.setenv("CBS_PASSWORD", "practice")

    def run(*words):
        place = ["--office", str(practice.folder)]
        code = cli.run(["attendance", *map(str, words), *place, "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else err

    return run


def test_print_read_and_accept(practice, say, tmp_path):
    round_id = practice.ask(programmes.rounds)[0].id
    group = practice.ask(groups.groups, round_id)[0]
    choice = RegisterChoice(frozenset({group.id}), first=3)
    made = papers.registers(practice, round_id, choice, ("rw", "fr"))
    practice.do(actions.print_registers, made.noted, ("rw", "fr"))
    ((page_code, page),) = made.noted
    from cbs_desktop.attendance.queries import grid

    marks = [row.marks[2] for row in practice.ask(grid, group.id).rows]
    (photo,) = marked.pictures(made.content, [page], [dict(enumerate(marks))])
    practice.close()
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(photo)
    (folder / "b.jpg").write_bytes(b"no picture")
    code, (first, second) = say("--read", folder)
    assert code == 0 and first["code"] == page_code and first["to_decide"] == 0
    letters = [cell["letter"] for cell in first["cells"]]
    assert letters == marks and {cell["state"] for cell in first["cells"]} == {"same"}
    assert max(first["cells"][0]["ink"].values()) > 0.1
    assert "accepted" not in first and second["refused"]
    assert say("--read", folder / "a.jpg", "--accept")[1][0]["accepted"]
    assert not say("--read", folder / "a.jpg", "--accept")[1][0]["accepted"]
    assert practice.closed
    practice.__dict__.update(
        Office.open(practice.folder, "coordinator", "practice", practice.now).__dict__
    )


def test_registers_of_a_group_in_two_languages(practice, say, tmp_path):
    practice.close()
    out = tmp_path / "registers.pdf"
    code, told = say(
        "--registers",
        out,
        "--week",
        4,
        "--weeks",
        3,
        "--group",
        "ituze",
        "--language",
        "rn,en",
    )
    assert code == 0 and told["pages"] == 1 and out.read_bytes().startswith(b"%PDF")
    assert say("--registers", out, "--group", "nowhere")[0] == 1
    assert say("--registers", out, "--week", 4, "--language", "xx")[0] == 1
    practice.__dict__.update(
        Office.open(practice.folder, "coordinator", "practice", practice.now).__dict__
    )
