"""The import on the command line: what became of every row, and what is decided about a file."""

import json

import pytest

from cbs_desktop import cli
from cbs_desktop.office import Office
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions
from cbs_desktop.participants.importing import ChosenColumns, kind_of_sheet
from cbs_desktop.participants.queries import remembered_columns
from cbs_desktop.sheets.read import read
from cbs_desktop.sheets.write import SheetPage, xlsx
from tests.conftest import PASSWORD

HEAD = ("Names", "Sex", "Age", "District", "Sector", "Consent")


@pytest.fixture
def give(office, monkeypatch, capsys, tmp_path):
    """Import a list by a command; exit code and its JSON, or its words."""
    office.close()
    monkeypatch.setenv("CBS_PASSWORD", PASSWORD)

    def run(rows, *words, head=HEAD, plain=False, path=None):
        if path is None:
            path = tmp_path / "list.xlsx"
            path.write_bytes(xlsx([SheetPage("P", head, rows)]))
        asked = ["import", str(path), "--office", str(office.folder), *map(str, words)]
        code = cli.run(asked if plain else [*asked, "--json"])
        out, err = capsys.readouterr()
        return code, (out + err if plain else json.loads(out))

    yield run
    office.__dict__.update(
        Office.open(office.folder, "coordinator", PASSWORD, office.now).__dict__
    )


def person(name, sex="F", sector="Muhoza", consent=""):
    return (name, sex, 30, "Musanze", sector, consent)


MIXED = [
    person("KEZA Aline"),
    person("MUGABO Bosco", sex="G"),
    ("TOTAL", "", "", "", "", ""),
    person("UWASE Claire"),
]


def outcomes(found):
    return [(one["row"], one["outcome"], one["number"]) for one in found["rows"]]


def test_every_row_is_told_and_the_parked_ones_are_given_again(give, tmp_path):
    result = tmp_path / "result.xlsx"
    code, found = give(MIXED, "--result", result)
    assert (code, found["imported"], found["left_out"]) == (0, 2, [3])
    assert outcomes(found) == [
        (2, "taken", "MU-L1-0001"),
        (3, "parked", ""),
        (4, "passed over", ""),
        (5, "taken", "MU-L1-0002"),
    ]
    assert "neither F nor M" in found["rows"][1]["problems"][0]
    sheet = read(result)
    assert sheet.header == (*HEAD, "Outcome", "Problem")
    assert [row[6] for row in sheet.rows] == ["taken: MU-L1-0001", "left out", "no person", "taken: MU-L1-0002"]  # fmt: skip
    mended = [(*row[:1], "M", *row[2:]) if row[1] == "G" else row for row in sheet.rows]
    code, found = give(mended, "--result", result, head=sheet.header)
    assert (code, found["imported"]) == (0, 1)
    assert outcomes(found) == [
        (2, "known already", "MU-L1-0001"),
        (3, "taken", "MU-L1-0003"),
        (4, "passed over", ""),
        (5, "known already", "MU-L1-0002"),
    ]


def test_nothing_is_imported_while_a_row_is_wrong_and_json_tells_each(give):
    code, found = give(MIXED)
    assert (code, found["well"], found["imported"]) == (1, False, 0)
    assert [one["outcome"] for one in found["rows"]] == ["can be taken", "parked", "passed over", "can be taken"]  # fmt: skip
    code, said = give(MIXED, plain=True)
    assert code == 1 and "Row 3" in said and "Nothing was changed" in said
    code, found = give(MIXED, "--check")
    assert code == 1 and not found["well"]


def test_new_sectors_are_added_only_when_that_is_said(give, tmp_path):
    rows = [person("KEZA A", sector="Zzabc"), person("MUGABO Bosco", sector="Zzabc")]
    code, found = give(rows, "--result", tmp_path / "told.xlsx", "--check")
    assert code == 1 and len(found["questions"]) == 1 and "Zzabc" in found["questions"][0]  # fmt: skip
    code, found = give(rows, "--new-places")
    assert (code, found["imported"]) == (0, 2)


def test_two_people_and_a_day_of_consent(give):
    rows = [person("KEZA A", consent="Yego"), person("KEZA A", consent="Yego")]
    code, said = give(rows, plain=True)
    assert code == 1 and "two people" in said
    code, said = give(
        rows, "--two-people", "3", "--consent-on", "2026-02-02", plain=True
    )
    assert code == 0 and "02/02/2026 is entered as the day of consent" in said
    assert "Imported 2 people." in said


def test_the_sheet_and_the_heading_row_are_named(give, tmp_path):
    path = tmp_path / "two.xlsx"
    pages = [SheetPage("Cover", ("Our", "district", "office"), [("a", "b", "c")]),
             SheetPage("People", ("A list", "of", "some", "people", "of", "ours"), [HEAD, person("KEZA A")])]  # fmt: skip
    path.write_bytes(xlsx(pages))
    code, found = give([], "--sheet", "People", "--heading-row", "2", path=path)
    assert (code, found["rows"][0]["row"], found["imported"]) == (0, 3, 1)
    code, said = give([], "--sheet", "Other", path=path, plain=True)
    assert code == 1 and "no sheet “Other”, but Cover, People" in said


def test_columns_that_somebody_chose_are_remembered(office, lines, give):
    again = Office.open(office.folder, "coordinator", PASSWORD, office.now)
    head = ("X", "Y", "Z", "District", "Sector")
    kind = kind_of_sheet(head)
    columns = {"name": 1, "sex": 0, "age": 2, "district": 3, "sector": 4}
    again.do(actions.import_people, lines(1), chosen=ChosenColumns(kind, columns))
    assert again.ask(remembered_columns, kind) == columns
    assert again.ask(remembered_columns, kind_of_sheet(HEAD)) == {}
    again.close()
    code, found = give([("F", "KEZA A", 30, "Musanze", "Muhoza")], head=head)
    assert (code, found["imported"]) == (0, 1)


def test_the_columns_of_the_newest_kinds_are_kept(office, lines):
    for n in range(45):
        chosen = ChosenColumns(f"kind {n}", {"name": n})
        office.do(actions.import_people, [], chosen=chosen)
    assert office.ask(remembered_columns, "kind 44") == {"name": 44}
    assert office.ask(remembered_columns, "kind 4") == {}
    assert office.ask(overview.roster).count == 0
