"""Marks from spreadsheets as people keep them: many shapes come back the same, and nonsense changes nothing."""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop import resource
from cbs_desktop.attendance import actions, bulk, queries
from cbs_desktop.attendance.session_record import SessionRecord
from cbs_desktop.attendance.sheets.doubts import say_doubt, say_plan
from cbs_desktop.attendance.sheets.mark_words import sheet_words
from cbs_desktop.attendance.sheets.matching import nearest
from cbs_desktop.attendance.sheets.people import GroupNames
from cbs_desktop.attendance.sheets.plans import sheet_plan
from cbs_desktop.errors import Unreadable
from cbs_desktop.programmes.rules import from_file
from cbs_desktop.sheets import raw
from cbs_desktop.sheets.raw import RawSheet
from cbs_desktop.store.search import key
from tests.contents import contents

STARTS = date(2026, 3, 9)
MARKS = from_file(resource.toml("programmes", "sociotherapy.toml")).marks
WEEK = timedelta(days=7)
WAYS = {
    "P": ["P", "p", 1, 1.0, "x", "X", "√", "✓", "present", "Présente", "yaje", "oui"],
    "L": ["L", "late", "retard", "yatinze"],
    "E": ["E", "excused", "Excusé(e)", "uruhushya"],
    "A": ["A", 0, "absent(e)", "ntiyaje", "yarasibye", "no"],
    "": ["", None, "-", "–", "?"],
}


@pytest.fixture
def groups(office, grouped, calendar):
    """Two groups that have met four times."""
    made = grouped(26)
    calendar.day = STARTS + timedelta(days=27)
    return [office.ask(queries.grid, one) for one in made]


def sheet(rows, name=""):
    width = max(map(len, rows))
    return RawSheet(name, 0, tuple((*row, *[""] * (width - len(row))) for row in rows))


def days(grid):
    return [column.planned_on for column in grid.columns[:4]]


def wide_by_number(grid, cells):
    head = ["Number", "Name", 1, 2, 3, 4, "Total"]
    rows = [[row.number, row.name, *marks, 3] for row, marks in zip(grid.rows, cells, strict=True)]  # fmt: skip
    return sheet([head, *rows], grid.name)


def wide_by_date_below_a_title(grid, cells):
    rows = [[f"Register of group {grid.name}"], [], ["No.", "Amazina", *days(grid)]]
    for place, (row, marks) in enumerate(zip(grid.rows, cells, strict=True), 1):
        rows.append([place, row.name, *marks])
    rows.append(["", "Total", 12, 11, 10, 9])
    return sheet(rows, "Sheet1")


def two_rows_of_heads(grid, cells):
    rows = [[f"Itsinda: {grid.name}"], ["Nom et prénoms", "Séance 1", "Séance 2", "Séance 3", "Séance 4"]]  # fmt: skip
    rows.append(["", *[f"{day:%d/%m}" for day in days(grid)]])
    rows += [[row.name.upper(), *marks] for row, marks in zip(grid.rows, cells, strict=True)]  # fmt: skip
    return sheet(rows)


def with_a_group_column(grid, cells):
    rows = [["Group", "Participant number", "S1", "S2", "S3", "S4", "Remarks"]]
    for row, marks in zip(grid.rows, cells, strict=True):
        rows.append([grid.name.upper(), row.number, *marks, "phone"])
    return sheet(rows)


def one_mark_a_row(grid, cells):
    rows = [["Group", "Session", "Number", "Mark"]]
    for row, marks in zip(grid.rows, cells, strict=True):
        for session, mark in enumerate(marks, 1):
            rows.append([grid.name, session, row.number, mark])
    return sheet(rows)


def names_turned_round_and_days_in_words(grid, cells):
    rows = [["", "", *[f"{day:%d %b %Y}" for day in days(grid)]]]
    for row, marks in zip(grid.rows, cells, strict=True):
        own, _blank, other = row.name.partition(" ")
        rows.append(["", f"{other}  {own}", *marks])
    return sheet(rows, f"Grp {grid.name}")


SHAPES = [
    wide_by_number,
    wide_by_date_below_a_title,
    two_rows_of_heads,
    with_a_group_column,
    one_mark_a_row,
    names_turned_round_and_days_in_words,
]


def letters_of(plan):
    return {(one.session_id, one.person_id): one.letter for one in plan.new}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(4))
def test_a_grid_in_any_shape_comes_back_the_same(office, groups, shape, seed):
    draw = Random(seed)
    sheets, expected = [], {}
    for grid in groups:
        marks = [[draw.choice(list(WAYS)) for _ in range(4)] for _row in grid.rows]
        cells = [[draw.choice(WAYS[mark]) for mark in row] for row in marks]
        made = shape(grid, cells)
        name = made.name if grid.name in made.name else f"Page {len(sheets)}"
        sheets.append(replace(made, name=name))
        for row, letters in zip(grid.rows, marks, strict=True):
            for column, letter in zip(grid.columns, letters, strict=False):
                if letter:
                    expected[column.id, row.person_id] = letter
    plan = office.ask(sheet_plan, sheets)
    assert [say_doubt(one) for one in plan.doubts] == []
    assert letters_of(plan) == expected and not plan.differing


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_file_twice_changes_nothing_and_says_so(office, groups, shape):
    cells = [["P", "", "A", "E"] for _row in groups[0].rows]
    sheets = [shape(groups[0], cells)]
    count = office.do(bulk.enter_sheet, office.ask(sheet_plan, sheets))
    assert count == 3 * 13
    before = contents(office)
    plan = office.ask(sheet_plan, sheets)
    assert (plan.new, plan.differing, plan.same) == ((), (), 39)
    assert say_plan(plan).startswith("Nothing would change. 39 marks are there already")
    office.undo()
    assert contents(office) != before
    assert office.ask(queries.grid, groups[0].group_id).came == (0,) * 15


_CELLS = st.one_of(
    st.none(), st.text(max_size=8), st.integers(-5, 99), st.floats(), st.booleans(),
    st.dates(), st.datetimes(), st.timedeltas(), st.sampled_from(["P", "x", "Number", "Name", "S1", "Ituze"]),
)  # fmt: skip


@settings(max_examples=150)
@given(rows=st.lists(st.lists(_CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
def test_nonsense_is_read_without_a_crash(rows):
    from cbs_desktop.attendance.sheets.cells import SheetReader, year_of

    reader = SheetReader(sheet_words(MARKS), {"MU-L1-0001"}, lambda _text: "", year_of(STARTS, STARTS + 20 * WEEK))  # fmt: skip
    found = reader.read([sheet(rows)])
    for doubt in found.doubts:
        assert say_doubt(doubt)


def test_nonsense_changes_nothing(office, groups):
    before = contents(office)
    draw = Random(3)
    for _ in range(30):
        pool = [
            "",
            "?",
            "zz",
            77,
            date(2020, 1, 1),
            "Number",
            "S1",
            groups[0].name,
            "9/3",
        ]
        rows = [[draw.choice(pool) for _ in range(5)] for _ in range(6)]
        plan = office.ask(sheet_plan, [sheet(rows)])
        assert plan.new == () == plan.differing
    assert contents(office) == before


def said(office, rows, name="", **more):
    plan = office.ask(sheet_plan, [sheet(rows, name)], None, more.get("group", ""))
    return plan, [say_doubt(one) for one in plan.doubts]


def test_every_doubt_says_where_it_stands_and_what_to_do_and_the_rest_goes_in(
    office, groups
):
    grid, other = groups
    first, second, third, fourth = grid.rows[:4]
    stranger = other.rows[0]
    rows = [
        [f"Group {grid.name}"],
        ["Number", "Name", 1, 2, 12, 99],
        ["12345", "", "P", "P", "", ""],
        [first.number, first.name, "P", "half", "P", "P"],
        [second.number, third.name, "P", "", "", ""],
        [stranger.number, "", "A", "", "", ""],
        ["", "Nobody Atall", "P", "", "", ""],
        ["", "", "P", "x", "", ""],
        ["", fourth.name, "E", "", "", ""],
    ]
    name = grid.name
    plan, doubts = said(office, rows)
    by_hand = "Check the number or mark them by hand."
    day = f"{grid.columns[11].planned_on:%d/%m/%Y}"
    wanted = [
        f"Row 3: no person of group {name} has the number 12345. {by_hand}",
        f"Row 4, Column D: “half” is no mark that is known, of {first.name}. Write one of P, L, E, A, or mark it by hand.",
        f"Column E: session 12 of {name} is planned for {day}, which is in the future.",
        f"Column F: {name} has no session 99. Check the number of the session.",
        f"Row 5: the number {second.number} is that of {second.name}, and the name is “{third.name}”.",
        f"Row 6: no person of group {name} has the number {stranger.number}. {by_hand}",
        f"Row 7: nobody in {name} is called “Nobody Atall”, or nearly so. Check the name,",
        "Row 8: there are marks and neither a number nor a name. Write who it is, or leave the row out.",
    ]
    assert len(doubts) == len(wanted)
    for told, beginning in zip(doubts, wanted, strict=True):
        assert told.startswith(beginning)
    assert {(one.name, one.session, one.letter) for one in plan.new} == {
        (first.name, 1, "P"),
        (fourth.name, 1, "E"),
    }
    assert plan.doubts[0].facts["count"] == 2


def test_a_cancelled_session_is_told_once_with_how_many_marks_it_leaves_out(
    office, groups
):
    grid = groups[0]
    cancelled = SessionRecord("cancelled")
    office.do(actions.record_session, grid.columns[1].id, cancelled)
    plan = office.ask(sheet_plan, [wide_by_number(grid, [["P"] * 4 for _ in grid.rows])])  # fmt: skip
    (doubt,) = plan.doubts
    assert (doubt.kind, doubt.facts["count"], doubt.place.column) == ("session cancelled", 13, "D")  # fmt: skip
    assert len(plan.new) == 39


def test_marks_that_differ_are_kept_or_replaced_by_choice(office, groups):
    grid = groups[0]
    row = grid.rows[0]
    office.do(actions.mark, grid.columns[0].id, row.person_id, "A")
    rows = [["Number", 1], [row.number, "P"], [grid.rows[1].number, "P"]]
    plan, doubts = said(office, rows, grid.name)
    assert doubts == [] and len(plan.new) == 1
    (differs,) = plan.differing
    assert (differs.before, differs.letter, differs.place.row) == ("A", "P", 2)
    assert "1 mark differs from what is marked." in say_plan(plan)
    assert office.do(bulk.enter_sheet, plan) == 1
    marks = office.ask(queries.grid, grid.group_id)
    assert marks.rows[0].marks[0] == "A" and marks.rows[1].marks[0] == "P"
    again = office.ask(sheet_plan, [sheet(rows, grid.name)])
    assert office.do(bulk.enter_sheet, again, True) == 1
    assert office.ask(queries.grid, grid.group_id).rows[0].marks[0] == "P"


def test_a_day_near_a_session_is_the_day_on_which_it_was_held(office, groups):
    grid = groups[0]
    tuesday = STARTS + timedelta(days=1)
    rows = [["Name", tuesday, STARTS + 2 * WEEK], [grid.rows[0].name, "P", "P"]]
    plan, doubts = said(office, rows, group=grid.name)
    assert doubts == []
    office.do(bulk.enter_sheet, plan)
    now = office.ask(queries.grid, grid.group_id)
    assert [column.held_on for column in now.columns[:3]] == [tuesday, None, STARTS + 2 * WEEK]  # fmt: skip
    assert now.rows[0].marks[:3] == ("P", "", "P")
    office.undo()
    assert office.ask(queries.grid, grid.group_id).columns[0].held_on is None


def test_a_day_of_no_session_is_told(office, groups):
    grid = groups[0]
    rows = [["Name", date(2026, 2, 2), date(2026, 3, 9)], [grid.rows[0].name, "P", "P"]]
    plan, doubts = said(office, rows, group=grid.name)
    (doubt,) = doubts
    assert doubt.startswith(
        f"Column B: {grid.name} has no session in the week of 02/02/2026."
    )
    assert len(plan.new) == 1


def test_days_below_their_month_are_days_and_without_it_are_no_session_numbers(
    office, groups
):
    grid = groups[0]
    row = grid.rows[0].name
    days = ["Names", 9, 16, 23, 30]
    rows = [["", "March 2026", "", "", ""], days, [row, "P", "A", "x", "E"]]
    plan, doubts = said(office, rows, group=grid.name)
    assert doubts == []
    assert [(one.session, one.letter) for one in plan.new] == [(1, "P"), (2, "A"), (3, "P"), (4, "E")]  # fmt: skip
    plan, doubts = said(office, rows[1:], group=grid.name)
    assert plan.new == () and doubts[0].startswith("No row of heads was found.")
    rows = [["", "Werurwe", "", "", "Mata"], ["Amazina", 16, 23, 30, 1], [row, "P", "A", "x", ""]]  # fmt: skip
    plan, doubts = said(office, rows, group=grid.name)
    assert doubts == [] and [one.session for one in plan.new] == [2, 3, 4]


def test_several_columns_below_a_session_are_told_and_not_half_read(office, groups):
    grid = groups[0]
    rows = [
        ["Names", "Session 1", "", "Session 2", ""],
        ["", "Present", "Absent", "Present", "Absent"],
        [grid.rows[0].name, "x", "", "", "x"],
    ]
    plan, doubts = said(office, rows, group=grid.name)
    assert plan.new == ()
    (doubt,) = doubts
    assert doubt.startswith("Row 2: several columns stand below each session")


def test_days_between_two_sessions_mean_neither():
    from cbs_desktop.attendance.queries import SessionColumn

    def planned(number, day):
        return SessionColumn(number, number, day, None, "", "Safety", "")

    monday = STARTS
    both = [planned(1, monday), planned(2, monday + timedelta(days=4))]
    assert nearest(both, monday + timedelta(days=2)) == both
    assert nearest(both, monday + timedelta(days=1)) == both[:1]
    assert nearest(both, monday + timedelta(days=6)) == both[1:]
    assert nearest(both, monday + timedelta(days=9)) == []
    assert nearest(both[:1], monday - timedelta(days=3)) == both[:1]


def test_without_a_group_names_wait_and_numbers_are_enough(office, groups):
    row = groups[0].rows[0]
    plan, doubts = said(office, [["Name", "S1", "S2"], [row.name, "P", "A"]])
    (doubt,) = doubts
    assert doubt.startswith(
        f"Row 2: nothing says in which group {row.name} is. Choose the group,"
    )
    plan, doubts = said(office, [["Name", "S1"], [row.name, "P"]], group=groups[0].name)
    assert doubts == [] and len(plan.new) == 1
    plan, doubts = said(office, [["Number", "S1"], [row.number, "P"]])
    assert doubts == [] and plan.new[0].group == groups[0].name


def test_people_of_two_groups_below_their_titles_on_one_sheet(office, groups):
    one, other = groups
    rows = [["Names", "S1", "S2"], [one.name], [one.rows[0].name, "P", "A"]]
    rows += [["Names", "S1", "S2"], [f"Itsinda {other.name}"], [other.rows[0].name, "A", ""]]  # fmt: skip
    plan, doubts = said(office, rows)
    assert doubts == []
    assert {(mark.group, mark.session, mark.letter) for mark in plan.new} == {
        (one.name, 1, "P"),
        (one.name, 2, "A"),
        (other.name, 1, "A"),
    }


NAMES = {1: "UWERA Marie", 2: "UWERA Marthe", 3: "NDAYISHIMIYE Jean Paul", 4: "KEZA Aline", 5: "KEZA Aline"}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "found", "near"),
    [
        ("uwera marie", 1, False),
        ("Marie UWERA", 1, False),
        ("NDAYISHIMIYE J. Paul", 3, True),
        ("Ndayishimye Jean-Paul", 3, None),
        ("Jean Paul", 3, True),
        ("KEZA Aline", 0, False),  # two of the same name
        ("UWERA", 0, False),  # two who may be meant
        ("MUKAMANA Rose", 0, False),
        ("", 0, False),
    ],
)
def test_a_name_means_one_person_or_nobody(written, found, near):
    person = GroupNames(NAMES, key).find(written)
    assert person.person_id == found
    if near is not None:
        assert person.near is near


def test_two_of_a_name_are_doubtful_and_both_are_named(office, groups):
    from cbs_desktop.participants import actions as participants
    from cbs_desktop.participants import queries as people

    grid = groups[0]
    one, other = grid.rows[:2]
    details = office.ask(people.form, other.person_id).details
    own, _blank, names = one.name.partition(" ")
    office.do(participants.change, other.person_id, replace(details, own_name=own, other_names=names))  # fmt: skip
    _plan, doubts = said(office, [["Name", "S1"], [one.name, "P"]], group=grid.name)
    assert len(doubts) == 1 and one.number in doubts[0] and other.number in doubts[0]


def test_what_cells_mean():
    words = sheet_words(MARKS)
    for letter, ways in WAYS.items():
        assert {words.mark(way) for way in ways} == {letter}
    for strange in ("half", 2, 0.5, "P?", "PA", "o", date(2026, 3, 9)):
        assert words.mark(strange) is None
    assert (words.head("N°"), words.head("Amazina"), words.head("Total")) == ("number", "name", "")  # fmt: skip


def test_a_file_is_read_in_the_child_sheet_by_sheet(office, groups, tmp_path):
    book = openpyxl.Workbook()
    for place, grid in enumerate(groups):
        page = book.active if not place else book.create_sheet()
        page.title = grid.name
        page["C2"], page["D2"], page["E2"] = "Names", STARTS, STARTS + WEEK
        for number, row in enumerate(grid.rows, 3):
            page.cell(number, 3, row.name)
            page.cell(number, 4, "x")
            page.cell(number, 5, "half" if number == 5 else None)
    book.create_sheet("Notes")["A1"] = "seen by nobody"
    path = tmp_path / "marks.xlsx"
    book.save(path)
    sheets = raw.read(path)
    assert [one.name for one in sheets] == [*(grid.name for grid in groups), "Notes"]
    plan = office.ask(sheet_plan, sheets)
    assert len(plan.new) == 26
    first = say_doubt(plan.doubts[0])
    assert first.startswith(f"Sheet {groups[0].name}, Row 5, Column E: “half”")


def test_a_text_file_and_a_file_that_is_none(office, groups, tmp_path):
    row = groups[0].rows[0]
    path = tmp_path / "marks.csv"
    path.write_text(f"Number;S1;S2\n{row.number};P;absent\n", "utf-8")
    plan = office.ask(sheet_plan, raw.read(path))
    assert [one.letter for one in plan.new] == ["P", "A"]
    for name, content in (("a.xlsx", b""), ("b.xlsx", b"PK\x03\x04 nothing"), ("c.doc", b"x"), ("d.csv", b"\n;;\n")):  # fmt: skip
        broken = tmp_path / name
        broken.write_bytes(content)
        with pytest.raises(Unreadable):
            raw.read(broken)
    plan = office.ask(sheet_plan, [sheet([["Shopping", "Price"], ["Beans", 400]])])
    assert [one.kind for one in plan.doubts] == ["no heads"] and not plan.new


def test_the_command_tells_enters_and_says_when_nothing_is_new(
    office, groups, folder, tmp_path, monkeypatch, capsys
):
    from cbs_desktop.attendance.actions import mark
    from cbs_desktop.cli import run

    grid = groups[0]
    for column in grid.columns[:2]:
        record = SessionRecord("held", column.planned_on)
        office.do(actions.record_session, column.id, record)
    office.do(mark, grid.columns[0].id, grid.rows[1].person_id, "A")
    one, other = grid.rows[0].number, grid.rows[1].number
    path = tmp_path / "marks.csv"
    lines = [
        f"{grid.name},1,{one},P",
        f"{grid.name},1,{other},P",
        f"{grid.name},1,999,P",
    ]
    path.write_text("\n".join(["Group,Session,Number,Mark", *lines]), "utf-8")
    office.close()
    monkeypatch.setenv("CBS_PASSWORD", "four plain words")

    def told(*words):
        code = run(["attendance", "--office", str(folder), *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    code, words = told("--import", str(path), "--preview", "--json")
    found = json.loads(words)
    assert (code, found["marks"], found["new"], found["differing"]) == (0, 0, 1, 1)
    assert found["doubts"][0]["row"] == 4
    code, words = told(str(path))
    assert code == 0 and "Entered 1 marks." in words
    assert f"Row 4: no person of group {grid.name} has the number 999." in words
    assert "Entered 1 marks." in told("--import", str(path), "--replace")[1]
    code, words = told("--import", str(path))
    assert "Nothing would change. 2 marks are there already and stay." in words
    assert code == 0 and "Entered 0 marks." in words
    path.write_text("Beans,Price\nred,400\n", "utf-8")
    code, words = told("--import", str(path))
    assert code == 1 and "No row of heads was found." in words
