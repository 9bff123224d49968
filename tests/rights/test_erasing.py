"""Erasing a person: nothing of them is found anywhere, the figures stay, the journal's chain and every row hold."""

import json
import shutil
import time
from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import text

from cbs_desktop.certificates import trust, verdict_words
from cbs_desktop.certificates.queries import register
from cbs_desktop.drafts import actions as drafts
from cbs_desktop.duplicates import actions as duplicates
from cbs_desktop.errors import RuleBroken, WrongPassword
from cbs_desktop.groups import actions as groups
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.keeping import actions as backups
from cbs_desktop.keeping import copying, holding, restoring
from cbs_desktop.office import Office
from cbs_desktop.overview import home
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import actions as places
from cbs_desktop.problems import say
from cbs_desktop.rights import actions, declared, queries
from cbs_desktop.rights.actions import RequestDetails
from cbs_desktop.safe import erased_file
from cbs_desktop.safe.copies import Why
from cbs_desktop.safe.permissions import Role
from cbs_desktop.screening import actions as screening
from cbs_desktop.store import engine
from cbs_desktop.store.schema import Base

PASSWORD = "four plain words"
DAY = date(2026, 3, 2)
CANARY = "KANARIYA"
CARD = "1198570012345098"
PHONE = "0788123987"


def details(place_id, **more):
    given = {
        "own_name": CANARY,
        "other_names": "Inyoni Zuba",
        "name_on_id": f"{CANARY} Zuba Inyoni",
        "sex": "F",
        "born_on": date(1985, 4, 17),
        "born_year": None,
        "place_id": place_id,
        "phone": PHONE,
        "phone_of": f"umugabo {CANARY}",
        "id_kind": "national ID",
        "id_number": CARD,
        "languages": ("rw", "sw"),
        "days": (1, 3),
        "categories": ("survivor", "widow"),
    }
    return PersonDetails(**{**given, **more})


@pytest.fixture
def person(office, round_id, musanze):
    """Somebody of whom every room knows something."""
    place = office.do(places.add_path, musanze, ["Muhoza", "Cyivugiza"])
    consent = ConsentDetails(
        DAY, guardian=f"nyina {CANARY}", witness=f"umusaza {CANARY}"
    )
    mine = office.do(participants.register, details(place), consent)
    other = office.do(
        participants.register,
        details(
            place,
            own_name="MUKAMANA",
            other_names="Odette",
            name_on_id="",
            phone="",
            phone_of="",
            id_kind="",
            id_number="",
            born_on=date(1990, 1, 1),
        ),
        ConsentDetails(DAY),
    )
    office.do(participants.change, mine, details(place, other_names="Zuba Inyoni"))
    office.do(groups.keep_apart, mine, other, "no preparation yet")
    office.do(duplicates.judge, mine, other, "different")
    answers = {n: int(n < 13) for n in range(1, 21)}
    office.do(
        screening.record_many,
        round_id,
        [screening.Answers(mine, DAY, answers), screening.Answers(other, DAY, answers)],
    )
    decided = [screening.Decided(one, "sociotherapy", "adult") for one in (mine, other)]
    office.do(screening.decide_many, round_id, decided)
    kept = json.loads(json.dumps({"own_name": CANARY, "other_names": "Inyoni"}))
    office.do(drafts.keep, 77, "participants.change", mine, kept)
    return mine


def erase(office, person_id):
    request = office.do(
        actions.record_request,
        person_id,
        RequestDetails("erase", DAY, from_whom=f"umukobwa wa {CANARY}"),
    )
    return office.do(actions.erase, request, PASSWORD)


def everything(office):
    """Every cell of every table, those of the indexes too, as text."""
    with office._reads() as link:
        names = link.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        ).scalars()
        for name in names.all():
            for row in link.exec_driver_sql(f'SELECT * FROM "{name}"'):
                for cell in row:
                    yield (
                        name,
                        cell.decode("latin-1")
                        if isinstance(cell, bytes)
                        else str(cell),
                    )


def found(office, *words):
    """The tables in which one of these words is left."""
    wanted = [word.casefold() for word in words]
    places_found = set()
    for name, cell in everything(office):
        low = cell.casefold()
        if any(word in low for word in wanted):
            places_found.add(name)
    return places_found


def pages(folder, key):
    """The pages of the file without their cipher (SQLCipher 4: AES-256-CBC, the IV at the end), free ones too."""
    content = (folder / engine.FILE).read_bytes()
    for start in range(0, len(content), 4096):
        page = content[start : start + 4096]
        body = page[16:4016] if start == 0 else page[:4016]
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[4016:4032])).decryptor()
        yield cipher.update(body)


def test_nothing_of_the_person_is_found_in_any_table(office, person):
    assert found(office, CANARY) >= {"person", "entry", "act", "consent"}
    erase(office, person)
    assert found(office, CANARY, "inyoni", CARD, PHONE, "8123987") == set()


def test_nothing_is_left_in_free_pages_or_the_log(office, person, folder):
    erase(office, person)
    key = office._keys.data
    wal = folder / "office.db-wal"
    assert not wal.exists() or wal.stat().st_size == 0
    whole = b"".join(pages(folder, key))
    assert b"MUKAMANA" in whole  # it is the cipher that is taken off
    for word in (CANARY, CANARY.lower(), "Inyoni", CARD, PHONE):
        assert word.encode() not in whole


def test_no_file_of_the_office_has_them(office, person, folder):
    erase(office, person)
    office.close()
    for file in folder.rglob("*"):
        if file.is_file():
            assert CANARY.encode() not in file.read_bytes()
            assert CANARY.casefold().encode() not in file.read_bytes()


def test_the_check_is_clean_and_the_chain_whole(office, person):
    erase(office, person)
    checked = office.check()
    assert checked.well, checked.findings


def test_the_check_still_finds_a_row_that_is_changed_beside_the_program(
    office, person, folder
):
    erase(office, person)
    office.close()
    opened = Office.open(folder, "coordinator", PASSWORD, office.now)
    key = opened._keys.data
    opened.close()
    link = engine.connect(folder / engine.FILE, key)
    link.create_function("cbs_act", 0, lambda: 1)
    for (name,) in link.execute(
        "SELECT name FROM sqlite_master WHERE name = 'journal_person_update'"
    ).fetchall():
        sql = link.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()[0]
        link.execute(f"DROP TRIGGER {name}")
    link.execute("UPDATE person SET sex = 'M' WHERE id = ?", (person,))
    link.execute(sql)
    link.close()
    opened = Office.open(folder, "coordinator", PASSWORD, office.now)
    assert "row changed" in opened.check().kinds()
    opened.close()


def test_figures_stay(office, person, round_id):
    with office._reads() as link:
        before = link.execute(text("SELECT count(*) FROM decision")).scalar()
        sector = link.execute(
            text(
                "SELECT sector_id FROM place JOIN person ON place.id = place_id WHERE person.id = :i"
            ),
            {"i": person},
        ).scalar()
    number = erase(office, person)
    with office._reads() as link:
        row = link.execute(
            text("SELECT * FROM person WHERE id = :i"), {"i": person}
        ).one()
        assert link.execute(text("SELECT count(*) FROM decision")).scalar() == before
        kept = link.execute(
            text("SELECT pathway, sealed FROM decision WHERE person_id = :i"),
            {"i": person},
        ).one()
    assert (row.number, row.sex, row.born_year, row.place_id) == (
        number,
        "F",
        1985,
        sector,
    )
    assert (row.own_name, row.other_names, row.born_on) == ("Erased", "", None)
    assert (kept.pathway, kept.sealed) == ("sociotherapy", b"")


def test_undo_of_what_was_about_them_is_refused_in_words(office, person):
    office.do(participants.leave, person, DAY, "work")
    erase(office, person)
    with pytest.raises(RuleBroken) as refused:
        office.undo()
    assert "it was erased" in str(say(refused.value))
    assert office.check().well


def test_whoever_took_the_request_in_does_not_carry_it_out_where_there_are_two(
    office, person, folder, sign_in
):
    office.do(keeping.add_account, "second", frozenset({Role.COORDINATOR}), PASSWORD)
    request = office.do(actions.record_request, person, RequestDetails("erase", DAY))
    with pytest.raises(RuleBroken):
        office.do(actions.erase, request, PASSWORD)
    office.close()
    other = sign_in("second")
    other.do(actions.erase, request)
    assert other.ask(queries.of_person, person).erased


def test_the_only_coordinator_gives_the_password(office, person):
    request = office.do(actions.record_request, person, RequestDetails("erase", DAY))
    with pytest.raises(RuleBroken):
        office.do(actions.erase, request)
    with pytest.raises(WrongPassword):
        office.do(actions.erase, request, "other plain words")
    assert not office.ask(queries.of_person, person).erased
    assert office.ask(queries.preview, person).alone


def test_a_merged_record_goes_too(office, person, musanze):
    place = office.do(places.add_path, musanze, ["Muhoza"])
    twin = office.do(
        participants.register,
        details(place, other_names="Inyonizuba", id_number="", id_kind="", phone=""),
        ConsentDetails(DAY, witness=f"undi {CANARY}"),
    )
    form = office.ask(people.form, person).details
    office.do(duplicates.merge, person, twin, form)
    office.do(participants.change, person, replace(form, phone="0788555444"))
    erase(office, person)
    assert found(office, CANARY, "inyoni", CARD, PHONE) == set()
    assert office.check().well


def test_every_table_and_column_is_declared():
    known = {each.name: each for each in declared.tables()}
    person = Base.metadata.tables["person"]
    for name, table in Base.metadata.tables.items():
        assert (name in known) != (name in declared.others()), name
        refers = any(key.column.table is person for key in table.foreign_keys)
        if refers or "person_id" in table.columns:
            assert name in known, name
        if name not in known or known[name].removed:
            continue
        assert known[name].columns == set(table.columns.keys()), name


def test_an_older_copy_does_not_bring_them_back(office, person, folder, tmp_path):

    made = office.do(backups.back_up, tmp_path / "stick")
    number = erase(office, person)
    office.close()
    restoring.restore(
        tmp_path / "stick" / str(made["folder"]),
        folder,
        "coordinator",
        PASSWORD,
        office.now,
    )
    again = Office.open(folder, "coordinator", PASSWORD, office.now)
    assert again.ask(queries.of_person, person).erased
    assert again.ask(queries.of_person, person).number == number
    assert found(again, CANARY, CARD) == set()
    assert again.check().well
    again.close()


def test_a_copy_is_restored_where_the_old_folder_is_gone(
    office, person, folder, tmp_path
):
    """A laptop that is the same for the same person: their data folder knows of the erasure."""
    made = office.do(backups.back_up, tmp_path / "stick")
    erase(office, person)
    office.close()
    shutil.rmtree(folder)
    copy = tmp_path / "stick" / str(made["folder"])
    restoring.restore(copy, folder, "coordinator", PASSWORD, office.now)
    again = Office.open(folder, "coordinator", PASSWORD, office.now)
    assert again.ask(queries.of_person, person).erased
    assert found(again, CANARY, CARD) == set()
    again.close()


def test_the_list_in_the_data_folder_has_the_mac_of_the_office(office, person):
    key = office._keys.chain
    log = office._number_log_of(office.laptop)
    log.keep_erased(json.dumps({"ids": [person], "mac": "00" * 32}))
    assert office.do(actions.erase_again) == 0
    log.keep_erased(erased_file.signed([person], key))
    assert office.do(actions.erase_again) == 1


def test_a_list_of_another_office_erases_nobody(office, person, folder):
    content = {"ids": [person], "mac": "00" * 32}
    (folder / "office.erased").write_text(json.dumps(content))
    assert office.do(actions.erase_again) == 0
    assert not office.ask(queries.of_person, person).erased


def test_somebody_of_a_whole_season(practice):
    """With a group, marks, a certificate and a proposal: what is left of them is what is declared."""
    with practice._reads() as link:
        person, name, code, number = link.execute(
            text(
                "SELECT person_id, name, code, number FROM certificate WHERE withdrawn_on IS NULL AND code <> '' LIMIT 1"
            )
        ).one()
        marks = link.execute(
            text("SELECT count(*) FROM mark WHERE person_id = :i"), {"i": person}
        ).scalar()
    request = practice.do(
        actions.record_request, person, RequestDetails("erase", date(2026, 11, 19))
    )
    before = practice.ask(home.today)
    assert practice.ask(queries.preview, person).against == ()
    practice.do(actions.erase, request, "practice")
    after = practice.ask(home.today)
    assert [todo.code for todo in after.todos if todo not in before.todos] == [
        "papers differ"  # the paper is still out: somebody decides on it
    ]
    assert replace(after, todos=before.todos) == before
    assert practice.check().well
    with practice._reads() as link:
        assert (
            link.execute(
                text("SELECT count(*) FROM mark WHERE person_id = :i"), {"i": person}
            ).scalar()
            == marks
        )
    (verdict,) = practice.ask(trust.verdicts, [code])
    assert verdict.state == "genuine" and verdict.erased
    assert "has been erased" in verdict_words.meaning(verdict)
    issued = practice.ask(register, None)
    assert ("Erased", number) in {(one.name, one.number) for one in issued}
    assert name not in {one.name for one in issued}


def test_it_takes_no_longer_than_the_issue_allows(practice):
    with practice._reads() as link:
        person = link.execute(
            text("SELECT person_id FROM certificate LIMIT 1")
        ).scalar()
    request = practice.do(
        actions.record_request, person, RequestDetails("erase", date(2026, 11, 19))
    )
    began = time.perf_counter()
    practice.do(actions.erase, request, "practice")
    assert time.perf_counter() - began < 5


def test_copies_that_still_hold_them_are_named_and_destroyed(office, person, tmp_path):
    assert holding.holding(office) == []
    before = copying.automatic(office, Why.WORKING)
    erase(office, person)
    copying.automatic(office, Why.EXIT)
    (one,) = holding.holding(office)
    assert one.path == before and one.until is not None
    assert holding.destroy(office, [one]) == []
    assert not before.exists() and holding.holding(office) == []
    assert "Destroyed 1 copies" in office.last_change.done
