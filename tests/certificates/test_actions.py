"""Certificates of the practice season: earned, numbered, printed, withdrawn."""

from itertools import pairwise

import pytest

from cbs_desktop.certificates import actions, queries
from cbs_desktop.errors import Invalid, Missing, RuleBroken, Stale
from cbs_desktop.participants import actions as participants
from cbs_desktop.reports import queries as reports
from cbs_desktop.safe.permissions import TABLE, Permission, Role
from cbs_desktop.text import fold


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
    (_i, printable), (_j, other) = practice.ask(
        queries.printable, [register[0].id, register[1].id]
    )
    assert printable.duplicate and not other.duplicate


def test_withdrawn_shows_when_checked_and_leaves_the_report(practice, register):
    one = register[0]
    ((_i, printable),) = practice.ask(queries.printable, [one.id])
    assert practice.ask(queries.verdict, printable.code).state == "genuine"
    with pytest.raises(Invalid):
        practice.do(actions.withdraw, one.id, "")
    practice.do(actions.withdraw, one.id, "wrong person")
    assert practice.ask(queries.verdict, printable.code).state == "revoked"
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
    fresh = next(
        r
        for r in practice.ask(queries.register)
        if r.person_id == one.person_id and not r.withdrawn_on
    )
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
    fresh = next(
        r
        for r in practice.ask(queries.register)
        if r.person_id == one.person_id and not r.withdrawn_on
    )
    act = practice.last_change.act
    practice.do(actions.printed, [fresh.id])
    from cbs_desktop.store import journal, undo

    with practice._writer.connect() as link, link.begin() as begun:
        issue = journal.act_of(
            link.exec_driver_sql(
                "SELECT id, at, account, laptop, action, facts, undoes, counter, first, entries FROM act WHERE id = ?",
                (act,),
            ).one()
        )
        with pytest.raises(Stale):
            undo.inverse(link, issue)
        begun.rollback()


def test_signatories(practice):
    practice.do(actions.set_signatories, [("A", "B"), ("C", "D"), ("E", "F")])
    assert [one.name for one in practice.ask(queries.signatories)] == ["A", "C", "E"]
    for wrong in ([], [("A", "")], [("A", "B")] * 4):
        with pytest.raises(Invalid):
            practice.do(actions.set_signatories, wrong)


def test_an_override_needs_reason_words_and_permission_and_says_who(practice, season):
    people = practice.ask(queries.candidates)
    short = next(one for one in people if one.open_to_override)
    left = next(one for one in people if one.gone and not one.certificate)
    good = actions.Override(
        "sessions made up", "two sessions made up at Nyange, list of 4 November"
    )
    for wrong in (
        actions.Override("", "x"),
        actions.Override("because", "x"),
        actions.Override("sessions made up", " "),
    ):
        with pytest.raises(Invalid):
            practice.do(
                actions.issue, season, [short.person_id], {short.person_id: wrong}
            )
    with pytest.raises(RuleBroken):
        practice.do(actions.issue, season, [short.person_id], {left.person_id: good})
    with pytest.raises(RuleBroken):
        practice.do(actions.issue, season, [left.person_id], {left.person_id: good})
    assert len(practice.ask(queries.register)) == 836
    (number,) = practice.do(
        actions.issue, season, [short.person_id], {short.person_id: good}
    )
    one = practice.ask(queries.register)[-1]
    assert (one.number, one.override, one.by) == (
        number,
        "sessions made up",
        "coordinator",
    )
    assert (
        practice.ask(queries.verdict, one.code).facts.attended
        == short.completion.attended
    )
    assert not any(each.by for each in practice.ask(queries.register)[:-1])


def test_the_name_on_papers_is_corrected_from_the_proof_list(
    practice, season, open_again
):
    (person,) = open_again()
    number = next(
        one.number
        for one in practice.ask(queries.candidates)
        if one.person_id == person
    )

    def line():
        return next(
            one for one in practice.ask(queries.proof_list) if one.number == number
        )

    assert line().printed_name == line().name
    hostile = "<b>O'NÉILL & Söhne</b> " + "UWIMANA " * 12
    for name in (hostile, "MUKAMANA Consolée"):
        practice.do(participants.name_on_papers, person, name)
        assert line().printed_name == " ".join(name.split())
    with pytest.raises(Invalid):
        practice.do(participants.name_on_papers, person, "X" * 161)
    practice.do(participants.name_on_papers, person, hostile)
    practice.do(actions.issue, season, [person])
    one = practice.ask(queries.register)[-1]
    assert (
        one.name == hostile.strip()
        and practice.ask(queries.verdict, one.code).facts.name == one.name
    )
    assert (
        len(practice.ask(queries.proof_list)) == 836
    )  # who has one already can still be proof-read


def test_a_corrected_name_gets_a_new_number_and_the_old_one_is_replaced(
    practice, register
):
    old = register[5]
    with pytest.raises(RuleBroken):
        practice.do(actions.replace, old.id)
    practice.do(participants.name_on_papers, old.person_id, "UWERA Aline Marie")
    number = practice.do(actions.replace, old.id)
    now = {one.number: one for one in practice.ask(queries.register)}
    assert (now[old.number].state, now[old.number].replaced_by) == ("replaced", number)
    assert (now[number].name, now[number].state) == (
        "UWERA Aline Marie",
        "to be printed",
    )
    found = practice.ask(queries.verdict, old.code)
    assert (found.state, found.replaced_by) == ("revoked", number)
    with pytest.raises(Missing):
        practice.do(actions.replace, old.id)
    practice.undo()
    assert practice.ask(queries.verdict, old.code).state == "genuine"


def test_what_did_not_come_out_of_the_printer_is_no_duplicate(practice, register):
    ids = [one.id for one in register[:4]]
    prints = practice.do(actions.sent, ids)
    waiting = practice.ask(queries.unconfirmed)
    assert [(one.print_id, one.certificate_id) for one in waiting] == list(
        zip(prints, ids, strict=True)
    )
    assert practice.ask(queries.register)[0].state == "to be confirmed"
    assert all(
        one.duplicate for _i, one in practice.ask(queries.printable, ids)
    )  # until somebody says otherwise
    practice.do(actions.confirm, prints, prints[:3])
    assert practice.ask(queries.unconfirmed) == []
    assert [
        bool(one.duplicate) for _i, one in practice.ask(queries.printable, ids)
    ] == [True, True, True, False]
    with pytest.raises(Stale):
        practice.do(actions.confirm, prints, prints)
    practice.do(actions.sent, ids[3:])  # without a reason: it is the first paper
    with pytest.raises(Invalid):
        practice.do(actions.sent, ids)


def test_pages_come_in_the_order_that_was_asked_for(practice, register):
    ids = [one.id for one in register[:40]]
    by_name = [one.name for _i, one in practice.ask(queries.printable, ids, "name")]
    assert by_name == sorted(by_name, key=fold)
    groups = {one.id: one.group for one in register}
    by_group = [groups[i] for i, _one in practice.ask(queries.printable, ids, "group")]
    assert len([1 for a, b in pairwise(by_group) if a != b]) == len(set(by_group)) - 1
    numbers_ = [one.number for _i, one in practice.ask(queries.printable, ids)]
    assert numbers_ == sorted(numbers_)


def test_a_clerk_prints_but_does_not_issue(practice, register):
    assert {
        queries.printable.permission,
        actions.sent.permission,
        actions.confirm.permission,
    } == {Permission.PRINT}
    assert (
        actions.issue.permission == Permission.CERTIFY
        and Permission.OVERRIDE not in TABLE[Role.CLERK]
    )
