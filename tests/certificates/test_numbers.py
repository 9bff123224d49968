"""No number is given twice, whatever becomes of the database, the folder or the clock; and every number is explained."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.certificates import actions, numbers, queries, rules
from cbs_desktop.errors import Bug, ReadOnly
from cbs_desktop.keeping import actions as keeping
from cbs_desktop.office import Office
from cbs_desktop.safe import number_log


def reopened(office, now=None):
    folder = office.folder
    if not office.closed:
        office.close()
    opened = Office.open(folder, "coordinator", "practice", now or office.now)
    office.__dict__.update(opened.__dict__)  # for the fixture to close
    return office


def test_a_series_belongs_to_office_laptop_and_year(practice):
    register = practice.ask(queries.register)
    series = register[0].number.rsplit("-", 1)[0]
    last = len(register)
    assert [one.number for one in register] == [
        f"{series}-{n:04}" for n in range(1, last + 1)
    ]
    assert series.endswith("-L1-2026")
    found = practice.ask(numbers.numbering)
    assert (found.series, found.next, found.run, found.behind) == (
        series,
        last + 1,
        "",
        None,
    )
    assert {one.state for one in practice.ask(numbers.gaps)[series]} == {"stands"}


def test_an_older_database_in_the_folder_goes_on_after_the_last_number(
    practice, season, open_again, tmp_path
):
    people = open_again(3)
    practice.close()
    old = tmp_path / "old.db"
    shutil.copy(practice.folder / "office.db", old)
    reopened(practice)
    given = practice.do(actions.issue, season, people)
    practice.close()
    for rest in practice.folder.glob("office.db*"):
        rest.unlink()
    shutil.copy(old, practice.folder / "office.db")
    reopened(practice)
    (series,) = practice.ask(numbers.gaps)
    again = practice.do(actions.issue, season, people)
    assert (
        not {*given} & {*again}
        and len({one.number for one in practice.ask(queries.register)}) == 839
    )
    assert [one.state for one in practice.ask(numbers.gaps, series)[series][-6:]] == [
        "not here"
    ] * 3 + ["stands"] * 3
    assert again[0].rsplit("-", 1)[0] == series  # the same place: the same series


def copied(practice, tmp_path, name):
    """The whole folder of an office, taken to another computer: a data folder that knows nothing."""
    target = tmp_path / name / "office"
    shutil.copytree(practice.folder, target)
    (target / "office.lock").unlink(missing_ok=True)
    return target


def test_a_copy_on_another_computer_has_letters_of_its_own(
    practice, season, open_again, tmp_path, monkeypatch
):
    people = open_again(1)
    practice.close()
    given = set()
    for name in ("first", "second"):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / name / "home"))
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / name / "home"))
        office = Office.open(
            copied(practice, tmp_path, name), "coordinator", "practice", practice.now
        )
        (number,) = office.do(actions.issue, season, people)
        office.close()
        assert number not in given and number.endswith("-2026-0001")
        given.add(number)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    reopened(practice)
    (number,) = practice.do(actions.issue, season, people)
    assert number.endswith("0837")


def test_a_backup_put_back_twice_never_gives_a_number_twice(
    practice, season, open_again, tmp_path
):
    people = open_again(2)
    backup = practice.do(keeping.back_up, tmp_path / "usb")["folder"]
    from cbs_desktop import founding

    practice.close()
    given = []
    for name in ("one", "two"):
        founding.restore(
            type(practice.folder)(backup), tmp_path / name, "coordinator", "practice"
        )
        office = Office.open(tmp_path / name, "coordinator", "practice", practice.now)
        given += office.do(actions.issue, season, people)
        office.close()
    reopened(practice)
    given += practice.do(actions.issue, season, people)
    assert len(given) == len(set(given)) == 6


def test_a_clock_that_went_back_keeps_the_year_and_is_said(
    practice, season, open_again
):
    (person,) = open_again(1)
    practice.do(actions.issue, season, [person])
    reopened(practice, lambda: datetime(2019, 1, 1, 9, tzinfo=UTC))
    found = practice.ask(numbers.numbering)
    assert found.series.endswith("-2026") and found.behind.year == 2026
    practice.do(actions.withdraw, practice.ask(queries.register)[-1].id, "wrong person")
    (number,) = practice.do(actions.issue, season, [person])
    assert number.rsplit("-", 1)[0] == found.series
    reopened(practice, lambda: datetime(2027, 1, 1, 9, tzinfo=UTC))
    assert practice.ask(numbers.numbering).series.endswith("-2027")


def test_a_number_that_was_undone_is_explained_and_not_given_again(
    practice, season, open_again
):
    (person,) = open_again(1)
    (number,) = practice.do(actions.issue, season, [person])
    practice.undo()
    (again,) = practice.do(actions.issue, season, [person])
    assert again != number
    (line,) = [
        one
        for given in practice.ask(numbers.gaps).values()
        for one in given
        if one.number == number
    ]
    assert (line.state, line.by) == ("taken back", "coordinator") and line.on


def test_without_a_mark_no_number_is_given(practice, season, open_again, home):
    people = open_again(1)
    shutil.rmtree(home)
    home.write_text("a file where the folder should be")
    before = practice.ask(queries.register)
    with pytest.raises(ReadOnly):
        practice.do(actions.issue, season, people)
    assert practice.ask(queries.register) == before


def test_an_issue_that_was_cut_short_leaves_an_explained_number(
    practice, season, open_again, monkeypatch
):
    (person,) = open_again(1)
    with monkeypatch.context() as patch:
        patch.setattr(actions.code, "make", lambda *_: 1 / 0)
        with pytest.raises(Bug):
            practice.do(actions.issue, season, [person])
    (number,) = practice.do(actions.issue, season, [person])
    (given,) = practice.ask(numbers.gaps).values()
    assert given[-1].number == number and given[-2].state == "not here"


def test_a_torn_mark_is_no_mark(tmp_path, home):
    one = number_log.NumberLog(tmp_path, "abc", "L1")
    one.claim()
    one.note("X", 7)
    assert one.last("X") == 7 and one.run() == ""
    (tmp_path / number_log.BESIDE).write_text('{"X": 9')
    assert one.last("X") == 7
    (number_log.data_home() / number_log.MINE).write_text("")
    assert (
        one.last("X") == 0 and len(one.run()) == 4
    )  # nothing is known here: other letters
    one.note("X", 3)
    one.note("X", 2)
    assert one.last("X") == 3 and json.loads(
        (tmp_path / number_log.BESIDE).read_text()
    ) == {"X": 3}


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(61, 99))
def test_pages_come_back_as_they_are_written(wanted, most):
    assert rules.pages(rules.pages_as_text(wanted), most) == sorted(set(wanted))


@pytest.mark.parametrize(
    "text", ["0", "4", "2-1", "a", "1-", "-2", "1--2", "1.5", "٣", "9" * 40]
)
def test_pages_that_are_none_are_refused(text):
    with pytest.raises(ValueError, match="no such page"):
        rules.pages(text, 3)
    assert rules.pages("1, 2–3;2", 3) == [0, 1, 2] and rules.pages("", 3) == []
