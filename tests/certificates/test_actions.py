"""Certificates of the practice season: earned, numbered, printed, withdrawn."""

import pytest

from cbs_desktop.certificates import actions, queries
from cbs_desktop.errors import Invalid, Missing, RuleBroken, Stale
from cbs_desktop.reports import queries as reports


@pytest.fixture
def register(practice):
    return practice.ask(queries.register)


def test_only_who_met_the_rule_was_certified(practice, register):
    people = practice.ask(queries.candidates)
    assert len(register) == 836 and len({one.number for one in register}) == 836
    for one in people:
        assert bool(one.certificate) == (one.completion.attended >= 12), one
    short = [one for one in people if not one.certificate]
    assert len(short) == 38 and sum(one.gone for one in short) == 14


def test_who_does_not_qualify_is_refused_and_nobody_else_is_issued(practice, register):
    people = practice.ask(queries.candidates)
    round_id = practice.ask(reports.graduation).round.id
    short = next(one for one in people if not one.certificate)
    with pytest.raises(RuleBroken):
        practice.do(actions.issue, round_id, [short.person_id])
    with pytest.raises(RuleBroken):
        practice.do(actions.issue, round_id, [people[0].person_id])  # has one
    with pytest.raises(Missing):
        practice.do(actions.issue, round_id, [])


def test_reprints_need_a_reason_and_are_listed(practice, register):
    one = register[0]
    practice.do(actions.printed, [one.id])
    with pytest.raises(Invalid):
        practice.do(actions.printed, [one.id])
    practice.do(actions.printed, [one.id], "lost")
    now = practice.ask(queries.register)[0]
    assert now.prints == 2
    (_i, printable), (_j, other) = practice.ask(queries.printable, [register[0].id, register[1].id])
    assert printable.duplicate and not other.duplicate


def test_withdrawn_shows_when_checked_and_leaves_the_report(practice, register):
    one = register[0]
    ((_i, printable),) = practice.ask(queries.printable, [one.id])
    assert practice.ask(queries.verdict, printable.code).state == "genuine"
    with pytest.raises(Invalid):
        practice.do(actions.withdraw, one.id, "")
    practice.do(actions.withdraw, one.id, "wrong person")
    assert practice.ask(queries.verdict, printable.code).state == "withdrawn"
    assert practice.ask(reports.graduation).total.total == 835
    assert practice.ask(queries.printable, [one.id]) == []
    practice.undo()
    assert practice.ask(reports.graduation).total.total == 836


def test_undo_of_an_issue_never_gives_a_number_again(practice, register):
    one = register[-1]
    practice.do(actions.withdraw, one.id, "to be issued anew")
    round_id = practice.ask(reports.graduation).round.id
    (number,) = practice.do(actions.issue, round_id, [one.person_id])
    practice.undo()
    (again,) = practice.do(actions.issue, round_id, [one.person_id])
    assert len({one.number, number, again}) == 3


def test_an_issue_that_was_printed_is_not_taken_back_silently(practice, register):
    one = register[-1]
    practice.do(actions.withdraw, one.id, "to be issued anew")
    round_id = practice.ask(reports.graduation).round.id
    practice.do(actions.issue, round_id, [one.person_id])
    fresh = next(r for r in practice.ask(queries.register) if r.person_id == one.person_id and not r.withdrawn_on)
    practice.do(actions.printed, [fresh.id])
    practice.undo()  # the print
    practice.do(actions.printed, [fresh.id])
    practice.undo()
    practice.undo()  # now the issue can go
    assert len(practice.ask(queries.register)) == 836


def test_a_printed_certificate_keeps_its_issue(practice):
    round_id = practice.ask(reports.graduation).round.id
    one = practice.ask(queries.register)[0]
    practice.do(actions.withdraw, one.id, "again")
    practice.do(actions.issue, round_id, [one.person_id])
    fresh = next(r for r in practice.ask(queries.register) if r.person_id == one.person_id and not r.withdrawn_on)
    act = practice.last_change.act
    practice.do(actions.printed, [fresh.id])
    from cbs_desktop.store import journal

    with practice._writer.connect() as link, link.begin() as begun:
        issue = journal._act(
            link.exec_driver_sql(
                "SELECT id, at, account, laptop, action, facts, undoes, counter, first, entries FROM act WHERE id = ?",
                (act,),
            ).one()
        )
        with pytest.raises(Stale):
            journal.inverse(link, issue)
        begun.rollback()


def test_signatories(practice):
    practice.do(actions.set_signatories, [("A", "B"), ("C", "D"), ("E", "F")])
    assert [one.name for one in practice.ask(queries.signatories)] == ["A", "C", "E"]
    for wrong in ([], [("A", "")], [("A", "B")] * 4):
        with pytest.raises(Invalid):
            practice.do(actions.set_signatories, wrong)
