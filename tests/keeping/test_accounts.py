"""Accounts changed: signed, told in the journal, and what each change reaches: keys, sign-ins, copies of before."""

import pytest

from cbs_desktop.errors import (
    DamagedFile,
    KeysDoNotFit,
    Missing,
    NameTaken,
    Refused,
    RuleBroken,
    WrongCode,
    WrongPassword,
)
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.keeping import actions
from cbs_desktop.office import Office
from cbs_desktop.problems import say
from cbs_desktop.safe import accounts, key_file, keys
from cbs_desktop.safe.permissions import Role
from cbs_desktop.store import engine

PASSWORD = "four plain words"  # of conftest.py
NEW = "another four words"
CLERK = frozenset({Role.CLERK})
COORDINATOR = frozenset({Role.COORDINATOR})


def acts(office):
    """Name and facts of every act."""
    with office._reader.connect() as link:
        return link.exec_driver_sql("SELECT action, facts FROM act ORDER BY id").all()


def test_accounts_are_listed_with_roles_and_since_when(office):
    found = {one.name: one for one in office.ask(keeping.listed)}
    assert list(found) == ["auditor", "clerk", "coordinator", "screener"]
    assert found["clerk"].roles == CLERK and found["clerk"].since.year == 2026
    assert [one.name for one in found.values() if one.mine] == ["coordinator"]
    assert [one.name for one in found.values() if one.holds_accounts] == ["coordinator"]


def test_other_roles_come_with_their_keys_and_go_without(office, folder):
    office.do(keeping.change_roles, "clerk", frozenset({Role.SCREENER}))
    assert office.last_change.done == "Changed the roles of clerk: screener"
    held, roles = accounts.unlock(folder, "clerk", PASSWORD)
    assert roles == {Role.SCREENER} and held.clinical and not held.signing
    office.do(keeping.change_roles, "clerk", CLERK)
    held, roles = accounts.unlock(folder, "clerk", PASSWORD)
    assert roles == {Role.CLERK} and not held.clinical


def test_nobody_gives_what_they_do_not_hold(sign_in, folder, calendar):
    office = sign_in("coordinator")
    office.do(keeping.add_account, "second", COORDINATOR, PASSWORD)
    office.close()
    second = Office.open(folder, "second", PASSWORD, calendar)
    before = (folder / key_file.FILE).read_bytes()
    for give in (
        lambda: second.do(keeping.add_account, "x", frozenset({Role.SCREENER}), NEW),
        lambda: second.do(keeping.change_roles, "clerk", frozenset({Role.SCREENER})),
        lambda: second.do(keeping.replace_password, "screener", NEW),
        lambda: second.do(keeping.renew_code, keys.new_code()),
    ):
        with pytest.raises(Refused):
            give()
    assert (folder / key_file.FILE).read_bytes() == before
    second.close()


def test_a_second_coordinator_replaces_the_password_of_the_first(sign_in, folder):
    first = sign_in("coordinator")
    assert first.ask(keeping.advice) == {"second holder", "code"}
    first.do(keeping.change_roles, "coordinator", COORDINATOR)
    first.do(keeping.add_account, "second", COORDINATOR, PASSWORD)
    assert first.ask(keeping.advice) == {"code"}
    first.close()
    second = sign_in("second")
    second.do(keeping.replace_password, "coordinator", NEW)
    second.close()
    assert accounts.unlock(folder, "coordinator", NEW)[1] == COORDINATOR
    with pytest.raises(WrongPassword):
        accounts.unlock(folder, "coordinator", PASSWORD)


def test_somebody_who_holds_accounts_is_always_left(office, folder):
    before = (folder / key_file.FILE).read_bytes()
    with pytest.raises(RuleBroken) as broken:
        office.do(keeping.change_roles, "coordinator", CLERK)
    assert broken.value.facts["rule"] == "last holder"
    for change in (keeping.take_away, keeping.replace_password):
        more = (NEW,) if change is keeping.replace_password else ()
        with pytest.raises(RuleBroken) as broken:
            office.do(change, "coordinator", *more)
        assert broken.value.facts["rule"] == "own account"
    for name in ("nobody", keys.RECOVERY):
        with pytest.raises(Missing):
            office.do(keeping.take_away, name)
    assert (folder / key_file.FILE).read_bytes() == before


def test_who_is_removed_opens_neither_the_office_nor_its_file(
    sign_in, folder, calendar, tmp_path
):
    office = sign_in("coordinator")
    copy = office.do(actions.back_up, tmp_path / "usb")["folder"]
    old, _roles = accounts.unlock(folder, "clerk", PASSWORD)
    slot = key_file.read(folder).slot("clerk")
    (folder / "before-upgrade-0001.db").write_bytes(b"of before")
    keeping.remove(office, "clerk")
    told = [act for act, _facts in acts(office)][-2:]
    assert told == ["keeping.take_away", "office.change_key"]
    assert office.check().well
    assert not engine.fits(folder / engine.FILE, old.data)
    assert not list(folder.glob("before-upgrade-*"))
    office.close()
    for name in (key_file.FILE, key_file.SECOND):
        assert "clerk" not in [s.name for s in key_file.read(folder).slots]
        assert slot.box not in (folder / name).read_text()
    with pytest.raises(WrongPassword):
        Office.open(folder, "clerk", PASSWORD, calendar)
    for name in ("screener", "auditor", "coordinator"):
        again = Office.open(folder, name, PASSWORD, calendar)
        assert again.check().well and not again._keys.next
        again.close()
    assert accounts.unlock(
        tmp_path / "usb" / copy, "clerk", PASSWORD
    )  # copies of before


def test_an_older_key_file_does_not_open_the_file_of_after(sign_in, folder, calendar):
    before = (folder / key_file.FILE).read_bytes()
    office = sign_in("coordinator")
    keeping.remove(office, "clerk")
    office.close()
    for name in (key_file.FILE, key_file.SECOND):
        (folder / name).write_bytes(before)
    with pytest.raises(DamagedFile):
        Office.open(folder, "clerk", PASSWORD, calendar)


@pytest.mark.parametrize("done", [False, True], ids=["before the change", "after it"])
def test_a_removal_that_was_cut_off_is_ended_by_the_next_coordinator(
    sign_in, folder, calendar, done
):
    office = sign_in("coordinator")
    office.do(keeping.take_away, "clerk")
    held = office._keys
    office.close()
    if done:
        engine.change_key(folder / engine.FILE, held.data, held.next)
    auditor = Office.open(folder, "auditor", PASSWORD, calendar)
    assert auditor.check().well
    auditor.close()
    assert engine.fits(folder / engine.FILE, held.data) is not done
    boss = Office.open(folder, "coordinator", PASSWORD, calendar)
    assert boss.check().well
    boss.close()
    assert engine.fits(folder / engine.FILE, held.next)
    for name in ("coordinator", "auditor"):
        assert not accounts.unlock(folder, name, PASSWORD)[0].next


def test_work_goes_on_and_is_undone_across_a_change_of_the_key(office):
    from cbs_desktop import settings

    office.do(settings.set_value, "office", "Before")
    keeping.remove(office, "clerk")
    assert office.ask(settings.all_values)["office"] == "Before"
    office.undo()
    assert office.ask(settings.all_values)["office"] == "Musanze office"
    assert office.check().well


def test_a_renewed_code_counts_and_the_one_before_does_not(
    office, folder, office_template
):
    before = (office_template.parent / "code").read_text()
    code = keeping.new_code()
    office.do(keeping.renew_code, code)
    assert "code" not in office.ask(keeping.advice)
    with pytest.raises(WrongCode):
        accounts.recover(folder, before, "clerk", NEW)
    accounts.recover(folder, code, "clerk", NEW)
    assert accounts.unlock(folder, "clerk", NEW)[1] == CLERK
    assert code not in "".join(facts for _act, facts in acts(office))


def test_a_code_still_works_after_the_key_of_the_file_was_changed(
    sign_in, folder, calendar, office_template
):
    office = sign_in("coordinator")
    keeping.remove(office, "clerk")
    office.close()
    code = (office_template.parent / "code").read_text()
    accounts.recover(folder, code, "coordinator", NEW)
    again = Office.open(folder, "coordinator", NEW, calendar)
    assert again.check().well and len(again.ask(keeping.listed)) == 3
    again.close()


def test_sign_ins_and_wrong_tries_stand_in_the_journal(folder, calendar):
    with pytest.raises(WrongPassword):
        Office.open(folder, "clerk", "not it at all", calendar)
    office = Office.open(folder, "clerk", PASSWORD, calendar)
    action, facts = acts(office)[-1]
    assert action == "office.sign_in" and '"wrong": 1' in facts
    assert office.undoable() == ("", "")
    office.close()


def test_an_office_that_cannot_be_written_is_opened_all_the_same(
    folder, calendar, monkeypatch
):
    from cbs_desktop.errors import ReadOnly
    from cbs_desktop.unlocked import Unlocked

    def refuse(*_args):
        raise ReadOnly(folder=folder)

    monkeypatch.setattr("cbs_desktop.entrance.note_sign_in", refuse)
    office = Office.open(folder, "clerk", PASSWORD, calendar)
    assert isinstance(office, Unlocked) and office.account.roles == CLERK
    office.close()


def test_a_name_that_looks_like_another_leaves_no_trace(office, folder):
    before = office._act
    for name in ("CLERK", "c1erk", "Recovery"):
        with pytest.raises(NameTaken):
            office.do(keeping.add_account, name, CLERK, PASSWORD)
    assert office._act == before


def test_the_keys_of_a_copy_open_it(office, tmp_path, calendar):
    copy = tmp_path / "usb" / office.do(actions.back_up, tmp_path / "usb")["folder"]
    held, _roles = accounts.unlock(copy, "auditor", PASSWORD)
    assert engine.fits(copy / engine.FILE, held.data)


def test_a_key_file_of_before_the_change_is_told_as_that(office, folder):
    older = (folder / key_file.FILE).read_bytes()
    keeping.remove(office, "clerk")
    office.close()
    (folder / key_file.FILE).write_bytes(older)
    with pytest.raises(KeysDoNotFit) as told:
        Office.open(folder, "coordinator", PASSWORD)
    assert "older than the last change" in str(say(told.value))
