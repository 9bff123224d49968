"""Restoring: rehearsed without a trace, with what would be lost; a kill anywhere leaves the old office or the new one."""

import subprocess
import sys
from pathlib import Path

import pytest

from cbs_desktop import errors, settings
from cbs_desktop.keeping import actions, problems, restoring
from cbs_desktop.office import Office
from cbs_desktop.safe import copies, switching
from cbs_desktop.safe.copies import Why
from cbs_desktop.safe.switching import Settled
from cbs_desktop.store import engine, journal_end, migrate

PASSWORD = "four plain words"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(office, tmp_path):
    """A copy; since then the office was renamed."""
    made = Path(office.copy(tmp_path / "usb", Why.BY_HAND)["folder"])
    office.do(settings.set_value, "office", "Renamed since")
    office.do(settings.set_value, "office", "Renamed again")
    return made


def contents(folder):
    return {
        file.relative_to(folder): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def name_of(folder):
    office = Office.open(folder, "coordinator", PASSWORD)
    try:
        assert office.check().well
        return office.title
    finally:
        office.close()


def test_a_rehearsal_touches_nothing_and_says_what_would_be_lost(office, copy):
    before = contents(copy)
    found = restoring.rehearse(copy, office.folder, "coordinator", PASSWORD)
    assert found.checked.well and not found.is_older
    assert (found.lost.acts, found.lost.days) == (2, 1)
    assert found.acts + 2 == office._act
    said = problems.say_rehearsal(found)
    assert "all is well" in said and "lose 2 actions done on" in said
    assert contents(copy) == before


def test_a_rehearsal_of_the_newest_loses_nothing(office, tmp_path):
    made = Path(office.copy(tmp_path, Why.EXIT)["folder"])
    found = restoring.rehearse(made, office.folder, "coordinator", PASSWORD)
    assert found.lost.acts == 0
    assert "Nothing would be lost" in problems.say_rehearsal(found)


def test_a_wrong_password_leaves_no_trace(office, copy):
    office.close()
    before = contents(copy)
    there = sorted(office.folder.parent.iterdir())
    for do in (restoring.rehearse, restoring.restore):
        with pytest.raises(errors.WrongPassword):
            do(copy, office.folder, "coordinator", "not the password")
    assert contents(copy) == before
    assert sorted(office.folder.parent.iterdir()) == there
    office.__dict__.update(Office.open(office.folder, "coordinator", PASSWORD).__dict__)


def closed(office):
    """Close it; its fixture may close it once more."""
    office.close()
    office.close = lambda: None


def test_the_present_office_is_put_aside_whole(office, copy):
    closed(office)
    folder = office.folder
    restoring.restore(copy, folder, "coordinator", PASSWORD, office.now)
    assert name_of(folder) == "Musanze office"
    (aside,) = folder.parent.glob("office before restore *")
    assert name_of(aside) == "Renamed again"
    assert not switching.part_of(folder).exists() and switching.read(folder) is None


def test_the_journal_says_from_which_copy_it_was_restored(office, copy):
    closed(office)
    restoring.restore(copy, office.folder, "coordinator", PASSWORD)
    again = Office.open(office.folder, "coordinator", PASSWORD)
    try:
        (said,) = again.ask(settings.all_values)["restored from"]
        assert said["copy"] == copy.name
        with again._reader.connect() as link:
            latest = link.exec_driver_sql(
                "SELECT action FROM act ORDER BY id DESC LIMIT 2"
            ).scalars()
            assert list(latest) == ["office.sign_in", "keeping.note_restored"]
        assert again.found_at_start == ()
    finally:
        again.close()


def test_whoever_may_not_back_up_puts_no_office_aside(office, copy):
    closed(office)
    there = sorted(office.folder.parent.iterdir())
    with pytest.raises(errors.Refused):
        restoring.restore(copy, office.folder, "clerk", PASSWORD)
    assert sorted(office.folder.parent.iterdir()) == there


def test_an_office_that_is_open_is_not_replaced(office, copy):
    with pytest.raises(errors.AlreadyOpen):
        restoring.restore(copy, office.folder, "coordinator", PASSWORD)
    assert office.check().well


@pytest.mark.parametrize("spoil", ["flip", "half", "newer", "end", "cut"])
def test_a_spoilt_copy_is_refused_and_the_office_stays(office, copy, spoil):
    closed(office)
    file = copy / engine.FILE
    if spoil == "flip":
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    elif spoil == "half":
        copy = copy.rename(copy.with_name(copy.name + copies.HALF))
    elif spoil == "newer":
        note = (copy / copies.FILE).read_text()
        (copy / copies.FILE).write_text(note.replace(f'"{migrate.HEAD}"', '"9999"'))
    elif spoil == "end":
        (copy / journal_end.FILE).write_bytes(b"nothing that bears a MAC")
    else:
        with file.open("r+b") as opened:
            opened.truncate(file.stat().st_size - 4096)
    there = sorted(office.folder.parent.iterdir())
    with pytest.raises((errors.DamagedFile, errors.NewerFile)):
        restoring.restore(copy, office.folder, "coordinator", PASSWORD)
    assert sorted(office.folder.parent.iterdir()) == there
    assert name_of(office.folder) == "Renamed again"


KILLED = """
import os, sys
from pathlib import Path
from cbs_desktop.keeping import restoring
from cbs_desktop.safe import switching
from cbs_desktop.store import backup
copy, folder, where, nth = sys.argv[1:]
def killer(module, name, before):
    which = getattr(module, name)
    count = [0]
    def killed(*args, **kw):
        count[0] += 1
        mine = count[0] == int(nth)
        if mine and before:
            os.kill(os.getpid(), 9)
        value = which(*args, **kw)
        if mine:
            os.kill(os.getpid(), 9)
        return value
    setattr(module, name, killed)
module, name, when = where.split(".")
killer({"restoring": restoring, "switching": switching, "backup": backup}[module], name, when == "before")
restoring.restore(Path(copy), Path(folder), "coordinator", "four plain words")
"""
STEPS = [
    ("switching.begin.after", 1, Settled.UNDONE),
    ("backup._put.after", 2, Settled.UNDONE),
    ("restoring._made_well.before", 1, Settled.UNDONE),
    ("restoring._made_well.after", 1, Settled.UNDONE),
    ("switching.make_ready.after", 1, Settled.FINISHED),
    ("switching._rename.after", 1, Settled.FINISHED),
    ("switching._rename.after", 2, Settled.FINISHED),
]


@pytest.mark.parametrize(("where", "nth", "how"), STEPS)
def test_a_kill_leaves_the_old_office_or_the_new_and_the_next_start_says_which(
    office, copy, where, nth, how
):
    closed(office)
    given = [sys.executable, "-c", KILLED, str(copy), str(office.folder), where]
    done = subprocess.run([*given, str(nth)], cwd=ROOT, timeout=90, check=False)
    assert done.returncode == -9
    told = switching.settle(office.folder)
    assert told.how == how
    is_new = how == Settled.FINISHED
    assert name_of(office.folder) == ("Musanze office" if is_new else "Renamed again")
    aside = list(office.folder.parent.glob("office before restore *"))
    assert len(aside) == is_new and switching.settle(office.folder) is None
    assert not switching.part_of(office.folder).exists()


def test_opening_the_office_settles_what_was_under_way(office, copy):
    closed(office)
    restoring.prepare(copy, office.folder, "coordinator", PASSWORD)
    assert name_of(office.folder) == "Musanze office"


def test_nothing_is_settled_while_the_office_is_open(office, copy):
    restoring.prepare(copy, office.folder, "coordinator", PASSWORD)
    with pytest.raises(errors.AlreadyOpen):
        switching.settle(office.folder)
    switching.give_up(office.folder)
    assert office.check().well and not switching.part_of(office.folder).exists()


def test_a_copy_goes_into_a_folder_with_other_files(office, copy, tmp_path):
    there = tmp_path / "documents"
    there.mkdir()
    (there / "letter.txt").write_text("kept")
    restoring.restore(copy, there, "coordinator", PASSWORD)
    assert name_of(there) == "Musanze office"
    assert (there / "letter.txt").read_text() == "kept"


def test_a_copy_of_another_office_is_said_to_be_one(copy, tmp_path, home):
    from cbs_desktop import founding

    plan = founding.Plan("Other", "OT", "RW", ("Ngoma",), "coordinator")
    other, _code = founding.found(tmp_path / "other", plan, PASSWORD)
    other.close()
    found = restoring.rehearse(copy, tmp_path / "other", "coordinator", PASSWORD)
    assert found.lost is None
    assert "cannot be read with the keys" in problems.say_rehearsal(found)


def test_restored_twice_in_place_keeps_every_office(office, copy):
    closed(office)
    for _ in range(2):
        restoring.restore(copy, office.folder, "coordinator", PASSWORD, office.now)
    assert len(list(office.folder.parent.glob("office before restore *"))) == 2
    again = Office.open(office.folder, "coordinator", PASSWORD)
    again.do(actions.back_up, office.folder.parent / "usb2")
    again.close()
