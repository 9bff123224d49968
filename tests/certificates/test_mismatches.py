"""Papers against records: whatever changes after a certificate was issued is told until somebody decides."""

from datetime import date, timedelta

import pytest

from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance import queries as registers
from cbs_desktop.attendance.session_record import SessionRecord
from cbs_desktop.certificates import actions, queries
from cbs_desktop.duplicates import actions as duplicates
from cbs_desktop.errors import Invalid, Missing, RuleBroken
from cbs_desktop.groups import actions as groups
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.queries import form
from cbs_desktop.reports import queries as reports
from cbs_desktop.rights import actions as rights
from cbs_desktop.rights.actions import RequestDetails

WHY = ("checked on paper", "The paper register says thirteen.")


@pytest.fixture
def paper(practice):
    """A certificate of the first group, and the group as it stands."""
    one = practice.ask(queries.register)[0]
    people = practice.ask(queries.candidates)
    group = next(p.group_id for p in people if p.person_id == one.person_id)
    return one, practice.ask(registers.grid, group)


@pytest.fixture
def mark_absent(practice, paper):
    """Correct so many marks of the holder to absent, the first sessions first."""
    one, grid = paper
    row = next(r for r in grid.rows if r.person_id == one.person_id)

    def change(count):
        came = []
        for column, mark in zip(grid.columns, row.marks, strict=True):
            if mark in grid.marks.came:
                came.append(column.id)
        for session in came[:count]:
            practice.do(
                attendance.correct, session, one.person_id, "A", "paper read late"
            )
        return row.completion.attended

    return change


def told(office):
    return {one.number: one for one in office.ask(queries.mismatches)}


def test_a_finished_season_agrees_with_its_papers(practice):
    assert told(practice) == {}


def test_a_correction_after_issue_is_told_until_it_is_undone(
    practice, paper, mark_absent
):
    one, _grid = paper
    before = mark_absent(1)
    found = told(practice)[one.number]
    assert found.says == (before, 15) and found.records == (before - 1, 15)
    assert "sessions" in found.kinds and found.name == one.name
    practice.undo()
    assert told(practice) == {}


def test_who_is_not_complete_any_more_is_kept_replaced_or_withdrawn(
    practice, paper, mark_absent
):
    one, _grid = paper
    attended = mark_absent(6)
    found = told(practice)[one.number]
    assert found.kinds == ("not complete", "sessions")
    assert found.records == (attended - 6, 15)
    with pytest.raises(RuleBroken) as refused:
        practice.do(actions.replace, one.id)
    assert refused.value.facts["rule"] == "records not complete"
    for wrong in (("", "words"), ("because", "words"), ("checked on paper", "")):
        with pytest.raises(Invalid):
            practice.do(actions.keep, one.id, *wrong)
    practice.do(actions.keep, one.id, *WHY)
    assert told(practice) == {}
    practice.undo()
    assert set(told(practice)) == {one.number}
    practice.do(actions.withdraw, one.id, "wrong dates or sessions")
    assert told(practice) == {}
    assert practice.ask(reports.graduation).total.total == 835


def test_a_kept_paper_is_told_again_when_the_records_change_again(
    practice, paper, mark_absent
):
    one, _grid = paper
    mark_absent(1)
    practice.do(actions.keep, one.id, *WHY)
    mark_absent(2)  # the first of them is absent already
    assert set(told(practice)) == {one.number}
    with pytest.raises(Missing):
        other = practice.ask(queries.register)[1]
        practice.do(actions.keep, other.id, *WHY)


def test_a_new_paper_says_what_the_records_say(practice, paper, mark_absent):
    one, _grid = paper
    attended = mark_absent(1)
    if attended - 1 < 12:
        pytest.skip("the first holder has no session to spare")
    number = practice.do(actions.replace, one.id)
    assert told(practice) == {}
    now = {each.number: each for each in practice.ask(queries.register)}
    assert now[one.number].withdrawn_reason == "wrong dates or sessions"
    ((_id, printed),) = practice.ask(queries.printable, [now[number].id])
    assert (printed.attended, printed.held) == (attended - 1, 15)
    with pytest.raises(RuleBroken) as refused:
        practice.do(actions.replace, now[number].id)
    assert refused.value.facts["rule"] == "paper not changed"


def test_sessions_and_memberships_count_like_marks(practice, paper):
    one, grid = paper
    last = grid.columns[-1]
    later = SessionRecord("held", last.day + timedelta(days=1))
    practice.do(attendance.record_session, last.id, later)
    assert told(practice)[one.number].kinds == ("days",)
    practice.undo()
    day = date(2026, 11, 1)
    practice.do(groups.leave_programme, one.person_id, day, "other")
    assert told(practice) == {}  # a graduate who moved stays a graduate
    assert practice.ask(reports.graduation).total.total == 836


def test_a_name_that_was_corrected_is_told(practice, paper):
    one, _grid = paper
    practice.do(participants.name_on_papers, one.person_id, "UWERA Aline Marie")
    found = told(practice)[one.number]
    assert found.kinds == ("name",) and found.now == "UWERA Aline Marie"
    practice.do(actions.replace, one.id)
    assert told(practice) == {}


def test_a_kept_number_of_sessions_stays_when_the_name_is_corrected(
    practice, paper, mark_absent
):
    one, _grid = paper
    attended = mark_absent(6)
    practice.do(actions.keep, one.id, *WHY)
    practice.do(participants.name_on_papers, one.person_id, "UWERA Aline Marie")
    number = practice.do(actions.replace, one.id)
    now = {each.number: each for each in practice.ask(queries.register)}
    ((_id, printed),) = practice.ask(queries.printable, [now[number].id])
    assert (printed.name, printed.attended) == ("UWERA Aline Marie", attended)


def test_one_person_with_two_papers_is_told(practice):
    kept, gone = (one.person_id for one in practice.ask(queries.register)[:2])
    grid = practice.ask(queries.candidates)
    names = {one.person_id: one for one in grid}
    assert names[kept].certificate and names[gone].certificate
    merged = practice.ask(form, kept).details
    try:
        practice.do(duplicates.merge, kept, gone, merged)
    except RuleBroken:
        practice.do(groups.leave_programme, gone, date(2026, 11, 1), "other")
        practice.do(duplicates.merge, kept, gone, merged)
    found = practice.ask(queries.mismatches)
    assert len(found) == 2
    assert all("two papers" in one.kinds for one in found)


def test_the_paper_of_somebody_erased_is_told_without_a_name(practice, paper):
    one, _grid = paper
    wish = RequestDetails("erase", date(2026, 11, 1), from_whom="themselves")
    request = practice.do(rights.record_request, one.person_id, wish)
    practice.do(rights.erase, request, "practice")
    found = told(practice)[one.number]
    assert found.kinds == ("erased",) and found.name != one.name
    practice.do(actions.keep, one.id, "asked by the person", "They keep the paper.")
    assert told(practice) == {}


def test_the_report_names_what_is_in_question(practice, paper, mark_absent):
    from cbs_desktop.reports import graduation_words

    one, _grid = paper
    mark_absent(6)
    found = practice.ask(reports.graduation)
    assert found.total.total == 836 and found.in_question == (one.number,)
    assert graduation_words.as_text(found).splitlines()[-1].endswith(one.number)
    assert graduation_words.as_document(found)["in_question"] == [one.number]
    notes = graduation_words.as_report(practice, found).tables[0].notes
    assert any(one.number in note for note in notes)
