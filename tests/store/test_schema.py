"""The steps of the schema lead to the tables that the rooms declare, and an office of the first version comes along."""

import json

import pytest
import sqlcipher3
from sqlalchemy import Boolean, MetaData, create_engine, inspect

from cbs_desktop.safe import seal, sign
from cbs_desktop.safe.keys import Keys
from cbs_desktop.safe.readers import Readers
from cbs_desktop.store import journal, known_schema, migrate, schema

CLINICAL, SIGNING = bytes(range(32)), bytes(range(32, 64))


def put_public_keys(link):
    for name, key in (
        ("clinical public", seal.public_of(CLINICAL)),
        ("signing public", sign.public_of(SIGNING)),
    ):
        link.exec_driver_sql(
            "INSERT INTO setting (key, value) VALUES (?, ?)",
            (name, json.dumps(key.hex())),
        )


def test_what_was_plain_is_sealed_and_the_journal_tells_it_no_more():
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.begin() as link:
        journal.bind(link.connection.driver_connection, lambda: 1)
        migrate.run(link, "0015")
        put_public_keys(link)
        link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        put_old_triggers(link)
        for statement in PLAIN:
            link.exec_driver_sql(statement)
        was = journal_text(link)
        assert all(word in was for word in ("widowed", "Nurse", "too far"))
        migrate.run(link)
        journal.install(link)
        now = journal_text(link)
        assert not any(word in now for word in ("widowed", "Nurse", "too far"))
        kept = link.exec_driver_sql("SELECT tbl FROM entry WHERE digest IS NOT NULL")
        assert sorted(kept.scalars()) == ["background"] * 2 + ["decision", "risk_card"]
        rows = link.exec_driver_sql("SELECT id, person_id, sealed FROM background")
        ((row_id, person_id, sealed),) = rows.all()
        for private in (CLINICAL, sign.sealing_private(SIGNING)):
            held = Keys(b"", private, b"")
            readers = Readers(lambda held=held: held, b"", b"", lambda: None)
            content = readers.unseal(sealed, f"background {row_id}")
            assert person_id == 2 and json.loads(content) == ["returnee", "widowed"]
        reasons = link.exec_driver_sql("SELECT id, reason FROM decision ORDER BY id")
        told = {
            key: seal.unseal(CLINICAL, value, f"reason of decision {key}").decode()
            for key, value in reasons
        }
        assert told == {1: "too far", 3: ""}


PLAIN = (
    "INSERT INTO background VALUES (2, 'widowed'), (2, 'returnee')",
    "INSERT INTO risk_card (id, person_id, assessment_id, opened_on, told, told_on, safe_now, referred_to,"
    " see_again_on, closed_by, outcome)"
    " VALUES (1, 2, 3, '2026-03-02', 'Nurse', '2026-03-02', 1, '', '2026-03-09', '', '')",
    *(
        "INSERT INTO decision (id, person_id, round_id, assessment_id, pathway, track, decided_on, decided_by, reason,"
        f" support, sealed) VALUES ({key}, {key}, 3, 1, 'waiting', '', '2026-03-02', 'screener', '{reason}', '', x'')"
        for key, reason in ((1, "too far"), (3, ""))
    ),
)


def journal_text(link):
    rows = link.exec_driver_sql("SELECT before, after FROM entry").all()
    return " ".join(str(value) for row in rows for value in row)


def test_the_steps_make_the_tables_that_are_declared(office):
    seen = inspect(office._reader)
    for table in schema.Base.metadata.sorted_tables:
        made = {column["name"]: column for column in seen.get_columns(table.name)}
        assert made.keys() == {column.name for column in table.columns}, table.name
        for column in table.columns:
            if not isinstance(column.type, Boolean):
                assert made[column.name]["nullable"] == bool(column.nullable), (
                    f"{table.name}.{column.name}"
                )
        wanted = {
            tuple(sorted(c.name for c in u.columns))
            for u in table.constraints
            if type(u).__name__ == "UniqueConstraint"
        }
        assert {
            tuple(sorted(u["column_names"]))
            for u in seen.get_unique_constraints(table.name)
        } == wanted, table.name


def test_an_office_of_the_first_version_keeps_its_sheets_and_decisions():
    engine = create_engine(
        "sqlite://", module=sqlcipher3.dbapi2
    )  # the SQLite of the program, whose search index it needs
    with engine.begin() as link:
        migrate.run(link, "0001")
        put_public_keys(link)
        link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        link.exec_driver_sql(
            "INSERT INTO assessment (id, person_id, round_id, instrument, version, cutoff_set, taken_on, typed_by, sealed)"
            " VALUES (1, 2, 3, 'srq20', 1, 'Rwanda 2011', '2026-03-02', 'clerk', x'01')"
        )
        link.exec_driver_sql(
            "INSERT INTO decision (id, person_id, round_id, assessment_id, pathway, track, decided_on, decided_by, reason)"
            " VALUES (1, 2, 3, 1, 'waiting', '', '2026-03-02', 'screener', '')"
        )
        link.exec_driver_sql(
            "INSERT INTO person (id, number, own_name, other_names, name_on_id, sex, age_estimated, place_id, phone, phone_of,"
            " id_kind, id_number, registered_on, left_reason, search) VALUES (2, 'MU-L1-0001', 'INEZA', '', '', 'F', 0, 5, '',"
            " '', '', '', '2026-03-01', '', 'ineza')"
        )
        link.exec_driver_sql(
            "INSERT INTO proposal (id, round_id, seed, made_on, version, problem, result)"
            " VALUES (1, 3, 2026, '2026-03-02', 1, '{}', '{}')"
        )
        migrate.run(link)
        found_by = link.exec_driver_sql("SELECT search FROM person").scalar()
        assert found_by == "ineza 0ineza"
        for table in ("person_language", "person_day"):
            said = link.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert said == 0, table
        assert link.exec_driver_sql(
            "SELECT pinned, solver, used FROM proposal"
        ).one() == ("{}", "", 0)
        assert link.exec_driver_sql("SELECT support FROM decision").one() == ("",)
        assert link.exec_driver_sql(
            "SELECT occasion, second, sealed FROM assessment"
        ).one() == (
            "screening",
            "",
            b"\x01",
        )
        assert link.exec_driver_sql("SELECT pathway, sealed FROM decision").one() == (
            "waiting",
            b"",
        )
        assert migrate.version(link) == migrate.HEAD


def test_certificates_of_the_second_version_keep_their_numbers_and_prints():
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.begin() as link:
        migrate.run(link, "0002")
        link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        link.exec_driver_sql(
            "INSERT INTO certificate (id, number, person_id, group_id, round_id, name, attended, held, began_on,"
            " completed_on, issued_on, place, code, withdrawn_reason) VALUES (1, 'MU-L1-2026A-0837', 2, 3, 4, 'KEZA', 13,"
            " 15, '2026-03-02', '2026-06-29', '2026-07-03', 'Musanze', 'CBS1:X', '')"
        )
        link.exec_driver_sql(
            "INSERT INTO print VALUES (5, 1, '2026-07-03', 'coordinator', '')"
        )
        link.exec_driver_sql(  # as the journal's triggers stand there in an office: the step must not speak for a person
            "CREATE TRIGGER journal_certificate_update AFTER update ON certificate"
            " BEGIN SELECT RAISE(ABORT, 'written down'); END"
        )
        migrate.run(link)
        row = link.exec_driver_sql(
            "SELECT series, serial, office, override, replaced_by, code FROM certificate"
        ).one()
        assert row == ("MU-L1-2026A", 837, "", "", "", "CBS1:X")
        assert link.exec_driver_sql("SELECT came_out FROM print").scalar() == 1
        assert migrate.version(link) == migrate.HEAD


def test_safety_cards_of_the_fourth_version_were_opened_for_an_answer():
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.begin() as link:
        migrate.run(link, "0004")
        put_public_keys(link)
        link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        link.exec_driver_sql(
            "INSERT INTO risk_card (id, person_id, assessment_id, opened_on, told, told_on, safe_now, referred_to,"
            " see_again_on, closed_by, outcome)"
            " VALUES (1, 2, 3, '2026-03-02', 'Nurse', '2026-03-02', 1, '', '2026-03-09', '', '')"
        )
        migrate.run(link)
        (sealed,) = link.exec_driver_sql("SELECT sealed FROM risk_card").one()
        told = json.loads(seal.unseal(CLINICAL, sealed, "risk card 1"))
        assert (told["told"], told["cause"]) == ("Nurse", "answered")


def test_a_consent_of_the_seventh_version_still_allows_the_questionnaires_and_nothing_more():
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.begin() as link:
        migrate.run(link, "0007")
        link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for row in (
            (11, 1, "programme", "oral", "2026-03-01", ""),
            (12, 2, "programme", "written", "2026-03-02", "UWERA Rose"),
            (13, 2, "screening", "written", "2026-03-02", "UWERA Rose"),
            (14, 3, "radio", "written", "2026-03-02", ""),
        ):
            link.exec_driver_sql(
                "INSERT INTO consent VALUES (?, ?, ?, ?, ?, ?, NULL)", row
            )
        link.exec_driver_sql(  # as in an office: the step must not speak for a person
            "CREATE TRIGGER journal_consent_insert AFTER insert ON consent"
            " BEGIN SELECT RAISE(ABORT, 'written down'); END"
        )
        migrate.run(link)
        kept = link.exec_driver_sql(
            "SELECT id, person_id, purpose, mode, given_on, guardian, language, witness, withdrawn_on FROM consent ORDER BY id"
        ).all()
    assert kept == [
        (-11, 1, "screening", "oral", "2026-03-01", "", "", "", None),
        (11, 1, "programme", "oral", "2026-03-01", "", "", "", None),
        (12, 2, "programme", "written", "2026-03-02", "UWERA Rose", "", "", None),
        (13, 2, "screening", "written", "2026-03-02", "UWERA Rose", "", "", None),
        (14, 3, "radio", "written", "2026-03-02", "", "", "", None),
    ]


def test_half_typed_questionnaires_of_the_seventh_version_are_first_entries():
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.begin() as link:
        migrate.run(link, "0007")
        link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        link.exec_driver_sql(
            "INSERT INTO draft (person_id, instrument, typed_by, round_id, version, answers)"
            " VALUES (2, 'srq20', 'clerk', 3, 1, '{\"1\": 1}')"
        )
        migrate.run(link)
        typed, second_of = link.exec_driver_sql(
            "SELECT content, second_of FROM draft"
        ).one()
        assert json.loads(typed) == {"answers": {"1": 1}, "card": {}}
        assert second_of == 0
        count = link.exec_driver_sql("SELECT count(*) FROM form_draft").scalar()
        assert count == 0 and migrate.version(link) == migrate.HEAD


def test_people_of_the_tenth_version_are_found_by_card_phone_place_and_group():
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.begin() as link:
        migrate.run(link, "0010")
        link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        link.exec_driver_sql(
            "INSERT INTO person (id, number, own_name, other_names, name_on_id, sex, age_estimated, place_id, phone, phone_of,"
            " id_kind, id_number, languages, days, registered_on, left_reason, search) VALUES (2, 'MU-L1-0001', 'INEZA', '', '',"
            " 'F', 0, 5, '+250 788 123 456', '', 'national ID', '1 1985 7 0123456 0 12', '', '', '2026-03-01', '', 'ineza')"
        )
        link.exec_driver_sql(
            "INSERT INTO place (id, country, level, name, path) VALUES (5, 'RW', 5, 'Kabéza', 'Musanze › Kabéza')"
        )
        migrate.run(link)
        row = link.exec_driver_sql("SELECT search, safe_to_call FROM person").one()
        assert row == ("ineza 0p1198570123456012 0q2106543210758911 88123456", None)
        for table, word in (("person", '"0q2106"*'), ("place", '"kabeza"')):
            found = link.exec_driver_sql(
                f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH '{word}'"
            ).all()
            assert len(found) == 1, table
        link.exec_driver_sql("UPDATE place SET name = 'Gasiza'")
        counted = "SELECT count(*) FROM place_search WHERE place_search MATCH"
        assert link.exec_driver_sql(f"{counted} '\"kabeza\"'").scalar() == 0
        assert link.exec_driver_sql(f"{counted} '\"gasi\"*'").scalar() == 1


def test_facilities_and_estimates_of_the_tenth_version_come_along():
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.begin() as link:
        migrate.run(link, "0010")
        link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        link.exec_driver_sql(
            "INSERT INTO facility (id, name, district_id, rooms) VALUES (1, 'Musanze', 5, 2)"
        )
        for key, estimated in ((2, 1), (3, 0)):
            link.exec_driver_sql(
                "INSERT INTO person (id, number, own_name, other_names, name_on_id, sex, age_estimated, place_id, phone,"
                " phone_of, id_kind, id_number, languages, days, registered_on, left_reason, search)"
                f" VALUES ({key}, 'MU-L1-000{key}', 'INEZA', '', '', 'F', {estimated}, 5, '', '', '', '', '', '',"
                " '2024-03-01', '', 'ineza')"
            )
        link.exec_driver_sql(  # the step must not speak for a person
            "CREATE TRIGGER journal_person_update AFTER update ON person"
            " BEGIN SELECT RAISE(ABORT, 'written down'); END"
        )
        migrate.run(link)
        found = link.exec_driver_sql(
            "SELECT estimated_on FROM person ORDER BY id"
        ).all()
        assert [day for (day,) in found] == ["2024-03-01", None]
        kind = link.exec_driver_sql("SELECT kind FROM facility").scalar()
        assert kind == "correctional facility"
        assert migrate.version(link) == migrate.HEAD


OWN_TABLES = ("act", "entry", "alembic_version", "form_draft", "page_picture")


@pytest.mark.parametrize("version", [f"{n:04}" for n in range(1, int(migrate.HEAD))])
def test_an_office_of_each_version_comes_along_with_its_journal(version):
    """The triggers stand on the tables as they were, and refuse what a step would say in a person's place."""
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.begin() as link:
        journal.bind(link.connection.driver_connection, lambda: 1)
        migrate.run(link, version)
        link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        put_old_triggers(link)
        put_old_person(link)
        written = link.exec_driver_sql("SELECT count(*) FROM entry").scalar()
        migrate.run(link)
        journal.install(link)
        assert link.exec_driver_sql("SELECT count(*) FROM entry").scalar() == written
        assert known_schema.strange(link) == []
        spoken = link.exec_driver_sql("SELECT code FROM person_language").scalars()
        weekdays = link.exec_driver_sql("SELECT weekday FROM person_day").scalars()
        if "0003" <= version < "0014":
            assert spoken.all() == ["fr", "sw"] and weekdays.all() == [0, 4]
        else:
            assert spoken.all() == [] and weekdays.all() == []


def put_old_triggers(link):
    found = MetaData()
    found.reflect(link)
    for table in found.sorted_tables:
        if table.name not in OWN_TABLES and "_search" not in table.name:
            for statement in journal.triggers(table).values():
                link.exec_driver_sql(statement)


def put_old_person(link):
    lists = {"languages": "sw,fr,sw", "days": "4,0"}
    values = []
    names = []
    for column in inspect(link).get_columns("person"):
        if column["nullable"]:
            continue
        names.append(column["name"])
        whole = column["type"].python_type in (int, bool)
        values.append(lists.get(column["name"], 2 if whole else "2026-03-01"))
    marks = ", ".join("?" * len(names))
    link.exec_driver_sql(
        f"INSERT INTO person ({', '.join(names)}) VALUES ({marks})", tuple(values)
    )
