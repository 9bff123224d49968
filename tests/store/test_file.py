"""The office's file: never a new empty one by mistake, each kind of wrong file told apart, two windows refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cbs_desktop import errors, settings
from cbs_desktop.keeping import actions as keeping
from cbs_desktop.office import Office
from cbs_desktop.overview import queries as overview
from cbs_desktop.problems import say

PASSWORD = "four plain words"  # of conftest.py

ROOT = Path(__file__).resolve().parents[2]


def open_it(folder):
    Office.open(folder, "coordinator", PASSWORD).close()


def clean(folder):
    for name in ("office.db-wal", "office.db-shm"):
        (folder / name).unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda f: (f / "office.db").unlink(), errors.NoOffice),
        (lambda f: (f / "office.db").write_bytes(b""), errors.EmptyFile),
        (
            lambda f: (f / "office.db").write_bytes(
                b"SQLite format 3\x00" + bytes(4096)
            ),
            errors.ForeignFile,
        ),
        (lambda f: (f / "office.db").write_bytes(os.urandom(8192)), errors.ForeignFile),
        (lambda f: os.truncate(f / "office.db", 8192), errors.DamagedFile),
        (lambda f: [path.unlink() for path in f.glob("keys*.json")], errors.NoKeys),
        (
            lambda f: [path.write_text("{") for path in f.glob("keys*.json")],
            errors.NoKeys,
        ),
    ],
)
def test_wrong_files_are_told_apart_and_left_as_they_are(folder, spoil, problem):
    clean(folder)
    spoil(folder)
    before = {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.suffix != ".lock"
    }
    with pytest.raises(problem) as raised:
        open_it(folder)
    said = say(raised.value)
    assert said.what and (said.safe or said.todo)
    after = {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name in before
    }
    assert {n: c for n, c in after.items() if not n.endswith(("-wal", "-shm"))} == {
        n: c for n, c in before.items() if not n.endswith(("-wal", "-shm"))
    }
    assert problem is not errors.NoOffice or not (folder / "office.db").exists()


def test_the_key_file_before_the_last_change_is_kept_beside_it(folder):
    clean(folder)
    (folder / "keys.json").write_text("{")
    open_it(folder)


def test_a_flipped_byte_is_found_by_the_check(folder):
    clean(folder)
    content = bytearray((folder / "office.db").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "office.db").write_bytes(bytes(content))
    try:
        office = Office.open(folder, "coordinator", PASSWORD)
    except errors.OfficeProblem:
        return
    try:
        assert office.check().well is False
    finally:
        office.close()


def test_a_newer_file_is_refused(folder):
    from cbs_desktop.safe import accounts
    from cbs_desktop.store import engine

    keys, _roles = accounts.unlock(folder, "coordinator", PASSWORD)
    link = engine.connect(folder / "office.db", keys.data)
    link.execute("UPDATE alembic_version SET version_num = '9999'")
    link.close()
    with pytest.raises(errors.NewerFile):
        open_it(folder)


def test_two_windows_on_one_office(office, folder):
    with pytest.raises(errors.AlreadyOpen):
        open_it(folder)


def test_no_plain_word_in_the_file(office, folder, lines):
    from cbs_desktop.participants import actions

    office.do(actions.import_people, lines(5))
    office.close()
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"PERSONA" not in everything and b"Muhoza" not in everything
    office.__dict__.update(Office.open(folder, "coordinator", PASSWORD).__dict__)


def test_an_older_copy_put_back_is_noticed(folder):
    clean(folder)
    older = (folder / "office.db").read_bytes()
    office = Office.open(folder, "coordinator", PASSWORD)
    office.do(settings.set_value, "office", "Another name")
    office.close()
    clean(folder)
    (folder / "office.db").write_bytes(older)
    office = Office.open(folder, "coordinator", PASSWORD)
    try:
        assert office.check().kinds() == {"older"}
    finally:
        office.close()


def test_a_journal_that_was_tampered_with_is_noticed(folder):
    from cbs_desktop.safe import accounts
    from cbs_desktop.store import engine

    keys, _roles = accounts.unlock(folder, "coordinator", PASSWORD)
    link = engine.connect(folder / "office.db", keys.data)
    link.create_function("cbs_erasing", 0, lambda: 1)
    link.execute("UPDATE act SET account = 'somebody else' WHERE id = 2")
    link.close()
    office = Office.open(folder, "coordinator", PASSWORD)
    try:
        assert [
            finding.facts["act"]
            for finding in office.check().findings
            if finding.kind == "journal changed"
        ] == [2]
    finally:
        office.close()


KILLED = """
import sys
from pathlib import Path
from cbs_desktop.office import Office
from cbs_desktop import settings
office = Office.open(Path(sys.argv[1]), "coordinator", sys.argv[2])
for n in range(10_000):
    office.do(settings.set_value, "office", f"name {n}")
    print(n, flush=True)
"""


def test_killed_in_the_middle_loses_nothing_that_was_acknowledged(folder):
    running = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), PASSWORD],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    said = [int(running.stdout.readline()) for _ in range(25)]
    running.kill()
    rest = running.stdout.read().split()
    running.wait()
    last = int(rest[-1]) if rest else said[-1]
    office = Office.open(folder, "coordinator", PASSWORD)
    try:
        name = office.ask(settings.all_values)["office"]
        assert int(name.split()[1]) >= last
        assert office.check().well is True
    finally:
        office.close()


def test_a_full_disk_and_a_read_only_folder_are_said_in_words(office, monkeypatch):
    from cbs_desktop.store import backup

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_copy", full)
    with pytest.raises(errors.DiskFull):
        office.do(keeping.back_up, office.folder / "usb")
    assert not list((office.folder / "usb").iterdir())


def test_a_real_full_disk_rolls_back(office, lines):
    """SQLite itself says that the disk is full: the file may not grow by one page more."""
    from cbs_desktop.participants import actions

    with office._writer.connect() as link:
        pages = link.exec_driver_sql("PRAGMA page_count").scalar()
        link.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(errors.DiskFull):
        office.do(actions.import_people, lines(400))
    with office._writer.connect() as link:
        link.exec_driver_sql("PRAGMA max_page_count = 1000000000")
    assert office.ask(overview.roster).count == 0
    assert office.check().well is True
    office.do(actions.import_people, lines(3))


def test_backup_and_restore(office, lines, tmp_path):
    from cbs_desktop import founding
    from cbs_desktop.participants import actions

    office.do(actions.import_people, lines(7))
    facts = office.do(keeping.back_up, tmp_path / "usb")
    checked = founding.restore(
        Path(facts["folder"]), tmp_path / "again", "coordinator", PASSWORD
    )
    assert checked["well"]
    again = Office.open(tmp_path / "again", "coordinator", PASSWORD)
    try:
        assert again.ask(overview.roster).count == 7
    finally:
        again.close()
    with pytest.raises(errors.OfficeExists):
        founding.restore(
            Path(facts["folder"]), tmp_path / "again", "coordinator", PASSWORD
        )
