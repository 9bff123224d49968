"""Lists in tables of their own: offices of before bring theirs along, and what was done then is undone and told as it was."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import Column, MetaData, String, text

from cbs_desktop.duplicates import actions as duplicates
from cbs_desktop.errors import Stale
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.queries import facilitators as all_facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups.eligible import instance
from cbs_desktop.overview.history import history
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.participants.tables import Person
from cbs_desktop.store import journal
from tests.contents import contents

NEW_TABLES = (
    "person_language", "person_day", "facilitator_language", "facilitator_day", "draft_need", "restated", "anchor",
    "blanked", "erased", "restriction", "subject_request", "destruction",
    "export", "breach", "programme_mark", "mark_remark", "session_note", "session_facilitator", "agreement", "kept_paper",
    "printed_row", "printed_session", "scanned_page", "page_picture", "printed_page", "visit",
)  # fmt: skip


@pytest.fixture
def office(sign_in):
    """The coordinator's; a test that signs in again closes it first."""
    return sign_in("coordinator")


@pytest.fixture
def person(musanze):
    return PersonDetails("UWERA", "Marie", "F", musanze, born_year=1990)


def make_old(office):
    """The file as schema 0013 had it: columns with commas, and the journal's triggers over them."""
    office._guarded = False  # what no statement of the program may do
    office._writer.dispose()
    with office._writer.begin() as link:
        for table in NEW_TABLES:
            link.exec_driver_sql(f"DROP TABLE {table}")
        for record in (Person, Facilitator):
            for column in ("languages", "days"):
                link.exec_driver_sql(
                    f"ALTER TABLE {record.__tablename__} ADD COLUMN {column} VARCHAR NOT NULL DEFAULT ''"
                )
            make_old_triggers(link, record)
        link.exec_driver_sql(
            "ALTER TABLE form_draft ADD COLUMN needs VARCHAR NOT NULL DEFAULT 'register,see background'"
        )
        for statement in UNSEALED:
            link.exec_driver_sql(statement)
        link.exec_driver_sql("UPDATE alembic_version SET version_num = '0013'")


# the tables of schema 0016 as they were before, empty
UNSEALED = (
    "DROP TRIGGER journal_wishes_insert",
    "DROP TRIGGER journal_wishes_update",
    "DROP TRIGGER journal_wishes_delete",
    "ALTER TABLE wishes DROP COLUMN free_days",
    "DROP TABLE background",
    "CREATE TABLE background (person_id INTEGER NOT NULL, category VARCHAR NOT NULL, PRIMARY KEY (person_id, category))",
    "DROP TABLE risk_card",
    "CREATE TABLE risk_card (id INTEGER PRIMARY KEY, person_id INTEGER, outcome VARCHAR)",
    "CREATE INDEX ix_risk_card_person_id ON risk_card (person_id)",
    "DROP TRIGGER journal_decision_insert",
    "DROP TRIGGER journal_decision_update",
    "DROP TRIGGER journal_decision_delete",
    "ALTER TABLE decision DROP COLUMN reason",
    "ALTER TABLE decision ADD COLUMN reason VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE draft DROP COLUMN content",
    "ALTER TABLE draft ADD COLUMN answers VARCHAR NOT NULL DEFAULT '{}'",
    "ALTER TABLE draft ADD COLUMN card VARCHAR NOT NULL DEFAULT '{}'",
)


def make_old_triggers(link, record):
    table = record.__table__.to_metadata(MetaData())
    for column in ("languages", "days"):
        table.append_column(Column(column, String(), nullable=False))
    for name, statement in journal.triggers(table).items():
        link.exec_driver_sql(f"DROP TRIGGER {name}")
        link.exec_driver_sql(statement)


def do_old(office, statement, **values):
    """An act of a version of before."""

    def run(tx):
        tx.run(text(statement), values)
        tx.say(who="UWERA Marie")

    office._run("participants.change", run, (), {}, "Changed {who}")


def old_person(office, person_id):
    return (
        "INSERT INTO person (id, number, own_name, other_names, name_on_id, sex, age_estimated, place_id, phone, phone_of,"
        " id_kind, id_number, registered_on, left_reason, search, languages, days) SELECT :id, 'MU-L1-0099', 'KEZA', '', '',"
        f" 'F', 0, place_id, '', '', '', '', registered_on, '', 'keza', 'sw,fr', '4,0' FROM person WHERE id = {person_id}"
    )


@pytest.fixture
def old(office, person, sign_in):
    """Somebody in an office of before, and a function that closes it and opens it with the program of today."""
    person_id = office.do(participants.register, person)
    make_old(office)

    def opened():
        office.close()
        return sign_in("coordinator")

    return office, person_id, opened


def test_an_office_of_before_keeps_every_value(old):
    office, person_id, opened = old
    do_old(
        office,
        "UPDATE person SET languages = 'sw,fr', days = '4,0' WHERE id = :id",
        id=person_id,
    )
    with office._writer.begin() as link:
        link.exec_driver_sql(
            "INSERT INTO form_draft (id, form, about, typed_by, began_at, kept_at, seen, sealed, content)"
            " VALUES (7, 'participants.register', 0, 'clerk', '2026-03-02', '2026-03-02', 0, 0, x'7b7d')"
        )
    new = opened()
    details = new.ask(people.form, person_id).details
    assert (details.languages, details.days) == (("sw", "fr"), (0, 4))
    assert new.check().well
    with new._reader.connect() as link:
        needs = link.exec_driver_sql("SELECT permission FROM draft_need ORDER BY 1")
        assert needs.scalars().all() == ["register", "see background"]
        columns = link.exec_driver_sql("SELECT name FROM pragma_table_info('person')")
        assert not {"languages", "days"} & set(columns.scalars())


def test_a_change_of_before_is_undone_and_done_again(old):
    office, person_id, opened = old
    do_old(office, "UPDATE person SET languages = 'rw' WHERE id = :id", id=person_id)
    do_old(
        office,
        "UPDATE person SET languages = 'rw,fr', days = '0,2', phone = '0788 123 456' WHERE id = :id",
        id=person_id,
    )
    new = opened()
    assert new.undoable()[0] == "Changed UWERA Marie"
    new.undo()
    details = new.ask(people.form, person_id).details
    assert (details.languages, details.days, details.phone) == (("rw",), (), "")
    new.undo()  # an act that changed nothing but a list
    assert new.ask(people.form, person_id).details.languages == ()
    new.redo()
    new.redo()
    details = new.ask(people.form, person_id).details
    assert (details.languages, details.days) == (("rw", "fr"), (0, 2))
    assert details.phone == "0788 123 456"
    assert new.check().well


def test_somebody_registered_before_is_taken_back_and_comes_again(old):
    office, person_id, opened = old
    do_old(office, old_person(office, person_id), id=99)
    new = opened()
    before = contents(new)
    new.undo()
    assert new.ask(people.numbers).keys() == {new.ask(people.form, person_id).number}
    new.redo()
    assert contents(new) == before


def test_who_went_before_comes_back_with_the_lists(old):
    office, person_id, opened = old
    do_old(office, old_person(office, person_id), id=99)
    do_old(office, "DELETE FROM person WHERE id = 99")
    new = opened()
    new.undo()
    details = new.ask(people.form, 99).details
    assert (details.languages, details.days) == (("sw", "fr"), (0, 4))


def test_what_was_changed_since_is_not_taken_back(old):
    office, person_id, opened = old
    do_old(office, "UPDATE person SET days = '0,2' WHERE id = :id", id=person_id)
    new = opened()
    with new._writer.begin() as link:
        link.exec_driver_sql("INSERT INTO person_day VALUES (?, 5)", (person_id,))
    with pytest.raises(Stale):
        new.undo()
    assert new.ask(people.form, person_id).details.days == (0, 2, 5)


def test_the_history_says_lists_of_before_and_of_now_alike(old):
    office, person_id, opened = old
    do_old(office, "UPDATE person SET days = '0,2' WHERE id = :id", id=person_id)
    new = opened()
    details = new.ask(people.form, person_id).details
    changed = replace(details, languages=("fr", "sw"), days=(0,), phone="0788 123 456")
    new.do(participants.change, person_id, changed)
    new.do(participants.change, person_id, replace(changed, days=()))
    told = [(one.done, set(one.fields)) for one in new.ask(history, person_id)]
    assert told[:3] == [
        ("Changed UWERA Marie", {("days", "0", "")}),
        (
            "Changed UWERA Marie",
            {("phone", "", "0788 123 456"), ("languages", "", "sw,fr"), ("days", "0,2", "0")},
        ),
        ("Changed UWERA Marie", {("days", "", "0,2")}),
    ]  # fmt: skip


def test_a_merge_of_before_is_parted_with_the_lists_of_both(office, person, sign_in):
    kept = office.do(participants.register, replace(person, languages=("rw",)))
    other = replace(person, languages=("sw", "fr"), days=(0, 4))
    gone = office.do(participants.register, other)
    before = contents(office, {"merge", "judgement", "series"})
    merge = office.do(duplicates.merge, kept, gone, replace(other, languages=("fr",)))
    with office._writer.begin() as link:
        content = link.execute(text("SELECT content FROM merge")).scalar_one()
        link.execute(
            text("UPDATE merge SET content = :content"),
            {"content": json.dumps(as_before(json.loads(content)))},
        )
    office.do(duplicates.part, merge)
    assert contents(office, {"merge", "judgement", "series"}) == before


def as_before(content):
    """A merge as schema 0013 kept it: lists are texts with commas."""
    for name in ("languages", "days"):
        content["person"][name] = ",".join(map(str, content["person"][name]))
        states = content["before"][name]
        content["before"][name] = [",".join(map(str, state)) for state in states]
    return content


def test_a_merge_chooses_lists_and_parting_restores_them(office, person):
    kept = office.do(participants.register, replace(person, languages=("rw", "fr")))
    gone = office.do(participants.register, replace(person, days=(1, 3)))
    before = contents(office, {"merge", "judgement", "series"})
    merge = office.do(duplicates.merge, kept, gone, replace(person, days=(1, 3)))
    details = office.ask(people.form, kept).details
    assert (details.languages, details.days) == ((), (1, 3))
    office.undo()
    assert contents(office, {"merge", "judgement", "series"}) == before
    office.redo()
    office.do(duplicates.part, merge)
    assert contents(office, {"merge", "judgement", "series"}) == before


def test_a_list_typed_again_after_a_merge_stays_when_it_is_parted(office, person):
    kept = office.do(participants.register, replace(person, days=(0,)))
    gone = office.do(participants.register, replace(person, days=(1, 3)))
    merge = office.do(duplicates.merge, kept, gone, replace(person, days=(1, 3)))
    office.do(participants.change, kept, replace(person, days=(5,)))
    office.do(duplicates.part, merge)
    assert office.ask(people.form, kept).details.days == (5,)
    assert office.ask(people.form, gone).details.days == (1, 3)


def test_undo_of_a_list_is_refused_after_somebody_else_changed_it(
    office, sign_in, person
):
    person_id = office.do(participants.register, person)
    office.do(participants.change, person_id, replace(person, days=(0,)))
    office.close()
    office = sign_in("clerk")
    office.do(participants.change, person_id, replace(person, days=(0, 4)))
    office.close()
    office = sign_in("coordinator")
    with pytest.raises(Stale):
        office.undo()
    assert office.ask(people.form, person_id).details.days == (0, 4)


def test_what_somebody_else_did_and_took_back_keeps_no_undo(office, sign_in, person):
    person_id = office.do(participants.register, person)
    office.do(participants.change, person_id, replace(person, days=(0,)))
    office.close()
    office = sign_in("clerk")
    office.do(participants.change, person_id, replace(person, days=(4,)))
    office.undo()
    office.close()
    office = sign_in("coordinator")
    office.undo()
    assert office.ask(people.form, person_id).details.days == ()


def test_a_list_that_stays_writes_nothing(office, person):
    person = replace(person, languages=("fr", "rw", "fr"), days=(4, 0))
    person_id = office.do(participants.register, person)
    details = office.ask(people.form, person_id).details
    assert (details.languages, details.days) == (("rw", "fr"), (0, 4))
    acts = office._act
    office.do(participants.change, person_id, person)
    assert office._act == acts


def test_a_facilitators_lists_are_changed_and_taken_back(office, musanze):
    details = FacilitatorDetails("KEZA", "Alice", "F", "", musanze, days=(0,))
    key = office.do(facilitators.register_facilitator, details)
    changed = replace(details, languages=("fr", "sw"), days=(2, 1))
    office.do(facilitators.change_facilitator, key, changed)
    (row,) = office.ask(all_facilitators)
    assert row.details == replace(changed, languages=("sw", "fr"), days=(1, 2))
    (facts,) = office.ask(instance).facilitators
    assert (set(facts.languages), facts.days) == ({"fr", "sw"}, (1, 2))
    office.undo()
    (row,) = office.ask(all_facilitators)
    assert row.details == details
    office.undo()
    assert office.ask(all_facilitators) == []
