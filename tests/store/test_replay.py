"""Rows held against the journal: what differs is named by person and field, and is put back or accepted."""

import hashlib
import json

import pytest

from cbs_desktop import errors
from cbs_desktop.keeping import actions as keeping
from cbs_desktop.keeping import problems
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.store import engine
from tests.tamper import sql


@pytest.fixture
def spoil(office):
    """Change the office beside the program."""
    return lambda *statements: sql(*statements)(office.folder, office._keys.data)


@pytest.fixture
def people(office, lines):
    office.do(participants.import_people, lines(3))
    return office.ask(overview.roster).rows


def only(office):
    (finding,) = office.check().findings
    return finding


def test_a_changed_field_is_named_with_its_person(office, people, spoil):
    spoil(f"UPDATE person SET own_name = 'X' WHERE id = {people[0].id}")
    found = only(office)
    assert found.kind == "row changed"
    assert found.facts["fields"] == ("own_name",)
    said = str(problems.say_finding(found))
    assert people[0].number in said and "Own name" in said and "X" not in said


def test_several_changes_of_one_row_are_followed_back(office, people, spoil):
    office.do(participants.leave, people[0].id, office._reading(None).today, "other")
    office.undo()
    assert office.check().well
    spoil(f"UPDATE person SET phone = '1' WHERE id = {people[0].id}")
    assert only(office).facts["fields"] == ("phone",)


def test_a_row_is_put_back_and_that_is_in_the_journal(office, people, spoil):
    spoil(f"UPDATE person SET own_name = 'X' WHERE id = {people[1].id}")
    found = only(office).facts
    office.do(keeping.put_row_back, found["table"], found["key"])
    assert office.ask(overview.roster).rows == people and office.check().well
    done = office.ask(overview.history, people[1].id)[0]
    assert "Put a record back" in done.done
    office.do(participants.leave, people[1].id, office._reading(None).today, "other")
    assert office.check().well


def test_a_row_that_was_taken_away_comes_back(office, people, spoil):
    spoil(f"DELETE FROM consent WHERE person_id = {people[0].id}")
    found = office.check().findings
    assert {one.kind for one in found} == {"row missing"}
    for one in found:
        office.do(keeping.put_row_back, one.facts["table"], one.facts["key"])
    assert office.check().well
    record = office.ask(overview.record, people[0].id)
    assert len(record.consents) == len(found)


def test_a_row_that_was_put_in_goes(office, people, spoil):
    spoil(
        "INSERT INTO background VALUES (5, (SELECT min(id) FROM person), x'00')",
    )
    found = only(office)
    assert found.kind == "row beside"
    office.do(keeping.put_row_back, found.facts["table"], found.facts["key"])
    assert office.check().well


def test_a_row_is_accepted_as_it_is_until_it_changes_again(office, people, spoil):
    spoil(f"UPDATE person SET own_name = 'X' WHERE id = {people[0].id}")
    found = only(office).facts
    office.do(keeping.accept_row, found["table"], found["key"])
    assert office.check().well
    spoil(f"UPDATE person SET own_name = 'Y' WHERE id = {people[0].id}")
    assert only(office).kind == "row changed"


def test_what_is_as_it_should_be_is_not_put_back(office, people):
    with pytest.raises(errors.Missing):
        office.do(keeping.put_row_back, "person", str(people[0].id))
    with pytest.raises(errors.Missing):
        office.do(keeping.accept_row, "no such table", "1")


def test_an_index_is_rebuilt(office, people):
    link = engine.connect(office.folder / engine.FILE, office._keys.data)
    link.execute(f"DELETE FROM person_search WHERE rowid = {people[0].id}")
    link.close()
    found = only(office)
    assert found.kind == "search index"
    office.do(keeping.rebuild_index, found.facts["name"])
    assert office.check().well
    assert [one.id for one in office.ask(overview.find_people, people[0].number)] == [
        people[0].id
    ]


def test_an_older_office_is_told_until_a_coordinator_decides(folder):
    from cbs_desktop import settings
    from cbs_desktop.office import Office

    Office.open(folder, "coordinator", "four plain words").close()
    older = (folder / "office.db").read_bytes()
    again = Office.open(folder, "coordinator", "four plain words")
    again.do(settings.set_value, "office", "Later")
    again.close()
    (folder / "office.db").write_bytes(older)
    for _start in range(2):  # opening and closing does not make it right
        again = Office.open(folder, "coordinator", "four plain words")
        assert again.check().kinds() == {"older"}
        again.close()
    again = Office.open(folder, "coordinator", "four plain words")
    again.do(settings.set_value, "office", "Another way")
    again.close()
    again = Office.open(folder, "coordinator", "four plain words")
    assert again.check().kinds() == {"another past"}
    keeping.go_on_from_here(again)
    assert again.check().well and again.ask(settings.all_values)["accepted ends"]
    again.close()
    again = Office.open(folder, "coordinator", "four plain words")
    assert again.check().well
    again.close()


def test_the_data_folder_knows_founded_offices_alone(office, home):
    kept = json.loads((home / "CBS Desktop" / "numbers.json").read_text("utf-8"))
    nobody = hashlib.sha256(b"").hexdigest()[:16]
    assert kept and not [key for key in kept if key.startswith(nobody)]
