"""Wrong passwords cost a growing wait, whatever becomes of the file that counts them; and nobody is locked out by it."""

from datetime import UTC, datetime, timedelta

import pytest

from cbs_desktop.errors import WaitFirst, WrongPassword
from cbs_desktop.safe import accounts, number_log, tries

PASSWORD = "four plain words"  # of conftest.py
DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = DAY

    def __call__(self):
        return self.now

    def set(self, **more):
        self.now += timedelta(**more)


@pytest.fixture
def clock():
    return Clock()


def fail(folder, clock):
    with pytest.raises(WrongPassword) as raised:
        accounts.unlock(folder, "clerk", "not it at all", clock)
    return raised.value.facts["wait"]


def test_the_wait_grows_to_a_minute_and_ends_with_the_right_password(folder, clock):
    waits = []
    for _ in range(9):
        waits.append(fail(folder, clock))
        clock.set(seconds=waits[-1])
    assert waits == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    clock.set(seconds=-1)
    with pytest.raises(WaitFirst) as first:
        accounts.unlock(folder, "clerk", PASSWORD, clock)
    assert 1 <= first.value.facts["wait"] <= 2
    accounts.unlock(folder, "screener", PASSWORD, clock)
    clock.set(seconds=1)
    assert accounts.open_slot(folder, "clerk", PASSWORD, clock).wrong == 9
    assert accounts.open_slot(folder, "clerk", PASSWORD, clock).wrong == 0


def test_deleting_a_file_gains_nothing(folder, clock):
    for _ in range(4):
        clock.set(seconds=fail(folder, clock))
    for place in (folder, number_log.data_home()):
        (place / tries.FILE).unlink()
        assert tries.of(folder, "clerk").count == 4
    tries._HERE.clear()
    assert tries.of(folder, "clerk").count == 0  # both files and the program gone


def test_each_file_alone_remembers_after_a_new_start(folder, clock):
    for _ in range(3):
        clock.set(seconds=fail(folder, clock))
    tries._HERE.clear()
    (folder / tries.FILE).unlink()
    assert tries.of(folder, "clerk").count == 3


def test_a_clock_that_is_set_back_begins_the_wait_anew_and_no_more(folder, clock):
    for _ in range(4):
        clock.set(seconds=fail(folder, clock))
    clock.set(days=-400)
    with pytest.raises(WaitFirst):
        accounts.unlock(folder, "clerk", PASSWORD, clock)
    clock.set(seconds=tries.MOST)
    accounts.unlock(folder, "clerk", PASSWORD, clock)


@pytest.mark.parametrize(
    "content", ["", "{", "[1]", '{"x": 1}', '{"x": [1e999, "y"]}', "[" * 100_000]
)
def test_a_broken_file_locks_nobody_out(folder, clock, content):
    for place in (folder, number_log.data_home()):
        place.mkdir(exist_ok=True, parents=True)
        (place / tries.FILE).write_text(content)
    accounts.unlock(folder, "clerk", PASSWORD, clock)
    assert fail(folder, clock) == 0


def test_absurd_counts_wait_a_minute_at_most(folder, clock):
    word = tries._word(folder, "clerk")
    (folder / tries.FILE).write_text(f'{{"{word}": [99999999, {DAY.timestamp()}]}}')
    with pytest.raises(WaitFirst) as first:
        accounts.unlock(folder, "clerk", PASSWORD, clock)
    assert first.value.facts["wait"] <= tries.MOST + 1
    clock.set(seconds=tries.MOST)
    accounts.unlock(folder, "clerk", PASSWORD, clock)


def test_the_shared_file_tells_no_name(folder, clock):
    fail(folder, clock)
    assert "clerk" not in (number_log.data_home() / tries.FILE).read_text()
