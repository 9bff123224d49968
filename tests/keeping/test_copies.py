"""Copies: whole or not there, never in another's place, named rightly, made by themselves, thinned by a rule."""

import json
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop import clock, errors, settings
from cbs_desktop.keeping import actions, copying, rules
from cbs_desktop.safe import copies, key_file
from cbs_desktop.safe.copies import State, Why
from cbs_desktop.store import backup, engine, migrate

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MOMENTS = st.lists(
    st.integers(0, 3 * 365 * 24 * 60).map(lambda n: NOW - timedelta(minutes=n))
)


@given(MOMENTS)
def test_the_newest_copy_and_those_of_three_hours_are_always_kept(made):
    stay = rules.kept(made, NOW)
    assert stay <= set(made)
    recent = {moment for moment in made if NOW - moment <= timedelta(hours=3)}
    assert recent <= stay
    assert not made or max(made) in stay


@given(MOMENTS)
def test_thinning_twice_is_thinning_once_and_leaves_few(made):
    stay = rules.kept(made, NOW)
    assert rules.kept(stay, NOW) == stay
    old = [moment for moment in stay if NOW - moment > timedelta(hours=3)]
    assert len(old) <= 49 + 15 + 11 + 25 + 1


@given(MOMENTS)
def test_whatever_is_removed_has_a_later_copy_near_it(made):
    stay = rules.kept(made, NOW)
    for moment in set(made) - stay:
        age = NOW - moment
        near = timedelta(days=31)
        if age <= timedelta(days=70):
            near = timedelta(days=7)
        if age <= timedelta(days=14):
            near = timedelta(days=1)
        if age <= timedelta(days=2):
            near = timedelta(hours=1)
        is_replaced = any(moment < other <= moment + near for other in stay)
        assert is_replaced or age > timedelta(days=730)


@given(MOMENTS, st.integers(1, 400))
def test_as_days_go_by_kept_copies_never_come_back(made, days):
    later = NOW + timedelta(days=days)
    stay = rules.kept(made, NOW)
    assert rules.kept(stay, later) <= stay


def test_a_copy_of_the_future_is_kept():
    future = NOW + timedelta(days=400)
    stay = rules.kept([NOW - timedelta(days=900), NOW, future], NOW)
    assert stay == {NOW, future}


@pytest.mark.parametrize(
    ("now", "last", "doubt"),
    [
        (NOW, NOW - timedelta(days=3), ""),
        (NOW, NOW + timedelta(hours=20), ""),
        (NOW, NOW + timedelta(hours=25), "behind"),
        (NOW, NOW - timedelta(days=731), "ahead"),
        (NOW, None, ""),
        (datetime(2019, 1, 1, tzinfo=UTC), None, "before release"),
    ],
)
def test_a_strange_clock(now, last, doubt):
    assert clock.doubt(now, last, date(2026, 11, 1)) == doubt


def test_two_backups_of_one_second_are_two(office, tmp_path):
    first = office.do(actions.back_up, tmp_path)
    before = (Path(first["folder"]) / engine.FILE).read_bytes()
    office.do(settings.set_value, "office", "Another name")
    second = office.do(actions.back_up, tmp_path)
    assert first["folder"] != second["folder"]
    assert second["folder"].endswith("-2") and second["acts"] > first["acts"]
    assert (Path(first["folder"]) / engine.FILE).read_bytes() == before


def test_a_backup_that_fails_leaves_those_of_before_and_no_half(office, tmp_path):
    kept = Path(office.do(actions.back_up, tmp_path)["folder"])
    before = {file.name: file.read_bytes() for file in kept.iterdir()}
    (office.folder / key_file.FILE).write_text("{")
    (office.folder / key_file.SECOND).unlink(missing_ok=True)
    with pytest.raises(errors.NoKeys):
        office.do(actions.back_up, tmp_path)
    assert {file.name: file.read_bytes() for file in kept.iterdir()} == before
    assert [each.name for each in tmp_path.glob(f"*{copies.HALF}")] == []


def test_the_key_file_in_use_goes_into_the_copy(office, tmp_path):
    whole = (office.folder / key_file.FILE).read_bytes()
    (office.folder / key_file.SECOND).write_bytes(whole)
    (office.folder / key_file.FILE).write_text('{"slots": [')
    kept = Path(office.do(actions.back_up, tmp_path)["folder"])
    assert (kept / key_file.FILE).read_bytes() == whole


def test_a_copy_that_is_not_like_its_origin_is_refused(office, tmp_path, monkeypatch):
    said = iter([False, True])

    def other_counts(link):
        found = counts(link)
        if next(said):
            found["person"] += 1
        return found

    counts = backup._counts
    monkeypatch.setattr(backup, "_counts", other_counts)
    with pytest.raises(errors.DamagedFile):
        office.do(actions.back_up, tmp_path / "usb")
    assert list((tmp_path / "usb").iterdir()) == []


KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from cbs_desktop.office import Office
from cbs_desktop.store import backup
from cbs_desktop.safe.copies import Why
office = Office.open(Path(sys.argv[1]), "coordinator", "four plain words")
which = getattr(backup, sys.argv[3])
def killed(*args):
    which(*args)
    os.kill(os.getpid(), 9)
setattr(backup, sys.argv[3], killed)
office.copy(Path(sys.argv[2]), Why.EXIT)
"""


@pytest.mark.parametrize("after", ["_copy", "_fill"])
def test_a_killed_copy_has_no_good_name(folder, tmp_path, after):
    into = tmp_path / "copies"
    given = [sys.executable, "-c", KILLED, str(folder), str(into), after]
    done = subprocess.run(given, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == -9
    (half,) = into.iterdir()
    assert half.name.endswith(copies.HALF)
    (found,) = copies.lying_in(into, copies.ANY, migrate.HEAD)
    assert found.state == State.HALF_MADE and not found.can_be_opened


def change(copy, **values):
    note = json.loads((copy / copies.FILE).read_text())
    (copy / copies.FILE).write_text(json.dumps({**note, **values}))


def test_every_kind_of_copy_is_named_rightly(office, tmp_path):
    made = {}
    for name in ("whole", "older", "newer", "foreign", "cut", "no keys", "unmarked"):
        made[name] = Path(office.copy(tmp_path / "there", Why.EXIT)["folder"])
    change(made["older"], schema="0003")
    change(made["newer"], schema="9999")
    change(made["foreign"], office="0123456789abcdef")
    with (made["cut"] / engine.FILE).open("r+b") as file:
        file.truncate(8192)
    (made["no keys"] / key_file.FILE).unlink()
    (made["unmarked"] / copies.FILE).unlink()
    (tmp_path / "there" / "holiday pictures").mkdir()
    found = copying.lying_in(office, tmp_path / "there")
    states = {copy.folder: copy.state for copy in found}
    assert states == {
        made["whole"]: State.WHOLE,
        made["older"]: State.OLDER,
        made["newer"]: State.NEWER,
        made["foreign"]: State.FOREIGN,
        made["cut"]: State.HALF_MADE,
        made["no keys"]: State.HALF_MADE,
        made["unmarked"]: State.UNMARKED,
    }


def test_the_actions_that_a_copy_is_made_before_are_real_ones():
    doors = tomllib.loads((ROOT / "tests/house/doors.toml").read_text("utf-8"))
    every = {name for names in doors.values() for name in names}
    assert set(copying.BEFORE) <= every


def test_a_copy_is_made_only_where_something_was_done(office):
    first = copying.automatic(office, Why.WORKING)
    assert first is not None and copying.automatic(office, Why.EXIT) is None
    office.do(settings.set_value, "office", "Another name")
    assert copying.automatic(office, Why.IMPORT) is None  # one of this minute serves
    second = copying.automatic(office, Why.EXIT)
    assert second is not None and second != first
    there = copying.beside(office)
    assert (there.count, there.folder) == (2, office.folder.with_name("office copies"))


def test_thinning_leaves_backups_other_offices_and_strange_folders(
    office, monkeypatch, calendar
):
    into = copies.automatic_folder(office.folder)
    old = [Path(office.copy(into, Why.WORKING)["folder"]) for _ in range(3)]
    for n, copy in enumerate(old):
        change(copy, made=f"2023-05-0{n + 1}T08:00:00+00:00")
    by_hand = Path(office.copy(into, Why.BY_HAND)["folder"])
    change(by_hand, made="2023-05-01T08:00:00+00:00")
    foreign = Path(office.copy(into, Why.EXIT)["folder"])
    change(foreign, made="2023-05-01T08:00:00+00:00", office="0123456789abcdef")
    unmarked = Path(office.copy(into, Why.EXIT)["folder"])
    (unmarked / copies.FILE).unlink()
    office.do(settings.set_value, "office", "Another name")
    newest = copying.automatic(office, Why.EXIT)
    assert set(into.iterdir()) == {by_hand, foreign, unmarked, newest}


def test_what_a_killed_program_left_goes_after_a_day(office, calendar):
    into = copies.automatic_folder(office.folder)
    half = into / f"office-2026-01-01-080000{copies.HALF}"
    half.mkdir(parents=True)
    (half / "office.db").write_bytes(b"half")
    copying.thin(office, into, datetime.now(UTC))
    assert half.exists()
    copying.thin(office, into, datetime.now(UTC) + timedelta(days=2))
    assert not half.exists()


def test_people_go_on_working_while_a_copy_is_made(office, tmp_path, monkeypatch):
    counts = backup._counts

    def in_between(link):
        found = counts(link)
        if not done:
            done.append(True)
            office.do(settings.set_value, "office", "Written meanwhile")
        return found

    done = []
    monkeypatch.setattr(backup, "_counts", in_between)
    facts = office.copy(tmp_path, Why.WORKING)
    assert facts["acts"] == office._act - 1
    assert office.check().well


def test_the_marker_of_a_stick_knows_the_office_and_no_name(
    office, tmp_path, monkeypatch
):
    stick = tmp_path / "drives" / "STICK"
    stick.mkdir(parents=True)
    monkeypatch.setattr(copies, "_drives", lambda: iter([stick]))
    assert copies.sticks(office.fingerprint) == []
    office.do(actions.back_up, stick / "backups")
    assert copies.sticks(office.fingerprint) == [stick / "backups"]
    assert copies.sticks("0123456789abcdef") == []
    said = (stick / "backups" / copies.MARKER).read_text()
    assert json.loads(said) == {"office": office.fingerprint, "stick": 1}


def test_moments_of_made_copies_are_in_order(office, tmp_path):
    for n in range(3):
        copy = Path(office.copy(tmp_path / "x", Why.EXIT)["folder"])
        change(copy, made=f"2026-02-0{n + 1}T08:00:00+00:00")
    found = copying.lying_in(office, tmp_path / "x")
    assert all(one.made > other.made for one, other in pairwise(found))
