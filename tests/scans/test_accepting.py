"""What comes of a page that was read: marks as one action, doubts, conflicts, refusals; evidence, Undo, erasing."""

from datetime import date, timedelta

import pytest

from cbs_desktop import errors
from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance import queries as grids
from cbs_desktop.attendance.session_record import SessionRecord
from cbs_desktop.errors import Invalid, Missing, RuleBroken
from cbs_desktop.groups import actions as groups
from cbs_desktop.participants import queries as people
from cbs_desktop.rights import actions as rights
from cbs_desktop.rights.actions import RequestDetails
from cbs_desktop.scans import actions, problems, queries
from cbs_desktop.scans.actions import AcceptedPage
from tests.scans.pages import PICTURE, printed, read_page

CANCELLED = SessionRecord("cancelled", setback="funeral")
STARTS = date(2026, 3, 9)
FILE = "f" * 64
TODAY = STARTS + timedelta(days=15)


@pytest.fixture
def group(grouped, calendar):
    (made,) = grouped(13)
    calendar.day = STARTS + timedelta(days=15)  # three sessions are due
    return made


@pytest.fixture
def grid(office, group):
    return lambda: office.ask(grids.grid, group)


@pytest.fixture
def page(office, round_id, group):
    """The register of session 1: its code and page."""
    ((code, made),) = printed(office, round_id, first=1)
    return code, made


@pytest.fixture
def found(office):
    def ask(page, file=FILE, held=()):
        return office.ask(queries.assessed, page, file, dict(held)).findings

    return ask


def accept(office, code, findings, decided=(), **more):
    marks = tuple(findings.marks(dict(decided)))
    taken = AcceptedPage(code, marks, FILE, 1, PICTURE, **more)
    return office.do(actions.accept_register, taken)


def everybody(page, letter="P"):
    return dict.fromkeys(range(len(page.people)), letter)


def kinds(findings):
    return [note.kind for note in findings.notes]


def pictures(office):
    with office._reader.connect() as link:
        return link.exec_driver_sql("SELECT count(*) FROM page_picture").scalar()


def test_a_clear_page_is_one_action_and_one_undo(office, page, grid, found):
    code, made = page
    read = read_page(office, code, made, {**everybody(made), 3: "A", 5: "L"})
    findings = found(read)
    assert findings.is_clear and findings.notes == ()
    assert findings.came(0, {}) == 12
    accept(office, code, findings)
    marks = [row.marks[0] for row in grid().rows]
    assert marks == ["P", "P", "P", "A", "P", "L", *"PPPPPPP"]
    assert grid().columns[0].status == "held"
    office.undo()
    assert {row.marks[0] for row in grid().rows} == {""}
    assert grid().columns[0].status == ""
    assert kinds(found(read)) == []  # not read before: that was taken back
    office.redo()
    assert grid().rows[3].marks[0] == "A"
    with office._reader.connect() as link:
        (kept,) = link.exec_driver_sql("SELECT id FROM scanned_page").scalars()
    assert office.ask(queries.page_picture, kept) == PICTURE


def test_doubts_come_first_then_what_is_recorded_otherwise(office, page, grid, found):
    code, made = page
    office.do(
        attendance.mark, made.columns[0].session_id, made.people[1].person_id, "A"
    )
    office.do(
        attendance.mark, made.columns[0].session_id, made.people[2].person_id, "P"
    )
    read = read_page(
        office, code, made, {**everybody(made), 7: "PA"}, doubtful={(4, 0)}
    )
    findings = found(read)
    said = [(cell.row, cell.state, cell.doubt) for cell in findings.to_decide]
    assert said == [
        (4, "doubt", "unclear"),
        (7, "doubt", "two marked"),
        (1, "conflict", ""),
    ]
    assert not findings.is_clear
    accept(office, code, findings, {(4, 0): "E", (7, 0): "", (1, 0): "A"})
    marks = [row.marks[0] for row in grid().rows]
    assert marks == ["P", "A", "P", "P", "E", "P", "P", "", *"PPPPP"]


def test_a_conflict_can_be_decided_for_the_paper(office, page, grid, found):
    code, made = page
    office.do(
        attendance.mark, made.columns[0].session_id, made.people[1].person_id, "A"
    )
    findings = found(read_page(office, code, made, everybody(made)))
    accept(office, code, findings, {(1, 0): "P"})
    assert grid().rows[1].marks[0] == "P"
    office.undo()
    assert grid().rows[1].marks[0] == "A"


def test_blank_rows_stay_unmarked_and_are_told(office, page, grid, found):
    code, made = page
    said = everybody(made)
    del said[6]
    findings = found(read_page(office, code, made, said))
    assert kinds(findings) == ["blank"]
    assert made.people[6].name in problems.say_note(findings.notes[0])
    accept(office, code, findings)
    assert grid().rows[6].marks[0] == ""


def test_day_and_heads_of_the_paper_are_kept(office, page, grid, found):
    code, made = page
    session = made.columns[0].session_id
    findings = found(read_page(office, code, made, everybody(made)))
    day = STARTS + timedelta(days=1)
    accept(office, code, findings, held={session: day}, counts={session: 13})
    assert grid().columns[0].held_on == day
    with pytest.raises(Invalid):
        accept(office, code, findings, counts={session: 400})
    office.undo()
    assert grid().columns[0].status == ""


def test_read_again_is_offered_as_such(office, page, found):
    code, made = page
    read = read_page(office, code, made, everybody(made))
    accept(office, code, found(read))
    again = found(read)
    assert kinds(again) == ["same file"] and again.marks({}) == []
    assert kinds(found(read, file="e" * 64)) == ["read before"]
    assert "coordinator" in problems.say_note(again.notes[0])


def test_a_page_of_another_office_or_unknown_here_is_refused(office, page, found):
    from dataclasses import replace

    from cbs_desktop.scans import page_code

    code, made = page
    read = read_page(office, code, made, everybody(made))
    stranger = replace(read, code=replace(read.code, office="ZZZZ"))
    assert found(stranger).refusal.kind == "another office"
    lost = replace(read, code=replace(read.code, page=page_code.new_page_id()))
    assert found(lost).refusal.kind == "unknown page"
    other = replace(read.code.shape, rows=20)
    odd = replace(read, code=replace(read.code, shape=other))
    assert found(odd).refusal.kind == "other shape"
    blind = replace(read, code=None, problem="no code")
    assert found(blind).refusal.kind == "no code"
    for one in (stranger, lost, odd, blind):
        findings = found(one)
        said = problems.say_refusal(findings.refusal)
        assert said.what and said.todo and findings.marks({}) == []


@pytest.mark.parametrize("kind", list(problems.READING))
def test_what_the_reader_refuses_has_words(office, page, found, kind):
    code, made = page
    refused = found(read_page(office, code, made, {}, problem=kind)).refusal
    assert refused.kind == kind and problems.say_refusal(refused).todo


def test_cancelled_and_future_sessions_take_nothing(
    office, round_id, group, grid, found
):
    ((code, made),) = printed(office, round_id, first=2, weeks=4)
    office.do(attendance.record_session, made.columns[0].session_id, CANCELLED)
    findings = found(read_page(office, code, made, everybody(made)))
    assert kinds(findings) == ["cancelled", "to come", "to come"]
    assert {cell.state for cell in findings.cells if cell.column == 0} == {"closed"}
    accept(office, code, findings)
    assert [row.marks[1:5] for row in grid().rows] == [("", "P", "", "")] * 13
    with pytest.raises(RuleBroken):
        session = made.columns[0].session_id
        marks = ((session, made.people[0].person_id, "P"),)
        taken = AcceptedPage(code, marks, FILE, 1, PICTURE)
        office.do(actions.accept_register, taken)


def test_all_sessions_cancelled_is_a_refusal(office, page, found):
    code, made = page
    office.do(attendance.record_session, made.columns[0].session_id, CANCELLED)
    refused = found(read_page(office, code, made, everybody(made))).refusal
    assert refused.kind == "all cancelled" and problems.say_refusal(refused).todo


def test_an_old_list_of_members_is_told_row_by_row(office, page, group, grid, found):
    code, made = page
    gone = made.people[2]
    office.do(groups.remove, gone.person_id, group, STARTS - timedelta(days=0), "other")
    findings = found(read_page(office, code, made, everybody(made)))
    assert kinds(findings) == ["moved"] and gone.name in problems.say_note(
        findings.notes[0]
    )
    accept(office, code, findings)
    marks = {row.person_id: row.marks[0] for row in grid().rows}
    assert marks.pop(gone.person_id, "–") == "–" and set(marks.values()) == {"P"}


def test_only_what_stands_on_the_page_can_be_taken_from_it(office, page, grid):
    code, made = page
    other = grid().columns[1].id
    for mark in (
        (other, made.people[0].person_id, "P"),
        (made.columns[0].session_id, 1, "P"),
    ):
        with pytest.raises(Missing):
            office.do(
                actions.accept_register, AcceptedPage(code, (mark,), FILE, 1, b"")
            )
    with pytest.raises(Missing):
        office.do(actions.accept_register, AcceptedPage("000000000", (), FILE, 1, b""))


def test_a_newcomer_in_an_empty_row_is_named_and_then_marked(
    office, round_id, group, found, grid
):
    newcomer = grid().rows[12].person_id
    number = grid().rows[12].number
    office.do(groups.remove, newcomer, group, STARTS, "other")
    ((code, made),) = printed(office, round_id, first=1)
    assert len(made.people) == 12
    row = len(made.people)
    read = read_page(office, code, made, {**everybody(made), row: "P"})
    assert found(read).newcomers == (row,)
    office.do(groups.add_late, newcomer, group, STARTS)
    with pytest.raises(Invalid):
        office.do(actions.put_on_page, code, row, "MU-99999")
    with pytest.raises(RuleBroken):
        office.do(actions.put_on_page, code, 0, number)
    office.do(actions.put_on_page, code, row, number)
    findings = found(read)
    assert findings.newcomers == () and findings.is_clear
    accept(office, code, findings)
    marks = {one.person_id: one.marks[0] for one in grid().rows}
    assert marks[newcomer] == "P" and len(marks) == 13


def test_two_rows_that_became_one_person_must_agree(office, page, group, found):
    from cbs_desktop.duplicates import actions as duplicates

    code, made = page
    kept, gone = made.people[0].person_id, made.people[1].person_id
    office.do(groups.remove, gone, group, STARTS + timedelta(days=1), "other")
    office.do(duplicates.merge, kept, gone, office.ask(people.form, kept).details)
    findings = found(read_page(office, code, made, {**everybody(made), 1: "A"}))
    assert [(one.row, one.doubt) for one in findings.to_decide] == [(1, "two rows")]


def test_the_journal_has_the_digest_and_not_the_picture(office, page, found):
    code, made = page
    large = b"picture" * 20_000
    findings = found(read_page(office, code, made, everybody(made)))
    taken = AcceptedPage(code, tuple(findings.marks({})), FILE, 1, large)
    with office._reader.connect() as link:
        before = link.exec_driver_sql("SELECT sum(length(after)) FROM entry").scalar()
    office.do(actions.accept_register, taken)
    with office._reader.connect() as link:
        after = link.exec_driver_sql("SELECT sum(length(after)) FROM entry").scalar()
        tables = set(link.exec_driver_sql("SELECT DISTINCT tbl FROM entry").scalars())
    assert after - before < 3_000 and "page_picture" not in tables


def test_marks_lead_to_their_paper(office, page, found):
    code, made = page
    kept = accept(office, code, found(read_page(office, code, made, everybody(made))))
    session = made.columns[0].session_id
    (one,) = office.ask(queries.evidence_of, session, made.people[4].person_id)
    assert (one.scanned_id, one.code, one.row, one.column) == (kept, code, 4, 0)
    assert one.has_picture and one.read_by == "coordinator"
    assert office.ask(queries.page_picture, kept) == PICTURE
    assert office.ask(queries.evidence_of, session + 1, made.people[4].person_id) == []


def test_the_check_holds_pictures_against_their_digests(office, page, found):
    code, made = page
    accept(office, code, found(read_page(office, code, made, everybody(made))))
    assert [one.kind for one in office.check().findings] == []
    office._guarded = False
    office._writer.dispose()
    with office._writer.begin() as link:
        link.exec_driver_sql("UPDATE page_picture SET content = x'00'")
    assert [one.kind for one in office.check().findings] == ["picture"]


def test_everything_about_a_person_tells_the_pages_that_name_them(office, page, found):
    from cbs_desktop.rights.everything import everything

    code, made = page
    accept(office, code, found(read_page(office, code, made, everybody(made))))
    sections = office.ask(everything, made.people[3].person_id)
    (pages,) = [one for one in sections if one.key == "pages"]
    assert [row[0] for row in pages.rows] == [code] and pages.rows[0][2] == "yes"


def test_erasing_a_person_destroys_the_pictures_that_name_them(
    office, page, grid, found
):
    code, made = page
    read = read_page(office, code, made, everybody(made))
    kept = accept(office, code, found(read))
    assert pictures(office) == 1
    person = made.people[3].person_id
    details = RequestDetails("erase", TODAY)
    request = office.do(rights.record_request, person, details)
    office.do(rights.erase, request, "four plain words")
    assert pictures(office) == 0 and office.ask(queries.page_picture, kept) == b""
    (one,) = office.ask(
        queries.evidence_of, made.columns[0].session_id, made.people[4].person_id
    )
    assert not one.has_picture
    others = [row.marks[0] for row in grid().rows if row.person_id != person]
    assert set(others) == {"P"}
    assert "erased" in kinds(found(read))
    assert [each.kind for each in office.check().findings] == []
    with pytest.raises(errors.OfficeProblem):
        office.do(actions.put_on_page, code, 14, made.people[3].number)
