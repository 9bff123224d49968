"""A stored sheet keeps the definition it was made with; broken and changed files are named and the others keep working."""

import shutil

import pytest

from cbs_desktop import resource
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken, Unreadable
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.problems import say
from cbs_desktop.screening import actions, instrument_store, queries, results
from cbs_desktop.screening.actions import Answers

NINE = {n: int(n <= 9) for n in range(1, 21)}


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A copy of the resources that a test may change; the loader's memory is emptied before and after."""
    root = shutil.copytree(resource.ROOT, tmp_path / "resources")
    monkeypatch.setattr(resource, "ROOT", root)
    instrument_store.shipped.cache_clear()
    yield root / "instruments"
    instrument_store.shipped.cache_clear()


@pytest.fixture
def person(office, lines):
    office.do(participants.import_people, lines(1))
    return next(iter(office.ask(people.numbers).values()))


def change(file, before, after):
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")
    instrument_store.shipped.cache_clear()


def test_a_new_version_changes_no_old_result(office, round_id, person, today, files):
    old = office.do(actions.record, round_id, Answers(person, today, NINE))
    change(files / "srq20.toml", "value = 10", "value = 9")
    change(files / "srq20.toml", "version = 1", "version = 2")
    new = office.do(actions.record, round_id, Answers(person, today, NINE))
    first, second = (office.ask(results.result, one) for one in (old, new))
    assert (first.instrument.version, first.outcome.reached) == (1, False)
    assert (second.instrument.version, second.outcome.reached) == (2, True)


def test_a_file_changed_without_a_new_version_cannot_be_used(
    office, round_id, person, today, files
):
    office.do(actions.record, round_id, Answers(person, today, NINE))
    change(files / "srq20.toml", "value = 10", "value = 9")
    with pytest.raises(Invalid) as raised:
        office.do(actions.record, round_id, Answers(person, today, NINE))
    assert "srq20.toml version" in str(say(raised.value)) and "1" in str(
        say(raised.value)
    )
    assert {one.key for one in office.ask(queries.questionnaires) if one.used} == {
        "gad7", "mspss", "needs", "pcl5", "phq9", "srq5", "who5",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("number = 2\n", "number = 1\n", "item"),
        ("licence", "licens", "licens"),
        ('key = "gad7"', 'key = "gad9"', "key"),
        ("[15, 21", "[14, 21", "bands usual band"),
        ("fr = ", "xx = ", "fr"),
        ("[[item]]", "[[item", "line"),
    ],
)
def test_a_broken_file_is_named_and_the_others_keep_working(
    office, person, files, before, after, told
):
    change(files / "gad7.toml", before, after)
    (broken,) = [one for one in office.ask(queries.questionnaires) if one.problem]
    assert broken.key == "gad7" and not broken.used
    assert "gad7.toml" in str(say(broken.problem)) and told in str(say(broken.problem))
    assert {i.key for i in office.ask(queries.sheet, person).instruments} >= {
        "srq20",
        "phq9",
    }
    with pytest.raises((Invalid, Unreadable)):
        office.do(actions.use_instrument, "gad7", True)


OWN = {
    "key": "dignity", "version": 1, "languages": ["en"], "title": "Dignity", "recall": "Now", "licence": "ours",
    "answers": {"much": [[1, "not"], [2, "some"], [3, "much"]]},
    "item": [{"number": n, "topic": f"question {n}"} for n in (1, 2, 3)],
    "score": [{"key": "total", "title": "Total", "kind": "sum", "better": "higher"}],
}  # fmt: skip


def test_an_offices_own_questionnaire(office, round_id, person, today):
    office.do(actions.add_instrument, OWN, "dignity.toml")
    made = office.do(
        actions.record,
        round_id,
        Answers(person, today, {1: 3, 2: 3, 3: 1}, None, "dignity"),
    )
    assert office.ask(results.result, made).outcome.first.value == 7
    with pytest.raises(Invalid) as raised:
        office.do(actions.add_instrument, {**OWN, "title": "Changed"}, "dignity.toml")
    assert [f.kind for f in raised.value.faults] == ["version not new"]
    office.do(
        actions.add_instrument,
        {**OWN, "version": 2, "title": "Changed"},
        "dignity.toml",
    )
    (own,) = [one for one in office.ask(queries.questionnaires) if one.own]
    assert own.instrument.version == 2 and office.ask(
        results.result, made
    ).instrument.title == {"en": "Dignity"}


def test_the_name_of_a_shipped_file_is_taken(office):
    with pytest.raises(Invalid) as raised:
        office.do(actions.add_instrument, {**OWN, "key": "srq20"}, "x.toml")
    assert [(f.field, f.kind) for f in raised.value.faults] == [("x.toml key", "taken")]


def test_a_questionnaire_that_is_not_used_is_not_offered_and_undo_brings_it_back(
    office, person
):
    office.do(actions.use_instrument, "phq9", False)
    assert "phq9" not in {i.key for i in office.ask(queries.sheet, person).instruments}
    with pytest.raises(Missing):
        office.ask(queries.sheet, person, instrument="phq9")
    office.undo()
    assert "phq9" in {i.key for i in office.ask(queries.sheet, person).instruments}
    with pytest.raises(Missing):
        office.do(actions.use_instrument, "nothing", True)


def test_the_questionnaire_of_the_programme_stays_in_use(office, person):
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.use_instrument, "srq20", False)
    assert raised.value.facts["rule"] == "programme asks for it"
    assert office.ask(queries.sheet, person).instrument.key == "srq20"


def test_an_own_questionnaire_that_is_not_whole_by_todays_rules_is_named(
    office, person, monkeypatch
):
    office.do(actions.add_instrument, OWN, "dignity.toml")
    instrument_store._of_text.cache_clear()
    monkeypatch.setattr(instrument_store, "_of_text", _stricter)
    listed = {one.key: one for one in office.ask(queries.questionnaires)}
    assert (
        listed["dignity"].problem is not None
        and not listed["dignity"].used
        and listed["srq20"].used
    )


def _stricter(text):
    raise Invalid([Fault("dignity.toml item 1 topic", "needed")])
