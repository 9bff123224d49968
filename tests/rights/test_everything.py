"""Everything about one person: all that is theirs, nothing of others, what is sealed is named."""

import io
import zipfile
from argparse import Namespace
from datetime import date, timedelta

import pytest

from cbs_desktop.commands import people as command
from cbs_desktop.errors import RuleBroken
from cbs_desktop.groups import actions as groups
from cbs_desktop.groups import eligible
from cbs_desktop.keeping import accounts
from cbs_desktop.overview import home, roster
from cbs_desktop.participants import queries as people
from cbs_desktop.participants import restricting
from cbs_desktop.problems import say
from cbs_desktop.rights import actions, documents, queries
from cbs_desktop.rights.actions import RequestDetails
from cbs_desktop.rights.everything import HELD, everything
from cbs_desktop.safe.permissions import Role
from cbs_desktop.screening import actions as screening

DAY = date(2026, 3, 2)


@pytest.fixture
def pair(office, screened):
    return screened(2)


def test_all_of_the_person_and_nothing_of_others(office, pair):
    office.do(groups.keep_apart, *pair, "domestic")
    sections = {one.key: one for one in office.ask(everything, pair[0])}
    assert {
        "identity",
        "consents",
        "decisions",
        "questionnaires",
        "changes",
        "links",
    } <= sections.keys()
    assert sections["links"].rows == (("Rules of keeping apart", "1"),)
    names = office.ask(people.form, pair[1]).details
    mine = office.ask(people.form, pair[0]).details
    cells = " ".join(
        cell for one in sections.values() for row in one.rows for cell in row
    )
    assert mine.own_name in cells and names.own_name not in cells


def test_who_may_not_read_the_answers_is_told_that_they_are_held(
    office, pair, folder, sign_in
):
    office.do(
        accounts.add_account, "only", frozenset({Role.COORDINATOR}), "four plain words"
    )
    (answers,) = [
        one for one in office.ask(everything, pair[0]) if one.key == "questionnaires"
    ]
    assert len(answers.rows) == 20 and answers.rows[0][-1] == "1"
    office.close()
    only = sign_in("only")
    (answers,) = [
        one for one in only.ask(everything, pair[0]) if one.key == "questionnaires"
    ]
    assert [row[-1] for row in answers.rows] == [HELD]


def test_files_can_be_read_by_machines(office, pair):
    number = office.ask(queries.of_person, pair[0]).number
    made = zipfile.ZipFile(
        io.BytesIO(documents.everything_files(office, pair[0], number, DAY))
    )
    assert f"{number}.pdf" in made.namelist()
    assert made.read(f"{number}.pdf").startswith(b"%PDF")
    text = made.read(f"{number}-identity.csv").decode("utf-8-sig")
    assert text.splitlines()[0] == "What,Value"
    assert f"Number,{number}" in text


def test_restricted_people_are_not_used(office, pair, round_id):
    assert len(list(office.ask(eligible.instance, round_id).homes)) == 2
    office.do(restricting.restrict, pair[0], "accuracy contested")
    assert list(office.ask(eligible.instance, round_id).homes) == [pair[1]]
    answers = {n: 0 for n in range(1, 21)}
    with pytest.raises(RuleBroken) as refused:
        office.do(
            screening.record_many, round_id, [screening.Answers(pair[0], DAY, answers)]
        )
    assert "restricted" in str(say(refused.value))
    found = office.ask(roster.roster).rows
    assert [one.id for one in found if "(restricted)" in one.name] == [pair[0]]
    office.do(restricting.lift, pair[0], "data corrected")
    assert len(list(office.ask(eligible.instance, round_id).homes)) == 2


def test_home_tells_of_requests_when_days_are_left(office, pair, calendar):
    office.do(
        actions.record_request,
        pair[0],
        RequestDetails("access", DAY - timedelta(days=10)),
    )
    assert "requests" not in {one.code for one in office.ask(home.today).todos}
    request = office.do(
        actions.record_request,
        pair[1],
        RequestDetails("correct", DAY - timedelta(days=25)),
    )
    (todo,) = [one for one in office.ask(home.today).todos if one.code == "requests"]
    assert (todo.count, todo.since) == (1, DAY + timedelta(days=5))
    office.do(actions.answer_request, request, "refused", "rights of others")
    assert "requests" not in {one.code for one in office.ask(home.today).todos}


def test_the_command_writes_the_file(office, pair, tmp_path):
    number = office.ask(queries.of_person, pair[0]).number
    asked = Namespace(number=number, everything=tmp_path / "all.zip")
    told, words = command.person(office, asked)
    assert told["number"] == number and number in words
    assert zipfile.is_zipfile(tmp_path / "all.zip")
