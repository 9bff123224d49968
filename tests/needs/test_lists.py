"""The lists of what needs a person, in a real office; on paper, as a spreadsheet, by the command, and on Home."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance.session_record import SessionRecord
from cbs_desktop.cli import run
from cbs_desktop.errors import Invalid, Missing, Refused
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import actions as groups
from cbs_desktop.needs import actions, documents, queries
from cbs_desktop.needs.kinds import COLUMNS, NEEDS
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people

STARTS = date(2026, 3, 9)
WEEK = timedelta(days=7)


def names(office, kind):
    return [line.name for line in office.ask(queries.needs, kind)]


def todo(office, code):
    found = {one.code: one for one in office.ask(overview.today).todos}
    return found[code].count if code in found else 0


def change_person(office, person_id, **more):
    details = office.ask(people.form, person_id).details
    office.do(participants.change, person_id, replace(details, **more))


def text_of(content):
    document = pypdfium2.PdfDocument(BytesIO(content))
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def test_two_absences_put_somebody_on_the_visit_list_with_how_to_reach_them(
    office, grid, marked
):
    row = marked("PAA")
    change_person(office, row.person_id, phone="0788123456", phone_of="her sister")
    (line,) = office.ask(queries.needs, "visits")
    assert (line.name, line.number, line.count) == (row.name, row.number, 2)
    assert line.day == STARTS
    assert line.phone == "0788 123 456 (her sister)"
    assert "Muhoza" in line.place and line.group == grid().name
    assert todo(office, "absent twice") == 1


def test_an_excuse_between_two_absences_calls_for_no_visit(office, marked):
    marked("AEA")
    assert names(office, "visits") == []


def test_no_phone_of_whom_a_call_endangers_and_nobody_who_is_restricted(office, marked):
    from cbs_desktop.participants import restricting

    row = marked("AAA")
    change_person(office, row.person_id, phone="0788123456", safe_to_call=False)
    (line,) = office.ask(queries.needs, "visits")
    assert line.phone == ""
    office.do(restricting.restrict, row.person_id, "own wish")
    assert names(office, "visits") == []


def test_a_visit_takes_somebody_off_until_the_next_absence_and_can_be_undone(
    office, calendar, grid, marked
):
    row = marked("AA")
    office.do(actions.note_visit, row.person_id, STARTS + WEEK, "comes again")
    assert names(office, "visits") == []
    office.undo()
    assert names(office, "visits") == [row.name]
    office.redo()
    third = grid().columns[2].id
    office.do(attendance.mark, third, row.person_id, "A")
    (line,) = office.ask(queries.needs, "visits")
    assert (line.count, line.day) == (3, None)
    office.do(actions.note_visit, row.person_id, calendar.day, "not met")
    (line,) = office.ask(queries.needs, "visits")
    assert line.tried == calendar.day  # still to be visited
    office.do(actions.note_visit, row.person_id, calendar.day, "stops")
    assert names(office, "visits") == []


def test_a_visit_that_cannot_be_is_refused_and_changes_nothing(
    office, calendar, marked
):
    row = marked("AA")
    tomorrow = calendar.day + timedelta(days=1)
    for on, outcome in (
        (tomorrow, "comes again"),
        (date(2020, 1, 1), "comes again"),
        (STARTS, "what she told"),
    ):
        with pytest.raises(Invalid):
            office.do(actions.note_visit, row.person_id, on, outcome)
    with pytest.raises(Missing):
        office.do(actions.note_visit, 12345, STARTS, "stops")
    assert names(office, "visits") == [row.name]


def test_who_can_no_longer_graduate_is_told_the_moment_it_becomes_true(
    office, calendar, grid, marked
):
    calendar.day = STARTS + 4 * WEEK
    row = marked("EEE")
    assert todo(office, "must not miss") == 1 and todo(office, "cannot graduate") == 0
    (line,) = office.ask(queries.needs, "must-attend")
    assert (line.name, line.count, line.of, line.most) == (row.name, 0, 12, 12)
    fourth = grid().columns[3].id
    office.do(attendance.mark, fourth, row.person_id, "E")
    assert todo(office, "must not miss") == 0 and todo(office, "cannot graduate") == 1
    (line,) = office.ask(queries.needs, "cannot-graduate")
    assert (line.name, line.most, line.of) == (row.name, 11, 12)
    office.do(groups.remove, row.person_id, line.group_id, calendar.day, "work")
    assert names(office, "cannot-graduate") == []


def test_joined_and_never_came(office, grid, marked):
    marked("PP", person=1)
    row = grid().rows[0]
    now = grid()
    assert names(office, "never-came") == []
    for column in now.columns[:2]:
        office.do(attendance.mark, column.id, row.person_id, "E")
    (line,) = office.ask(queries.needs, "never-came")
    assert (line.name, line.count, line.day) == (row.name, 2, STARTS)
    office.do(attendance.mark, now.columns[2].id, row.person_id, "L")
    assert names(office, "never-came") == []


def lead(office, musanze, name, **more):
    details = FacilitatorDetails(name, "Ineza", "F", "", musanze, "basic", **more)
    return office.do(facilitators.register_facilitator, details)


def test_a_group_lacks_a_facilitator_until_two_active_ones_lead_it(
    office, grid, musanze, group
):
    (line,) = office.ask(queries.needs, "no-facilitator")
    assert (line.group_id, line.count, line.facilitators) == (group, 2, ())
    one, other = lead(office, musanze, "KEZA"), lead(office, musanze, "UWERA")
    office.do(groups.change_group, group, grid().name, "", [one, other])
    assert office.ask(queries.needs, "no-facilitator") == []
    left = FacilitatorDetails("UWERA", "Ineza", "F", "", musanze, "basic", active=False)
    office.do(facilitators.change_facilitator, other, left)
    (line,) = office.ask(queries.needs, "no-facilitator")
    assert (line.count, line.gone) == (1, ("UWERA Ineza",))
    assert todo(office, "no facilitator") == 1


def test_registers_are_missing_by_facilitator(office, musanze, grid, group):
    one, other = lead(office, musanze, "KEZA"), lead(office, musanze, "UWERA")
    office.do(groups.change_group, group, grid().name, "", [one, other])
    lines = office.ask(queries.needs, "no-register")
    assert [(line.session, line.count) for line in lines] == [(1, 15), (2, 8), (3, 1)]
    office.do(attendance.mark_all, lines[0].session_id)
    cancelled = SessionRecord("cancelled")
    office.do(attendance.record_session, lines[1].session_id, cancelled)
    (line,) = office.ask(queries.needs, "no-register")
    assert line.session == 3
    drawn = text_of(documents.pdf("no-register", [line], "Musanze office", STARTS))
    assert drawn.index("KEZA Ineza, UWERA Ineza") < drawn.index(line.group)


def test_a_day_that_most_cannot_come_on_is_told_with_a_better_one(office, grid):
    for row in grid().rows[:7]:
        change_person(office, row.person_id, days=(2, 5))
    (line,) = office.ask(queries.needs, "meeting-day")
    assert (line.weekday, line.count, line.of, line.better) == (0, 7, 13, 2)
    assert documents.text(line, "cannot") == "7 of 13 people"
    assert documents.text(line, "better") == "Wednesday"


def test_registers_of_today_and_those_left_open(office, calendar, grid):
    calendar.day = STARTS + WEEK
    lines = office.ask(queries.needs, "todays-registers")
    assert [(line.session, line.day) for line in lines] == [
        (2, STARTS + WEEK),
        (1, STARTS),
    ]
    assert todo(office, "registers of today") == 1
    first, second = grid().columns[:2]
    office.do(attendance.mark_all, first.id)
    office.do(attendance.mark, second.id, grid().rows[0].person_id, "P")
    (line,) = office.ask(queries.needs, "todays-registers")
    assert documents.text(line, "marked") == "1 of 13"
    office.do(attendance.mark_all, second.id)
    assert office.ask(queries.needs, "todays-registers") == []


def test_a_round_that_is_over_asks_for_nobody(practice):
    found = practice.ask(queries.all_needs)
    assert {kind: len(lines) for kind, lines in found.items()} == dict.fromkeys(
        NEEDS, 0
    )


@pytest.mark.parametrize("kind", NEEDS)
def test_every_list_is_printed_and_written_with_its_heads(office, marked, kind):
    marked("AAA")
    lines = office.ask(queries.needs, kind)
    drawn = text_of(documents.content(office, kind, lines, ".pdf"))
    drawn = re.sub(r"\s+", " ", drawn)
    assert documents.title(kind) in drawn
    assert (lines[0].name or lines[0].group) in drawn if lines else "Nobody" in drawn
    book = openpyxl.load_workbook(BytesIO(documents.content(office, kind, lines, ".xlsx")))  # fmt: skip
    heads = [cell.value for cell in book.active[1]]
    assert heads == [COLUMNS[key] for key in NEEDS[kind].columns]


def test_a_spreadsheet_names_only_who_agreed_unless_it_stays(office, marked):
    row = marked("AAA")
    lines = office.ask(queries.needs, "visits")

    def written(all_names):
        content = documents.content(office, "visits", lines, ".xlsx", all_names)
        rows = openpyxl.load_workbook(BytesIO(content)).active.iter_rows(
            values_only=True
        )
        return str(list(rows))

    assert row.name not in written(False) and "name not shared" in written(False)
    assert row.name in written(True)


def test_the_command_writes_a_list(
    office, marked, folder, tmp_path, monkeypatch, capsys
):
    row = marked("AAA")
    office.close()
    monkeypatch.setenv("CBS_PASSWORD", "four plain words")
    out = tmp_path / "visits.pdf"
    words = ["list", "--office", str(folder), "--kind", "visits", "--out", str(out)]
    assert run(words) == 0
    assert "The list of 1 person lies in" in capsys.readouterr().out
    assert row.name in text_of(out.read_bytes())


def test_an_unknown_list_is_refused_and_an_auditor_sees_none(office, sign_in):
    with pytest.raises(Invalid):
        office.ask(queries.needs, "everybody")
    office.close()
    with pytest.raises(Refused):
        sign_in("auditor").ask(queries.needs, "visits")


def visits(office):
    from cbs_desktop.needs.tables import Visit

    with office._reader.connect() as link:
        return link.execute(Visit.__table__.select()).all()


def test_who_is_erased_loses_their_visits_also_in_the_journal(office, marked):
    from cbs_desktop.rights import erasing

    row = marked("AA")
    office.do(actions.note_visit, row.person_id, STARTS, "moved away")

    def erase(tx):
        erasing.erase(tx, row.person_id)

    office._run("rights.erase", erase, (), {}, "Erased somebody")
    assert visits(office) == []
    with office._reader.connect() as link:
        told = link.exec_driver_sql(
            "SELECT before, after FROM entry WHERE tbl = 'visit'"
        ).all()
    assert told and "moved away" not in str(told)


def test_a_merged_record_brings_its_visits_and_takes_them_back(
    office, marked, lines, calendar
):
    from cbs_desktop.duplicates import actions as duplicates

    row = marked("AA")
    before = set(office.ask(people.numbers).values())
    office.do(participants.import_people, lines(14)[13:])
    (twin,) = set(office.ask(people.numbers).values()) - before
    office.do(actions.note_visit, twin, calendar.day, "stops")
    details = office.ask(people.form, row.person_id).details
    office.do(duplicates.merge, row.person_id, twin, details)
    (visit,) = visits(office)
    assert visit.person_id == row.person_id
    assert names(office, "visits") == []
    office.undo()
    assert visits(office)[0].person_id == twin
    assert names(office, "visits") == [row.name]


def test_a_visit_is_among_everything_of_a_person_and_they_were_seen_on_its_day(
    office, calendar, marked
):
    from cbs_desktop.rights import retention
    from cbs_desktop.rights.everything import everything

    row = marked("AA")
    office.do(actions.note_visit, row.person_id, calendar.day, "moved away")
    sections = {one.key: one for one in office.ask(everything, row.person_id)}
    assert sections["visits"].rows == ((calendar.day.isoformat(), "Has moved away"),)
    with office._reader.connect() as link:
        seen = retention._last_seen(office._reading(link))
    assert seen[row.person_id] >= calendar.day
