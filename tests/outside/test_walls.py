"""The walls around a reader: whatever it does, the program goes on and says in words what is wrong with the file."""

import os
import sys
import threading
import time

import psutil
import pytest

from cbs_desktop.errors import Cancelled, Invalid, Unreadable
from cbs_desktop.outside import readers, reading, watch
from cbs_desktop.problems import say
from cbs_desktop.sheets import guarded

_STARTS = (
    "from cbs_desktop.outside import child, readers; import sys; "
    "readers.READERS[sys.argv[1]] = readers.Reader('tests.outside.bad_readers', sys.argv[1]); child.run(sys.argv[1])"
)


@pytest.fixture
def given(tmp_path, monkeypatch):
    """Read a file with a reader that misbehaves."""
    path = tmp_path / "given.xlsx"
    path.write_bytes(b"anything")

    def read(name, progress=None, **limits):
        monkeypatch.setitem(reading.READERS, name, readers.Reader("", **limits))
        starts = [sys.executable, "-X", "utf8", "-c", _STARTS, name]
        monkeypatch.setattr(reading, "command", lambda name: starts)
        return reading.read(name, path, progress=progress)

    yield read
    assert psutil.Process().children() == []  # none is left behind


def kind_of(read, *args, **more):
    with pytest.raises(Unreadable) as raised:
        read(*args, **more)
    words = str(say(raised.value))
    assert "given.xlsx" in words and "Nothing was changed." in words
    return raised.value.facts["kind"]


@pytest.mark.parametrize("name", ["crashes", "ends", "gives_up", "speaks_badly"])
def test_a_reader_that_stops_is_said_in_words(given, name):
    assert kind_of(given, name) == "reader stopped"


def test_a_reader_that_is_silent_is_ended(given):
    start = time.monotonic()
    assert kind_of(given, "sleeps", silent=1) == "took too long"
    assert time.monotonic() - start < 5


def test_signs_of_life_do_not_go_on_for_ever(given, monkeypatch):
    monkeypatch.setattr(watch, "START_MOST", 1)
    start = time.monotonic()
    assert kind_of(given, "spins", most=1.5) == "took too long"
    assert time.monotonic() - start < 5


def test_memory_has_an_end(given):
    assert kind_of(given, "eats") == "needs memory"


def test_memory_is_watched_where_the_system_sets_no_limit(given, monkeypatch):
    monkeypatch.setattr(watch, "MEMORY_MOST", 100_000_000)
    monkeypatch.setattr(reading, "MEMORY_MOST", 10**12)
    assert kind_of(given, "eats") == "needs memory"


@pytest.mark.parametrize("name", ["says_much", "says_a_line"])
def test_an_answer_has_an_end(given, name, monkeypatch):
    monkeypatch.setattr(reading, "_ANSWER_MOST", 30_000_000)
    assert kind_of(given, name) == "needs memory"


def test_what_a_library_prints_is_no_part_of_the_answer(given):
    assert given("babbles") == ["told"]


def test_plain_values_come_through(given):
    (deep,) = given("says_deep")
    for _ in range(300):
        (deep,) = deep
    assert deep == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_the_child_writes_no_file(given, tmp_path):
    assert kind_of(given, "writes") == "reader stopped"
    made = tmp_path / "made-by-the-child"
    assert not made.exists() or made.stat().st_size == 0


def test_the_child_inherits_no_secret(given, monkeypatch):
    monkeypatch.setenv("CBS_PASSWORD", "four plain words")
    ((names, words, knows_keys),) = given("tells_its_surroundings")
    assert "CBS_PASSWORD" not in names and not knows_keys
    assert words == [
        "tells_its_surroundings"
    ]  # a file's name is in no list of processes


def test_cancel_ends_the_child_at_once(given):
    start = time.monotonic()

    def progress(done, total):
        if time.monotonic() - start > 0.5:
            raise Cancelled()

    with pytest.raises(Cancelled):
        given("sleeps", progress)
    assert time.monotonic() - start < 3


def test_progress_comes_through(given):
    seen = []

    def progress(done, total):
        seen.append((done, total))
        if seen[-1] == (1, 2):
            raise Cancelled()

    with pytest.raises(Cancelled):
        given("spins", progress)
    assert set(seen) <= {(0, 0), (1, 2)}


def test_a_child_that_is_ready_serves_one_file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Name;Sex\nKEZA;F\n")
    reading.make_ready("sheet")
    reading.make_ready("sheet")
    (ready,) = psutil.Process().children()
    assert len(reading.read("sheet", path, "", 0)) == 2
    assert not ready.is_running() or ready.status() == psutil.STATUS_ZOMBIE
    reading.make_ready("sheet")
    reading.let_go("sheet")
    assert psutil.Process().children() == []


def test_a_child_that_was_ready_and_died_is_replaced(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Name;Sex\nKEZA;F\n")
    reading.make_ready("sheet")
    (ready,) = psutil.Process().children()
    ready.kill()
    ready.wait(5)
    assert len(reading.read("sheet", path, "", 0)) == 2


def test_only_what_is_listed_can_be_asked_for(tmp_path):
    with pytest.raises(KeyError):
        reading.read("os.system", tmp_path)


def test_a_program_in_one_file_starts_itself(monkeypatch):
    assert reading.command("sheet")[-4:] == ["-m", "cbs_desktop", readers.FLAG, "sheet"]
    monkeypatch.setattr(sys, "executable", os.path.join("C:", "CBS Desktop.exe"))
    assert reading.command("sheet") == [sys.executable, readers.FLAG, "sheet"]


def test_many_files_at_once(tmp_path):
    found = []

    def read(number):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"Name;Sex\nKEZA {number};F\n")
        found.append(guarded.read(path).rows[0][0])

    threads = [threading.Thread(target=read, args=(n,)) for n in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(found) == [f"KEZA {n}" for n in range(6)]


def test_faults_of_a_questionnaire_come_through(tmp_path):
    from cbs_desktop.screening import guarded

    path = tmp_path / "own.toml"
    path.write_text('key = "own"\n')
    with pytest.raises(Invalid) as raised:
        guarded.questionnaire(path)
    assert "own.toml" in str(say(raised.value))
